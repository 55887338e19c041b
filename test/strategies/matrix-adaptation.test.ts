import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import { Rng } from '../../src/core/rng.js';
import { lmMaEs } from '../../strategies/lm-ma-es.js';
import { maEs } from '../../strategies/ma-es.js';
import { onePlusOneEs } from '../../strategies/one-plus-one-es.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';
import { axes, combine, identity, type Matrix, outer, product, solve, times } from './matrices.js';

const lambda = 8;
const loss = (x: number[]) => x[0] * x[0] + x[0] * x[1] + 7 * (x[1] + 1) * (x[1] + 1) + 100 * (x[2] - x[0]) ** 2;

/** Weights of the better half, by the paper: ln(mu + 1/2) - ln i for even lambda, with sum 1. */
const raw = [1, 2, 3, 4].map((i) => Math.log(lambda / 2 + 0.5) - Math.log(i));
const weights = raw.map((w) => w / raw.reduce((a, b) => a + b));
const mueff = 1 / weights.reduce((sum, w) => sum + w * w, 0);

const points = (values: ArrayLike<number>) => Array.from({ length: lambda }, (_, p) => axes.map((i) => values[3 * p + i]));
const mean = (vectors: number[][]) => axes.map((i) => weights.reduce((sum, w, k) => sum + w * vectors[k][i], 0));
const norm = (v: number[]) => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

describe('MA-ES', () => {
  test('makes the steps of the paper, computed from its points and losses alone', () => {
    const n = 3;
    const state = maEs.start(openSpace(n, 1, 2), maEs.options.parse({ populationSize: lambda, initialStep: 0.7 }), Rng.seeded(1));
    const cs = (mueff + 2) / (n + mueff + 5);
    const ds = 1 + cs + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1);
    const c1 = 2 / ((n + 1.3) ** 2 + mueff);
    const cw = Math.min(1 - c1, (2 * (mueff + 1 / mueff - 2)) / ((n + 2) ** 2 + mueff));
    const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    let m = [...state.mean];
    let sigma = 0.7;
    let M: Matrix = identity;
    let path = [0, 0, 0];
    for (let g = 0; g < 20; g++) {
      maEs.ask(state);
      const X = points(state.population.values);
      const losses = Float64Array.from(X, loss);
      maEs.tell(state, { kind: 'losses', losses });
      const best = X.map((_, p) => p).sort((a, b) => losses[a] - losses[b]);
      const drawn = best.slice(0, 4).map((p) =>
        solve(
          M,
          axes.map((i) => (X[p][i] - m[i]) / (sigma * 2)),
        ),
      );
      const zw = mean(drawn);
      const step = times(M, zw);
      m = m.map((x, i) => x + sigma * 2 * step[i]);
      path = path.map((p, i) => (1 - cs) * p + Math.sqrt(mueff * cs * (2 - cs)) * zw[i]);
      const change = combine([1 - c1 / 2 - cw / 2, identity], [c1 / 2, outer([path], [1])], [cw / 2, outer(drawn, weights)]);
      M = product(M, change);
      sigma *= Math.exp((cs / ds) * (norm(path) / chi - 1));
      expect(state.sigma / sigma).toBeCloseTo(1, 7);
      for (const i of axes) {
        expect(state.mean[i]).toBeCloseTo(m[i], 7);
        for (const j of axes) expect(state.matrix[3 * i + j]).toBeCloseTo(M[i][j], 7);
      }
    }
  });

  // Beyer and Sendhoff: MA-ES and CMA-ES need about the same number of evaluations.
  test.each([
    [1, 5],
    [1, 10],
    [10, 5],
    [10, 10],
  ])('on BBOB f%i in %i-D takes about as many evaluations as CMA-ES in BBOB-2009, to within 20 %%', async (f, dimension) => {
    const { ert } = await runningTime(maEs, { function: f, dimension, runs: 7, budget: 20_000 });
    const ratio = ert / (publishedTimes()['BIPOP-CMA-ES'][f][dimension].ert ?? 0);
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
  });
});

