import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import type { Objective } from '../../src/core/objective.js';
import { startMean } from '../../src/core/space.js';
import { forms, startingPoint, wildness } from '../../src/problems/more-wild/problem.js';
import { type Entry, entries } from '../../src/problems/more-wild/table.js';
import { expandProblemIds, findProblem } from '../../src/problems/registry.js';

type Row = [number, string, number, number, value: number, sine: number, norm?: number, product?: number];
const { rows } = JSON.parse(readFileSync(new URL('../../../test/fixtures/more-wild.json', import.meta.url), 'utf8')) as { rows: Row[] };
const published = (form: string) => rows.filter((row) => row[1] === form && row[0] <= entries.length);

const open = async (id: string, seed = 1): Promise<Objective> => (await findProblem(id)).open({ seed, provider: 'cpu', threads: 1 });

async function lossAt(id: string, x: Float64Array): Promise<number> {
  const out = new Float64Array(1);
  await (await open(id)).losses({ kind: 'dense', size: 1, dimension: x.length, values: x }, 0, out);
  return out[0];
}

function residualsAt({ f, m }: Entry, x: Float64Array): Float64Array {
  const out = new Float64Array(m);
  f.residuals(x, out);
  return out;
}

/** The published values have six digits. */
function expectPublished(value: number, expected: number): void {
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(6e-6 * Math.abs(expected));
}

test('there are 53 problems, of the published sizes', () => {
  expect(entries).toHaveLength(53);
  expect(entries.map(({ n, m }) => [n, m])).toEqual(published('smooth').map((row) => [row[2], row[3]]));
});

describe('published values at the starting points', () => {
  test.each(published('smooth'))('problem %i, %s', async (number, _form, _n, _m, value, sine, norm, product) => {
    const x = startingPoint(number);
    expectPublished(await lossAt(`more-wild:${number}`, x), value);
    const entry = entries[number - 1];
    // sines of residuals of size 1e6 keep ten digits, of which cancellation leaves six or more
    const sines = Math.abs(residualsAt(entry, x).reduce((sum, f) => sum + Math.sin(f), 0));
    expect(Math.abs(sines - sine)).toBeLessThan(1e-5 * Math.max(1, sine));
    const gradient = new Float64Array(entry.n);
    const objective = await open(`more-wild:${number}`);
    expectPublished((await objective.gradient?.(x, 0, gradient)) ?? Number.NaN, value);
    // the file's two last columns hold J'F, which is half the gradient of the sum of squares: for Rosenbrock at (-1.2, 1),
    // -400 (x2 - x1^2) x1 - 2 (1 - x1) = -215.6 and 200 (x2 - x1^2) = -88 have the norm 232.868, the file 116.434
    expectPublished(Math.hypot(...gradient) / 2, norm ?? Number.NaN);
    expectPublished(gradient.reduce((sum, g, i) => sum + g * x[i], 0) / 2, product ?? Number.NaN);
  });

  test('rows 54 and 55: the helical valley at (1, 1, 0) and (0, 1, 0)', async () => {
    const [beside, on] = rows.filter((row) => row[0] > 53);
    const gradient = new Float64Array(3);
    const objective = await open('more-wild:9');
    expectPublished((await objective.gradient?.(Float64Array.of(1, 1, 0), 0, gradient)) ?? Number.NaN, beside[4]);
    expectPublished(Math.hypot(...gradient) / 2, beside[6] ?? Number.NaN);
    expectPublished((await objective.gradient?.(Float64Array.of(0, 1, 0), 0, gradient)) ?? Number.NaN, on[4]);
    // the published 250 takes the angle as constant at x1 = 0; with its derivative, -1 / (2 pi), F1 dF1/dx1 = -25 100 / (2 pi)
    expect(on[6]).toBe(250);
    expectPublished(Math.hypot(...gradient) / 2, Math.hypot(250, 2500 / (2 * Math.PI)));
  });

  test.each(published('nondiff'))('problem %i, %s', async (number, _form, _n, _m, value) => {
    expectPublished(await lossAt(`more-wild:${number}:nondiff`, startingPoint(number)), value);
  });

  test.each(published('wild3'))('problem %i, %s', async (number, _form, _n, _m, value) => {
    expectPublished(await lossAt(`more-wild:${number}:wild3`, startingPoint(number)), value);
  });
});

