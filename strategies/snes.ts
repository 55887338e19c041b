/**
 * Separable natural evolution strategy: Schaul, Glasmachers and Schmidhuber, "High Dimensions and Heavy Tails for Natural Evolution
 * Strategies" (2011), algorithm 1. A normal distribution with a deviation for each coordinate, moved along the natural gradient of
 * the expected utility:
 *   x = m + sigma s z,   m <- m + eta_m sigma s sum u_k z_k,   sigma_i <- sigma_i exp(eta_s / 2 sum u_k (z_ki^2 - 1))
 * u_k: utility of the k-th best; sigma a vector here; s the deviation of the start.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { utilities } from './shared/recombination.js';
import {
  openSampling,
  place,
  rankGeneration,
  type Sampling,
  samplingBytes,
  samplingOptions,
  settled,
  tolX,
  unchanged,
} from './shared/sampling.js';

const options = z.strictObject({
  ...samplingOptions,
  meanRate: z.number().positive().max(10).default(1).describe('eta_m: learning rate of the mean. Above 0 to 10.'),
  stepRate: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe('eta_s: learning rate of the deviations. Above 0 to 10. Absent: (3 + ln n) / (5 sqrt n).'),
});

interface State extends Sampling {
  readonly utilities: Float64Array;
  /** Deviations, in units of sigma's start. */
  readonly deviations: Float64Array;
  /** y of one candidate; then the sums of the gradients. */
  readonly scratch: Float64Array;
  readonly gradient: Float64Array;
  readonly meanRate: number;
  readonly stepRate: number;
}

export const snes = defineStrategy<z.output<typeof options>, State>({
  name: 'snes',
  title: 'Separable natural evolution strategy',
  family: 'evolution strategy',
  reference: {
    authors: 'T. Schaul, T. Glasmachers, J. Schmidhuber',
    year: 2011,
    title: 'High Dimensions and Heavy Tails for Natural Evolution Strategies',
    link: 'https://doi.org/10.1145/2001576.2001692',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 10_000_000,
    memory: (dimension, population) => samplingBytes(dimension, population) + 24 * dimension + 8 * population,
    work: (dimension, population) => 30 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, chosen, rng) {
    const n = space.dimension;
    const sampling = openSampling(space, chosen, rng);
    return {
      ...sampling,
      utilities: utilities(sampling.population.size),
      deviations: new Float64Array(n).fill(1),
      scratch: new Float64Array(n),
      gradient: new Float64Array(n),
      meanRate: chosen.meanRate,
      stepRate: chosen.stepRate ?? (3 + log(n)) / (5 * Math.sqrt(n)),
    };
  },

  ask(state) {
    const { population, z: draws, deviations, scratch, lanes } = state;
    fillNormal(lanes, draws);
    for (let p = 0; p < population.size; p++) {
      const at = p * population.dimension;
      for (let i = 0; i < scratch.length; i++) scratch[i] = deviations[i] * draws[at + i];
      place(state, p, scratch, 0, deviations);
    }
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`snes asked for losses and was told a ${answer.kind}.`);
    if (!rankGeneration(state, answer.losses)) return;
    const { order, utilities: u, z: draws, deviations, mean, scale, sigma, scratch: forMean, gradient, meanRate, stepRate } = state;
    const n = mean.length;
    forMean.fill(0);
    gradient.fill(0);
    for (let k = 0; k < order.length; k++) {
      const at = order[k] * n;
      for (let i = 0; i < n; i++) {
        const draw = draws[at + i];
        forMean[i] += u[k] * draw;
        gradient[i] += u[k] * (draw * draw - 1);
      }
    }
    for (let i = 0; i < n; i++) {
      mean[i] += meanRate * sigma * scale[i] * deviations[i] * forMean[i];
      deviations[i] *= exp(0.5 * stepRate * gradient[i]);
    }
    state.converged ||= converged(state);
  },

  centre: ({ mean }) => mean,
  stop: (state) => (state.converged ? 'converged' : undefined),
});

function converged(state: State): boolean {
  const { deviations, sigma } = state;
  let longest = 0;
  for (let i = 0; i < deviations.length; i++) if (deviations[i] > longest) longest = deviations[i];
  if (settled(state) || !(longest > tolX) || longest > 1e20) return true;
  for (let i = 0; i < deviations.length; i++) if (!unchanged(state, i, 0.2 * sigma * deviations[i])) return false;
  return true;
}
