/**
 * Expected improvement (Jones, Schonlau and Welch 1998, https://doi.org/10.1023/A:1008306431147, equation 15), as a logarithm: of a
 * normal number with mean m and deviation s below the best loss b, E max(b - Y, 0) = s h(z), z = (b - m) / s, h(z) = z Phi(z) + phi(z).
 * Far from the best it is smaller than any number; its logarithm still tells where it is larger (Ament et al. 2023, "Unexpected
 * improvements to expected improvement for Bayesian optimization", https://arxiv.org/abs/2310.20708).
 */
import { exp, log } from '../../src/core/math.js';

const logRootTwoPi = 0.9189385332046727; // ln sqrt(2 pi)

/** Density of the standard normal distribution. */
export function density(z: number): number {
  return exp(-0.5 * z * z - logRootTwoPi);
}

/** Its distribution function Phi at z >= -2; the series phi(z) (z + z^3 / 3 + z^5 / 15 + ...). */
export function distribution(z: number): number {
  if (z > 6) return 1 - density(z) / fraction(z, 1);
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + density(z) * sum;
}

/** From here down the terms of h nearly cancel, and a continued fraction takes their place. */
const tail = -2;

/** t + from / (t + (from + 1) / (t + ...)), t >= 2: with 1 first, the inverse of Mills' ratio (1 - Phi(t)) / phi(t). */
function fraction(t: number, from: number): number {
  let value = t;
  for (let k = from + 120; k >= from; k--) value = t + k / value;
  return value;
}

/** The logarithm of h(z), and its slopes: `mean` = Phi / h, by which it falls with m / s; `deviation` = phi / h, by which it rises with ln s. */
export interface Improvement {
  log: number;
  mean: number;
  deviation: number;
}

/** ln h(z) and its slopes into `out`. */
export function improvement(z: number, out: Improvement): void {
  if (z > tail) {
    const phi = density(z);
    const Phi = distribution(z);
    const h = phi + z * Phi;
    out.log = log(h);
    out.mean = Phi / h;
    out.deviation = phi / h;
    return;
  }
  // Phi(-t) = phi(t) / K with K = t + 1 / c', c' = t + 2 / (t + 3 / ...): h = phi (1 - t / K) = phi / (c' K)
  const t = -z;
  const c = fraction(t, 2);
  const K = t + 1 / c;
  out.log = -0.5 * t * t - logRootTwoPi - log(c * K);
  out.mean = c;
  out.deviation = c * K;
}
