/**
 * Differential evolution: Storn and Price, Journal of Global Optimization 11 (1997) 341-359; exponential crossover and best/1 are theirs too.
 * current-to-pbest/1 is of Zhang and Sanderson, JADE (2009, https://doi.org/10.1109/TEVC.2009.2014613), here without archive.
 *
 * For every parent i a donor v, with r1, r2, r3 drawn at random, different from each other and from i:
 *   rand/1                v = x_r1 + F (x_r2 - x_r3)
 *   best/1                v = x_best + F (x_r1 - x_r2)
 *   current-to-pbest/1    v = x_i + F (x_pbest - x_i) + F (x_r1 - x_r2),   pbest: any of the best 100 p % (at least 2)
 * Crossover of v with x_i gives the trial; it takes x_i's place if its loss is not greater.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Rng } from '../src/core/rng.js';
import { defineStrategy } from '../src/core/strategy.js';
import { bestParent, breed, collapsed, type Donor, type Duels, openDuels, otherThan, succeed, wins } from './shared/trials.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(4)
    .max(1_000_000)
    .default(50)
    .describe('NP: individuals. 4 to 1,000,000. Storn and Price advise 5 to 10 for each coordinate: the default suits 5 to 10 of them.'),
  mutation: z
    .enum(['rand/1', 'best/1', 'current-to-pbest/1'])
    .default('rand/1')
    .describe(
      'The donor of a trial: from a random individual (slow and sure), from the best (quick, and quickly stuck), or on the way to one of the best.',
    ),
  crossover: z
    .enum(['binomial', 'exponential'])
    .default('binomial')
    .describe(
      'Which coordinates come from the donor, one of them always. binomial: each with probability crossoverRate; exponential: neighbours, going on with probability crossoverRate.',
    ),
  scaleFactor: z
    .number()
    .gt(0)
    .max(2)
    .default(0.6)
    .describe(
      'F: share of a difference that a donor adds. Above 0 to 2; mostly 0.4 to 1. The paper begins with 0.5 and raises it where a population converges too early, as one of 50 does on BBOB f8 and f10.',
    ),
  crossoverRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('CR. 0 (one coordinate, for separable problems) to 1 (all, which makes the search independent of the axes).'),
  pbestShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe('p, for current-to-pbest/1: share of the population that counts as best. Above 0 to 1; at least two individuals.'),
});

type Options = z.output<typeof options>;

interface State extends Duels {
  readonly settings: Options;
  /** For current-to-pbest/1: the parents from best to worst; else empty. */
  readonly order: Int32Array;
  readonly rng: Rng;
}

export const de = defineStrategy<Options, State>({
  name: 'de',
  title: 'Differential evolution',
  family: 'differential evolution',
  reference: {
    authors: 'R. Storn, K. Price',
    year: 1997,
    title: 'Differential evolution: a simple and efficient heuristic for global optimization over continuous spaces',
    link: 'https://doi.org/10.1023/A:1008202821328',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 16 * population * dimension + 12 * population,
    work: (dimension, population) => 15 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const size = settings.populationSize;
    return {
      ...openDuels(space, size, 'de', rng.fork('positions')),
      settings,
      order: new Int32Array(settings.mutation === 'current-to-pbest/1' ? size : 0),
      rng: rng.fork('trials'),
    };
  },

  ask(state) {
    if (state.generation > 0) challenge(state);
    return { kind: 'losses', population: state.trials };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`de asked for losses and was told a ${answer.kind}.`);
    const { losses } = answer;
    for (let i = 0; i < losses.length; i++) if (wins(state, i, losses[i])) succeed(state, i, losses[i]);
    state.generation++;
  },

  stop: (state) => (collapsed(state) ? 'converged' : undefined),
});

function challenge(state: State): void {
  const { settings, parents, losses, order, rng } = state;
  const { size, values } = parents;
  const { mutation, crossover, scaleFactor, crossoverRate } = settings;
  const donor: Donor = { base: 0, toward: 0, plus: 0, minus: 0, pool: values, scaleFactor, crossoverRate };
  const best = bestParent(losses);
  if (order.length > 0) rankByLoss(losses, order);
  const elite = Math.min(size, Math.max(2, Math.round(settings.pbestShare * size)));
  for (let i = 0; i < size; i++) {
    const r1 = otherThan(rng, size, i);
    const r2 = otherThan(rng, size, i, r1);
    switch (mutation) {
      case 'rand/1':
        donor.base = donor.toward = r1;
        donor.plus = r2;
        donor.minus = otherThan(rng, size, i, r1, r2);
        break;
      case 'best/1':
        donor.base = donor.toward = best;
        donor.plus = r1;
        donor.minus = r2;
        break;
      case 'current-to-pbest/1':
        donor.base = i;
        donor.toward = order[rng.below(elite)];
        donor.plus = r1;
        donor.minus = r2;
        break;
    }
    breed(state, i, donor, crossover, rng);
  }
}