/** Levenberg's and Marquardt's method from `x`: the least sum of squares that it reaches. */
function descend(entry: Entry, x: Float64Array): number {
  const { f, n, m } = entry;
  let damping = 1e-3;
  let residuals = residualsAt(entry, x);
  let sum = residuals.reduce((total, r) => total + r * r, 0);
  const j = new Float64Array(m * n);
  for (let iteration = 0; iteration < 3000 && damping < 1e20; iteration++) {
    f.jacobian(x, m, j);
    const normal = Array.from({ length: n }, (_, a) =>
      Array.from({ length: n }, (_, b) => residuals.reduce((total, _r, i) => total + j[i * n + a] * j[i * n + b], 0)),
    );
    const right = Array.from({ length: n }, (_, a) => -residuals.reduce((total, r, i) => total + j[i * n + a] * r, 0));
    const step = solve(
      normal.map((row, a) => row.map((value, b) => (a === b ? value * (1 + damping) + 1e-300 : value))),
      right,
    );
    const next = x.map((value, k) => value + step[k]);
    const nextResiduals = residualsAt(entry, next);
    const nextSum = nextResiduals.reduce((total, r) => total + r * r, 0);
    if (nextSum < sum) {
      [x, residuals, sum] = [next, nextResiduals, nextSum];
      damping = Math.max(damping / 3, 1e-15);
    } else {
      damping *= 5;
    }
  }
  return sum;
}

/** Gauss's elimination with row exchanges. */
function solve(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let c = 0; c < n; c++) {
    const pivot = a.slice(c).reduce((best, row, k) => (Math.abs(row[c]) > Math.abs(a[best][c]) ? c + k : best), c);
    [a[c], a[pivot]] = [a[pivot], a[c]];
    for (let r = c + 1; r < n; r++) {
      const factor = a[r][c] / a[c][c];
      for (let k = c; k <= n; k++) a[r][k] -= factor * a[c][k];
    }
  }
  for (let c = n - 1; c >= 0; c--) {
    a[c][n] = (a[c][n] - a[c].slice(c + 1, n).reduce((sum, value, k) => sum + value * a[c + 1 + k][n], 0)) / a[c][c];
  }
  return a.map((row) => row[n]);
}

describe('least values', () => {
  // from the standard starts; Freudenstein-Roth and Heart have other local minima nearby, so they start elsewhere
  test.each([
    [1, 36],
    [3, (35 * 34) / (2 * 71)],
    [5, (35 * 35 + 3 * 35 - 6) / (2 * 67)],
    [7, 0],
    [9, 0],
    [11, 0],
    [25, 0],
    [29, 0],
    [30, 0],
    [32, 0],
    [35, 0],
    [43, 0],
    [45, 0],
    [46, 0],
    [50, 0],
  ])('problem %i reaches %d', (number, least) => {
    expect(entries[number - 1].least ?? Number.NaN).toBeCloseTo(least, 12);
    expect(Math.abs(descend(entries[number - 1], startingPoint(number)) - least)).toBeLessThan(1e-9);
  });

  test('Freudenstein and Roth: 0 at (5, 4)', () => {
    expect(entries[12].least).toBe(0);
    expect([...residualsAt(entries[12], Float64Array.of(5, 4))]).toEqual([0, 0]);
  });

  test('Heart: all residuals vanish somewhere', () => {
    const sums = Array.from({ length: 8 }, (_, k) =>
      descend(
        entries[51],
        startingPoint(52).map((x, i) => x + 0.1 * Math.sin(k * (i + 1))),
      ),
    );
    expect(Math.min(...sums)).toBeLessThan(1e-20);
    expect(entries[51].least).toBe(0);
  });

  // published minima: J. J. Moré, B. S. Garbow and K. E. Hillstrom 1981, as tabulated by the R package funconstrain
  test.each([
    [15, 8.214877e-3],
    [17, 3.07505e-4],
    [18, 87.9458],
    [19, 2.28767e-3],
    [26, 124.362],
    [31, 3.516874e-3],
    [36, 5.464895e-5],
    [37, 4.013774e-2],
  ])('problem %i: the published minimum %d', (number, least) => {
    const found = descend(entries[number - 1], startingPoint(number));
    expect(Math.abs(found - least) / least).toBeLessThan(5e-6);
    expect(entries[number - 1].least).toBeUndefined();
  });

  test('Brown and Dennis: the published minimum 85822.2 at (-11.59, 13.20, -0.4034, 0.2367)', () => {
    const found = descend(entries[26], Float64Array.of(-11.59, 13.2, -0.4034, 0.2367));
    expect(Math.abs(found / 85822.2 - 1)).toBeLessThan(5e-6);
  });
});

