import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { gpEi } from '../../strategies/gp-ei.js';
import { predict } from '../../strategies/shared/gaussian-process.js';
import { Asking } from './asking.js';
import { goldenTrace } from './golden-trace.js';

const braninBox: Space = {
  dimension: 2,
  precision: 'float64',
  bounds: { lower: Float64Array.of(-5, 0), upper: Float64Array.of(10, 15) },
  start: [
    { offset: 0, length: 1, kind: 'uniform', low: -5, high: 10 },
    { offset: 1, length: 1, kind: 'uniform', low: 0, high: 15 },
  ],
};
const branin = ([x, y]: number[]) =>
  (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
const braninLeast = 0.39788736;

function evaluationsToOnePercent(seed: number, options: object): number {
  const search = new Asking(gpEi, braninBox, options, seed);
  let evaluations = 0;
  let best = Infinity;
  while ((best - braninLeast) / braninLeast > 0.01 && evaluations < 100) {
    const losses = search.ask().map(branin);
    evaluations += losses.length;
    best = Math.min(best, ...losses);
    search.tell(...losses);
  }
  return evaluations;
}

// Jones, Schonlau and Welch 1998, table 1: 28 evaluations for Branin's function, 21 of them the first design, one run, where they
// stopped at 0.2 %. Ours to 1 %: the median of 7 seeds, for it varies with the design.
test.each([
  ['squared-exponential', 32],
  ['matern52', 36],
])("comes within 1 percent of Branin's minimum in about the published 28 evaluations (%s)", (kernel, allowed) => {
  const counts = Array.from({ length: 7 }, (_, k) => evaluationsToOnePercent(k + 1, { kernel })).sort((a, b) => a - b);
  expect(counts[0]).toBeGreaterThan(21);
  expect(counts[3]).toBeLessThanOrEqual(allowed);
});

test('begins with a Latin hypercube of ten points a coordinate and one, or as many as asked for', () => {
  const parts = (points: number[][], i: number) => points.map((point) => Math.floor(points.length * point[i])).sort((a, b) => a - b);
  for (const [options, size] of [
    [{}, 31],
    [{ initialPoints: 7 }, 7],
  ] as const) {
    const points = new Asking(gpEi, boxSpace(3, 0, 1), options).ask();
    for (let i = 0; i < 3; i++) expect(parts(points, i)).toEqual(Array.from({ length: size }, (_, p) => p));
  }
});

test('asks where the most improvement is expected, by a grid of the whole interval', () => {
  const f = ([x]: number[]) => Math.sin(12 * x) + x;
  const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 5 });
  const losses = search.ask().map(f);
  const best = Math.min(...losses);
  search.tell(...losses);
  const [[asked]] = search.ask();
  const { gp } = search.state;
  const out = { mean: 0, deviation: 0, meanSlope: new Float64Array(1), deviationSlope: new Float64Array(1) };
  /** The integral of max(best - y, 0) by the midpoint rule, not the formula. */
  const expected = (x: number) => {
    predict(gp, Float64Array.of(x), 0, out, false);
    let sum = 0;
    const width = 0.01;
    for (let u = -9 + width / 2; u < 9; u += width)
      sum += Math.max(best - out.mean - u * out.deviation, 0) * Math.exp(-0.5 * u * u) * width;
    return sum / Math.sqrt(2 * Math.PI);
  };
  const grid = Array.from({ length: 501 }, (_, k) => expected(k / 500));
  expect(expected(asked)).toBeGreaterThanOrEqual(0.999 * Math.max(...grid));
});

describe('a batch', () => {
  test('has different points, the first that of a single question', () => {
    const f = ([x, y]: number[]) => (x - 0.3) ** 2 + Math.cos(7 * y);
    const single = new Asking(gpEi, boxSpace(2, 0, 1), { initialPoints: 8 });
    const several = new Asking(gpEi, boxSpace(2, 0, 1), { initialPoints: 8, batch: 4 });
    single.step(f);
    several.step(f);
    const points = several.ask();
    expect(points).toHaveLength(4);
    expect(points[0]).toEqual(single.ask()[0]);
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < a; b++) expect(Math.hypot(points[a][0] - points[b][0], points[a][1] - points[b][1])).toBeGreaterThan(1e-3);
    expect(several.state.gp.count).toBe(8); // what was made up is gone
  });
});

