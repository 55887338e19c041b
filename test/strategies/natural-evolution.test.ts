import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { utilities } from '../../strategies/shared/recombination.js';
import { snes } from '../../strategies/snes.js';
import { xnes } from '../../strategies/xnes.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';
import { axes, identity, type Matrix, product, solve } from './matrices.js';

const space: Space = {
  dimension: 3,
  precision: 'float64',
  start: [
    { offset: 0, length: 1, kind: 'normal', mean: 1, deviation: 2 },
    { offset: 1, length: 2, kind: 'normal', mean: -3, deviation: 0.5 },
  ],
};
const scale = [2, 0.5, 0.5];
const loss = (x: number[]) => x[0] * x[0] + x[0] * x[1] + 7 * (x[1] + 1) * (x[1] + 1) + 100 * (x[2] - x[0]) ** 2;

/** The points of a population and their numbers, best first. */
function ranked(values: ArrayLike<number>, size: number): { points: number[][]; losses: Float64Array; order: number[] } {
  const points = Array.from({ length: size }, (_, p) => axes.map((i) => values[3 * p + i]));
  const losses = Float64Array.from(points, loss);
  return { points, losses, order: points.map((_, p) => p).sort((a, b) => losses[a] - losses[b]) };
}

test('utilities of four: ln 3, ln 1.5, 0 and 0, normalized, less a quarter', () => {
  const total = Math.log(3) + Math.log(1.5);
  const expected = [Math.log(3) / total, Math.log(1.5) / total, 0, 0];
  utilities(4).forEach((u, k) => {
    expect(u).toBeCloseTo(expected[k] - 0.25, 14);
  });
});

test('SNES makes the steps of the paper, computed from its points and losses alone', () => {
  const state = snes.start(space, snes.options.parse({ populationSize: 8, initialStep: 0.7 }), Rng.seeded(1));
  const u = utilities(8);
  let m = [...state.mean];
  let sigma = scale.map((s) => 0.7 * s);
  const rate = (3 + Math.log(3)) / (5 * Math.sqrt(3));
  for (let g = 0; g < 25; g++) {
    snes.ask(state);
    const { points, losses, order } = ranked(state.population.values, 8);
    snes.tell(state, { kind: 'losses', losses });
    const z = order.map((p) => axes.map((i) => (points[p][i] - m[i]) / sigma[i]));
    const sum = (f: (zi: number) => number, i: number) => z.reduce((total, draw, k) => total + u[k] * f(draw[i]), 0);
    m = m.map((x, i) => x + sigma[i] * sum((zi) => zi, i));
    sigma = sigma.map((s, i) => s * Math.exp((rate / 2) * sum((zi) => zi * zi - 1, i)));
    for (const i of axes) {
      expect(state.mean[i]).toBeCloseTo(m[i], 9);
      expect((0.7 * scale[i] * state.deviations[i]) / sigma[i]).toBeCloseTo(1, 9);
    }
  }
});

/** (1 + M / 2^20 + (M / 2^20)^2 / 2)^(2^20): the limit that defines the exponential. */
function exponential(M: Matrix): Matrix {
  const small = M.map((row) => row.map((x) => x / 2 ** 20));
  const square = product(small, small);
  let power: Matrix = identity.map((row, i) => row.map((x, j) => x + small[i][j] + square[i][j] / 2));
  for (let k = 0; k < 20; k++) power = product(power, power);
  return power;
}

test.each([undefined, 1.5])('xNES makes the steps of the paper, computed from its points and losses alone (rate %p)', (given) => {
  const rate = given ?? (9 + 3 * Math.log(3)) / (5 * 3 * Math.sqrt(3));
  const options = { populationSize: 8, initialStep: 0.7, ...(given === undefined ? {} : { shapeRate: given, stepRate: given }) };
  const state = xnes.start(space, xnes.options.parse(options), Rng.seeded(1));
  const u = utilities(8);
  let m = [...state.mean];
  let sigma = 0.7;
  let B = identity;
  for (let g = 0; g < 12; g++) {
    xnes.ask(state);
    const { points, losses, order } = ranked(state.population.values, 8);
    xnes.tell(state, { kind: 'losses', losses });
    const z = order.map((p) =>
      solve(
        B,
        axes.map((i) => (points[p][i] - m[i]) / (sigma * scale[i])),
      ),
    );
    const Gd = axes.map((i) => z.reduce((sum, draw, k) => sum + u[k] * draw[i], 0));
    const GM = axes.map((i) => axes.map((j) => z.reduce((sum, draw, k) => sum + u[k] * (draw[i] * draw[j] - identity[i][j]), 0)));
    const Gs = (GM[0][0] + GM[1][1] + GM[2][2]) / 3;
    m = m.map((x, i) => x + sigma * scale[i] * axes.reduce((sum, j) => sum + B[i][j] * Gd[j], 0));
    B = product(B, exponential(GM.map((row, i) => row.map((x, j) => (rate / 2) * (x - Gs * identity[i][j])))));
    sigma *= Math.exp((rate / 2) * Gs);
    expect(state.sigma / sigma).toBeCloseTo(1, 6);
    for (const i of axes) {
      expect(state.mean[i]).toBeCloseTo(m[i], 6);
      for (const j of axes) expect(state.shape[3 * i + j]).toBeCloseTo(B[i][j], 5);
    }
  }
});

describe('evaluations to 1e-8', () => {
  const time = async (strategy: typeof snes | typeof xnes, f: number) =>
    (await runningTime(strategy as typeof snes, { function: f, dimension: 5, runs: 7, budget: 20_000 })).ert;

  test('of SNES on the separable ellipsoid are at most twice those on the sphere, though its condition is a million', async () => {
    expect((await time(snes, 2)) / (await time(snes, 1))).toBeLessThan(2);
  });

  test('of xNES are the same on the ellipsoid and on the rotated one', async () => {
    const ratio = (await time(xnes, 10)) / (await time(xnes, 2));
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });
});

test('both reach an optimum in a corner of the box', async () => {
  const box = boxSpace(3, -1, 2);
  for (const strategy of [snes, xnes]) {
    const state = (strategy as typeof snes).start(box, strategy.options.parse({}), Rng.seeded(1));
    for (let g = 0; g < 400; g++) {
      strategy.ask(state as never);
      const { values, size } = state.population;
      for (let i = 0; i < values.length; i++) values[i] = Math.min(Math.max(values[i], -1), 2); // as the harness does
      const losses = Float64Array.from({ length: size }, (_, p) => axes.reduce((sum, i) => sum + (values[3 * p + i] - 3) ** 2, 0));
      strategy.tell(state as never, { kind: 'losses', losses });
    }
    for (const i of axes) expect(Math.min(state.mean[i], 2)).toBeCloseTo(2, 3);
  }
});

test('golden traces', async () => {
  expect(await goldenTrace(snes)).toEqual([
    1028.280152596789, 106.40374458137839, 106.40374458137839, 62.07272514005615, 15.646543701079331, 5.963944455782798,
  ]);
  expect(await goldenTrace(xnes)).toEqual([
    1028.280152596789, 106.40374458137839, 106.40374458137839, 70.15687357194703, 32.64094514175429, 4.820008567246731,
  ]);
});
