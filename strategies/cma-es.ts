/**
 * CMA-ES: sampling from a normal distribution whose mean, step size and covariance adapt. Hansen, "The CMA Evolution Strategy:
 * A Tutorial", arXiv:1604.00772; (mu/mu_w, lambda) as in its figure 6, cm = 1. The equations named below are its.
 *
 * Active: Jastrebski and Arnold 2006, in the tutorial's form. Separable (a diagonal covariance): Ros and Hansen 2008
 * (https://doi.org/10.1007/978-3-540-87700-4_30). Stop criteria: Hansen 2009 (https://doi.org/10.1145/1570256.1570333).
 *
 * The search runs in coordinates scaled by the start's deviations s, so that C starts as I: x = m + sigma s (B D z), z ~ N(0, I).
 * Points are evaluated where bounds put them and learned from where they were sampled (shared/outside.ts).
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type CmaState, cmaConstants, converged } from './shared/cma-state.js';
import { adaptFull, adaptSeparable, decompose, firstCovariance, sampleFull, sampleSeparable } from './shared/covariance.js';
import { normalLength } from './shared/recombination.js';
import { openSampling, rankGeneration, samplingBytes, samplingOptions } from './shared/sampling.js';

const options = z.strictObject({
  ...samplingOptions,
  covariance: z
    .enum(['full', 'separable'])
    .default('full')
    .describe(
      'full: all dependences, n^2 numbers, up to 5,000 coordinates. separable: a scale for each coordinate, for large n and separable functions.',
    ),
  active: z
    .boolean()
    .default(false)
    .describe(
      'Whether the worse half of a generation shrinks the covariance along its steps. Often faster; off as in the published running times.',
    ),
  maximumGenerations: z.int().min(1).max(1e9).optional().describe('Generations after which the run counts as converged. Absent: no limit.'),
});

type Options = z.output<typeof options>;

const largestFull = 5000;

export const cmaEs = defineStrategy<Options, CmaState>({
  name: 'cma-es',
  title: 'Covariance matrix adaptation evolution strategy',
  family: 'evolution strategy',
  reference: {
    authors: 'N. Hansen',
    year: 2016,
    title: 'The CMA Evolution Strategy: A Tutorial',
    link: 'https://arxiv.org/abs/1604.00772',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: largestFull,
    // beside what all that sample have: C and its eigenvectors, B D z, six vectors
    memory: (dimension, population) => samplingBytes(dimension, population) + 8 * dimension * (2 * dimension + population + 6),
    // sampling, adaptation, and the decomposition (9 n^3) every 1 / (10 n (c1 + cmu)) generations, about n / (10 population)
    work: (dimension, population) => 3 * population * dimension * dimension + 90 * population * dimension * dimension,
    invariances: ['translation', 'order', 'rotation'],
  },
  options,
  largestDimension: ({ covariance }) => (covariance === 'full' ? largestFull : 10_000_000),

  start(space, chosen, rng) {
    const n = space.dimension;
    const full = chosen.covariance === 'full';
    const sampling = openSampling(space, chosen, rng);
    const lambda = sampling.population.size;
    return {
      ...sampling,
      constants: cmaConstants(n, lambda, full, chosen.active),
      steps: new Float64Array(full ? lambda * n : 0),
      meanStep: new Float64Array(n),
      meanDraw: new Float64Array(n),
      ps: new Float64Array(n),
      pc: new Float64Array(n),
      covariance: firstCovariance(n, full),
      axes: full ? firstCovariance(n, full) : new Float64Array(0),
      deviations: new Float64Array(n).fill(1),
      scratch: new Float64Array(n),
      unsettled: 1,
      generation: 0,
      decomposedAt: 0,
      maximumGenerations: chosen.maximumGenerations,
    };
  },

  ask(state) {
    fillNormal(state.lanes, state.z);
    if (state.constants.full) sampleFull(state);
    else sampleSeparable(state);
    return { kind: 'losses', population: state.population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`cma-es asked for losses and was told a ${answer.kind}.`);
    const { constants, mean, scale, meanStep, meanDraw, ps, pc, axes } = state;
    const { mueff, cs, ds, cc } = constants;
    const n = mean.length;
    state.generation++;
    if (!rankGeneration(state, answer.losses)) return;
    recombine(state);

    // m <- m + sigma y_w (41, 42)
    for (let i = 0; i < n; i++) mean[i] += state.sigma * scale[i] * meanStep[i];

    // ps <- (1 - cs) ps + sqrt(cs (2 - cs) mueff) C^(-1/2) y_w (43); C^(-1/2) y_w = B z_w
    const pull = Math.sqrt(cs * (2 - cs) * mueff);
    for (let i = 0; i < n; i++) ps[i] *= 1 - cs;
    if (constants.full) {
      for (let k = 0; k < n; k++) {
        const share = pull * meanDraw[k];
        const at = k * n;
        for (let i = 0; i < n; i++) ps[i] += share * axes[at + i];
      }
    } else for (let i = 0; i < n; i++) ps[i] += pull * meanDraw[i];
    let square = 0;
    for (let i = 0; i < n; i++) square += ps[i] * ps[i];
    const length = Math.sqrt(square);

    // h_sigma: 0 while ps is long, so that C does not grow along a path that sigma has yet to follow.
    state.unsettled *= (1 - cs) * (1 - cs);
    const h = length / Math.sqrt(1 - state.unsettled) < (1.4 + 2 / (n + 1)) * normalLength(n) ? 1 : 0;
    // pc <- (1 - cc) pc + h sqrt(cc (2 - cc) mueff) y_w (45)
    const push = h * Math.sqrt(cc * (2 - cc) * mueff);
    for (let i = 0; i < n; i++) pc[i] = (1 - cc) * pc[i] + push * meanStep[i];

    if (constants.full) adaptFull(state, h);
    else adaptSeparable(state, h);
    // sigma <- sigma exp(cs / ds (|ps| / E|N(0, I)| - 1)) (44), at most e-fold a generation
    state.sigma *= exp(Math.min(1, (cs / ds) * (length / normalLength(n) - 1)));
    decompose(state);
    state.converged ||= converged(state);
  },

  centre: ({ mean }) => mean,
  stop: (state) => (state.converged ? 'converged' : undefined),
});

/** y_w and z_w: the means of the mu best steps, in scaled coordinates and along the axes, by their weights. */
function recombine({ constants: { weights, mu, full }, order, steps, z, deviations, meanStep, meanDraw }: CmaState): void {
  const n = meanStep.length;
  meanStep.fill(0);
  meanDraw.fill(0);
  for (let k = 0; k < mu; k++) {
    const at = order[k] * n;
    const w = weights[k];
    for (let i = 0; i < n; i++) meanDraw[i] += w * z[at + i];
    if (full) for (let i = 0; i < n; i++) meanStep[i] += w * steps[at + i];
  }
  if (!full) for (let i = 0; i < n; i++) meanStep[i] = deviations[i] * meanDraw[i];
}
