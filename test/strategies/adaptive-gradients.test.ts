import { describe, expect, test } from '@jest/globals';
import { Optimizer } from '../../src/core/optimizer.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { adam } from '../../strategies/adam.js';
import { adamw } from '../../strategies/adamw.js';
import { rmsprop } from '../../strategies/rmsprop.js';
import { from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

/** The points after each of the gradients, in one dimension. */
function path(strategy: AnyStrategy, start: number, gradients: readonly number[], options: object): number[] {
  const optimizer = new Optimizer(strategy, from(start), { options });
  return gradients.map((gradient) => {
    optimizer.ask();
    optimizer.tell({ kind: 'gradient', loss: 0, gradient: [gradient] });
    const query = optimizer.ask();
    return query.kind === 'gradient' ? query.point[0] : Number.NaN;
  });
}

const gradients = [3, -1, 4, 1, -5, 9, -2, 6, 5, -3, 5, 0.5];

describe('adamw', () => {
  test('without a gradient the point decays as (1 - alpha lambda)^t', () => {
    path(adamw, 7, Array(50).fill(0), { learningRate: 0.1, weightDecay: 0.3 }).forEach((x, t) => {
      expect(x).toBeCloseTo(7 * 0.97 ** (t + 1), 12);
    });
  });

  test('a decay beside a constant gradient is the closed form of x_{t+1} = (1 - alpha lambda) x_t - alpha, whatever the gradient', () => {
    // With a constant gradient m^ / sqrt(v^) is 1, so x_t = (x_0 + 1 / lambda) (1 - alpha lambda)^t - 1 / lambda.
    for (const gradient of [1e-2, 5, 1e6]) {
      path(adamw, 2, Array(80).fill(gradient), { learningRate: 0.1, weightDecay: 0.5, epsilon: 1e-16 }).forEach((x, t) => {
        expect(x).toBeCloseTo((2 + 2) * 0.95 ** (t + 1) - 2, 10);
      });
    }
  });

  test("its steps are Adam's, taken from the shrunk point", () => {
    // Adam's steps depend on the gradients alone: x'_t = keep x'_{t-1} + (x_t - x_{t-1}).
    const plain = path(adam, 1, gradients, { learningRate: 0.1 });
    let expected = 1;
    path(adamw, 1, gradients, { learningRate: 0.1, weightDecay: 0.2 }).forEach((x, t) => {
      expected = 0.98 * expected + plain[t] - (t === 0 ? 1 : plain[t - 1]);
      expect(x).toBeCloseTo(expected, 13);
    });
    expect(path(adamw, 1, gradients, { learningRate: 0.1, weightDecay: 0 })).toEqual(plain);
  });

  test('the decay follows the schedule of the rate', () => {
    const points = path(adamw, 1, [0, 0, 0], { learningRate: 0.5, weightDecay: 1, schedule: 'step', period: 1, decay: 0.5 });
    [0.5, 0.5 * 0.75, 0.5 * 0.75 * 0.875].forEach((x, t) => {
      expect(points[t]).toBeCloseTo(x, 14);
    });
  });
});

describe('rmsprop', () => {
  test('each step is -alpha g / root of the sum of 0.1 0.9^age g^2', () => {
    let x = 2;
    path(rmsprop, 2, gradients, { learningRate: 0.1, epsilon: 1e-3 }).forEach((point, t) => {
      const square = gradients.slice(0, t + 1).reduce((sum, g, i) => sum + 0.1 * 0.9 ** (t - i) * g * g, 0);
      x -= (0.1 * gradients[t]) / (Math.sqrt(square) + 1e-3);
      expect(point).toBeCloseTo(x, 12);
    });
  });

  test('the first step of the lecture is sqrt(10) rates, and a steady gradient leads to one rate a step', () => {
    // The mean starts at 0, so that after t steps it is (1 - 0.9^t) g^2.
    const points = path(rmsprop, 0, Array(200).fill(-8), { learningRate: 0.01, epsilon: 1e-12 });
    expect(points[0]).toBeCloseTo(0.01 * Math.sqrt(10), 12);
    expect(points[199] - points[198]).toBeCloseTo(0.01, 8);
  });

  test('momentum adds up the steps that it has without, each weighted by momentum^age', () => {
    const plain = path(rmsprop, 0, gradients, { learningRate: 0.1 });
    const steps = plain.map((x, t) => x - (t === 0 ? 0 : plain[t - 1]));
    let x = 0;
    path(rmsprop, 0, gradients, { learningRate: 0.1, momentum: 0.8 }).forEach((point, t) => {
      x += steps.slice(0, t + 1).reduce((sum, step, i) => sum + step * 0.8 ** (t - i), 0);
      expect(point).toBeCloseTo(x, 12);
    });
  });
});

describe('variants', () => {
  test('adamax: the mean of the gradients, as Adam’s, over the largest of beta2^age |g|', () => {
    let x = 0;
    path(adam, 0, gradients, { learningRate: 0.1, variant: 'adamax', beta1: 0.8, beta2: 0.7, epsilon: 1e-12 }).forEach((point, t) => {
      const weights = gradients.slice(0, t + 1).map((_, i) => 0.8 ** (t - i));
      const mean = weights.reduce((sum, weight, i) => sum + weight * gradients[i], 0) / weights.reduce((sum, weight) => sum + weight, 0);
      x -= (0.1 * mean) / Math.max(...gradients.slice(0, t + 1).map((g, i) => 0.7 ** (t - i) * Math.abs(g)));
      expect(point).toBeCloseTo(x, 9);
    });
  });

  test('nadam: Adam’s mean moved on by one step, over the same root', () => {
    // m = sum (1 - b) b^age g; along b m / (1 - b^(t+1)) + (1 - b) g / (1 - b^t), t from 1
    let x = 0;
    const [b, c] = [0.8, 0.7];
    path(adam, 0, gradients, { learningRate: 0.1, variant: 'nadam', beta1: b, beta2: c, epsilon: 1e-12 }).forEach((point, i) => {
      const t = i + 1;
      const m = gradients.slice(0, t).reduce((sum, g, k) => sum + (1 - b) * b ** (i - k) * g, 0);
      const v = gradients.slice(0, t).reduce((sum, g, k) => sum + (1 - c) * c ** (i - k) * g * g, 0) / (1 - c ** t);
      x -= (0.1 * ((b * m) / (1 - b ** (t + 1)) + ((1 - b) * gradients[i]) / (1 - b ** t))) / Math.sqrt(v);
      expect(point).toBeCloseTo(x, 9);
    });
    // the first step, by hand: m = 0.2 g, so 0.8 0.2 g / 0.36 + 0.2 g / 0.2 = 13 / 9 g over |g|
    expect(path(adam, 0, [5], { learningRate: 0.9, variant: 'nadam', beta1: b, beta2: c, epsilon: 1e-12 })[0]).toBeCloseTo(-1.3, 9);
  });

  test('adagrad: -alpha g over the root of the sum of squares, so that a steady gradient leads to alpha / sqrt(t)', () => {
    let x = 2;
    let sum = 0;
    path(rmsprop, 2, gradients, { learningRate: 0.1, variant: 'adagrad', epsilon: 1e-12 }).forEach((point, t) => {
      sum += gradients[t] ** 2;
      x -= (0.1 * gradients[t]) / Math.sqrt(sum);
      expect(point).toBeCloseTo(x, 10);
    });
    let harmonic = 0;
    path(rmsprop, 0, Array(50).fill(-7), { learningRate: 0.1, variant: 'adagrad', epsilon: 1e-12 }).forEach((point, t) => {
      harmonic += 0.1 / Math.sqrt(t + 1);
      expect(point).toBeCloseTo(harmonic, 9);
    });
  });

  test('adadelta: the first steps by hand, and no change where gradients are multiplied, as its paper claims', () => {
    const settings = { learningRate: 1, meanDecay: 0.9, variant: 'adadelta', epsilon: 1e-6 };
    const [first, second] = path(rmsprop, 0, [2, 2], settings);
    // E[g^2] = 0.4, E[dx^2] = 0; then 0.76 and a tenth of the first step squared
    const step = Math.sqrt(1e-6 / (0.4 + 1e-6)) * 2;
    expect(first).toBeCloseTo(-step, 12);
    expect(second).toBeCloseTo(-step - Math.sqrt((0.1 * step * step + 1e-6) / (0.76 + 1e-6)) * 2, 12);
    const large = path(
      rmsprop,
      0,
      gradients.map((g) => 1e4 * g),
      settings,
    );
    path(rmsprop, 0, gradients, settings).forEach((point, t) => {
      expect(point / large[t]).toBeCloseTo(1, 4);
    });
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(adamw, { learningRate: 0.02 })).toEqual([
    2372.106515983175, 1923.3217261063326, 1266.612550904898, 551.4799521200183, 182.9720169349348, 29.841230143460272,
  ]);
  expect(await goldenTrace(rmsprop, { learningRate: 0.02, schedule: 'cosine', period: 250 })).toEqual([
    2372.106515983175, 1516.7271396534027, 955.7908993618588, 443.3645810552342, 90.63583709160338, 3.0024613056027625,
  ]);
});
