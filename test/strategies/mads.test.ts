import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { boxSpace } from '../../src/core/space.js';
import { mads } from '../../strategies/mads.js';
import { adjustedHalton, firstPrimes, halton } from '../../strategies/shared/halton.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

describe('directions', () => {
  test('Halton points mirror the digits: 7 is 111 in base 2 and 21 in base 3', () => {
    const primes = firstPrimes(5);
    expect([...primes]).toEqual([2, 3, 5, 7, 11]);
    const u = new Float64Array(2);
    halton(7, primes, u);
    expect(u[0]).toBe(1 / 2 + 1 / 4 + 1 / 8);
    expect(u[1]).toBeCloseTo(1 / 3 + 2 / 9, 15);
  });

  test('the adjusted direction of point 7 within radius 4, by hand, is (3, 1)', () => {
    // 2u - e = (3/4, 1/9), of length 0.758: along (0.989, 0.147) the second coordinate rounds to 1 from alpha = 3.41 on, where the
    // first is 3; the first becomes 4 at 3.54, and (4, 1) is longer than 4.
    const q = new Float64Array(2);
    expect(adjustedHalton(Float64Array.of(7 / 8, 5 / 9), 16, q)).toBe(10);
    expect([...q]).toEqual([3, 1]);
  });

  test('directions are as long as Lemma 3.2 of the paper says, and close to the Halton point', () => {
    const n = 5;
    const primes = firstPrimes(n);
    const u = new Float64Array(n);
    const q = new Float64Array(n);
    for (let l = 0; l <= 24; l++) {
      halton(primes[n - 1] + l, primes, u);
      const square = adjustedHalton(u, 2 ** l, q);
      const v = u.map((ui) => 2 * ui - 1);
      const dot = v.reduce((sum, vi, i) => sum + vi * q[i], 0);
      expect(square).toBe(q.reduce((sum, qi) => sum + qi * qi, 0));
      expect(square).toBeLessThanOrEqual(2 ** l);
      // alpha >= 2^(l/2) / sqrt(n) - 1/2 and |q| >= alpha - sqrt(n) / 2
      expect(Math.sqrt(square)).toBeGreaterThanOrEqual(2 ** (l / 2) / Math.sqrt(n) - 1 / 2 - Math.sqrt(n) / 2);
      if (l >= 16) expect(dot / Math.sqrt(square * v.reduce((sum, vi) => sum + vi * vi, 0))).toBeGreaterThan(0.9999);
    }
  });
});

test('every poll is an orthogonal positive basis on the mesh, no longer than the poll size', () => {
  const n = 3;
  const search = new Asking(mads, from(0, 0, 0), { initialStep: 1, pollSize: 2 * n, dynamicSearch: false, tolerance: 2 ** -20 });
  search.step(() => 1);
  for (let l = 0; l <= 20; l++) {
    expect(search.state.meshIndex).toBe(l);
    const mesh = 4 ** -l;
    const directions = search.step(() => 2).map((point) => point.map((x) => x / mesh)); // no success: one mesh finer
    expect(directions).toHaveLength(2 * n);
    const length = directions[0].reduce((sum, d) => sum + d * d, 0);
    expect(Math.sqrt(length) * mesh).toBeLessThanOrEqual(2 ** -l * (1 + 1e-9));
    for (let a = 0; a < n; a++) {
      expect(directions[a].every(Number.isInteger)).toBe(true);
      // with every direction its opposite: orthogonal vectors and their opposites span the space positively
      expect(directions[a + n]).toEqual(directions[a].map((d) => 0 - d));
      for (let b = 0; b < n; b++) {
        const dot = directions[a].reduce((sum, d, i) => sum + d * directions[b][i], 0);
        expect(dot).toBe(a === b ? length : 0);
      }
    }
  }
  expect(search.stop).toBe('converged');
});

test('every point that a run asks lies on the mesh of its time', () => {
  const search = new Asking(mads, openSpace(2, 0, 1), { initialStep: 1 });
  const evaluated: number[][] = [];
  let searched = 0;
  for (let k = 0; k < 300; k++) {
    const [point] = search.ask();
    const { meshIndex, phase } = search.state;
    const mesh = Math.min(1, 4 ** -meshIndex);
    // equation 2.1: around some point that was evaluated
    const onMesh = (x: number, from: number) => Math.abs((x - from) / mesh - Math.round((x - from) / mesh)) < 1e-15 / mesh + 1e-12;
    if (k > 0) expect(evaluated.some((v) => point.every((x, i) => onMesh(x, v[i])))).toBe(true);
    if (phase === 'search') searched++;
    evaluated.push(point);
    search.tell(100 * (point[1] - point[0] * point[0]) ** 2 + (1 - point[0]) ** 2);
  }
  expect(searched).toBeGreaterThan(10);
});

test('a success is followed by a point four times as far, on a coarser mesh', () => {
  const search = new Asking(mads, from(0, 0), { initialStep: 1 });
  search.tell(10);
  // t = p_2 = 3: u = (3/4, 1/9); within radius 1 the larger coordinate alone: q = (0, -1), H = diag(1, -1)
  expect(search.ask()).toEqual([[1, 0]]);
  search.tell(11);
  expect(search.ask()).toEqual([[0, -1]]);
  search.tell(9);
  expect(search.ask()).toEqual([[0, -4]]);
  expect(search.state.meshIndex).toBe(-1);
});

test("finds Branin's minimum, 0.397887, from anywhere", () => {
  const branin = ([x, y]: number[]) =>
    (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  for (let seed = 0; seed < 5; seed++) {
    const search = new Asking(mads, boxSpace(2, 0, 10), { tolerance: 1e-8 }, seed);
    let questions = 0;
    while (search.stop === undefined) {
      search.step(branin);
      expect(questions++).toBeLessThan(5000);
    }
    expect(search.state.loss).toBeCloseTo(0.397887, 6);
  }
});

test('golden traces', async () => {
  expect(await goldenTrace(mads)).toEqual([
    2372.106515983175, 549.7117253134959, 516.9388203875706, 267.80801789502846, 41.44682088520839, 6.103726588503541,
  ]);
  expect(await goldenTrace(mads, { dynamicSearch: false, pollSize: 4 })).toEqual([
    2372.106515983175, 1211.2631958423935, 350.9310694378703, 41.3904479385042, 34.837136296892346, 4.87042231296282,
  ]);
});
