/** Weights of recombination that evolution strategies share. Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772. */
import { log } from '../../src/core/math.js';

/** The population size that evolution strategies default to: 4 + floor(3 ln n) (equation 48). */
export function defaultPopulation(dimension: number): number {
  return 4 + Math.floor(3 * log(dimension));
}

/** w_i = ln((lambda + 1) / 2) - ln i for i = 1 .. lambda: falling, the upper half positive (equation 49). Not yet normalized. */
export function logWeights(lambda: number): Float64Array {
  return Float64Array.from({ length: lambda }, (_, i) => log((lambda + 1) / 2) - log(i + 1));
}

/** The first mu = floor(lambda / 2) of `logWeights`, with sum 1. */
export function positiveWeights(lambda: number): Float64Array {
  const weights = logWeights(lambda)
    .subarray(0, lambda >> 1)
    .slice();
  let sum = 0;
  for (const w of weights) sum += w;
  return weights.map((w) => w / sum);
}

/** (sum w)^2 / sum w^2: how many equal parents have the same effect. */
export function effectiveSize(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const w of weights) {
    sum += w;
    squares += w * w;
  }
  return (sum * sum) / squares;
}

/** E|N(0, I)| in n dimensions, to within 0.02 %: sqrt(n) (1 - 1/(4n) + 1/(21 n^2)). */
export function normalLength(n: number): number {
  return Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
}

/**
 * Utilities of natural evolution strategies, best first, with sum 0: max(0, ln(lambda / 2 + 1) - ln k), normalized to sum 1, less
 * 1 / lambda (Glasmachers and others 2010, section 3.1).
 */
export function utilities(lambda: number): Float64Array {
  const raw = Float64Array.from({ length: lambda }, (_, k) => Math.max(0, log(lambda / 2 + 1) - log(k + 1)));
  let sum = 0;
  for (const u of raw) sum += u;
  return raw.map((u) => u / sum - 1 / lambda);
}
