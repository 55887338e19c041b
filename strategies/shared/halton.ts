/**
 * Halton points (1960, https://doi.org/10.1007/BF01386213) and the whole-number directions that Abramson, Audet, Dennis and
 * Le Digabel (2009, https://doi.org/10.1137/080716980, section 3.2) make from them.
 */

/** The first `count` primes. */
export function firstPrimes(count: number): Int32Array {
  const primes = new Int32Array(count);
  for (let found = 0, candidate = 2; found < count; candidate++) {
    let prime = true;
    for (let k = 0; k < found && primes[k] * primes[k] <= candidate && prime; k++) prime = candidate % primes[k] !== 0;
    if (prime) primes[found++] = candidate;
  }
  return primes;
}

/** Point `t` of the sequence into `u`: coordinate i mirrors the digits of t in base `primes[i]` at the point. */
export function halton(t: number, primes: Int32Array, u: Float64Array): void {
  for (let i = 0; i < u.length; i++) {
    const p = primes[i];
    let digit = 1 / p;
    let sum = 0;
    for (let rest = t; rest > 0; rest = Math.floor(rest / p)) {
      sum += (rest % p) * digit;
      digit /= p;
    }
    u[i] = sum;
  }
}

/**
 * The longest whole-number vector round(alpha (2u - e) / |2u - e|), alpha > 0, of squared length at most `limit` (at least 1), into
 * `q`. Returns its squared length, at least 1.
 */
export function adjustedHalton(u: Float64Array, limit: number, q: Float64Array): number {
  const n = u.length;
  let square = 0;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const v = 2 * u[i] - 1;
    square += v * v;
    if (Math.abs(v) > Math.abs(2 * u[largest] - 1)) largest = i;
  }
  const length = Math.sqrt(square);
  // The squared length grows with alpha. Each coordinate departs from alpha v by at most 1/2, so that this alpha is too large:
  let low = 0;
  let high = Math.sqrt(limit) + Math.sqrt(n) / 2 + 1;
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (roundedSquare(u, middle / length, q) <= limit) low = middle;
    else high = middle;
  }
  const found = roundedSquare(u, low / length, q);
  if (found > 0) return found;
  // Several coordinates of equal size would round to 1 together and be too long: one of them alone.
  q[largest] = u[largest] < 1 / 2 ? -1 : 1;
  return 1;
}

function roundedSquare(u: Float64Array, alpha: number, q: Float64Array): number {
  let square = 0;
  for (let i = 0; i < u.length; i++) {
    const v = alpha * (2 * u[i] - 1);
    q[i] = v < 0 ? -Math.floor(0.5 - v) : Math.floor(0.5 + v);
    square += q[i] * q[i];
  }
  return square;
}
