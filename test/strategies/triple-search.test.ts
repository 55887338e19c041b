import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { lowWithinBox } from '../../strategies/shared/box-quadratic.js';
import { nextPlace, openProbing, type Probing } from '../../strategies/shared/probing.js';
import { type LocalSearch, openLocal } from '../../strategies/shared/triple-model.js';
import { askLocal, beginLocal, tellLocal } from '../../strategies/shared/triple-search.js';

describe('the low point of a quadratic within a box', () => {
  const value = (g: Float64Array, G: Float64Array, p: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < g.length; i++) {
      sum += g[i] * p[i];
      for (let k = 0; k < g.length; k++) sum += (p[i] * G[i * g.length + k] * p[k]) / 2;
    }
    return sum;
  };

  test('is the minimum of a badly conditioned convex one', () => {
    // G = [[1000, 999], [999, 1000]], minimum at (1, -2): g = -G p
    const G = Float64Array.of(1000, 999, 999, 1000);
    const g = Float64Array.of(-(1000 - 1998), -(999 - 2000));
    const p = new Float64Array(2);
    lowWithinBox(g, G, Float64Array.of(-5, -5), Float64Array.of(5, 5), p);
    expect(p[0]).toBeCloseTo(1, 8);
    expect(p[1]).toBeCloseTo(-2, 8);
  });

  test('is as low as any of a grid where G is convex, and a local minimum where it is not', () => {
    const rng = Rng.seeded('quadratics');
    for (let run = 0; run < 20; run++) {
      const g = Float64Array.from({ length: 2 }, () => rng.normal());
      const [a, b, c] = [rng.normal(), rng.normal(), rng.normal()];
      const convex = run % 2 === 0;
      // B'B, or any symmetric matrix
      const G = convex ? Float64Array.of(a * a + 0.1, a * b, a * b, b * b + c * c + 0.1) : Float64Array.of(a, b, b, c);
      const [low, high] = [Float64Array.of(-1, -0.5), Float64Array.of(0.7, 2)];
      const p = new Float64Array(2);
      lowWithinBox(g, G, low, high, p);
      const found = value(g, G, p);
      const reach = convex ? 1 : 0.02;
      let least = Infinity;
      for (let k = 0; k <= 60; k++) {
        for (let l = 0; l <= 60; l++) {
          const x = [low[0] + ((high[0] - low[0]) * k) / 60, low[1] + ((high[1] - low[1]) * l) / 60];
          const near = convex ? x : x.map((z, i) => Math.min(Math.max(p[i] + reach * (z - p[i]), low[i]), high[i]));
          least = Math.min(least, value(g, G, near));
        }
      }
      expect(found).toBeLessThanOrEqual(least + 1e-9);
      for (let i = 0; i < 2; i++) expect(p[i] >= low[i] && p[i] <= high[i]).toBe(true);
    }
  });
});

describe('a line search that keeps its points', () => {
  const run = (f: (x: number) => number, settings: Partial<Probing>) => {
    const probing = { ...openProbing(), low: -10, high: 10, first: 1, most: 15, count: 1, ...settings };
    probing.losses[0] = f(0);
    for (let place = nextPlace(probing); place !== undefined; place = nextPlace(probing)) {
      expect(place >= probing.low && place <= probing.high).toBe(true);
      probing.places[probing.count] = place;
      probing.losses[probing.count++] = f(place);
    }
    return probing;
  };
  const best = (probing: Probing) =>
    probing.places[probing.losses.subarray(0, probing.count).indexOf(Math.min(...probing.losses.subarray(0, probing.count)))];

  test('is at the minimum of a parabola as soon as it has three points, and soon ends', () => {
    const probing = run((x) => (x - 2.3) ** 2, {});
    expect(probing.places[3]).toBeCloseTo(2.3, 12);
    expect(probing.count).toBeLessThanOrEqual(7);
  });

  test('follows a slope to the end of the line, ten times as far each time', () => {
    const probing = run((x) => -x, { low: -1, high: 1000, first: 0.5 });
    expect(best(probing)).toBe(1000);
    expect([...probing.places.subarray(1, 4)]).toEqual([0.5, 5.5, 55.5]);
  });

  test('never takes more points than it may, and never one twice', () => {
    for (const [k, f] of [
      (x: number) => Math.sin(3 * x),
      (x: number) => Math.abs(x - 0.1),
      (x: number) => Math.floor(x),
      () => 1,
    ].entries()) {
      for (const most of [2, 5, 15]) {
        const { places, count } = run(f, { most, wide: k % 2 === 0 });
        expect(count).toBeLessThanOrEqual(most);
        expect(new Set(places.subarray(0, count)).size).toBe(count);
      }
    }
  });

  test('a cautious one that finds nothing at its first step takes one more', () => {
    const probing = run((x) => x, { low: 0, first: 1e-3, cautious: true });
    expect([...probing.places.subarray(0, probing.count)]).toEqual([0, 1e-3, 2e-3]);
  });
});

