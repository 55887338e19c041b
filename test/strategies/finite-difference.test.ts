import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { finiteDifference } from '../../strategies/finite-difference.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

/** 3 x^2 + 2 x y + y^2 - x, with its gradient; minimum where 6x + 2y = 1 and x + y = 0: (1/4, -1/4). */
const f = ([x, y]: number[]) => 3 * x * x + 2 * x * y + y * y - x;

describe('finite-difference', () => {
  test('central: asks 2 D points in one question, and its gradient of a quadratic is exact for any difference', () => {
    for (const difference of [1e-3, 0.5]) {
      const search = new Asking(finiteDifference, from(1, 1), { difference });
      expect(search.step(f)).toEqual([[1, 1]]);
      const h = difference;
      expect(search.step(f)).toEqual([
        [1 + h, 1],
        [1, 1 + h],
        [1 - h, 1],
        [1, 1 - h],
      ]);
      expect(search.state.gradient[0]).toBeCloseTo(7, 10);
      expect(search.state.gradient[1]).toBeCloseTo(4, 10);
    }
  });

  test('forward: asks D points, and its gradient of a quadratic is off by half the difference times the second derivative', () => {
    const search = new Asking(finiteDifference, from(1, 1), { difference: 0.25, differences: 'forward' });
    search.step(f);
    expect(search.step(f)).toEqual([
      [1.25, 1],
      [1, 1.25],
    ]);
    expect(search.state.gradient[0]).toBeCloseTo(7 + 0.125 * 6, 12);
    expect(search.state.gradient[1]).toBeCloseTo(4 + 0.125 * 2, 12);
  });

  test('the first step is as long as asked; the next is the spectral one, s.s / s.y', () => {
    const search = new Asking(finiteDifference, from(1, 1), { firstStep: 0.1 });
    search.step(f);
    search.step(f);
    // gradient (7, 4): alpha = 0.1 / 7, so s = -(0.1, 0.4 / 7)
    const s = [-0.1, -0.4 / 7];
    const [first] = search.step(f);
    expect(first[0]).toBeCloseTo(1 + s[0], 9);
    expect(first[1]).toBeCloseTo(1 + s[1], 9);
    search.step(f);
    const y = [6 * s[0] + 2 * s[1], 2 * s[0] + 2 * s[1]]; // H s
    const alpha = (s[0] * s[0] + s[1] * s[1]) / (s[0] * y[0] + s[1] * y[1]);
    const [second] = search.ask();
    expect(second[0]).toBeCloseTo(first[0] - alpha * (7 + y[0]), 8);
    expect(second[1]).toBeCloseTo(first[1] - alpha * (4 + y[1]), 8);
  });

  test('a step that leads up is shortened to the minimum of the parabola, or by half', () => {
    const search = new Asking(finiteDifference, from(1), { firstStep: 3 });
    const g = ([x]: number[]) => x * x;
    search.step(g);
    search.step(g);
    const [[far]] = search.step(g);
    expect(far).toBeCloseTo(-2, 9); // 4 against 1
    expect(search.ask()[0][0]).toBeCloseTo(0, 6); // the loss is a parabola along the line
    search.tell(Infinity);
    expect(search.ask()[0][0]).toBeCloseTo(0.5, 6);
  });

  test('converges at the minimum of a quadratic, and at a corner of the bounds', () => {
    for (const differences of ['central', 'forward'] as const) {
      const search = new Asking(finiteDifference, from(1, 1), { differences });
      for (let k = 0; search.stop === undefined; k++) {
        search.step(f);
        expect(k).toBeLessThan(500);
      }
      expect(search.state.x[0]).toBeCloseTo(0.25, 6);
      expect(search.state.x[1]).toBeCloseTo(-0.25, 6);
      const corner = new Asking(finiteDifference, boxSpace(2, -1, 1), { differences });
      for (let k = 0; corner.stop === undefined; k++) {
        for (const [x, y] of corner.step(([a, b]) => 2 * a - b)) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
        expect(k).toBeLessThan(100);
      }
      expect([...corner.state.x]).toEqual([-1, 1]);
    }
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(finiteDifference)).toEqual([
    2372.106515983175, 2372.0798789481014, 1947.052111763817, 481.57433295445156, 103.06724129050058, 3.9838008993900553,
  ]);
  expect(await goldenTrace(finiteDifference, { differences: 'forward', memory: 1 })).toEqual([
    2372.106515983175, 2372.106450434823, 481.57960557961417, 110.91774203479389, 87.69016411207174, 3.3077752512056433,
  ]);
});
