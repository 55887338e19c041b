/** The lengths of a Gaussian process under which what was seen is likeliest (Jones, Schonlau and Welch 1998, section 2). */
import { log } from '../../src/core/math.js';
import type { Rng } from '../../src/core/rng.js';
import { correlate, type GaussianProcess, setLengths, settle } from './gaussian-process.js';
import { descend } from './projected-descent.js';

/** Lengths are sought between these, in sides of the cube. */
const shortest = log(0.02);
const longest = log(20);

/**
 * The logarithm of the likelihood at these lengths, with mean and variance at their likeliest; its slope into `slope`:
 * half the sum over i, j of (a_i a_j / variance - (R^-1)_ij) dR_ij, a = R^-1 (y - mean). `inverse` has room for R^-1.
 */
export function logLikelihood(gp: GaussianProcess, logLengths: Float64Array, slope: Float64Array, inverse: Float64Array): number {
  const { dimension, room, points, residuals, weights, slopes } = gp;
  setLengths(gp, logLengths);
  const value = settle(gp);
  invert(gp, inverse);
  slope.fill(0);
  for (let p = 1; p < gp.count; p++) {
    correlate(gp, points, p * dimension, p);
    for (let q = 0; q < p; q++) {
      const share = ((residuals[p] * residuals[q]) / gp.variance - inverse[p * room + q]) * slopes[q];
      for (let i = 0; i < dimension; i++) {
        const way = points[p * dimension + i] - points[q * dimension + i];
        slope[i] += share * way * way * weights[i];
      }
    }
  }
  return value;
}

/** The triangle of R^-1 on and below the diagonal: the inverse of the factor, row by row, then the product with its transpose. */
function invert({ factor, room, count }: GaussianProcess, out: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const at = i * room;
    for (let j = 0; j < i; j++) out[at + j] = 0;
    for (let k = 0; k < i; k++) {
      const part = factor[at + k];
      for (let j = 0; j <= k; j++) out[at + j] -= part * out[k * room + j];
    }
    const pivot = 1 / factor[at + i];
    for (let j = 0; j < i; j++) out[at + j] *= pivot;
    out[at + i] = pivot;
  }
  // row i of the product needs rows i and below of the inverse factor only
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < count; k++) sum += out[k * room + i] * out[k * room + j];
      out[i * room + j] = sum;
    }
  }
}

/** Sets the likeliest lengths that are found from those of before and from `starts` random ones. */
export function fitLengths(gp: GaussianProcess, inverse: Float64Array, rng: Rng, starts: number): void {
  const n = gp.dimension;
  const low = new Float64Array(n).fill(shortest);
  const high = new Float64Array(n).fill(longest);
  const lengths = gp.logLengths.slice();
  const best = lengths.slice();
  let most = Infinity;
  const negative = (x: Float64Array, slope: Float64Array) => {
    const value = logLikelihood(gp, x, slope, inverse);
    for (let i = 0; i < n; i++) slope[i] = -slope[i];
    return -value;
  };
  for (let start = 0; start <= starts; start++) {
    if (start > 0) {
      // alike in all coordinates first, from a tenth of the cube to all of it times the root of the dimension; then each by itself
      const common = log(0.1) + rng.uniform() * (log(2) - log(0.1)) + 0.5 * log(n);
      for (let i = 0; i < n; i++) lengths[i] = Math.min(Math.max(common + (start > 1 ? rng.uniform() - 0.5 : 0), shortest), longest);
    }
    const value = descend(negative, lengths, low, high, 20);
    if (value < most) {
      most = value;
      best.set(lengths);
    }
  }
  setLengths(gp, best);
  settle(gp);
}
