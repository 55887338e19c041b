import { expect, test } from '@jest/globals';
import { Optimizer } from '../../src/core/optimizer.js';
import type { Precision, Space } from '../../src/core/space.js';
import { adam } from '../../strategies/adam.js';
import { goldenTrace } from './golden-trace.js';

/** The points after each of the given gradients, from 0. */
function path(gradients: readonly (readonly number[])[], options: object, precision: Precision = 'float64'): number[][] {
  const dimension = gradients[0].length;
  const space: Space = { dimension, precision, start: [{ offset: 0, length: dimension, kind: 'constant', value: 0 }] };
  const optimizer = new Optimizer(adam, space, { options });
  const points: number[][] = [];
  for (const gradient of gradients) {
    optimizer.ask();
    optimizer.tell({ kind: 'gradient', loss: 0, gradient });
    const query = optimizer.ask();
    if (query.kind === 'gradient') points.push([...query.point]);
  }
  return points;
}

test('the first step is the learning rate in every coordinate, whatever the size of the gradient', () => {
  // m^ = g and v^ = g^2 after bias correction, so the step is alpha g / (|g| + epsilon).
  const [[a, b, c, d]] = path([[1e-3, -5, 1e6, 0]], { learningRate: 0.25 });
  expect(a).toBeCloseTo((-0.25 * 1e-3) / (1e-3 + 1e-8), 12);
  expect(b).toBeCloseTo(0.25, 8);
  expect(c).toBeCloseTo(-0.25, 8);
  expect(d).toBe(0);
});

test.each([
  [0.9, 0.999],
  [0, 0.5],
  [0.99, 0],
])(
  'each step is -alpha mean / (root mean square + epsilon) of the gradients so far, weighted beta^age (beta1 %d, beta2 %d)',
  (beta1, beta2) => {
    // What algorithm 1 computes by recurrence and correction is a weighted mean: sum beta^(t-i) g_i / sum beta^(t-i).
    const gradients = [3, -1, 4, 1, -5, 9, -2, 6, 5, -3, 5, 0.5].map((g) => [g]);
    const weightedMean = (values: readonly number[], beta: number) => {
      const weights = values.map((_, i) => beta ** (values.length - 1 - i));
      return values.reduce((sum, value, i) => sum + weights[i] * value, 0) / weights.reduce((sum, weight) => sum + weight, 0);
    };
    let theta = 0;
    const points = path(gradients, { learningRate: 0.1, beta1, beta2, epsilon: 1e-3 });
    points.forEach(([point], t) => {
      const seen = gradients.slice(0, t + 1).map(([g]) => g);
      const mean = weightedMean(seen, beta1);
      const square = weightedMean(
        seen.map((g) => g * g),
        beta2,
      );
      theta -= (0.1 * mean) / (Math.sqrt(square) + 1e-3);
      expect(point).toBeCloseTo(theta, 10);
    });
  },
);

test('a constant gradient moves every coordinate by the learning rate at each step', () => {
  path(Array(500).fill([2, -7]), { learningRate: 0.01 }).forEach(([a, b], t) => {
    expect(a).toBeCloseTo(-0.01 * (t + 1), 7);
    expect(b).toBeCloseTo(0.01 * (t + 1), 7);
  });
});

test('gradients too small to square in float32 leave the point where it is or move it by at most the learning rate', () => {
  const [[a]] = path([[1e-30]], { learningRate: 0.5 }, 'float32');
  expect(Math.abs(a)).toBeLessThanOrEqual(0.5);
});

test('golden trace', async () => {
  expect(await goldenTrace(adam, { learningRate: 0.02 })).toEqual([
    2372.106515983175, 1928.5798600375579, 1276.7391591926223, 561.0289820705373, 188.37970492620622, 33.74616818822329,
  ]);
});