describe('LM-MA-ES', () => {
  test('samples from the product of its direction matrices, and moves them and sigma as the paper does', () => {
    // 40 coordinates, of which three matter: the others stay orthogonal to what is looked at.
    const n = 40;
    const state = lmMaEs.start(openSpace(n, 1, 2), lmMaEs.options.parse({ vectors: 3 }), Rng.seeded(2));
    const { size } = state.population; // 4 + floor(3 ln 40) = 15
    expect(size).toBe(15);
    const cs = (2 * size) / n;
    let path = new Array(n).fill(0) as number[];
    let sigma = Math.sqrt(3) / 2;
    let vectors = [0, 1, 2].map(() => new Array(n).fill(0) as number[]);
    for (let g = 0; g < 8; g++) {
      lmMaEs.ask(state);
      const z = Array.from({ length: size }, (_, p) => [...state.z.subarray(p * n, (p + 1) * n)]);
      const X = Array.from({ length: size }, (_, p) => [...state.population.values.subarray(p * n, (p + 1) * n)]);
      z.forEach((draw, p) => {
        let d = draw;
        vectors.slice(0, g).forEach((v, j) => {
          const c = 1 / (1.5 ** j * n);
          const projection = v.reduce((sum, x, i) => sum + x * d[i], 0);
          d = d.map((x, i) => (1 - c) * x + c * projection * v[i]);
        });
        X[p].forEach((x, i) => {
          expect((x - state.mean[i]) / (2 * sigma)).toBeCloseTo(d[i], 9);
        });
      });
      const losses = Float64Array.from(X, (x) => loss(x));
      const before = [...state.mean];
      lmMaEs.tell(state, { kind: 'losses', losses });
      const best = X.map((_, p) => p).sort((a, b) => losses[a] - losses[b]);
      const half = [1, 2, 3, 4, 5, 6, 7].map((i) => Math.log(8) - Math.log(i));
      const w = half.map((x) => x / half.reduce((a, b) => a + b));
      const effective = 1 / w.reduce((sum, x) => sum + x * x, 0);
      const zw = path.map((_, i) => w.reduce((sum, x, k) => sum + x * z[best[k]][i], 0));
      const follow = (v: number[], c: number) => v.map((x, i) => (1 - c) * x + Math.sqrt(effective * c * (2 - c)) * zw[i]);
      path = follow(path, cs);
      vectors = vectors.map((v, j) => follow(v, size / (4 ** j * n)));
      before.forEach((x, i) => {
        expect(state.mean[i]).toBeCloseTo(x + w.reduce((sum, wk, k) => sum + wk * (X[best[k]][i] - x), 0), 9);
      });
      sigma *= Math.exp((cs / 2) * (path.reduce((sum, x) => sum + x * x, 0) / n - 1));
      expect(state.sigma / sigma).toBeCloseTo(1, 9);
      vectors.flat().forEach((x, i) => {
        expect(state.vectors[i]).toBeCloseTo(x, 9);
      });
    }
  });

  test('learns one long axis in 40 dimensions, which a step size alone does not', async () => {
    // A cigar of condition ten thousand, its axis along the diagonal.
    const n = 40;
    const cigar = (x: Float64Array) => {
      let sum = 0;
      let square = 0;
      for (let i = 0; i < n; i++) {
        sum += x[i];
        square += x[i] * x[i];
      }
      const along = (sum * sum) / n;
      return along + 1e4 * (square - along);
    };
    const settings = { space: openSpace(n, 1, 1), seed: 3, budget: { evaluations: 100_000, target: 1e-8 } };
    const learning = await minimize(cigar, lmMaEs, settings);
    const alone = await minimize(cigar, onePlusOneEs, { ...settings, budget: { evaluations: learning.cost.evaluations } });
    expect(learning.stop).toBe('target');
    expect(alone.best.loss).toBeGreaterThan(1);
  });

  test('on BBOB f8 in 20-D takes at most twice as many evaluations as BIPOP-CMA-ES in BBOB-2009', async () => {
    const { ert } = await runningTime(lmMaEs, { function: 8, dimension: 20, runs: 5, budget: 200_000 });
    expect(ert / (publishedTimes()['BIPOP-CMA-ES'][8][20].ert ?? 0)).toBeLessThan(2);
  });

  test('works at 101,770 coordinates within its card', async () => {
    const space = openSpace(101_770, 0, 1, 'float32');
    const sphere = (x: Float64Array) => x.reduce((sum, xi) => sum + xi * xi, 0);
    const { best, trace } = await minimize(sphere, lmMaEs, { space, budget: { evaluations: 152 } });
    expect(best.loss).toBeLessThan(Number(trace.loss[0]));
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(maEs)).toEqual([
    1028.280152596789, 106.40374458137839, 106.40374458137839, 106.40374458137839, 12.44222977436861, 3.973877044247514,
  ]);
  expect(await goldenTrace(lmMaEs)).toEqual([
    1028.280152596789, 106.40374458137839, 106.40374458137839, 106.40374458137839, 41.17803497780244, 31.288180977664197,
  ]);
});
