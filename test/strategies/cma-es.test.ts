import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { cmaEs } from '../../strategies/cma-es.js';
import { cmaConstants } from '../../strategies/shared/cma-state.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof cmaEs.start>;

function started(space: Space, options: object, seed = 1): State {
  return cmaEs.start(space, cmaEs.options.parse(options), Rng.seeded(seed));
}

function generation(state: State, loss: (x: Float64Array) => number): { points: Float64Array[]; losses: Float64Array } {
  const query = cmaEs.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  const points = Array.from({ length: size }, (_, p) => Float64Array.from(values.subarray(p * dimension, (p + 1) * dimension)));
  const losses = Float64Array.from(points, loss);
  cmaEs.tell(state, { kind: 'losses', losses });
  return { points, losses };
}

test('constants for n = 2, lambda = 6, worked by hand', () => {
  // ln 3.5 - ln 1, 2, 3 = 1.252763, 0.559616, 0.154151; their sum is 1.966530, the sum of their squares 1.906352
  const c = cmaConstants(2, 6, true, false);
  expect([...c.weights].map((w) => Number(w.toFixed(5)))).toEqual([0.63704, 0.28457, 0.07839, 0, 0, 0]);
  expect(c.mueff).toBeCloseTo(2.02861, 4);
  expect(c.cs).toBeCloseTo(0.4462, 4); // 4.02861 / 9.02861
  expect(c.cc).toBeCloseTo(0.62455, 4); // 5.01431 / 8.02861
  expect(c.c1).toBeCloseTo(0.15482, 4); // 2 / (3.3^2 + mueff)
  expect(c.cmu).toBeCloseTo(0.05786, 4); // 2 (mueff - 2 + 1 / mueff) / (16 + mueff)
  expect(c.ds).toBeCloseTo(1.4462, 4);
});

/** [a b; b d] to the power -1/2: inverse of (M + sqrt(det) I) / sqrt(trace + 2 sqrt(det)), by Cayley and Hamilton. */
function inverseRoot([a, b, d]: number[]): number[] {
  const s = Math.sqrt(a * d - b * b);
  const t = Math.sqrt(a + d + 2 * s);
  const det = ((a + s) * (d + s) - b * b) / t;
  return [(d + s) / det, -b / det, (a + s) / det];
}

