/**
 * The three distributions that the tests need, as probabilities of the upper tail. Incomplete gamma function: series and
 * continued fraction of Abramowitz and Stegun 1964, 6.5.29 and 6.5.31; studentized range: Tukey's integral.
 */

/** P(Z > z) of the standard normal distribution. */
export function normalSurvival(z: number): number {
  const tail = 0.5 * upperGamma(1, (z * z) / 2);
  return z >= 0 ? tail : 1 - tail;
}

/** P(X > x) of chi-squared with `freedom` degrees of freedom, a whole number from 1. */
export function chiSquaredSurvival(x: number, freedom: number): number {
  return x <= 0 ? 1 : upperGamma(freedom, x / 2);
}

/** P(Q > q) of the studentized range of `groups` means (2 or more) with infinitely many degrees of freedom. */
export function studentizedRangeSurvival(q: number, groups: number): number {
  if (q <= 0) return 1;
  // The density of the smallest of the means, times the chance that the others lie within q above it. The sum converges
  // exponentially: the integrand is analytic and vanishes at both ends.
  const width = 0.125;
  let sum = 0;
  for (let z = -9; z <= 9; z += width) {
    const within = normalSurvival(z) - normalSurvival(z + q);
    sum += (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * within ** (groups - 1);
  }
  return Math.min(1, Math.max(0, 1 - groups * sum * width));
}

const quantiles = new Map<string, number>();

/** The q that the studentized range of `groups` means exceeds with probability `p`. */
export function studentizedRangeQuantile(p: number, groups: number): number {
  const key = `${p}/${groups}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  let low = 0;
  let high = 64;
  for (let i = 0; i < 48; i++) {
    const middle = (low + high) / 2;
    if (studentizedRangeSurvival(middle, groups) > p) low = middle;
    else high = middle;
  }
  quantiles.set(key, high);
  return high;
}

/** The regularized incomplete gamma function Q(halves / 2, x). */
function upperGamma(halves: number, x: number): number {
  const a = halves / 2;
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(halves));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1000 && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  // Lentz's evaluation of the continued fraction
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}

/** The logarithm of gamma(halves / 2), from gamma(1/2) = sqrt(pi) and gamma(1) = 1 upwards. */
function logGamma(halves: number): number {
  let log = halves % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let x = halves % 2 === 0 ? 2 : 1; x < halves; x += 2) log += Math.log(x / 2);
  return log;
}
