/**
 * SHADE, differential evolution with a history of successful parameters: Tanabe and Fukunaga, CEC 2013.
 * Its steps are in shared/success-history.ts. The paper takes H = 100 and a population of 100.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { defineStrategy } from '../src/core/strategy.js';
import { challenge, historyBytes, openHistory, type SuccessHistory, settle } from './shared/success-history.js';
import { collapsed } from './shared/trials.js';

const options = z.strictObject({
  populationSize: z.int().min(4).max(1_000_000).default(100).describe('N: individuals. 4 to 1,000,000.'),
  memorySize: z.int().min(1).max(10_000).default(100).describe('H: pairs of F and CR that are remembered. 1 to 10,000.'),
  archiveRate: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe('Beaten parents that are kept to make differences with, in population sizes. 0 (none) to 10.'),
  pbestShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.2)
    .describe('Largest share of the population that a trial counts as best; each draws its own from 2 / N up. Above 0 to 1.'),
});

export const shade = defineStrategy<z.output<typeof options>, SuccessHistory>({
  name: 'shade',
  title: 'Success-history based adaptive differential evolution (SHADE)',
  family: 'differential evolution',
  reference: {
    authors: 'R. Tanabe, A. Fukunaga',
    year: 2013,
    title: 'Success-history based parameter adaptation for differential evolution',
    link: 'https://doi.org/10.1109/CEC.2013.6557555',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 1_000_000,
    memory: (dimension, population) => historyBytes(1, dimension, population),
    work: (dimension, population) => 15 * population * dimension + 40 * population * Math.log2(population + 1),
    invariances: ['translation'],
  },
  options,

  start(space, { populationSize, memorySize, archiveRate, pbestShare }, rng) {
    const leastShare = Math.min(pbestShare, 2 / populationSize);
    return openHistory(
      space,
      populationSize,
      { memorySize, archiveRate, leastShare, largestShare: pbestShare, crossoverMean: 'arithmetic' },
      'shade',
      rng,
    );
  },

  ask(state) {
    if (state.generation > 0) challenge(state);
    return { kind: 'losses', population: state.trials };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`shade asked for losses and was told a ${answer.kind}.`);
    settle(state, answer.losses);
  },

  stop: (state) => (collapsed(state) ? 'converged' : undefined),
});