describe('it converges', () => {
  test('at its limit, with a last question that is the rest of it', () => {
    const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 6, batch: 3, limit: 10 });
    const sizes: number[] = [];
    while (search.stop === undefined) sizes.push(search.step(([x]) => x * x).length);
    expect(sizes).toEqual([6, 3, 1]);
  });

  test('where the improvement expected is below the tolerance', () => {
    const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 6, tolerance: 1e-4 });
    let evaluations = 0;
    while (search.stop === undefined && evaluations < 40) evaluations += search.step(([x]) => 1 + (x - 0.4) ** 2).length;
    expect(search.stop).toBe('converged');
    expect(evaluations).toBeLessThan(20);
    expect(search.ask()[0][0]).toBeCloseTo(0.4, 1);
  });
});

test('where all of the design fail, another is laid out; failed points are not in the model that the next one is fitted to', () => {
  const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 4 });
  const first = search.ask();
  search.tell(Infinity, Infinity, Infinity, Infinity);
  expect(search.ask()).not.toEqual(first);
  search.tell(1, Infinity, 5, 2);
  expect([...search.state.gp.values.subarray(0, search.state.gp.count)]).toEqual([1, 5, 2]);
});

test('fewer than two losses make no model: designs are laid out until the limit, which failures count to', () => {
  const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 4, limit: 10 });
  search.ask();
  search.tell(1, Infinity, Infinity, Infinity);
  expect(search.ask()).toHaveLength(4);
  search.tell(Infinity, Infinity, Infinity, Infinity);
  expect(search.ask()).toHaveLength(2);
  search.tell(Infinity, Infinity);
  expect(gpEi.stop?.(search.state)).toBe('converged');
});

test('it does not ask again where an evaluation failed, though the model expects the minimum there', () => {
  // A parabola whose middle cannot be evaluated.
  const search = new Asking(gpEi, boxSpace(1, 0, 1), { initialPoints: 8, limit: 40 });
  const asked: number[] = [];
  while (gpEi.stop?.(search.state) === undefined) {
    const points = search.ask().map(([x]) => x);
    asked.push(...points);
    search.tell(...points.map((x) => (Math.abs(x - 0.5) < 0.1 ? Infinity : (x - 0.5) ** 2)));
  }
  const failed = asked.filter((x) => Math.abs(x - 0.5) < 0.1).sort((a, b) => a - b);
  for (let k = 1; k < failed.length; k++) expect(failed[k] - failed[k - 1]).toBeGreaterThan(1e-9);
});

test("with a third of all evaluations failing at random it comes within 1 percent of Branin's minimum in 60, in most of 7 runs", () => {
  let near = 0;
  for (let seed = 1; seed <= 7; seed++) {
    const chance = Rng.seeded(`failures ${seed}`);
    const search = new Asking(gpEi, braninBox, {}, seed);
    let best = Infinity;
    for (let spent = 0; spent < 60; ) {
      const losses = search.ask().map((x) => (chance.uniform() < 1 / 3 ? Infinity : branin(x)));
      spent += losses.length;
      best = Math.min(best, ...losses);
      search.tell(...losses);
    }
    if ((best - braninLeast) / braninLeast < 0.01) near++;
  }
  expect(near).toBeGreaterThanOrEqual(4);
});

test('golden traces', async () => {
  expect(await goldenTrace(gpEi, { limit: 60 })).toEqual([630.7171226373616, 373.2745830906661, 141.924021347354, 141.924021347354]);
  expect(await goldenTrace(gpEi, { limit: 60, kernel: 'squared-exponential', batch: 5, initialPoints: 20 })).toEqual([
    642.2812902268299, 642.2812902268299, 642.2812902268299, 54.415200333202854,
  ]);
});