describe.each([
  ['plain', false],
  ['active', true],
])('%s CMA-ES in two dimensions', (_, active) => {
  test('makes the steps of the tutorial, computed from its points and losses alone', () => {
    const n = 2;
    const space: Space = {
      dimension: n,
      precision: 'float64',
      start: [
        { offset: 0, length: 1, kind: 'normal', mean: 1, deviation: 2 },
        { offset: 1, length: 1, kind: 'normal', mean: -3, deviation: 0.5 },
      ],
    };
    const scale = [2, 0.5];
    const lambda = 8;
    const state = started(space, { active, populationSize: lambda, initialStep: 0.7 });
    const loss = ([x, y]: Float64Array) => x * x + x * y + 7 * (y + 1) * (y + 1);

    const raw = Array.from({ length: lambda }, (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1));
    const mu = 4;
    const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);
    const effective = (values: number[]) => sum(values) ** 2 / sum(values.map((x) => x * x));
    const mueff = effective(raw.slice(0, mu));
    const cs = (mueff + 2) / (n + mueff + 5);
    const ds = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1) + cs;
    const cc = (4 + mueff / n) / (n + 4 + (2 * mueff) / n);
    const c1 = 2 / ((n + 1.3) ** 2 + mueff);
    const cmu = Math.min(1 - c1, (2 * (mueff - 2 + 1 / mueff)) / ((n + 2) ** 2 + mueff));
    const negative = Math.min(1 + c1 / cmu, 1 + (2 * effective(raw.slice(mu))) / (mueff + 2), (1 - c1 - cmu) / (n * cmu));
    const weights = raw.map((w, i) => (i < mu ? w / sum(raw.slice(0, mu)) : active ? (w * negative) / -sum(raw.slice(mu)) : 0));
    const chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

    let m = [...state.mean];
    let sigma = 0.7;
    let [ps, pc] = [
      [0, 0],
      [0, 0],
    ];
    let C = [1, 0, 1]; // xx, xy, yy
    for (let g = 1; g <= 25; g++) {
      const { points, losses } = generation(state, loss);
      const order = points.map((_, p) => p).sort((a, b) => losses[a] - losses[b]);
      const y = order.map((p) => [0, 1].map((i) => (points[p][i] - m[i]) / (sigma * scale[i])));
      const yw = [0, 1].map((i) => sum(y.slice(0, mu).map((step, k) => weights[k] * step[i])));
      m = m.map((x, i) => x + sigma * scale[i] * yw[i]);
      const R = inverseRoot(C);
      const times = (v: number[]) => [R[0] * v[0] + R[1] * v[1], R[1] * v[0] + R[2] * v[1]];
      const white = times(yw);
      ps = ps.map((p, i) => (1 - cs) * p + Math.sqrt(cs * (2 - cs) * mueff) * white[i]);
      const length = Math.hypot(...ps);
      const h = length / Math.sqrt(1 - (1 - cs) ** (2 * g)) < (1.4 + 2 / (n + 1)) * chi ? 1 : 0;
      pc = pc.map((p, i) => (1 - cc) * p + h * Math.sqrt(cc * (2 - cc) * mueff) * yw[i]);
      const w = weights.map((weight, k) => (weight >= 0 ? weight : (weight * n) / Math.hypot(...times(y[k])) ** 2));
      const pair = (v: number[]) => [v[0] * v[0], v[0] * v[1], v[1] * v[1]];
      const keep = 1 + c1 * (1 - h) * cc * (2 - cc) - c1 - cmu * sum(weights);
      C = C.map((c, e) => keep * c + c1 * pair(pc)[e] + cmu * sum(y.map((step, k) => w[k] * pair(step)[e])));
      sigma *= Math.exp(Math.min(1, (cs / ds) * (length / chi - 1)));

      const { mean, covariance } = state;
      expect(state.sigma / sigma).toBeCloseTo(1, 8);
      [0, 1].forEach((i) => {
        expect(mean[i]).toBeCloseTo(m[i], 8);
        expect(state.pc[i]).toBeCloseTo(pc[i], 7);
        expect(state.ps[i]).toBeCloseTo(ps[i], 7);
      });
      [covariance[0], covariance[2], covariance[3]].forEach((c, e) => {
        expect(c).toBeCloseTo(C[e], 7);
      });
    }
    expect(Math.abs(C[1]) / Math.sqrt(C[0] * C[2])).toBeGreaterThan(0.05); // the axes did turn
  });
});

test('the separable covariance learns (n + 2) / 3 times faster, and the variances of a separable ellipsoid', () => {
  const full = cmaConstants(10, 10, true, false);
  const separable = cmaConstants(10, 10, false, false);
  expect(separable.c1 / full.c1).toBeCloseTo(4, 12);
  expect(separable.cmu / full.cmu).toBeCloseTo(4, 12);
  const state = started(openSpace(4, 1, 1), { covariance: 'separable', populationSize: 40 });
  for (let g = 0; g < 150; g++) generation(state, (x) => x.reduce((total, xi, i) => total + 10 ** (2 * i) * xi * xi, 0));
  const c = state.covariance;
  for (let i = 1; i < 4; i++) {
    const ratio = (c[0] / c[i]) * 10 ** (-2 * i);
    expect(ratio).toBeGreaterThan(0.2);
    expect(ratio).toBeLessThan(5);
  }
});

