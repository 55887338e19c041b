import { expect, test } from '@jest/globals';
import { cosPi, exp, log } from '../../src/core/math.js';
import { Rng } from '../../src/core/rng.js';

/** Distance from one double to the next at `x`. */
function ulp(x: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(x));
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0) - Math.abs(x);
}

test('log agrees with Math.log to two units in the last place at all magnitudes, subnormal numbers included', () => {
  const rng = Rng.seeded(1);
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = (1 + rng.uniform()) * 2 ** (rng.below(2098) - 1074);
    if (!Number.isFinite(x) || x === 0) continue;
    worst = Math.max(worst, Math.abs(log(x) - Math.log(x)) / ulp(Math.log(x)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test('log agrees with Math.log to two units in the last place close to 1, where the result is small', () => {
  const rng = Rng.seeded(2);
  let worst = 0;
  for (let i = 0; i < 100_000; i++) {
    const x = 1 + (rng.uniform() - 0.5) * 2 ** -rng.below(50);
    if (x === 1) continue;
    worst = Math.max(worst, Math.abs(log(x) - Math.log(x)) / ulp(Math.log(x)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test.each([
  [1, 0],
  [2, Math.LN2],
  [0.5, -Math.LN2],
  [5e-324, -1074 * Math.LN2],
  [Number.MAX_VALUE, 1024 * Math.LN2],
])('log(%d) is %d', (x, expected) => {
  expect(log(x)).toBe(expected);
});

test('exp agrees with Math.exp to two units in the last place from the least to the greatest result, and close to 0', () => {
  const rng = Rng.seeded(3);
  let worst = 0;
  for (let i = 0; i < 200_000; i++) {
    const x = i % 2 === 0 ? -745 + 1454 * rng.uniform() : (2 * rng.uniform() - 1) * 2 ** -rng.below(60);
    worst = Math.max(worst, Math.abs(exp(x) - Math.exp(x)) / ulp(Math.exp(x)));
  }
  expect(worst).toBeLessThanOrEqual(2);
});

test.each([
  [0, 1],
  [-0, 1],
  [710, Number.POSITIVE_INFINITY],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [-746, 0],
  [Number.NEGATIVE_INFINITY, 0],
  [Number.NaN, Number.NaN],
])('exp(%d) is %d', (x, expected) => {
  expect(exp(x)).toBe(expected);
});

test('cosPi is exact at multiples of a half, and within 5e-16 of Math.cos elsewhere', () => {
  expect([0, 0.5, 1, 1.5, 2, -1, 7, 2.5].map(cosPi).map((c) => c + 0)).toEqual([1, 0, -1, 0, 1, -1, -1, 0]);
  const rng = Rng.seeded(4);
  for (let i = 0; i < 50_000; i++) {
    const x = 2 * rng.uniform() - 1;
    // Math.cos sees pi x rounded, off by at most 2.2e-16 below pi, and pi itself is off by 1.2e-16 x.
    expect(Math.abs(cosPi(x) - Math.cos(Math.PI * x))).toBeLessThan(5e-16);
    expect(cosPi(x)).toBe(cosPi(-x));
  }
});
