import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { powell } from '../../strategies/powell.js';
import { openLine, tellLine } from '../../strategies/shared/line-search.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

const free = { step: 1, low: -Infinity, high: Infinity, tolerance: 1e-6, floor: 1e-12, parabolas: true };

/** The positions asked on a line, and what was found. */
function along(f: (u: number) => number, settings = free) {
  const line = openLine(f(0), settings);
  const asked: number[] = [];
  while (line.phase !== 'done') {
    asked.push(line.u);
    tellLine(line, f(line.u));
  }
  return { asked, x: line.x, fx: line.fx };
}

describe('line search', () => {
  test('brackets by golden steps and finds the minimum of a parabola by the first parabola', () => {
    const phi = (1 + Math.sqrt(5)) / 2;
    const { asked, x } = along((u) => (u - 3) ** 2);
    expect(asked[0]).toBe(1);
    expect(asked[1]).toBeCloseTo(1 + phi, 14); // 0.15, lower
    expect(asked[2]).toBeCloseTo(1 + phi + phi * phi, 14); // 5, higher: bracketed
    expect(asked[3]).toBeCloseTo(3, 14);
    expect(x).toBeCloseTo(3, 6);
    expect(asked.length).toBeLessThan(8); // the rest makes sure
  });

  test('goes the other way where the first step leads up, and stays where both do', () => {
    expect(along((u) => (u + 3) ** 2).asked.slice(0, 2)).toEqual([1, -1]);
    expect(along((u) => (u + 3) ** 2).x).toBeCloseTo(-3, 6);
    expect(along((u) => u * u).x).toBeCloseTo(0, 6);
  });

  test('golden sections leave 0.618 of the bracket each, and find what parabolas cannot', () => {
    const settings = { ...free, parabolas: false, tolerance: 1e-3 };
    const { asked, x } = along((u) => Math.abs(u - 0.3), settings);
    expect(x).toBeCloseTo(0.3, 2);
    // bracket [-1, 1] or [0, 1 + phi], down to four accuracies of 1e-3 0.3: ln(2.6 / 1.2e-3) / ln(1.618) = 16
    expect(asked.length).toBeGreaterThan(12);
    expect(asked.length).toBeLessThan(20);
  });

  test('keeps within its ends, and ends at one where the descent does', () => {
    const { asked, x } = along((u) => u, { ...free, low: -2.5, high: 0.25 });
    expect(asked).toEqual([0.25, -1, -2.5]);
    expect(x).toBe(-2.5);
    expect(along((u) => u, { ...free, low: 0, high: 0 }).asked).toEqual([]);
  });

  test('infinite losses bound it like walls', () => {
    const { x } = along((u) => (u < 0.5 || u > 1.7 ? Infinity : (u - 1.2) ** 2), { ...free, step: 0.6 });
    expect(x).toBeCloseTo(1.2, 4);
  });
});

test('the basic procedure ends on a quadratic of n variables after n sets of line searches, n^2 lines in all', () => {
  // Powell 1964, theorem 1: where two points are minima along the same directions, the way between them is conjugate to these.
  // The first search ends at a minimum along the last direction, so that round k ends with k + 1 conjugate directions, at a minimum
  // along each: with n of them, that is the minimum. 1 + (n - 1)(n + 1) = n^2 line searches, and not a round earlier.
  const n = 4;
  const optimum = [1, -2, 3, -4];
  // a positive definite matrix with eigenvalues far apart: A = L L' with this L
  const factor = [
    [4, 0, 0, 0],
    [3, 2, 0, 0],
    [-1, 2, 1, 0],
    [2, -1, 1, 0.5],
  ];
  const f = (x: number[]) => {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += factor[i][j] * (x[i] - optimum[i]);
      sum += dot * dot;
    }
    return sum;
  };
  const search = new Asking(powell, from(0, 0, 0, 0), { update: 'basic', lineTolerance: 1e-9, initialStep: 1 });
  const first = f([0, 0, 0, 0]);
  const losses: number[] = []; // after each line search
  let line: unknown;
  while (losses.length < n * n) {
    search.step(f);
    if (line !== undefined && line !== search.state.line) losses.push(search.state.loss);
    line = search.state.line;
  }
  expect(losses[n * n - 1]).toBeLessThan(1e-12 * first);
  expect(losses[n * n - 1 - (n + 1)]).toBeGreaterThan(1e-6 * first);
});

test("Powell's test keeps a set that would become dependent", () => {
  // On x^2 + y^2 the first round from (2, 1) along x and y is exact; the extrapolated point (-2, -1) is as bad as the start.
  const search = new Asking(powell, from(2, 1), { initialStep: 1, lineTolerance: 1e-6 });
  const points: number[][] = [];
  while (search.state.phase !== 'extrapolated') points.push(...search.step(([x, y]) => x * x + y * y));
  const [extrapolated] = search.ask();
  expect(extrapolated[0]).toBeCloseTo(-2, 4);
  expect(extrapolated[1]).toBeCloseTo(-1, 4);
  search.tell(5);
  expect(search.state.place).toBe(0);
  expect([...search.state.directions]).toEqual([1, 0, 0, 1]);
});

test('converges at the optimum, at a corner of the bounds, and where nothing changes', () => {
  for (const [f, at] of [
    [([x, y]: number[]) => (x - 0.3) ** 2 + 3 * (y + 0.2 - x) ** 2, [0.3, 0.1]],
    [([x, y]: number[]) => x - y, [-1, 1]],
  ] as const) {
    const search = new Asking(powell, boxSpace(2, -1, 1));
    for (let k = 0; search.stop === undefined; k++) {
      search.step(f as (x: number[]) => number);
      expect(k).toBeLessThan(1000);
    }
    at.forEach((xi, i) => {
      expect(search.state.x[i]).toBeCloseTo(xi, 7);
    });
  }
  const flat = new Asking(powell, boxSpace(2, -1, 1));
  for (let k = 0; flat.stop === undefined; k++) {
    flat.step(() => 1);
    expect(k).toBeLessThan(1000);
  }
});

test('golden traces', async () => {
  expect(await goldenTrace(powell)).toEqual([
    2372.106515983175, 1772.2892369111378, 340.253818514615, 126.08458811330219, 99.78463542988798, 16.835830292760573,
  ]);
  expect(await goldenTrace(powell, { update: 'basic', lineSearch: 'golden' })).toEqual([
    2372.106515983175, 1732.4148423849217, 1693.7110703598114, 231.88716373124998, 128.86870276998332, 96.24379154477614,
  ]);
});
