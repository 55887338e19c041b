import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { density, distribution, type Improvement, improvement } from '../../strategies/shared/expected-improvement.js';
import { addPoint, gaussianProcess, type Kernel, predict, setLengths, settle } from '../../strategies/shared/gaussian-process.js';
import { latinHypercube } from '../../strategies/shared/latin-hypercube.js';
import { logLikelihood } from '../../strategies/shared/likelihood.js';
import { descend } from '../../strategies/shared/projected-descent.js';

interface Case {
  kernel: Kernel;
  lengths: number[];
  mean: number;
  variance: number;
  likelihood: number;
  gradient: number[];
  predictions: number[];
  deviations: number[];
}

/** Made by test/fixtures/gaussian-process.py with scikit-learn 1.9.1. */
const peer = JSON.parse(readFileSync(new URL('../../../test/fixtures/gaussian-process.json', import.meta.url), 'utf8')) as {
  nugget: number;
  points: number[][];
  values: number[];
  at: number[][];
  cases: Case[];
};

const opened = (kernel: Kernel, lengths: number[], nugget: number) => {
  const gp = gaussianProcess(2, 20, kernel, nugget);
  setLengths(gp, Float64Array.from(lengths, Math.log));
  peer.points.forEach((point, p) => {
    addPoint(gp, Float64Array.from(point), peer.values[p]);
  });
  settle(gp);
  return gp;
};

const prediction = () => ({ mean: 0, deviation: 0, meanSlope: new Float64Array(2), deviationSlope: new Float64Array(2) });

describe.each(peer.cases.map((entry) => [`${entry.kernel}, lengths ${entry.lengths.join(', ')}`, entry] as const))('%s', (_name, entry) => {
  test('mean, variance, likelihood and its slope are those of scikit-learn', () => {
    const gp = opened(entry.kernel, entry.lengths, peer.nugget);
    const slope = new Float64Array(2);
    const value = logLikelihood(gp, Float64Array.from(entry.lengths, Math.log), slope, new Float64Array(400));
    expect(gp.mean).toBeCloseTo(entry.mean, 8);
    expect(gp.variance / entry.variance).toBeCloseTo(1, 8);
    expect(value).toBeCloseTo(entry.likelihood, 8);
    slope.forEach((s, i) => {
      expect(s).toBeCloseTo(entry.gradient[i], 6);
    });
    expect(gp.jitter).toBe(0);
  });

  test('predictions are those of scikit-learn with a mean of which nothing is known', () => {
    const gp = opened(entry.kernel, entry.lengths, peer.nugget);
    const out = prediction();
    peer.at.forEach((point, k) => {
      predict(gp, Float64Array.from(point), 0, out, true);
      // its constant kernel is only ten million times as wide, and its numbers are rounded at that size
      expect(out.mean / entry.predictions[k]).toBeCloseTo(1, 5);
      expect((out.deviation ** 2 - entry.deviations[k] ** 2) / entry.variance).toBeCloseTo(0, 7);
      expect(out.deviation / Math.sqrt(entry.variance)).toBeGreaterThan(9e-4);
      const whole = out.deviation;
      predict(gp, Float64Array.from(point), 0, out, false);
      expect(out.deviation / whole).toBeCloseTo(1, 6);
    });
  });

  test('slopes of predictions are those of central differences', () => {
    const gp = opened(entry.kernel, entry.lengths, peer.nugget);
    const [out, ahead, behind] = [prediction(), prediction(), prediction()];
    const x = Float64Array.of(0.31, 0.22);
    predict(gp, x, 0, out, true);
    for (let i = 0; i < 2; i++) {
      const moved = (by: number) => x.map((value, k) => (k === i ? value + by : value));
      predict(gp, moved(1e-5), 0, ahead, false);
      predict(gp, moved(-1e-5), 0, behind, false);
      expect(out.meanSlope[i]).toBeCloseTo((ahead.mean - behind.mean) / 2e-5, 5);
      expect(out.deviationSlope[i]).toBeCloseTo((ahead.deviation - behind.deviation) / 2e-5, 5);
    }
  });
});

test('one point more is as if all had been there from the start', () => {
  const grown = opened('matern52', [0.3, 0.7], 1e-8);
  const whole = opened('matern52', [0.3, 0.7], 1e-8);
  setLengths(whole, Float64Array.from([0.3, 0.7], Math.log));
  settle(whole);
  expect(Array.from(grown.factor)).toEqual(Array.from(whole.factor));
  expect(grown.mean).toBe(whole.mean);
});