function locally(
  f: (x: number[]) => number,
  start: number[],
  low: number,
  high: number,
  until?: (search: LocalSearch) => boolean,
): { search: LocalSearch; evaluations: number } {
  const n = start.length;
  const search = openLocal(
    new Float64Array(n).fill(low),
    new Float64Array(n).fill(high),
    false,
    start.map((_, i) => i),
    50,
    1e-18,
  );
  beginLocal(search, Float64Array.from(start), f(start), f(start));
  const rows = new Float64Array(n * n + n);
  let evaluations = 0;
  while (search.stage !== 'done' && evaluations < 5000 && until?.(search) !== true) {
    const count = askLocal(search, rows);
    evaluations += count;
    tellLocal(
      search,
      Float64Array.from({ length: count }, (_, p) => f([...rows.subarray(p * n, (p + 1) * n)])),
    );
  }
  return { search, evaluations };
}

describe('the local search', () => {
  // section 5.1: "we recover the exact objective function" where that is quadratic
  test('has the gradient and Hessian of a quadratic function after its first model', () => {
    const H = [
      [4, 1, -1.5],
      [1, 3, 0.5],
      [-1.5, 0.5, 5],
    ];
    const centre = [0.3, -0.8, 1.1];
    const f = (x: number[]) => {
      const d = x.map((value, i) => value - centre[i]);
      return 7 + d.reduce((sum, di, i) => sum + (di * d.reduce((s, dk, k) => s + H[i][k] * dk, 0)) / 2, 0);
    };
    const { search } = locally(f, [1, 1, -1], -4, 4, ({ stage }) => stage === 'step');
    for (let i = 0; i < 3; i++) {
      for (let k = 0; k < 3; k++) expect(search.G[3 * i + k]).toBeCloseTo(H[i][k], 8);
      expect(search.g[i]).toBeCloseTo(
        H[i].reduce((sum, h, k) => sum + h * (search.x[k] - centre[k]), 0),
        8,
      );
    }
    const whole = locally(f, [1, 1, -1], -4, 4);
    expect(whole.search.f).toBeCloseTo(7, 12);
    expect(whole.evaluations).toBeLessThan(80);
  });

  test("reaches Rosenbrock's minimum, also where the box ends at it", () => {
    const f = ([x, y]: number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;
    const free = locally(f, [-1.2, 1], -5, 5);
    expect(free.search.f).toBeLessThan(1e-9);
    expect(free.evaluations).toBeLessThan(600);
    expect(locally(f, [-1.2, 1], -5, 1).search.f).toBeLessThan(1e-9);
  });

  test('comes away from a bound where the function falls inwards', () => {
    const f = ([x, y]: number[]) => (x - 0.5) ** 2 + (y - 0.2) ** 2 + x * y;
    const { search } = locally(f, [0, 1], 0, 1);
    // gradient zero: 2 (x - 0.5) + y = 0, 2 (y - 0.2) + x = 0: x = 8 / 15, y = -1 / 15, outside; on y = 0: x = 0.5
    expect(search.x[0]).toBeCloseTo(0.5, 5);
    expect(search.x[1]).toBe(0);
  });
});
