/**
 * Limited-memory matrix adaptation: Loshchilov, Glasmachers and Beyer, "Large Scale Black-box Optimization by Limited-Memory Matrix
 * Adaptation" (2019, arXiv:1705.06693), algorithm 1. MA-ES with m = 4 + floor(3 ln n) vectors in place of the matrix: work and
 * memory of a candidate are of order n log n, so that networks with hundreds of thousands of weights learn dependences.
 *   d = z, then for j = 1 .. min(g, m): d <- (1 - c_dj) d + c_dj m_j (m_j' d);   x = m + sigma s d
 *   m_j <- (1 - c_cj) m_j + sqrt(mueff c_cj (2 - c_cj)) z_w,   c_dj = 1 / (1.5^(j-1) n),  c_cj = lambda / (4^(j-1) n)
 *   p <- (1 - cs) p + sqrt(mueff cs (2 - cs)) z_w,   sigma <- sigma exp(cs / 2 (|p|^2 / n - 1)),  cs = 2 lambda / n
 * g: generations so far; s the deviation of the start. The paper is about n in the thousands. Two limits are ours, for few dimensions:
 * rates are at most 1 (binds for n < 2 lambda), and m at most ceil(n / 2) (for n < 24), because each vector shrinks all directions but its own.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { defaultPopulation, effectiveSize, positiveWeights } from './shared/recombination.js';
import { openSampling, place, rankGeneration, type Sampling, samplingBytes, samplingOptions, stepsLost } from './shared/sampling.js';

const options = z.strictObject({
  ...samplingOptions,
  vectors: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('m: direction vectors. 1 to 1,000. Absent: 4 + floor(3 ln n), at most ceil(n / 2).'),
});

interface State extends Sampling {
  /** w_1 .. w_mu, with sum 1. */
  readonly weights: Float64Array;
  readonly mueff: number;
  /** m_1 .. m_m, one a row. */
  readonly vectors: Float64Array;
  /** d for each candidate. */
  readonly steps: Float64Array;
  /** The path p; and z_w. */
  readonly path: Float64Array;
  readonly draw: Float64Array;
  generation: number;
}

export const lmMaEs = defineStrategy<z.output<typeof options>, State>({
  name: 'lm-ma-es',
  title: 'Limited-memory matrix adaptation evolution strategy',
  family: 'evolution strategy',
  reference: {
    authors: 'I. Loshchilov, T. Glasmachers, H.-G. Beyer',
    year: 2019,
    title: 'Large Scale Black-box Optimization by Limited-Memory Matrix Adaptation',
    link: 'https://arxiv.org/abs/1705.06693',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 1_000_000,
    memory: (dimension, population) =>
      samplingBytes(dimension, population) + 8 * dimension * (population + defaultPopulation(dimension) + 2) + 4 * population,
    work: (dimension, population) => population * dimension * (30 + 5 * defaultPopulation(dimension)),
    invariances: ['translation', 'order', 'rotation'],
  },
  options,

  start(space, chosen, rng) {
    const n = space.dimension;
    const sampling = openSampling(space, chosen, rng);
    const weights = positiveWeights(sampling.population.size);
    return {
      ...sampling,
      weights,
      mueff: effectiveSize(weights),
      vectors: new Float64Array((chosen.vectors ?? Math.min(defaultPopulation(n), Math.ceil(n / 2))) * n),
      steps: new Float64Array(sampling.z.length),
      path: new Float64Array(n),
      draw: new Float64Array(n),
      generation: 0,
    };
  },

  ask(state) {
    const { population, z: draws, steps, vectors, lanes, generation } = state;
    const { size, dimension: n } = population;
    fillNormal(lanes, draws);
    steps.set(draws);
    const used = Math.min(generation, vectors.length / n);
    for (let p = 0; p < size; p += together) transform(steps, n, p, Math.min(size, p + together), vectors, used);
    for (let p = 0; p < size; p++) place(state, p, steps, p * n);
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`lm-ma-es asked for losses and was told a ${answer.kind}.`);
    if (!rankGeneration(state, answer.losses)) return;
    const { order, weights, mueff, z: draws, steps, mean, scale, path, draw, vectors, population } = state;
    const n = mean.length;
    draw.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const at = order[k] * n;
      const stride = state.sigma * weights[k];
      for (let i = 0; i < n; i++) {
        draw[i] += weights[k] * draws[at + i];
        mean[i] += stride * scale[i] * steps[at + i];
      }
    }
    const cs = Math.min(1, (2 * population.size) / n);
    const square = follow(path, 0, draw, cs, mueff);
    let rate = population.size / n; // c_cj
    for (let row = 0; row < vectors.length; row += n) {
      follow(vectors, row, draw, Math.min(1, rate), mueff);
      rate /= 4;
    }
    state.sigma *= exp(Math.min(1, (cs / 2) * (square / n - 1)));
    state.generation++;
    state.converged ||= stepsLost(state);
  },

  centre: ({ mean }) => mean,
  stop: (state) => (state.converged ? 'converged' : undefined),
});

/** Candidates that are transformed side by side: each vector is read once for all, and none waits for the sums of another. */
const together = 4;

/** The steps of candidates `from` to `to - 1`: d <- (1 - c_dj) d + c_dj m_j (m_j' d), j = 1 .. used. */
function transform(steps: Float64Array, n: number, from: number, to: number, vectors: Float64Array, used: number): void {
  if (to - from < together) {
    for (let p = from; p < to; p++) transformOne(steps, p * n, n, vectors, used);
    return;
  }
  const a = from * n;
  const b = a + n;
  const c = b + n;
  const d = c + n;
  let rate = 1 / n; // c_dj
  for (let j = 0; j < used; j++) {
    const row = j * n;
    let dotA = 0;
    let dotB = 0;
    let dotC = 0;
    let dotD = 0;
    for (let i = 0; i < n; i++) {
      const m = vectors[row + i];
      dotA += m * steps[a + i];
      dotB += m * steps[b + i];
      dotC += m * steps[c + i];
      dotD += m * steps[d + i];
    }
    dotA *= rate;
    dotB *= rate;
    dotC *= rate;
    dotD *= rate;
    const rest = 1 - rate;
    for (let i = 0; i < n; i++) {
      const m = vectors[row + i];
      steps[a + i] = rest * steps[a + i] + dotA * m;
      steps[b + i] = rest * steps[b + i] + dotB * m;
      steps[c + i] = rest * steps[c + i] + dotC * m;
      steps[d + i] = rest * steps[d + i] + dotD * m;
    }
    rate /= 1.5;
  }
}

function transformOne(steps: Float64Array, at: number, n: number, vectors: Float64Array, used: number): void {
  let rate = 1 / n;
  for (let j = 0; j < used; j++) {
    const row = j * n;
    let dot = 0;
    for (let i = 0; i < n; i++) dot += vectors[row + i] * steps[at + i];
    dot *= rate;
    for (let i = 0; i < n; i++) steps[at + i] = (1 - rate) * steps[at + i] + dot * vectors[row + i];
    rate /= 1.5;
  }
}

/** v <- (1 - c) v + sqrt(mueff c (2 - c)) z_w, v in `vectors` from `at`; returns |v|^2. */
function follow(vectors: Float64Array, at: number, draw: Float64Array, c: number, mueff: number): number {
  const pull = Math.sqrt(mueff * c * (2 - c));
  let square = 0;
  for (let i = 0; i < draw.length; i++) {
    const v = (1 - c) * vectors[at + i] + pull * draw[i];
    vectors[at + i] = v;
    square += v * v;
  }
  return square;
}
