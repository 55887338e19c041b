/**
 * Parameter-exploring policy gradients: Sehnke, Osendorfer, Rückstieß, Graves, Peters and Schmidhuber (2010,
 * https://doi.org/10.1016/j.neunet.2009.12.004) with symmetric sampling, and by default the optimizer ClipUp of Toklu, Liskowski
 * and Srivastava (2020, https://arxiv.org/abs/2008.02387).
 *
 * n pairs mu +- sigma e_k, e_k standard normal, one sigma a coordinate; utilities u (higher is better), baseline b:
 *   g_i = sigma_i / n sum_k (u_k+ - u_k-) / 2 e_ki,   mu <- mu + optimizer(g)
 *   sigma_i <- sigma_i + alpha_sigma sigma_i / n sum_k ((u_k+ + u_k-) / 2 - b) (e_ki^2 - 1), changed by a share of maxChange at most
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import type { Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { addNoise, addSquaredNoise } from '../src/kernels/estimate.js';
import { type Ascent, ascend, startAscent } from './shared/ascent.js';
import { adamDecays, learningRateDecay, noiseTable } from './shared/mirrored-options.js';
import { type MirroredSampling, sample, samplingMemory, startSampling } from './shared/mirrored-sampling.js';
import { deviationOf, meanOf, shapings, utilitiesOf } from './shared/utilities.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(30)
    .describe('Candidates: mirrored pairs, and with baseline centre one more. 2 to 1,000,000; even, with baseline centre odd.'),
  sigma: z.number().positive().max(1e6).default(0.5).describe('Deviation of every coordinate at first, in units. Above 0 to 1,000,000.'),
  sigmaLearningRate: z.number().min(0).max(100).default(0.1).describe('alpha_sigma; 0: sigma is not learned. 0 to 100.'),
  maxChange: z.number().gt(0).max(1).default(0.2).describe('Largest change of a sigma in one generation, as a share of it. Above 0 to 1.'),
  sigmaDecay: z.number().gt(0).max(1).default(1).describe('Each sigma is multiplied by it after each generation as well. Above 0 to 1.'),
  sigmaLimit: z.number().min(0).max(1e6).default(0).describe('At and below it a sigma decays no further, in units. 0 to 1,000,000.'),
  optimizer: z
    .enum(['clip-up', 'adam', 'plain'])
    .default('clip-up')
    .describe('What turns g into a step. clip-up: of the length learningRate, with momentum, to a top speed; plain: as Sehnke.'),
  learningRate: z
    .number()
    .positive()
    .max(1e6)
    .optional()
    .describe('alpha, in units. Absent: for clip-up half of maxSpeed, else 0.15 sigma, the ratio of the MNIST example of EvoJAX.'),
  learningRateDecay,
  maxSpeed: z
    .number()
    .positive()
    .max(1e6)
    .optional()
    .describe("For clip-up: greatest length of a step, in units. Absent: a 15th of the search distribution's radius sigma sqrt(D)."),
  momentum: z.number().min(0).lt(1).default(0.9).describe('For clip-up: share of the velocity that is kept. 0 to below 1.'),
  ...adamDecays,
  shaping: z
    .enum(shapings)
    .default('centred-ranks')
    .describe(
      'Utilities of losses. centred-ranks: rank / (P - 1) - 1/2; z-scores: in standard deviations from the mean; raw: as they are, but for sigma in standard deviations.',
    ),
  baseline: z
    .enum(['mean', 'centre'])
    .default('mean')
    .describe("b: the mean of all utilities, or that of the distribution's centre, which is then asked too."),
  noiseTable,
  units: z
    .enum(['start', 'absolute'])
    .default('start')
    .describe('Whether sigma, learningRate and maxSpeed count in deviations of the start, one each coordinate, or in coordinates.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly sampling: MirroredSampling;
  readonly ascent: Ascent;
  /** sigma, in units. */
  readonly sigmas: Vector;
  readonly estimate: Vector;
  readonly utilities: Float64Array;
  readonly order: Int32Array;
  /** One a pair. */
  readonly weights: Float64Array;
  learningRate: number;
}