describe('evaluations to 1e-8', () => {
  const published = publishedTimes();

  test.each([
    [1, 5],
    [1, 10],
    [2, 5],
    [2, 10],
    [10, 5],
    [10, 10],
  ])('on BBOB f%i in %i-D are within 15 %% of BIPOP-CMA-ES in BBOB-2009, whose first run is this one', async (f, dimension) => {
    const { ert } = await runningTime(cmaEs, { function: f, dimension, runs: 10, budget: 20_000 });
    const ratio = ert / (published['BIPOP-CMA-ES'][f][dimension].ert ?? 0);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  test.each([
    // IPOP-SEP-CMA-ES in BBOB-2009: bestalg files of COCO, evaluations up to the generation's end
    [1, 5, 602],
    [1, 10, 1246],
    [2, 5, 1311],
    [2, 10, 2561],
  ])('of the separable form on BBOB f%i in %i-D are within 15 %% of the %i of IPOP-SEP-CMA-ES', async (f, dimension, time) => {
    const settings = { function: f, dimension, runs: 10, budget: 20_000, options: { covariance: 'separable' } };
    const { ert } = await runningTime(cmaEs, settings);
    expect(ert / time).toBeGreaterThan(0.85);
    expect(ert / time).toBeLessThan(1.15);
  });

  test('of the active form on the rotated ellipsoid in 10-D are fewer by more than 15 %', async () => {
    const settings = { function: 10, dimension: 10, runs: 5, budget: 20_000 };
    const [plain, active] = [await runningTime(cmaEs, settings), await runningTime(cmaEs, { ...settings, options: { active: true } })];
    // Tutorial, section B.1: "the number of function evaluations can be up to 1/3 less"
    expect(active.ert / plain.ert).toBeLessThan(0.85);
  });
});

test('an optimum in a corner of the box is reached there', async () => {
  const corner = (x: Float64Array) => x.reduce((total, xi, i) => total + (i + 1) * (xi - 3) * (xi - 3), 0);
  const { best } = await minimize(corner, cmaEs, { space: boxSpace(6, -1, 2), budget: { evaluations: 4000 } });
  expect([...best.point]).toEqual(new Array(6).fill(2));
});

describe('it has converged', () => {
  const run = (loss: (x: Float64Array) => number, options: object = {}, space = openSpace(3, 1, 1)) =>
    minimize(loss, cmaEs, { space, options, budget: { evaluations: 20_000 } });

  test('when the losses no longer differ', async () => {
    const { stop, best, cost } = await run((x) => x.reduce((total, xi) => total + xi * xi, 0));
    expect(stop).toBe('converged');
    expect(best.loss).toBeLessThan(1e-12);
    expect(cost.evaluations).toBeLessThan(2500);
  });

  test('when its steps are lost in rounding', async () => {
    const { stop } = await run(
      (x) => x.reduce((total, xi) => total + (xi - 1000) ** 2, 0),
      { lossTolerance: 0 },
      openSpace(3, 1000, 1, 'float32'),
    );
    expect(stop).toBe('converged');
  });

  test('on a plain, at the generations given, and not while every loss is infinite', async () => {
    const flat = await run(() => 7);
    expect(flat.stop).toBe('converged');
    expect(flat.cost.evaluations).toBeLessThanOrEqual(7 * 30);
    const limited = await run((x) => x[0] * x[0], { maximumGenerations: 5 });
    expect([limited.stop, limited.cost.evaluations]).toEqual(['converged', 5 * 7]);
    expect((await run(() => Number.NaN)).stop).toBe('evaluations');
  });
});

test('a full covariance beyond 5,000 coordinates is refused; a separable one works at 101,770', async () => {
  const budget = { evaluations: 76 };
  const sphere = (x: Float64Array) => x.reduce((total, xi) => total + xi * xi, 0);
  const space = openSpace(101_770, 0, 1, 'float32');
  await expect(minimize(sphere, cmaEs, { space, budget })).rejects.toThrow('cma-es with these options works up to 5,000 coordinates');
  const { best } = await minimize(sphere, cmaEs, { space, budget, options: { covariance: 'separable' } });
  expect(best.loss).toBeGreaterThan(0);
});

test('golden traces', async () => {
  expect(await goldenTrace(cmaEs)).toEqual([
    1028.280152596789, 106.40374458137839, 106.40374458137839, 106.40374458137839, 23.363506494733112, 5.5177776754796355,
  ]);
  expect(await goldenTrace(cmaEs, { covariance: 'separable', active: true, populationSize: 12, initialStep: 0.3 })).toEqual([
    473.5014072080598, 223.1408217176489, 223.1408217176489, 44.9764828808824, 13.265212689525729, 5.497215146099052,
  ]);
});
