/**
 * Augmented random search: Mania, Guy and Recht (2018, https://arxiv.org/abs/1803.07055), versions V1 (elites 1) and V1-t.
 *
 * N directions delta_k, standard normal, tried as M +- nu delta_k. Of the b directions whose better side is best:
 *   M <- M + alpha / (b sigma_R) sum (r_k+ - r_k-) delta_k
 * r: reward, here the negative loss; sigma_R: standard deviation of the 2b rewards. (V2 also whitens what a policy observes: that
 * is the problem's, not the search's.)
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { addNoise } from '../src/kernels/estimate.js';
import { learningRateDecay, noiseTable, sigmaDecay, sigmaLimit, units } from './shared/mirrored-options.js';
import { type MirroredSampling, sample, samplingMemory, startSampling } from './shared/mirrored-sampling.js';
import { deviationOf, finiteLosses } from './shared/utilities.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(2)
    .max(1_000_000)
    .multipleOf(2)
    .default(50)
    .describe('2N, candidates in mirrored pairs: twice the directions. Even, 2 to 1,000,000.'),
  elites: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('b / N, the share of directions that take part; 1 is V1, less is V1-t. Above 0 to 1.'),
  sigma: z.number().positive().max(1e6).default(0.1).describe('nu, deviation of the noise, in units. Above 0 to 1,000,000.'),
  sigmaDecay,
  sigmaLimit,
  learningRate: z.number().positive().max(1e6).default(0.05).describe('alpha, in units. Above 0 to 1,000,000.'),
  learningRateDecay,
  noiseTable,
  units,
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly sampling: MirroredSampling;
  /** sum of (r+ - r-) delta, scaled. */
  readonly step: Vector;
  /** Losses, failed ones as the worst. */
  readonly losses: Float64Array;
  /** Of each direction, the lower of its two losses. */
  readonly better: Float64Array;
  readonly order: Int32Array;
  readonly chosen: Float64Array;
  readonly weights: Float64Array;
  sigma: number;
  learningRate: number;
}

export const ars = defineStrategy<Options, State>({
  name: 'ars',
  title: 'Augmented random search',
  family: 'evolution strategy',
  reference: {
    authors: 'H. Mania, A. Guy, B. Recht',
    year: 2018,
    title: 'Simple random search of static linear policies is competitive for reinforcement learning',
    link: 'https://arxiv.org/abs/1803.07055',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region',
    largestDimension: 10_000_000,
    memory: (dimension, population) => samplingMemory(dimension, population) + 8 * dimension + 28 * population,
    work: (dimension, population) => 15 * population * dimension,
    invariances: ['translation'],
  },
  options,

  start(space, settings, rng) {
    const { populationSize: size, units, noiseTable } = settings;
    const { sampling, extra } = startSampling(space, { strategy: 'ars', pairs: size / 2, askCentre: false, units, noiseTable }, 1, rng);
    const elites = Math.max(1, Math.round(settings.elites * (size / 2)));
    return {
      settings,
      sampling,
      step: extra[0],
      losses: new Float64Array(size),
      better: new Float64Array(size / 2),
      order: new Int32Array(size / 2),
      chosen: new Float64Array(2 * elites),
      weights: new Float64Array(size / 2),
      sigma: settings.sigma,
      learningRate: settings.learningRate,
    };
  },

  ask({ sampling, sigma }) {
    const { deviations, units } = sampling;
    for (let i = 0; i < units.length; i++) deviations[i] = sigma * units[i];
    return { kind: 'losses', population: sample(sampling) };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`ars asked for losses and was told a ${answer.kind}.`);
    const { settings, sampling, step, losses, better, order, chosen, weights, learningRate } = state;
    const { centre, units, noise, offsets } = sampling;
    if (state.sigma > settings.sigmaLimit) state.sigma *= settings.sigmaDecay;
    state.learningRate *= settings.learningRateDecay;
    finiteLosses(answer.losses, losses, losses.length);
    for (let k = 0; k < better.length; k++) better[k] = Math.min(losses[2 * k], losses[2 * k + 1]);
    rankByLoss(better, order);
    const elites = chosen.length / 2;
    for (let j = 0; j < elites; j++) {
      chosen[2 * j] = losses[2 * order[j]];
      chosen[2 * j + 1] = losses[2 * order[j] + 1];
    }
    const deviation = deviationOf(chosen, chosen.length);
    if (!(deviation > 0)) return;
    weights.fill(0);
    for (let j = 0; j < elites; j++) {
      const k = order[j];
      weights[k] = (learningRate * (losses[2 * k + 1] - losses[2 * k])) / (elites * deviation);
    }
    step.fill(0);
    addNoise(step, noise, offsets, weights);
    for (let i = 0; i < centre.length; i++) centre[i] += units[i] * step[i];
  },

  centre: ({ sampling }) => sampling.centre,
});
