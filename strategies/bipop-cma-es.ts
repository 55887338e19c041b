/**
 * CMA-ES with restarts of two kinds: Hansen, "Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed" (2009),
 * section 2. After a first run with the default population, whichever kind has spent fewer evaluations is next:
 *   large: the population doubles each time, lambda_l = 2^k lambda_def, sigma as at first;
 *   small: lambda_s = floor(lambda_def (lambda_l / (2 lambda_def))^(u^2)), sigma 10^(-2 v) of the first, u and v uniform in [0, 1),
 *   and at most half as many evaluations as the last large run had.
 */
import { z } from 'zod';
import { exp } from '../src/core/math.js';
import { cmaEs as inner } from './cma-es.js';
import { longestRun } from './shared/cma-state.js';
import { defaultPopulation } from './shared/recombination.js';
import { scheduled } from './shared/restarts.js';

const options = {
  maximumRestarts: z.int().min(0).max(30).default(9).describe('Restarts with a doubled population; the run ends after the last. 0 to 30.'),
};

interface Memory {
  kind: 'first' | 'large' | 'small';
  /** Large runs begun. */
  doublings: number;
  /** Evaluations of each kind; of the last large run. */
  large: number;
  small: number;
  lastLarge: number;
}

export const bipopCmaEs = scheduled(inner, {
  name: 'bipop-cma-es',
  title: 'CMA-ES with restarts of two population sizes',
  reference: {
    authors: 'N. Hansen',
    year: 2009,
    title: 'Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed',
    link: 'https://doi.org/10.1145/1570256.1570333',
  },
  options,
  schedule: {
    start: (): Memory => ({ kind: 'first', doublings: -1, large: 0, small: 0, lastLarge: 0 }),
    next(memory, { dimension }, given, rng) {
      const first = given.populationSize ?? defaultPopulation(dimension);
      const run = (populationSize: number, initialStep: number) => {
        const maximumGenerations = given.maximumGenerations ?? longestRun(dimension, populationSize);
        return { ...given, populationSize, initialStep, maximumGenerations };
      };
      if (memory.doublings < 0) {
        memory.doublings = 0;
        return { options: run(first, given.initialStep) };
      }
      if (memory.large <= memory.small) {
        if (memory.doublings === given.maximumRestarts) return undefined;
        memory.kind = 'large';
        memory.doublings++;
        return { options: run(first * 2 ** memory.doublings, given.initialStep) };
      }
      memory.kind = 'small';
      const u = rng.uniform();
      const growth = exp(u * u * (memory.doublings - 1) * Math.LN2); // (lambda_l / (2 lambda_def))^(u^2)
      const sigma = given.initialStep * exp(-2 * rng.uniform() * Math.LN10);
      return { options: run(Math.floor(first * growth), sigma), evaluations: memory.lastLarge / 2 };
    },
    ended(memory, evaluations) {
      if (memory.kind === 'small') memory.small += evaluations;
      if (memory.kind !== 'large') return;
      memory.large += evaluations;
      memory.lastLarge = evaluations;
    },
  },
});
