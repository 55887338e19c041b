/**
 * jDE, differential evolution that adapts its own parameters: Brest, Greiner, Bošković, Mernik and Žumer (2006).
 *
 * Every individual carries its F and CR. Before its trial is made by rand/1/bin,
 *   F' = Fl + rand Fu with probability tau1, else F;   CR' = rand with probability tau2, else CR   (equations 6 and 7),
 * and the trial, if it wins, brings F' and CR' with it.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import type { Rng } from '../src/core/rng.js';
import { defineStrategy } from '../src/core/strategy.js';
import { breed, collapsed, type Donor, type Duels, openDuels, otherThan, succeed, wins } from './shared/trials.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(4)
    .max(1_000_000)
    .default(50)
    .describe('NP: individuals. 4 to 1,000,000. The paper takes 100 for 30 coordinates.'),
  scaleFactorLow: z.number().gt(0).max(2).default(0.1).describe('Fl: least F that is drawn. Above 0 to 2.'),
  scaleFactorWidth: z.number().min(0).max(2).default(0.9).describe('Fu: width of the interval above Fl that F is drawn from. 0 to 2.'),
  scaleFactorRenewal: z.number().min(0).max(1).default(0.1).describe('tau1: probability that a trial draws a new F. 0 to 1.'),
  crossoverRenewal: z.number().min(0).max(1).default(0.1).describe('tau2: probability that a trial draws a new CR. 0 to 1.'),
});

type Options = z.output<typeof options>;

interface State extends Duels {
  readonly settings: Options;
  /** F and CR of the parents, and of their trials. */
  readonly scaleFactors: Float64Array;
  readonly crossoverRates: Float64Array;
  readonly trialScaleFactors: Float64Array;
  readonly trialCrossoverRates: Float64Array;
  readonly rng: Rng;
}

export const jde = defineStrategy<Options, State>({
  name: 'jde',
  title: 'Self-adaptive differential evolution (jDE)',
  family: 'differential evolution',
  reference: {
    authors: 'J. Brest, S. Greiner, B. Bošković, M. Mernik, V. Žumer',
    year: 2006,
    title: 'Self-adapting control parameters in differential evolution: a comparative study on numerical benchmark problems',
    link: 'https://doi.org/10.1109/TEVC.2006.872133',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 16 * population * dimension + 40 * population,
    work: (dimension, population) => 15 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const size = settings.populationSize;
    return {
      ...openDuels(space, size, 'jde', rng.fork('positions')),
      settings,
      // The paper starts from F = 0.5 and CR = 0.9.
      scaleFactors: new Float64Array(size),
      crossoverRates: new Float64Array(size),
      trialScaleFactors: new Float64Array(size).fill(0.5),
      trialCrossoverRates: new Float64Array(size).fill(0.9),
      rng: rng.fork('trials'),
    };
  },

  ask(state) {
    if (state.generation > 0) challenge(state);
    return { kind: 'losses', population: state.trials };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`jde asked for losses and was told a ${answer.kind}.`);
    const { losses } = answer;
    for (let i = 0; i < losses.length; i++) {
      if (!wins(state, i, losses[i])) continue;
      succeed(state, i, losses[i]);
      state.scaleFactors[i] = state.trialScaleFactors[i];
      state.crossoverRates[i] = state.trialCrossoverRates[i];
    }
    state.generation++;
  },

  stop: (state) => (collapsed(state) ? 'converged' : undefined),
});

function challenge(state: State): void {
  const { settings, parents, rng } = state;
  const { size, values } = parents;
  const donor: Donor = { base: 0, toward: 0, plus: 0, minus: 0, pool: values, scaleFactor: 0, crossoverRate: 0 };
  for (let i = 0; i < size; i++) {
    const renewF = rng.uniform() < settings.scaleFactorRenewal;
    donor.scaleFactor = renewF ? settings.scaleFactorLow + rng.uniform() * settings.scaleFactorWidth : state.scaleFactors[i];
    donor.crossoverRate = rng.uniform() < settings.crossoverRenewal ? rng.uniform() : state.crossoverRates[i];
    state.trialScaleFactors[i] = donor.scaleFactor;
    state.trialCrossoverRates[i] = donor.crossoverRate;
    const r1 = otherThan(rng, size, i);
    const r2 = otherThan(rng, size, i, r1);
    donor.base = donor.toward = r1;
    donor.plus = r2;
    donor.minus = otherThan(rng, size, i, r1, r2);
    breed(state, i, donor, 'binomial', rng);
  }
}
