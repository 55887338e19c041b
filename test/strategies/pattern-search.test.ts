import { describe, expect, test } from '@jest/globals';
import { boxSpace } from '../../src/core/space.js';
import { patternSearch } from '../../strategies/pattern-search.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

const sphere = ([x, y]: number[]) => x * x + y * y;

describe('hooke-jeeves, by hand on x^2 + y^2 from (2,1) with step 1', () => {
  test('explores each coordinate, keeps what is better, leaps as far again, and remembers the good sides', () => {
    const search = new Asking(patternSearch, from(2, 1), { initialStep: 1 });
    const points = Array.from({ length: 11 }, () => search.step(sphere)[0]);
    expect(points).toEqual([
      [2, 1], // base: 5
      [3, 1], // 10
      [1, 1], // 2: kept
      [1, 2], // 5
      [1, 0], // 1: kept, and the end of the exploration
      [0, -1], // leap by (-1,-1): 1
      [-1, -1], // the left side is now tried first: 2
      [1, -1], // 2
      [0, -2], // 4
      [0, 0], // 0: kept, better than the base
      [-1, 0], // leap from the old base (1,0) over the new one (0,0)
    ]);
  });

  test('a leap that leads nowhere is taken back, and the step halves where no neighbour is better', () => {
    const search = new Asking(patternSearch, from(0, 0), { initialStep: 1 });
    search.step(sphere);
    expect(Array.from({ length: 5 }, () => search.step(sphere)[0])).toEqual([
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
      [0.5, 0],
    ]);
    expect(search.state.scale).toBe(0.5);
  });
});

describe('compass search', () => {
  test('takes the best of the neighbours asked at once, goes on in that direction first, and halves the step where none is better', () => {
    const search = new Asking(patternSearch, from(2, 1), { method: 'compass', initialStep: 1, pollSize: 4 });
    search.step(sphere);
    expect(search.step(sphere)).toEqual([
      [3, 1],
      [1, 1],
      [2, 2],
      [2, 0],
    ]);
    expect(search.step(sphere)).toEqual([
      [0, 1],
      [1, 2],
      [1, 0],
      [2, 1],
    ]);
    search.step(sphere); // from (0,1), the first of the two best, to (0,0)
    expect([...search.state.x]).toEqual([0, 0]);
    search.step(sphere);
    expect(search.state.scale).toBe(0.5);
  });

  test('where it shrinks, the gradient is at most sqrt(n) M step: Kolda, Lewis and Torczon 2003, theorem 3.3', () => {
    // f = x'Ax/2 with A = [[5,2,0],[2,3,1],[0,1,2]]; M = 7 bounds its largest eigenvalue (row sums).
    const a = [
      [5, 2, 0],
      [2, 3, 1],
      [0, 1, 2],
    ];
    const slope = (x: ArrayLike<number>) => a.map((row) => row.reduce((sum, aij, j) => sum + aij * x[j], 0));
    const search = new Asking(patternSearch, from(3, -2, 4), { method: 'compass', initialStep: 1, tolerance: 1e-6 });
    let shrunk = 0;
    for (let scale = 1; search.stop === undefined; scale = search.state.scale) {
      const before = [...search.state.x];
      search.step((x) => slope(x).reduce((sum, s, i) => sum + s * x[i], 0) / 2);
      if (search.state.scale === scale) continue;
      shrunk++;
      expect(Math.hypot(...slope(before))).toBeLessThanOrEqual(Math.sqrt(3) * 7 * scale);
    }
    expect(shrunk).toBe(20); // 2^-20 is the first power below 1e-6
  });
});

test('no point lies outside the bounds, and none is asked twice in a row at a corner', () => {
  for (const method of ['hooke-jeeves', 'compass']) {
    const search = new Asking(patternSearch, boxSpace(2, -1, 1), { method, initialStep: 1 });
    let last: number[] = [];
    while (search.stop === undefined) {
      const [point] = search.step(([x, y]) => x + y);
      expect(Math.max(...point.map(Math.abs))).toBeLessThanOrEqual(1);
      if (search.stop === undefined) expect(point).not.toEqual(last);
      last = point;
    }
    expect([...search.state.x]).toEqual([-1, -1]);
  }
});

test('golden traces', async () => {
  expect(await goldenTrace(patternSearch)).toEqual([
    2372.106515983175, 504.8550226201495, 37.573980413873905, 34.83713629689237, 11.736723064735958, 4.6378625777395435,
  ]);
  expect(await goldenTrace(patternSearch, { method: 'compass', expansion: 2, pollSize: 3 })).toEqual([
    2372.106515983175, 487.08221013657055, 440.02233219771216, 362.2965995898514, 143.32322956968966, 12.365872700219429,
  ]);
});
