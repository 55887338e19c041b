/**
 * Simultaneous perturbation stochastic approximation: descent along a gradient that is estimated from two losses, whatever the
 * dimension. Spall, IEEE Transactions on Automatic Control 37(3), 1992 (https://doi.org/10.1109/9.119632); gains and their choice after
 * Spall, "Implementation of the Simultaneous Perturbation Algorithm", 1998 (https://doi.org/10.1109/7.705889).
 *
 * g_i = (y(theta + c_k Delta) - y(theta - c_k Delta)) / (2 c_k Delta_i), Delta_i = 1 or -1 with equal chances;
 * theta <- theta - a_k g, a_k = a / (A + k)^alpha, c_k = c / k^gamma, k = 1, 2, ...
 * All of it in units of the start's scale. A perturbed coordinate stops at its bounds, and g is taken over what is left of its way.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, firstSteps } from './shared/first-point.js';
import { within } from './shared/within.js';

const options = z.strictObject({
  gain: z
    .number()
    .positive()
    .max(1e12)
    .optional()
    .describe('a. Absent: so that the first steps are `firstStep` long, by the losses of `calibration` pairs around the first point.'),
  firstStep: z
    .number()
    .gt(0)
    .max(1e3)
    .default(1)
    .describe('Without `gain`: how far the first step would move a coordinate on average, in scales of the start. `maximumStep` cuts it.'),
  calibration: z.int().min(1).max(10_000).default(5).describe('Pairs of losses that the gain is chosen by. 1 to 10,000.'),
  stability: z.number().min(0).max(1e9).default(100).describe('A: a tenth of the iterations expected, or less (Spall 1998). 0 to 1e9.'),
  alpha: z.number().gt(0).max(1).default(0.602).describe('How fast the steps shrink; 1 is best for very long runs. Above 0 to 1.'),
  perturbation: z
    .number()
    .gt(0)
    .max(1e3)
    .default(0.01)
    .describe("c, in scales of the start: where the change of the loss is about the noise's deviation. Above 0 to 1,000."),
  gamma: z.number().min(0).max(1).default(0.101).describe('How fast the perturbations shrink; 1/6 goes with alpha = 1. 0 to 1.'),
  directions: z.int().min(1).max(10_000).default(1).describe('Pairs whose estimates are averaged in each iteration. 1 to 10,000.'),
  maximumStep: z
    .number()
    .gt(0)
    .max(1e6)
    .default(0.1)
    .describe('Longest change of a coordinate in one iteration, in scales of the start: longer steps are shortened as a whole.'),
});

type Options = z.infer<typeof options>;

interface State {
  readonly options: Options;
  /** For each direction the point ahead and the point behind. */
  readonly population: DensePopulation;
  readonly theta: Vector;
  /** Unit of each coordinate. */
  readonly scale: Vector;
  /** The estimate, in units. */
  readonly gradient: Vector;
  readonly limits: Limits | undefined;
  readonly rng: Rng;
  /** a; 0 until it is known. */
  a: number;
  /** Pairs of the calibration so far, and the sum of their |g_i|, which are the same for all i. */
  pairs: number;
  slope: number;
  /** k, from 1. */
  k: number;
  told: boolean;
}

export const spsa = defineStrategy<Options, State>({
  name: 'spsa',
  title: 'Simultaneous perturbation stochastic approximation',
  family: 'gradient estimated',
  reference: {
    authors: 'J. C. Spall',
    year: 1992,
    title: 'Multivariate Stochastic Approximation Using a Simultaneous Perturbation Gradient Approximation',
    link: 'https://doi.org/10.1109/9.119632',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region', // both gains fall by a law that is set beforehand
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * (population + 5) * dimension,
    work: (dimension, population) => 10 * population * dimension,
    invariances: ['translation'],
  },
  options,

  start(space, given, rng) {
    const { x } = firstPoint(space, rng.fork('start'), 1);
    const scale = allocate(space, space.dimension);
    scale.set(firstSteps(space, 1));
    return {
      options: given,
      population: densePopulation(space, 2 * given.directions),
      theta: x,
      scale,
      gradient: allocate(space, space.dimension),
      limits: limitsOf(space),
      rng: rng.fork('directions'),
      a: given.gain ?? 0,
      pairs: 0,
      slope: 0,
      k: 1,
      told: true,
    };
  },

  ask(state) {
    const { population, theta, scale, limits, rng, options: given } = state;
    if (state.told) {
      const { values, dimension: n } = population;
      const c = given.perturbation * exp(-given.gamma * log(state.k));
      for (let ahead = 0; ahead < values.length; ahead += 2 * n) {
        const behind = ahead + n;
        for (let i = 0; i < n; i++) {
          const delta = (rng.uint32() & 1) === 0 ? c * scale[i] : -c * scale[i];
          values[ahead + i] = within(theta[i] + delta, limits, i);
          values[behind + i] = within(theta[i] - delta, limits, i);
        }
      }
      state.told = false;
    }
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`spsa asked for losses and was told a ${answer.kind}.`);
    state.told = true;
    const { options: given, theta, scale, gradient, limits } = state;
    const slope = estimate(state, answer.losses);
    if (!(slope > 0)) return; // flat, or nothing but failures: look again from here
    if (state.a === 0) {
      state.slope += slope;
      state.pairs += given.directions;
      if (state.pairs < given.calibration) return;
      const mean = (state.slope * given.directions) / state.pairs;
      state.a = (given.firstStep / mean) * exp(given.alpha * log(given.stability + 1));
      return;
    }
    let rate = state.a * exp(-given.alpha * log(given.stability + state.k));
    let longest = 0;
    for (let i = 0; i < gradient.length; i++) longest = Math.max(longest, Math.abs(gradient[i]));
    if (rate * longest > given.maximumStep) rate = given.maximumStep / longest;
    for (let i = 0; i < theta.length; i++) theta[i] = within(theta[i] - rate * scale[i] * gradient[i], limits, i);
    state.k++;
  },
});

/** Writes the mean estimate of the pairs that did not fail into `gradient`, in units; returns the mean of their |g_i|, 0 without any. */
function estimate({ population, gradient, scale }: State, losses: Float64Array): number {
  const { values, dimension: n } = population;
  gradient.fill(0);
  let pairs = 0;
  for (let p = 0; p < losses.length; p += 2) if (losses[p] < Infinity && losses[p + 1] < Infinity) pairs++;
  let sum = 0;
  for (let p = 0; p < losses.length; p += 2) {
    const difference = losses[p] - losses[p + 1];
    if (!Number.isFinite(difference)) continue;
    const ahead = p * n;
    const behind = ahead + n;
    for (let i = 0; i < n; i++) {
      const way = values[ahead + i] - values[behind + i];
      if (way === 0) continue;
      const g = (difference * scale[i]) / way;
      gradient[i] += g / pairs;
      sum += Math.abs(g);
    }
  }
  return pairs === 0 ? 0 : sum / (pairs * n);
}