describe('forms', () => {
  test('the Jacobian agrees with central differences away from the start', () => {
    for (const entry of entries) {
      const x = Float64Array.from(entry.f.start(entry.n), (value, i) => value * (1.05 + 0.01 * i) + 0.01);
      const j = new Float64Array(entry.n * entry.m);
      entry.f.jacobian(x, entry.m, j);
      for (let k = 0; k < entry.n; k++) {
        const h = 1e-5 * Math.max(1e-2, Math.abs(x[k]));
        const above = residualsAt(
          entry,
          x.map((value, i) => (i === k ? value + h : value)),
        );
        const below = residualsAt(
          entry,
          x.map((value, i) => (i === k ? value - h : value)),
        );
        const scale = Math.max(...above.map(Math.abs), 1);
        for (let i = 0; i < entry.m; i++) {
          const difference = (above[i] - below[i]) / (2 * h);
          const derivative = j[i * entry.n + k];
          expect(Math.abs(difference - derivative)).toBeLessThan(1e-6 * Math.abs(derivative) + (1e-13 * scale) / h + 1e-5);
        }
      }
    }
  });

  test('wildness is T_3 of the waves: at 0 it is T_3(0.1) = 4 0.001 - 0.3', () => {
    expect(wildness(new Float64Array(3))).toBeCloseTo(4e-3 - 0.3, 15);
  });

  test('the nondifferentiable form takes negative coordinates of its exponential models as 0', async () => {
    const x = Float64Array.of(0.5, 1.5, -1, 0.01, -0.02);
    const inside = x.map((value) => Math.max(0, value));
    const expected = residualsAt(entries[35], inside).reduce((sum, r) => sum + Math.abs(r), 0);
    expect(await lossAt('more-wild:36:nondiff', x)).toBeCloseTo(expected, 12);
    expect(await lossAt('more-wild:36', x)).not.toBeCloseTo(await lossAt('more-wild:36', inside), 6);
  });

  test('noise of the noisy form is at most 0.2 %, depends on seed and step alone, and its metrics have none', async () => {
    const x = startingPoint(19);
    const values = Float64Array.from({ length: 4 * 6 }, (_, i) => x[i % 6]);
    const population = { kind: 'dense', size: 4, dimension: 6, values } as const;
    const at = async (seed: number, step: number) => {
      const out = new Float64Array(4);
      await (await open('more-wild:19:noisy3', seed)).losses(population, step, out);
      return [...out];
    };
    const smooth = await lossAt('more-wild:19', x);
    const first = await at(1, 5);
    expect(new Set(first).size).toBe(4);
    for (const loss of first) expect(Math.abs(loss / smooth - 1)).toBeLessThan(2.001e-3);
    expect(await at(1, 5)).toEqual(first);
    expect(await at(2, 5)).not.toEqual(first);
    expect(await at(1, 6)).not.toEqual(first);
    const objective = await open('more-wild:19:noisy3');
    expect(objective.deterministic).toBe(false);
    expect(await objective.metrics?.(x)).toEqual({ trainLoss: smooth });
  });

  test('first points are drawn around the published start, which the facts give', async () => {
    for (const number of [7, 18, 25]) {
      const { space } = await open(`more-wild:${number}`);
      const mean = new Float64Array(space.dimension);
      startMean(space, mean);
      expect(mean).toEqual(startingPoint(number));
      expect(space.bounds).toBeUndefined();
    }
    expect(await (await findProblem('more-wild:8')).facts()).toMatchObject({
      start: '[-12, 10]',
      startScale: 10,
      function: 4,
      residuals: 2,
    });
  });

  test('only the smooth form offers a gradient; zero residuals make the optimum 0 in every form', async () => {
    for (const form of forms) {
      const objective = await open(`more-wild:7:${form}`);
      expect(objective.gradient !== undefined).toBe(form === 'smooth');
      expect(objective.optimum).toBe(0);
    }
    expect((await open('more-wild:1')).optimum).toBe(36);
    expect((await open('more-wild:1:nondiff')).optimum).toBe(22.5); // derived by hand in minimizers.test.ts
    expect((await open('more-wild:1:wild3')).optimum).toBeUndefined();
    expect((await open('more-wild:15')).optimum).toBeUndefined();
  });
});

describe('ids', () => {
  test('ranges, stars and canonical ids', async () => {
    expect(await expandProblemIds('more-wild:*')).toHaveLength(53);
    expect(await expandProblemIds('more-wild:5-6:nondiff')).toEqual(['more-wild:5:nondiff', 'more-wild:6:nondiff']);
    expect(await expandProblemIds('more-wild:7:*')).toEqual(forms.map((form) => `more-wild:7:${form}`));
    expect((await findProblem('more-wild:7:smooth')).id).toBe('more-wild:7');
    expect((await findProblem('more-wild:7:wild3')).id).toBe('more-wild:7:wild3');
  });

  test.each(['more-wild', 'more-wild:0', 'more-wild:54', 'more-wild:7:rough', 'more-wild:x', 'more-wild:7:nondiff:2'])(
    '%s is refused',
    async (id) => {
      await expect(findProblem(id)).rejects.toThrow(UsageError);
      await expect(findProblem(id)).rejects.toThrow('more-wild:7:nondiff');
    },
  );
});
