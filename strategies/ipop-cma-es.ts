/**
 * CMA-ES with restarts, each with twice the population: Auger and Hansen, "A restart CMA evolution strategy with increasing
 * population size" (2005). A larger population sees the coarse shape of a rugged function.
 */
import { z } from 'zod';
import { cmaEs as inner } from './cma-es.js';
import { longestRun } from './shared/cma-state.js';
import { defaultPopulation } from './shared/recombination.js';
import { scheduled } from './shared/restarts.js';

const options = {
  populationFactor: z.number().min(1).max(10).default(2).describe('How much each restart multiplies the population. 1 to 10.'),
  maximumRestarts: z.int().min(0).max(30).default(9).describe('Restarts after the first run. 0 to 30.'),
};

export const ipopCmaEs = scheduled(inner, {
  name: 'ipop-cma-es',
  title: 'CMA-ES with restarts and growing populations',
  reference: {
    authors: 'A. Auger, N. Hansen',
    year: 2005,
    title: 'A restart CMA evolution strategy with increasing population size',
    link: 'https://doi.org/10.1109/CEC.2005.1554902',
  },
  options,
  schedule: {
    start: () => ({ runs: 0, growth: 1 }),
    next(memory, { dimension }, given) {
      if (memory.runs++ > given.maximumRestarts) return undefined;
      const first = given.populationSize ?? defaultPopulation(dimension);
      const populationSize = Math.floor(first * memory.growth);
      memory.growth *= given.populationFactor;
      return {
        options: { ...given, populationSize, maximumGenerations: given.maximumGenerations ?? longestRun(dimension, populationSize) },
      };
    },
    ended() {},
  },
});
