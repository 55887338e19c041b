/**
 * Exponential natural evolution strategy: Glasmachers, Schaul, Sun, Wierstra and Schmidhuber (2010), algorithm 1. A normal
 * distribution with full covariance sigma^2 B B', det B = 1, moved along the natural gradient in exponential coordinates:
 *   x = m + sigma s (B z)
 *   G_d = sum u_k z_k,  G_M = sum u_k (z_k z_k' - I),  G_s = tr(G_M) / n,  G_B = G_M - G_s I
 *   m <- m + eta_m sigma s (B G_d),  sigma <- sigma exp(eta_s / 2 G_s),  B <- B exp(eta_B / 2 G_B)
 * u_k: utility of the k-th best; s the deviation of the start.
 *
 * The utilities sum to 0, so G_M = Z' diag(u) Z has rank lambda at most, and B exp(c G_M) is a power series whose terms each cost
 * lambda n^2 and no further memory: no matrix is decomposed.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { utilities } from './shared/recombination.js';
import { openSampling, place, rankGeneration, type Sampling, samplingBytes, samplingOptions, stepsLost } from './shared/sampling.js';

const options = z.strictObject({
  ...samplingOptions,
  meanRate: z.number().positive().max(10).default(1).describe('eta_m: learning rate of the mean. Above 0 to 10.'),
  stepRate: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe('eta_s: learning rate of sigma. Above 0 to 10. Absent: 3 (3 + ln n) / (5 n sqrt n).'),
  shapeRate: z
    .number()
    .positive()
    .max(10)
    .optional()
    .describe('eta_B: learning rate of B. Above 0 to 10. Absent: 3 (3 + ln n) / (5 n sqrt n).'),
});

interface State extends Sampling {
  readonly utilities: Float64Array;
  /** B, n x n row-major. */
  readonly shape: Float64Array;
  /** y = B z of one candidate; a row of a term of the series. */
  readonly scratch: Float64Array;
  /** A row's products with the draws, for one term. */
  readonly dots: Float64Array;
  /** G_d. */
  readonly gradient: Float64Array;
  readonly meanRate: number;
  readonly stepRate: number;
  readonly shapeRate: number;
}

export const xnes = defineStrategy<z.output<typeof options>, State>({
  name: 'xnes',
  title: 'Exponential natural evolution strategy',
  family: 'evolution strategy',
  reference: {
    authors: 'T. Glasmachers, T. Schaul, Y. Sun, D. Wierstra, J. Schmidhuber',
    year: 2010,
    title: 'Exponential Natural Evolution Strategies',
    link: 'https://doi.org/10.1145/1830483.1830557',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 5000,
    memory: (dimension, population) => samplingBytes(dimension, population) + 8 * dimension * (dimension + 2) + 16 * population,
    // about ten terms of the series
    work: (dimension, population) => 42 * population * dimension * dimension,
    invariances: ['translation', 'order', 'rotation'],
  },
  options,

  start(space, chosen, rng) {
    const n = space.dimension;
    const sampling = openSampling(space, chosen, rng);
    const rate = (3 * (3 + log(n))) / (5 * n * Math.sqrt(n));
    const shape = new Float64Array(n * n);
    for (let i = 0; i < n; i++) shape[i * n + i] = 1;
    return {
      ...sampling,
      utilities: utilities(sampling.population.size),
      shape,
      scratch: new Float64Array(n),
      dots: new Float64Array(sampling.population.size),
      gradient: new Float64Array(n),
      meanRate: chosen.meanRate,
      stepRate: chosen.stepRate ?? rate,
      shapeRate: chosen.shapeRate ?? rate,
    };
  },

  ask(state) {
    const { population, z: draws, shape, scratch, lanes } = state;
    const n = population.dimension;
    fillNormal(lanes, draws);
    for (let p = 0; p < population.size; p++) {
      times(shape, draws, p * n, scratch);
      place(state, p, scratch, 0);
    }
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`xnes asked for losses and was told a ${answer.kind}.`);
    if (!rankGeneration(state, answer.losses)) return;
    const { order, utilities: u, z: draws, mean, scale, shape, scratch, gradient, meanRate, stepRate, shapeRate } = state;
    const n = mean.length;
    gradient.fill(0);
    let trace = 0; // of G_M: sum u_k |z_k|^2, the utilities' sum being 0
    let norm = 0; // at least the norm of G_M
    for (let k = 0; k < order.length; k++) {
      const at = order[k] * n;
      let square = 0;
      for (let i = 0; i < n; i++) {
        gradient[i] += u[k] * draws[at + i];
        square += draws[at + i] * draws[at + i];
      }
      trace += u[k] * square;
      norm += Math.abs(u[k]) * square;
    }
    times(shape, gradient, 0, scratch);
    for (let i = 0; i < n; i++) mean[i] += meanRate * state.sigma * scale[i] * scratch[i];
    // B exp(c (G_M - tr(G_M) / n I)) = exp(-c tr(G_M) / n) (B exp(c G_M))
    multiplyByExponential(state, 0.5 * shapeRate, norm);
    const trim = exp((-0.5 * shapeRate * trace) / n);
    for (let i = 0; i < shape.length; i++) shape[i] *= trim;
    state.sigma *= exp((0.5 * stepRate * trace) / n);
    state.converged ||= stepsLost(state);
  },

  centre: ({ mean }) => mean,
  stop: (state) => (state.converged ? 'converged' : undefined),
});

/** out = matrix v, v in `from` at `at`. */
function times(matrix: Float64Array, from: ArrayLike<number>, at: number, out: Float64Array): void {
  const n = out.length;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * from[at + j];
    out[i] = sum;
  }
}

/**
 * B <- B exp(c G_M), each row t of B by the series t + t M + t M^2 / 2! + ..., M = c sum u_k z_k z_k', as often as it takes for M to
 * be at most 1 in norm: then the twentieth term is below 1e-18 of the first.
 */
function multiplyByExponential({ shape, order, utilities: u, z: draws, scratch, dots }: State, c: number, norm: number): void {
  const n = scratch.length;
  const parts = Math.max(1, Math.ceil(c * norm));
  const share = c / parts;
  const size = share * norm;
  for (let part = 0; part < parts; part++) {
    for (let row = 0; row < shape.length; row += n) {
      for (let i = 0; i < n; i++) scratch[i] = shape[row + i];
      let bound = 1;
      for (let term = 1; bound > 1e-18; term++) {
        bound *= size / term;
        for (let k = 0; k < order.length; k++) {
          const at = order[k] * n;
          let dot = 0;
          for (let i = 0; i < n; i++) dot += scratch[i] * draws[at + i];
          dots[k] = (share * u[k] * dot) / term;
        }
        scratch.fill(0);
        for (let k = 0; k < order.length; k++) {
          const at = order[k] * n;
          for (let i = 0; i < n; i++) scratch[i] += dots[k] * draws[at + i];
        }
        for (let i = 0; i < n; i++) shape[row + i] += scratch[i];
      }
    }
  }
}
