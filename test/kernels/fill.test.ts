import { describe, expect, test } from '@jest/globals';
import { log } from '../../src/core/math.js';
import { Rng } from '../../src/core/rng.js';
import { fillGaps, fillNormal, fillUniform } from '../../src/kernels/fill.js';
import { seedLanes } from '../../src/kernels/lanes.js';
import { cosineOf, exponentialOf, halfTurnOf, logarithmOf, sineOf } from '../../src/kernels/twins/elementary.js';

const n = 400_000;
const lanesOf = (label: string) => seedLanes(Rng.seeded(label));

test('logarithm, sine and cosine of draws are right to float32 accuracy', () => {
  const rng = Rng.seeded(3);
  const error = { logarithm: 0, turn: 0, sine: 0, cosine: 0 };
  for (let i = 0; i < 20_000; i++) {
    const draw = i < 32 ? 2 ** i : rng.uint32();
    const u = ((draw | 1) >>> 0) / 2 ** 32;
    const h = (draw >> 8) / 2 ** 24;
    error.logarithm = Math.max(error.logarithm, Math.abs(logarithmOf(draw | 0) - Math.log(u)));
    error.turn = Math.max(error.turn, Math.abs(halfTurnOf(draw | 0) - h));
    error.sine = Math.max(error.sine, Math.abs(sineOf(h) - Math.sin(Math.PI * h)));
    error.cosine = Math.max(error.cosine, Math.abs(cosineOf(h) - Math.cos(Math.PI * h)));
  }
  // ln u goes down to -22.2, where a float32 is good to 1e-6; the others stay within 1
  expect(error.logarithm).toBeLessThan(2e-6);
  expect(error.turn).toBe(0);
  expect(error.sine).toBeLessThan(4e-7);
  expect(error.cosine).toBeLessThan(4e-7);
});

test('the exponential is right to float32 accuracy', () => {
  const rng = Rng.seeded(4);
  let error = 0;
  for (let i = 0; i < 20_000; i++) {
    const x = Math.fround((i % 2 === 0 ? 1 : 80) * (2 * rng.uniform() - 1));
    error = Math.max(error, Math.abs(exponentialOf(x) / Math.exp(x) - 1));
  }
  expect(error).toBeLessThan(3e-7);
  expect(exponentialOf(0)).toBe(1);
  expect(exponentialOf(-0)).toBe(1);
});

describe.each(['float32', 'float64'])('%s', (precision) => {
  const out = precision === 'float32' ? new Float32Array(n) : new Float64Array(n);

  test('fillNormal has the moments, tails and independence of neighbours of the normal distribution', () => {
    fillNormal(lanesOf('normal'), out);
    const moments = [0, 0, 0, 0];
    const above = [0, 0, 0, 0, 0, 0];
    for (const z of out) {
      for (let k = 0; k < 4; k++) moments[k] += z ** (k + 1) / n;
      for (let k = 0; k < 3; k++) {
        if (z > k + 1) above[k]++;
        if (z < -k - 1) above[k + 3]++;
      }
    }
    // five standard errors: the variances of z, z^2, z^3, z^4 are 1, 2, 15, 96
    expect(Math.abs(moments[0])).toBeLessThan(5 * Math.sqrt(1 / n));
    expect(Math.abs(moments[1] - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(moments[2])).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(moments[3] - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
    // P(z > 1), P(z > 2), P(z > 3) from tables of the normal distribution
    for (const [k, share] of [0.158655, 0.02275, 0.00135, 0.158655, 0.02275, 0.00135].entries()) {
      expect(Math.abs(above[k] - n * share)).toBeLessThan(5 * Math.sqrt(n * share));
    }
    for (const gap of [1, 3, 4, 8]) {
      let product = 0;
      let squares = 0;
      for (let i = gap; i < n; i++) {
        product += out[i] * out[i - gap];
        squares += (out[i] ** 2 - 1) * (out[i - gap] ** 2 - 1);
      }
      expect(Math.abs(product)).toBeLessThan(5 * Math.sqrt(n));
      expect(Math.abs(squares)).toBeLessThan(5 * 2 * Math.sqrt(n));
    }
  });

  test('fillUniform fills [low, low + width) evenly', () => {
    fillUniform(lanesOf('uniform'), out, -2, 8);
    const counts = new Array<number>(8).fill(0);
    for (const value of out) counts[Math.floor(value + 2)]++;
    for (const count of counts) expect(Math.abs(count - n / 8)).toBeLessThan(5 * Math.sqrt(n / 8));
  });

  test('a scaled normal is the mean plus the deviation times the standard one', () => {
    const standard = new Float64Array(999);
    const scaled = new Float64Array(999);
    fillNormal(lanesOf('scaled'), standard);
    fillNormal(lanesOf('scaled'), scaled, 3, 0.25);
    for (let i = 0; i < 999; i++) expect(scaled[i]).toBeCloseTo(3 + 0.25 * standard[i], 5);
  });
});

test.each([0.01, 0.3, 0.9])('fillGaps has the geometric distribution for p = %f', (p) => {
  const gaps = new Int32Array(n);
  fillGaps(lanesOf('gaps'), gaps, 1 / log(1 - p));
  let sum = 0;
  let none = 0;
  for (const gap of gaps) {
    sum += gap;
    if (gap === 0) none++;
  }
  // mean (1 - p) / p, variance (1 - p) / p^2, P(0) = p
  expect(Math.abs(sum / n - (1 - p) / p)).toBeLessThan((5 * Math.sqrt((1 - p) / n)) / p);
  expect(Math.abs(none - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
});
