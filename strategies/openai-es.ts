/**
 * OpenAI's evolution strategy: Salimans, Ho, Chen, Sidor and Sutskever (2017, https://arxiv.org/abs/1703.03864), with its mirrored
 * sampling, centred ranks, shared noise table and weight decay.
 *
 * P = 2n candidates theta +- sigma e_k, e_k standard normal; utilities u (higher is better):
 *   g = 1 / (P sigma) sum_k (u_k+ - u_k-) e_k,   theta <- theta + optimizer(g - weightDecay theta)
 * With raw utilities g is an unbiased estimate of the negative gradient of the loss, smoothed by the noise.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import type { Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { addNoise } from '../src/kernels/estimate.js';
import { type Ascent, ascend, startAscent } from './shared/ascent.js';
import {
  adamDecays,
  ascentOptions,
  mirroredPopulation,
  noiseTable,
  shaping,
  sigmaDecay,
  sigmaLimit,
  units,
} from './shared/mirrored-options.js';
import { type MirroredSampling, sample, samplingMemory, startSampling } from './shared/mirrored-sampling.js';
import { utilitiesOf } from './shared/utilities.js';

const options = z.strictObject({
  ...mirroredPopulation,
  sigma: z.number().positive().max(1e6).default(0.1).describe('Deviation of the noise, in units. Above 0 to 1,000,000.'),
  sigmaDecay,
  sigmaLimit,
  ...ascentOptions,
  ...adamDecays,
  shaping,
  weightDecay: z
    .number()
    .min(0)
    .max(1000)
    .default(0)
    .describe(
      'Pull of the centre to 0. The authors took 0.005 beside an estimate that is not divided by sigma = 0.02: 0.25 here. 0 to 1,000.',
    ),
  noiseTable,
  units,
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly sampling: MirroredSampling;
  readonly ascent: Ascent;
  /** g */
  readonly estimate: Vector;
  readonly utilities: Float64Array;
  readonly order: Int32Array;
  /** One a pair. */
  readonly weights: Float64Array;
  sigma: number;
  learningRate: number;
}

export const openaiEs = defineStrategy<Options, State>({
  name: 'openai-es',
  title: "OpenAI's evolution strategy",
  family: 'evolution strategy',
  reference: {
    authors: 'T. Salimans, J. Ho, X. Chen, S. Sidor, I. Sutskever',
    year: 2017,
    title: 'Evolution Strategies as a Scalable Alternative to Reinforcement Learning',
    link: 'https://arxiv.org/abs/1703.03864',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region',
    largestDimension: 10_000_000,
    memory: (dimension, population) => samplingMemory(dimension, population) + 24 * dimension + 16 * population,
    work: (dimension, population) => 15 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { populationSize: size, optimizer, momentum, beta1, beta2, units, noiseTable } = settings;
    const where = { strategy: 'openai-es', pairs: size / 2, askCentre: false, units, noiseTable };
    const { sampling, extra } = startSampling(space, where, 1, rng);
    return {
      settings,
      sampling,
      ascent: startAscent(space, { kind: optimizer, momentum, beta1, beta2, epsilon: 1e-8, maxSpeed: 0 }),
      estimate: extra[0],
      utilities: new Float64Array(size),
      order: new Int32Array(size),
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
    if (answer.kind !== 'losses') throw new StrategyError(`openai-es asked for losses and was told a ${answer.kind}.`);
    const { settings, sampling, ascent, estimate, utilities, order, weights, sigma } = state;
    const { centre, units, noise, offsets } = sampling;
    utilitiesOf(answer.losses, settings.shaping, order, utilities);
    for (let k = 0; k < weights.length; k++) weights[k] = (utilities[2 * k] - utilities[2 * k + 1]) / (order.length * sigma);
    estimate.fill(0);
    addNoise(estimate, noise, offsets, weights);
    const decay = settings.weightDecay;
    if (decay > 0) for (let i = 0; i < centre.length; i++) estimate[i] -= decay * units[i] * centre[i];
    ascend(ascent, state.learningRate, estimate, centre, units);
    if (sigma > settings.sigmaLimit) state.sigma *= settings.sigmaDecay;
    state.learningRate *= settings.learningRateDecay;
  },

  centre: ({ sampling }) => sampling.centre,
});
