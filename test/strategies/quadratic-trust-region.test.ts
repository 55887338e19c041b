import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { quadraticTrustRegion } from '../../strategies/quadratic-trust-region.js';
import { lagrangeAt, quadraticModel, refit } from '../../strategies/shared/quadratic-model.js';
import { trustScratch, trustStep } from '../../strategies/shared/trust-step.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

describe('the model', () => {
  // Through (0,0), (1,0), (0,1), (1,1), (2,0) all conics are multiples of y^2 - y: what is free is H_yy alone, and least where it is 0.
  const model = () => {
    const made = quadraticModel(2, 5);
    made.points.set([0, 0, 1, 0, 0, 1, 1, 1, 2, 0]);
    made.values.set([0, 1, 1, 5, 4]); // x^2 + 3xy + y^2
    return made;
  };

  test('has, of all that interpolate, the Hessian of least Frobenius norm', () => {
    for (const unit of [1, 0.1]) {
      const fitted = model();
      refit(fitted, unit);
      [2, 3, 3, 0].forEach((h, i) => {
        expect(fitted.hessian[i]).toBeCloseTo(h, 9);
      });
      [0, 1].forEach((g, i) => {
        expect(fitted.gradient[i]).toBeCloseTo(g, 9);
      });
    }
  });

  test('keeps what it knew where nothing contradicts it: the change of the Hessian is least, not the Hessian', () => {
    const fitted = model();
    fitted.hessian.set([7, 0, 0, 2]); // H_yy is right and stays; the rest is found
    refit(fitted, 1);
    [2, 3, 3, 2].forEach((h, i) => {
      expect(fitted.hessian[i]).toBeCloseTo(h, 9);
    });
    [0, 0].forEach((g, i) => {
      expect(fitted.gradient[i]).toBeCloseTo(g, 9);
    });
  });

  test('its Lagrange polynomials are 1 at their own point and 0 at the others', () => {
    const fitted = model();
    refit(fitted, 0.5);
    for (let p = 0; p < 5; p++) {
      const values = lagrangeAt(fitted, fitted.points.slice(2 * p, 2 * p + 2));
      for (let t = 0; t < 5; t++) expect(values[t]).toBeCloseTo(t === p ? 1 : 0, 10);
    }
  });
});

describe('the step', () => {
  const step = (g: number[], h: number[], radius: number, low = -9, high = 9) => {
    const d = new Float64Array(2);
    const [l, u] = [low, high].map((bound) => new Float64Array(2).fill(bound));
    return { fall: trustStep(Float64Array.from(g), Float64Array.from(h), radius, l, u, d, trustScratch(2)), d: [...d] };
  };

  test("is Newton's where that lies within ball and box", () => {
    const { d, fall } = step([-6, -4], [4, 1, 1, 3], 5); // (4x + y, x + 3y) = (6, 4): (14, 10) / 11
    expect(d[0]).toBeCloseTo(14 / 11, 12);
    expect(d[1]).toBeCloseTo(10 / 11, 12);
    expect(fall).toBeCloseTo((6 * 14 + 4 * 10) / 22, 12);
  });

  test('ends at the ball, along the gradient for a plane, and also where the curvature is negative', () => {
    expect(step([-3, -4], [0, 0, 0, 0], 10)).toEqual({ d: [6, 8], fall: 50 });
    const { d, fall } = step([-3, -4], [-1, 0, 0, -1], 10, -20, 20);
    expect(d[0]).toBeCloseTo(6, 12);
    expect(fall).toBeCloseTo(50 + 50, 12);
  });

  test('goes on along a bound that it meets', () => {
    const { d } = step([-6, -4], [4, 1, 1, 3], 5, -1, 1); // x = 1: 1 + 3y = 4
    expect(d[0]).toBeCloseTo(1, 12);
    expect(d[1]).toBeCloseTo(1, 12);
  });
});

test('asks 2n + 1 points in one question, then single ones; a separable quadratic is solved by the first step', () => {
  const search = new Asking(quadraticTrustRegion, from(1, 2), { initialRadius: 4 });
  const f = ([x, y]: number[]) => 3 * (x + 1) ** 2 + 5 * (y - 1) ** 2;
  expect(search.step(f)).toEqual([
    [1, 2],
    [5, 2],
    [1, 6],
    [-3, 2],
    [1, -2],
  ]);
  const [[x, y]] = search.ask();
  expect(x).toBeCloseTo(-1, 12);
  expect(y).toBeCloseTo(1, 12);
});

test('converges at a minimum within the bounds, at a corner, and where nothing changes', () => {
  for (const [f, at] of [
    [([x, y]: number[]) => (x - 0.3) ** 2 + 3 * (y + 0.2 - x) ** 2, [0.3, 0.1]],
    [([x, y]: number[]) => Math.exp(x) - y, [-1, 1]],
    [() => 1, undefined],
  ] as const) {
    const search = new Asking(quadraticTrustRegion, boxSpace(2, -1, 1));
    let best = Infinity;
    let point: number[] = [];
    for (let k = 0; search.stop === undefined; k++) {
      for (const x of search.step(f as (x: number[]) => number)) {
        expect(Math.max(...x.map(Math.abs))).toBeLessThanOrEqual(1);
        if (f(x) < best) [best, point] = [f(x), x];
      }
      expect(k).toBeLessThan(500);
    }
    at?.forEach((xi, i) => {
      expect(point[i]).toBeCloseTo(xi, 6);
    });
  }
});

// BBOB-2009, entrant NEWUOA (Ros 2009), expected evaluations to 1e-8; f2 and f10, which take long, are in the long verification.
test.each([
  [1, 5],
  [1, 10],
  [8, 5],
])('f%i in %i dimensions within a factor of 2 of NEWUOA', async (f, dimension) => {
  const { ert } = await runningTime(quadraticTrustRegion, { function: f, dimension, runs: 15, budget: 20_000 });
  const ratio = ert / (publishedTimes().NEWUOA[f][dimension].ert ?? Number.NaN);
  expect(ratio).toBeLessThan(2);
  expect(ratio).toBeGreaterThan(0.5);
});

test('golden trace', async () => {
  expect(await goldenTrace(quadraticTrustRegion)).toEqual([
    4433.464084074035, 2996.8129463109076, 229.97806701002824, 39.65530838693698, 3.2215027861743426, 0.1770539841843305,
  ]);
});
