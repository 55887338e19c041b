import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import { boxSpace } from '../../src/core/space.js';
import { partition, subplex } from '../../strategies/subplex.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

describe('the partition', () => {
  const divided = (moves: number[], smallest = 2, largest = 5) => {
    const order = new Int32Array(moves.length);
    const sizes = new Int32Array(moves.length);
    const count = partition(moves, smallest, largest, order, sizes);
    return { order: [...order], sizes: [...sizes.subarray(0, count)] };
  };

  test('puts together what moved alike, by hand', () => {
    // Sorted: 10 9 8 .3 .2 .1 .1. First subspace: of 2, 9.5 - 8.7/5 = 7.8; of 3, 9 - 0.7/4 = 8.8; of 4, 6.8 - 0.4/3 = 6.7;
    // of 5, 5.5 - 0.1 = 5.4. Second: of 2, 0.25 - 0.1 = 0.15; of 3 leaves 1, which is too few; of 4, 0.175.
    expect(divided([10, -0.1, -9, 0.2, 0.1, 8, 0.3])).toEqual({ order: [0, 2, 5, 6, 3, 1, 4], sizes: [3, 4] });
  });

  test('divides every dimension into subspaces of allowed sizes, and never one coordinate alone but where it is alone', () => {
    for (let n = 1; n <= 40; n++) {
      const { order, sizes } = divided(
        Array.from({ length: n }, (_, i) => ((i * 37) % 11) - 5),
        Math.min(2, n),
        Math.min(5, n),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(n);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(Math.min(2, n));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }
  });
});

/** Runs to the end of the first cycle; returns where it began, its steps, and its number of subspaces. */
function cycle(search: Asking<unknown, ReturnType<typeof subplex.start>>, f: (x: number[]) => number) {
  search.step(f);
  const { state } = search;
  const before = { x: [...state.x], steps: [...state.steps], subspaces: state.subspaces };
  while (state.steps.every((s, i) => s === before.steps[i])) search.step(f);
  return before;
}

describe('the steps of the next cycle', () => {
  const quadratic = (x: number[]) => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - i) ** 2, 0);

  test('are psi of the last where there is one subspace, towards where the coordinate moved', () => {
    const search = new Asking(subplex, from(5, -5), { initialStep: 1 });
    const { x, steps, subspaces } = cycle(search, quadratic);
    expect(subspaces).toBe(1);
    search.state.steps.forEach((step, i) => {
      const move = search.state.x[i] - x[i];
      expect(move).not.toBe(0);
      expect(step).toBeCloseTo(0.25 * Math.sign(move) * Math.abs(steps[i]), 14);
    });
  });

  test('follow the moves where there are several: |moves| / |steps| between omega and 1 / omega (Rowan 1990, section 5.3.4)', () => {
    const search = new Asking(subplex, from(5, -5, 3, 8, -7, 2), { initialStep: 1 });
    const { x, steps, subspaces } = cycle(search, quadratic);
    expect(subspaces).toBeGreaterThan(1);
    const moves = x.map((xi, i) => search.state.x[i] - xi);
    const ratio = moves.reduce((sum, m) => sum + Math.abs(m), 0) / steps.reduce((sum, s) => sum + Math.abs(s), 0);
    const scale = Math.min(Math.max(ratio, 0.1), 10);
    search.state.steps.forEach((step, i) => {
      expect(step).toBeCloseTo(scale * Math.sign(moves[i]) * Math.abs(steps[i]), 12);
    });
  });

  test('turn round where a coordinate did not move, and shrink by omega where none did', () => {
    const search = new Asking(subplex, from(0, 0, 0, 0, 0, 0), { initialStep: 1 });
    const { steps, subspaces } = cycle(search, (x) => x.reduce((sum, xi) => sum + xi * xi, 0));
    expect(subspaces).toBe(2); // equal steps: 2 and 4
    expect([...search.state.steps]).toEqual(steps.map((s) => expect.closeTo(-0.1 * s, 14)));
  });
});

test('a subspace is left when its simplex is psi of its first size, and the other coordinates stay meanwhile', () => {
  const search = new Asking(subplex, openSpace(7, 0, 1));
  const f = (x: number[]) => x.reduce((sum, xi, i) => sum + (i + 1) * xi * xi, 0);
  search.step(f);
  const { state } = search;
  const inside = new Set(state.order.subarray(0, state.sizes[0]));
  const start = [...state.x];
  let questions = 0;
  let enough = 0;
  while (state.subspace === 0) {
    for (const point of search.ask()) expect(point.filter((_, i) => !inside.has(i))).toEqual(start.filter((_, i) => !inside.has(i)));
    enough = state.enough;
    search.step(f);
    questions++;
  }
  expect(questions).toBeGreaterThan(3);
  const { n, vertices, order } = state.simplices[state.sizes[0] - 1];
  const row = (k: number) => [...vertices.subarray(order[k] * n, (order[k] + 1) * n)];
  const [best, worst] = [row(0), row(n)];
  expect(Math.hypot(...best.map((y, k) => y - worst[k]))).toBeLessThanOrEqual(enough);
  expect(enough).toBeGreaterThan(0);
});

test('converges to the minimum of a coupled quadratic of 12 variables, and at a corner of the bounds', async () => {
  const coupled = (x: number[]) => x.reduce((sum, xi, i) => sum + (xi - 1) ** 2 + (i > 0 ? (xi - x[i - 1]) ** 2 : 0), 0);
  const search = new Asking(subplex, openSpace(12, 0, 3));
  for (let k = 0; search.stop === undefined && k < 50_000; k++) search.step(coupled);
  expect(search.stop).toBe('converged');
  for (const xi of search.state.x) expect(xi).toBeCloseTo(1, 7);
  const bent = ([x, y, z]: Float64Array) => x - 2 * y + 3 * z;
  const { best, stop } = await minimize(bent, subplex, { space: boxSpace(3, -1, 1), budget: { evaluations: 20_000 } });
  expect(stop).toBe('converged');
  expect(best.loss).toBeCloseTo(-6, 7);
});

test('golden traces', async () => {
  expect(await goldenTrace(subplex)).toEqual([
    2372.106515983175, 1211.2631958423935, 400.3557078884587, 142.96220832078396, 109.03245799113763, 3.1980475300868836,
  ]);
  expect(await goldenTrace(subplex, { largestSubspace: 3, simplexReduction: 0.5 })).toEqual([
    2372.106515983175, 1061.7953684446265, 339.54224366248883, 145.75278995620207, 101.8952185795159, 80.89688165601416,
  ]);
});
