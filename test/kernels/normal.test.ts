import { expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { normalOf } from '../../src/kernels/twins/normal.js';

test('normalOf is sqrt(-2 ln u) sin(pi h) to float32 accuracy', () => {
  const rng = Rng.seeded(3);
  for (let i = 0; i < 20_000; i++) {
    const a = i < 40 ? (2 ** (i % 32)) >>> 0 : rng.uint32();
    const b = rng.uint32();
    const u = ((a | 1) >>> 0) / 2 ** 32;
    const h = (b >> 8) / 2 ** 24;
    const exact = Math.sqrt(-2 * Math.log(u)) * Math.sin(Math.PI * h);
    expect(Math.abs(normalOf(a | 0, b | 0) - exact)).toBeLessThan(2e-6);
  }
});

test('the normal numbers have the moments and tail shares of the normal distribution', () => {
  const rng = Rng.seeded(4);
  const n = 400_000;
  const above = [0, 0, 0];
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const z = normalOf(rng.uint32() | 0, rng.uint32() | 0);
    for (let k = 0; k < 4; k++) moments[k] += z ** (k + 1) / n;
    for (let k = 0; k < 3; k++) if (z > k + 1) above[k]++;
  }
  // five standard errors: the variances of z, z^2, z^3, z^4 are 1, 2, 15, 96
  expect(Math.abs(moments[0])).toBeLessThan(5 * Math.sqrt(1 / n));
  expect(Math.abs(moments[1] - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(moments[2])).toBeLessThan(5 * Math.sqrt(15 / n));
  expect(Math.abs(moments[3] - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  // P(z > 1), P(z > 2), P(z > 3) from tables of the normal distribution
  for (const [k, share] of [0.158655, 0.02275, 0.00135].entries()) {
    expect(Math.abs(above[k] - n * share)).toBeLessThan(5 * Math.sqrt(n * share));
  }
});
