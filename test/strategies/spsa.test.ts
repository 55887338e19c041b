import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { spsa } from '../../strategies/spsa.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

/** f = (x - b)' H (x - b) / 2, and its gradient H (x - b), in four dimensions. */
const hessian = [
  [4, 1, 0, -1],
  [1, 3, 0.5, 0],
  [0, 0.5, 2, 0.25],
  [-1, 0, 0.25, 1],
];
const optimum = [1, -2, 0.5, 3];
const start = [2, 1, -1, 0.5];
const gradient = (x: number[]) => hessian.map((row) => row.reduce((sum, h, j) => sum + h * (x[j] - optimum[j]), 0));
const f = (x: number[]) => gradient(x).reduce((sum, g, i) => sum + (g * (x[i] - optimum[i])) / 2, 0);

const unlimited = { gain: 0.01, stability: 0, maximumStep: 1e6 };

describe('spsa', () => {
  test('on a quadratic the estimate is g_i = (g . Delta) / Delta_i exactly, whatever the size of the perturbation', () => {
    // f(x + c Delta) - f(x - c Delta) = 2 c g . Delta: the terms of second order are equal on both sides.
    for (const perturbation of [1e-3, 0.5, 20]) {
      const search = new Asking(spsa, from(...start), { ...unlimited, perturbation });
      const [ahead, behind] = search.step(f);
      const delta = ahead.map((x, i) => Math.sign(x - start[i]));
      ahead.forEach((x, i) => {
        expect(x).toBeCloseTo(start[i] + perturbation * delta[i], 12);
        expect(behind[i]).toBeCloseTo(start[i] - perturbation * delta[i], 12);
      });
      const along = gradient(start).reduce((sum, g, i) => sum + g * delta[i], 0);
      [...search.state.theta].forEach((x, i) => {
        expect(x).toBeCloseTo(start[i] - (0.01 * along) / delta[i], 9);
      });
    }
  });

  test('on a quadratic the estimate is unbiased: the mean over all 16 directions is the gradient', () => {
    const estimates = new Map<string, number[]>();
    for (let seed = 0; estimates.size < 16; seed++) {
      expect(seed).toBeLessThan(1000);
      const search = new Asking(spsa, from(...start), unlimited, seed);
      const [ahead] = search.step(f);
      const key = ahead.map((x, i) => (x > start[i] ? '+' : '-')).join('');
      estimates.set(
        key,
        [...search.state.theta].map((x, i) => (start[i] - x) / 0.01),
      );
    }
    gradient(start).forEach((g, i) => {
      const mean = [...estimates.values()].reduce((sum, estimate) => sum + estimate[i], 0) / 16;
      expect(mean).toBeCloseTo(g, 9);
    });
  });

  test('directions are fair coins: over 4,000 draws of 4 every pair of signs comes a quarter of the time', () => {
    const search = new Asking(spsa, from(0, 0, 0, 0), { ...unlimited, gain: 1e-12 });
    const counts = new Map<string, number>();
    for (let k = 0; k < 4000; k++) {
      const [x] = search.step(() => 0);
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < i; j++) {
          const key = `${i}${j}${x[i] > 0}${x[j] > 0}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
    }
    expect(counts.size).toBe(24);
    // deviation sqrt(4000 / 4 * 3 / 4) = 27.4; 4.5 of them
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(123);
  });

  test('gains are a / (A + k)^alpha and c / k^gamma', () => {
    // In one dimension the estimate on g x is g, whatever the sign: the steps are a_k g.
    const search = new Asking(spsa, from(0), { gain: 0.3, stability: 7, alpha: 0.8, perturbation: 0.5, gamma: 0.2, maximumStep: 1e6 });
    for (let k = 1; k <= 30; k++) {
      const x = search.state.theta[0];
      const [[ahead]] = search.step(([y]) => 5 * y);
      expect(Math.abs(ahead - x)).toBeCloseTo(0.5 / k ** 0.2, 12);
      expect(x - search.state.theta[0]).toBeCloseTo((5 * 0.3) / (7 + k) ** 0.8, 12);
    }
  });

  test('without a gain the first step is as long as asked, after the pairs that it is chosen by', () => {
    // f = 3 (x_1 + x_2): |g_i| is 6 where the signs agree, else 0 and looked at again; the first step moves by 0.25 / 6 each unit.
    const search = new Asking(spsa, from(0, 0), { firstStep: 0.25, calibration: 4, maximumStep: 10 });
    for (let k = 0; search.state.a === 0; k++) {
      search.step(([x, y]) => 3 * (x + y));
      expect([...search.state.theta]).toEqual([0, 0]);
      expect(k).toBeLessThan(100);
    }
    while (search.state.k === 1) search.step(([x, y]) => 3 * (x + y));
    for (const x of search.state.theta) expect(x).toBeCloseTo(-0.25, 10);
  });

  test('several directions are averaged, those that failed are left out, and a step of nothing but failures is none', () => {
    const search = new Asking(spsa, from(0), { ...unlimited, directions: 3 });
    const points = search.ask();
    search.tell(...points.map(([x], p) => (p === 2 ? Infinity : 5 * x)));
    expect(search.state.theta[0]).toBeCloseTo(-0.05, 12);
    search.ask();
    search.tell(...Array<number>(6).fill(Infinity));
    expect(search.state.theta[0]).toBeCloseTo(-0.05, 12);
  });

  test('at a bound the estimate is over what is left of the way', () => {
    const search = new Asking(spsa, boxSpace(1, 0, 1), { ...unlimited, gain: 1e-3, perturbation: 1e3 });
    const points = search.step(([x]) => 5 * x).flat();
    expect(points.sort()).toEqual([0, 1]);
    expect(search.state.gradient[0] / search.state.scale[0]).toBeCloseTo(5, 10);
  });
});

test('golden trace', async () => {
  expect(await goldenTrace(spsa)).toEqual([
    4452.6543794716445, 4324.326798431814, 4324.326798431814, 1960.7351574495488, 84.19547398323049, 9.943107184392495,
  ]);
});
