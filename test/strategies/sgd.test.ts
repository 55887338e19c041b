import { describe, expect, test } from '@jest/globals';
import { Optimizer } from '../../src/core/optimizer.js';
import type { Space } from '../../src/core/space.js';
import { sgd } from '../../strategies/sgd.js';
import { goldenTrace } from './golden-trace.js';

/** The points that sgd asks on f(x) = lambda x^2 / 2 from x = 1, and the next `steps`. */
function path(lambda: number, options: object, steps: number): number[] {
  const space: Space = { dimension: 1, precision: 'float64', start: [{ offset: 0, length: 1, kind: 'constant', value: 1 }] };
  const optimizer = new Optimizer(sgd, space, { options });
  const points: number[] = [];
  for (let k = 0; k <= steps; k++) {
    const query = optimizer.ask();
    if (query.kind !== 'gradient') throw new Error('sgd asks for gradients');
    const [x] = query.point;
    points.push(x);
    optimizer.tell({ kind: 'gradient', loss: (lambda * x * x) / 2, gradient: [lambda * x] });
  }
  return points;
}

/**
 * x_k of the recurrence x_{k+1} = t x_k - d x_{k-1} with x_0 and x_1 given, from the roots of r^2 - t r + d = 0:
 * A r1^k + B r2^k for two real roots, |r|^k (x_0 cos k w + C sin k w) for a complex pair.
 */
function closedForm(t: number, d: number, x0: number, x1: number, k: number): number {
  const discriminant = t * t - 4 * d;
  if (discriminant > 0) {
    const r1 = (t + Math.sqrt(discriminant)) / 2;
    const r2 = (t - Math.sqrt(discriminant)) / 2;
    const a = (x1 - r2 * x0) / (r1 - r2);
    return a * r1 ** k + (x0 - a) * r2 ** k;
  }
  const modulus = Math.sqrt(d);
  const angle = Math.acos(t / 2 / modulus);
  const c = (x1 - x0 * modulus * Math.cos(angle)) / (modulus * Math.sin(angle));
  return modulus ** k * (x0 * Math.cos(k * angle) + c * Math.sin(k * angle));
}

const steps = 60;

test('plain: on lambda x^2 / 2 the point after k steps is (1 - eta lambda)^k', () => {
  for (const [lambda, learningRate] of [
    [1, 0.1],
    [3, 0.5],
    [10, 0.19],
  ]) {
    path(lambda, { learningRate }, steps).forEach((x, k) => {
      expect(x).toBeCloseTo((1 - learningRate * lambda) ** k, 10);
    });
  }
});

describe.each([
  ['two real roots', 1, 0.01, 0.5],
  ['a complex pair', 4, 0.1, 0.9],
  ['a complex pair near instability', 35, 0.1, 0.9],
])('on lambda x^2 / 2 with %s', (_, lambda, learningRate, momentum) => {
  const q = learningRate * lambda;

  test('momentum follows the closed form of x_{k+1} = (1 + mu - eta lambda) x_k - mu x_{k-1}', () => {
    path(lambda, { learningRate, momentum }, steps).forEach((x, k) => {
      expect(x).toBeCloseTo(closedForm(1 + momentum - q, momentum, 1, 1 - q, k), 9);
    });
  });

  test('Nesterov follows the closed form of y_{k+1} = (1 + mu)(1 - eta lambda) y_k - mu (1 - eta lambda) y_{k-1}', () => {
    // Of theta_{k+1} = y_k - eta f'(y_k), y_{k+1} = theta_{k+1} + mu (theta_{k+1} - theta_k), with theta_0 = y_0 = 1:
    // y_1 = (1 - q) - mu q. The last case is unstable for the look-ahead; numbers grow, so errors are relative.
    const shrink = 1 - q;
    path(lambda, { learningRate, momentum, nesterov: true }, steps).forEach((y, k) => {
      const expected = closedForm((1 + momentum) * shrink, momentum * shrink, 1, shrink - momentum * q, k);
      expect(Math.abs(y - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    });
  });
});

test('the look-ahead changes nothing without momentum', () => {
  expect(path(2, { learningRate: 0.1, nesterov: true }, 20)).toEqual(path(2, { learningRate: 0.1 }, 20));
});

test('golden traces', async () => {
  expect(await goldenTrace(sgd, { learningRate: 2e-4 })).toEqual([
    2372.106515983175, 250.98778487568086, 121.41856441048199, 104.82314522089263, 88.72642046874897, 27.576847798752503,
  ]);
  expect(await goldenTrace(sgd, { learningRate: 2e-4, momentum: 0.9 })).toEqual([
    2372.106515983175, 148.3089865160957, 148.3089865160957, 19.508797666733045, 4.710192688025674, 4.656346088288243,
  ]);
  expect(await goldenTrace(sgd, { learningRate: 2e-4, momentum: 0.9, nesterov: true })).toEqual([
    2372.106515983175, 119.4779227969591, 40.94926333634442, 0.47371911800881383, 0.09697206072030976, 0.06646199580874157,
  ]);
});