test('two points by hand: the mean is half of the sum, and the prediction between them too', () => {
  // R = [[1, c], [c, 1]]: 1' R^-1 1 = 2 / (1 + c); variance (y1 - y2)^2 / (4 (1 - c)); c = exp(-1 / 2)
  const gp = gaussianProcess(1, 2, 'squared-exponential', 1e-12);
  setLengths(gp, Float64Array.of(0));
  addPoint(gp, Float64Array.of(0), 3);
  addPoint(gp, Float64Array.of(1), 7);
  settle(gp);
  const c = Math.exp(-1 / 2);
  expect(gp.mean).toBeCloseTo(5, 10);
  expect(gp.sumOfOnes).toBeCloseTo(2 / (1 + c), 10);
  expect(gp.variance).toBeCloseTo(4 / (1 - c), 9);
  const out = { mean: 0, deviation: 0, meanSlope: new Float64Array(1), deviationSlope: new Float64Array(1) };
  predict(gp, Float64Array.of(0.5), 0, out, false);
  const r = Math.exp(-1 / 8);
  expect(out.mean).toBeCloseTo(5, 10);
  // equation 9 with r' R^-1 r = 2 r^2 / (1 + c) and 1' R^-1 r = 2 r / (1 + c)
  const share = 1 - (2 * r * r) / (1 + c) + ((1 - (2 * r) / (1 + c)) ** 2 * (1 + c)) / 2;
  expect(out.deviation).toBeCloseTo(Math.sqrt((4 / (1 - c)) * share), 8);
  predict(gp, Float64Array.of(1), 0, out, false);
  expect(out.mean).toBeCloseTo(7, 9);
  expect(out.deviation).toBeLessThan(1e-4);
});

test('a point that comes twice makes no matrix fail', () => {
  const gp = gaussianProcess(1, 4, 'squared-exponential', 1e-12);
  setLengths(gp, Float64Array.of(3));
  for (const x of [0.5, 0.5, 0.5 + 1e-12, 0.6]) addPoint(gp, Float64Array.of(x), x);
  expect(Number.isFinite(settle(gp))).toBe(true);
  const out = { mean: 0, deviation: 0, meanSlope: new Float64Array(1), deviationSlope: new Float64Array(1) };
  predict(gp, Float64Array.of(0.55), 0, out, true);
  expect(out.mean).toBeCloseTo(0.55, 2);
});

describe('expected improvement', () => {
  test.each([-8, -3, -2.01, -1.99, -1, 0, 0.7, 3, 8])('at z = %d is the integral of max(z - u, 0) over the normal density', (z) => {
    // Simpson's rule over [-14, z]
    const steps = 4000;
    const width = (z + 14) / steps;
    let sum = 0;
    for (let k = 0; k <= steps; k++) {
      const u = -14 + k * width;
      sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * (z - u) * Math.exp(-0.5 * u * u);
    }
    const integral = (sum * width) / 3 / Math.sqrt(2 * Math.PI);
    const out: Improvement = { log: 0, mean: 0, deviation: 0 };
    improvement(z, out);
    expect(Math.exp(out.log) / integral).toBeCloseTo(1, 9);
    // and its slope, Phi / h
    const [ahead, behind]: Improvement[] = [{ ...out }, { ...out }];
    improvement(z + 1e-5, ahead);
    improvement(z - 1e-5, behind);
    expect(out.mean / ((ahead.log - behind.log) / 2e-5)).toBeCloseTo(1, 5);
    expect(out.deviation).toBeCloseTo(1 - z * out.mean, 6); // phi = h - z Phi
  });

  test('far below any number it keeps its logarithm: ln phi(z) - 2 ln |z| - 3 / z^2 + ...', () => {
    const out: Improvement = { log: 0, mean: 0, deviation: 0 };
    for (const z of [-60, -1e4]) {
      improvement(z, out);
      // h = phi (1 / z^2 - 3 / z^4 + 15 / z^6 - ...)
      const series = Math.log1p(-3 / z ** 2 + 15 / z ** 4 - 105 / z ** 6) - 2 * Math.log(-z) - 0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
      expect(out.log / series).toBeCloseTo(1, 10);
    }
  });

  test('the normal distribution has its known values', () => {
    // Abramowitz and Stegun, table 26.1
    expect(distribution(1)).toBeCloseTo(0.841344746068543, 14);
    expect(distribution(-2)).toBeCloseTo(0.0227501319481792, 14);
    expect(distribution(7) - 1).toBeCloseTo(-1.28e-12, 14);
    expect(density(1)).toBeCloseTo(0.241970724519143, 14);
  });
});

test('a Latin hypercube has one point in every part of every coordinate', () => {
  const points = latinHypercube(17, 3, Rng.seeded(3));
  for (let i = 0; i < 3; i++) {
    const parts = Array.from({ length: 17 }, (_, p) => Math.floor(17 * points[3 * p + i])).sort((a, b) => a - b);
    expect(parts).toEqual(Array.from({ length: 17 }, (_, p) => p));
  }
});

describe('projected descent', () => {
  test("finds Rosenbrock's minimum within a box, and the best point of its edge where the box ends before", () => {
    const f = (x: Float64Array, slope: Float64Array) => {
      const a = x[1] - x[0] * x[0];
      slope[0] = -400 * a * x[0] - 2 * (1 - x[0]);
      slope[1] = 200 * a;
      return 100 * a * a + (1 - x[0]) ** 2;
    };
    const x = Float64Array.of(-1.2, 1);
    expect(descend(f, x, Float64Array.of(-2, -2), Float64Array.of(2, 2), 200)).toBeLessThan(1e-12);
    expect(x[0]).toBeCloseTo(1, 5);
    // with x_1 <= 0.5 the minimum lies at (0.5, 0.25): value 0.25
    const edge = Float64Array.of(-1.2, 1);
    expect(descend(f, edge, Float64Array.of(-2, -2), Float64Array.of(0.5, 2), 200)).toBeCloseTo(0.25, 9);
    expect(edge[0]).toBe(0.5);
    expect(edge[1]).toBeCloseTo(0.25, 5);
  });
});