export const pgpe = defineStrategy<Options, State>({
  name: 'pgpe',
  title: 'Parameter-exploring policy gradients with ClipUp',
  family: 'evolution strategy',
  reference: {
    authors: 'N. E. Toklu, P. Liskowski, R. K. Srivastava',
    year: 2020,
    title: 'ClipUp: A Simple and Powerful Optimizer for Distribution-based Policy Evolution',
    link: 'https://arxiv.org/abs/2008.02387',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region',
    largestDimension: 10_000_000,
    memory: (dimension, population) => samplingMemory(dimension, population) + 32 * dimension + 16 * population,
    work: (dimension, population) => 17 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { populationSize: size, baseline, optimizer: kind, sigma, momentum, beta1, beta2, units, noiseTable } = settings;
    const askCentre = baseline === 'centre';
    if (size < 2 || (size % 2 === 1) !== askCentre) {
      throw new UsageError(
        `pgpe.populationSize must be ${askCentre ? 'odd, at least 3, with baseline centre' : 'even'}; got ${size}. Take ${size + 1}.`,
      );
    }
    const pairs = Math.floor(size / 2);
    const { sampling, extra } = startSampling(space, { strategy: 'pgpe', pairs, askCentre, units, noiseTable }, 2, rng);
    const maxSpeed = settings.maxSpeed ?? (sigma * Math.sqrt(space.dimension)) / 15;
    extra[0].fill(sigma);
    return {
      settings,
      sampling,
      ascent: startAscent(space, { kind, momentum, beta1, beta2, epsilon: 1e-8, maxSpeed }),
      sigmas: extra[0],
      estimate: extra[1],
      utilities: new Float64Array(size),
      order: new Int32Array(size),
      weights: new Float64Array(pairs),
      learningRate: settings.learningRate ?? (kind === 'clip-up' ? maxSpeed / 2 : 0.15 * sigma),
    };
  },

  ask({ sampling, sigmas }) {
    const { deviations, units } = sampling;
    for (let i = 0; i < units.length; i++) deviations[i] = sigmas[i] * units[i];
    return { kind: 'losses', population: sample(sampling) };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`pgpe asked for losses and was told a ${answer.kind}.`);
    const { settings, sampling, ascent, sigmas, estimate, utilities: u, order, weights } = state;
    const { centre, units, noise, offsets } = sampling;
    const n = weights.length;
    utilitiesOf(answer.losses, settings.shaping, order, u);

    for (let k = 0; k < n; k++) weights[k] = (u[2 * k] - u[2 * k + 1]) / (2 * n);
    estimate.fill(0);
    addNoise(estimate, noise, offsets, weights);
    for (let i = 0; i < estimate.length; i++) estimate[i] *= sigmas[i];
    ascend(ascent, state.learningRate, estimate, centre, units);
    state.learningRate *= settings.learningRateDecay;

    if (settings.sigmaLearningRate > 0) {
      const b = settings.baseline === 'centre' ? u[2 * n] : meanOf(u, 2 * n);
      const spread = settings.shaping === 'raw' ? deviationOf(u, 2 * n) : 1;
      for (let k = 0; k < n; k++) weights[k] = spread > 0 ? ((u[2 * k] + u[2 * k + 1]) / 2 - b) / (n * spread) : 0;
      estimate.fill(0);
      addSquaredNoise(estimate, noise, offsets, weights);
      learnSigmas(settings, estimate, sigmas);
    }
    const { sigmaDecay, sigmaLimit } = settings;
    if (sigmaDecay < 1) for (let i = 0; i < sigmas.length; i++) if (sigmas[i] > sigmaLimit) sigmas[i] *= sigmaDecay;
  },

  centre: ({ sampling }) => sampling.centre,
});

/** sigma_i += alpha_sigma sigma_i s_i, at most a share of maxChange up or down. */
function learnSigmas({ sigmaLearningRate, maxChange }: Options, s: Vector, sigmas: Vector): void {
  for (let i = 0; i < sigmas.length; i++) sigmas[i] *= 1 + Math.max(-maxChange, Math.min(maxChange, sigmaLearningRate * s[i]));
}
