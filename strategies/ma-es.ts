/**
 * Matrix adaptation evolution strategy: Beyer and Sendhoff, "Simplify Your Covariance Matrix Adaptation Evolution Strategy" (2017),
 * figure 4. CMA-ES without a covariance matrix: it adapts the matrix M with which normal vectors are multiplied.
 *   x = m + sigma s (M z),  z_w = sum w_i z_i,  m <- m + sigma s (M z_w)
 *   p <- (1 - cs) p + sqrt(mueff cs (2 - cs)) z_w
 *   M <- M (I + c1 / 2 (p p' - I) + cw / 2 (sum w_i z_i z_i' - I)),  sigma <- sigma exp(cs / ds (|p| / E|N(0, I)| - 1))
 * w_i: weight of the i-th best; s the deviation of the start. M p and M z_i are enough: no matrix product, no decomposition.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { effectiveSize, normalLength, positiveWeights } from './shared/recombination.js';
import { openSampling, place, rankGeneration, type Sampling, samplingBytes, samplingOptions, stepsLost } from './shared/sampling.js';

const options = z.strictObject(samplingOptions);

interface State extends Sampling {
  /** w_1 .. w_mu, with sum 1. */
  readonly weights: Float64Array;
  readonly mueff: number;
  /** M, n x n row-major. */
  readonly matrix: Float64Array;
  /** M z for each candidate. */
  readonly steps: Float64Array;
  /** The path p; and z_w. */
  readonly path: Float64Array;
  readonly draw: Float64Array;
}

export const maEs = defineStrategy<z.output<typeof options>, State>({
  name: 'ma-es',
  title: 'Matrix adaptation evolution strategy',
  family: 'evolution strategy',
  reference: {
    authors: 'H.-G. Beyer, B. Sendhoff',
    year: 2017,
    title: 'Simplify Your Covariance Matrix Adaptation Evolution Strategy',
    link: 'https://doi.org/10.1109/TEVC.2017.2680320',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 5000,
    memory: (dimension, population) => samplingBytes(dimension, population) + 8 * dimension * (dimension + population + 2) + 4 * population,
    work: (dimension, population) => 3 * population * dimension * dimension,
    invariances: ['translation', 'order', 'rotation'],
  },
  options,

  start(space, chosen, rng) {
    const n = space.dimension;
    const sampling = openSampling(space, chosen, rng);
    const weights = positiveWeights(sampling.population.size);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
    return {
      ...sampling,
      weights,
      mueff: effectiveSize(weights),
      matrix,
      steps: new Float64Array(sampling.z.length),
      path: new Float64Array(n),
      draw: new Float64Array(n),
    };
  },

  ask(state) {
    const { population, z: draws, matrix, steps, lanes } = state;
    const { size, dimension: n } = population;
    fillNormal(lanes, draws);
    for (let i = 0; i < n; i++) {
      const row = i * n;
      for (let p = 0; p < size; p++) {
        const at = p * n;
        let sum = 0;
        for (let j = 0; j < n; j++) sum += matrix[row + j] * draws[at + j];
        steps[at + i] = sum;
      }
    }
    for (let p = 0; p < size; p++) place(state, p, steps, p * n);
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`ma-es asked for losses and was told a ${answer.kind}.`);
    if (!rankGeneration(state, answer.losses)) return;
    const { order, weights, mueff, z: draws, steps, mean, scale, path, draw } = state;
    const n = mean.length;
    const cs = (mueff + 2) / (n + mueff + 5);
    const ds = 1 + cs + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1);
    draw.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const at = order[k] * n;
      const stride = state.sigma * weights[k];
      for (let i = 0; i < n; i++) {
        draw[i] += weights[k] * draws[at + i];
        mean[i] += stride * scale[i] * steps[at + i];
      }
    }
    const pull = Math.sqrt(mueff * cs * (2 - cs));
    let square = 0;
    for (let i = 0; i < n; i++) {
      path[i] = (1 - cs) * path[i] + pull * draw[i];
      square += path[i] * path[i];
    }
    adapt(state);
    state.sigma *= exp(Math.min(1, (cs / ds) * (Math.sqrt(square) / normalLength(n) - 1)));
    state.converged ||= stepsLost(state);
  },

  centre: ({ mean }) => mean,
  stop: (state) => (state.converged ? 'converged' : undefined),
});

/** M <- (1 - c1 / 2 - cw / 2) M + c1 / 2 (M p) p' + cw / 2 sum w_i (M z_i) z_i', row by row. */
function adapt({ order, weights, mueff, z: draws, steps, matrix, path }: State): void {
  const n = path.length;
  const c1 = 2 / ((n + 1.3) * (n + 1.3) + mueff);
  const cw = Math.min(1 - c1, (2 * (mueff + 1 / mueff - 2)) / ((n + 2) * (n + 2) + mueff));
  const keep = 1 - c1 / 2 - cw / 2;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let along = 0; // (M p)_i
    for (let j = 0; j < n; j++) along += matrix[row + j] * path[j];
    const one = (c1 / 2) * along;
    for (let j = 0; j < n; j++) matrix[row + j] = keep * matrix[row + j] + one * path[j];
    for (let k = 0; k < weights.length; k++) {
      const at = order[k] * n;
      const share = (cw / 2) * weights[k] * steps[at + i];
      for (let j = 0; j < n; j++) matrix[row + j] += share * draws[at + j];
    }
  }
}
