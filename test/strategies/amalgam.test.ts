import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { amalgam, learningRate } from '../../strategies/amalgam.js';
import { cholesky, solveLower } from '../../strategies/shared/cholesky.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

const published = JSON.parse(readFileSync(new URL('../../../test/fixtures/bbob2009-ert.json', import.meta.url), 'utf8')).iAMALGAM;

test('Cholesky: by hand, and refused where a matrix is not positive definite', () => {
  // [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2]; L^(-1) (2, 5) = (1, 2)
  const factor = new Float64Array(4);
  expect(cholesky(Float64Array.of(4, 2, 2, 5), factor, 2)).toBe(true);
  expect([...factor]).toEqual([2, 0, 1, 2]);
  const x = Float64Array.of(2, 5);
  solveLower(factor, x);
  expect([...x]).toEqual([1, 2]);
  expect(cholesky(Float64Array.of(1, 2, 2, 4), factor, 2)).toBe(false);
  expect(cholesky(Float64Array.of(1, 2, 2, Number.NaN), factor, 2)).toBe(false);
});

describe('amalgam', () => {
  test('a generation is of 10 sqrt(D) points, one of which is the elite that stays', () => {
    const asking = new Asking(amalgam, {
      ...from(0, 0, 0, 0, 0),
      start: [{ offset: 0, length: 5, kind: 'normal', mean: 0, deviation: 1 }],
    });
    expect(asking.step(([x]) => x)).toHaveLength(22);
    expect(asking.step(([x]) => x)).toHaveLength(21);
  });

  test('learning rates are 1 - exp(a |S|^b / D^c)', () => {
    expect(learningRate(-1.1, 1.2, 1.6, 7, 5)).toBeCloseTo(1 - Math.exp((-1.1 * 7 ** 1.2) / 5 ** 1.6), 12);
  });

  test('the first model is the mean and variance of the best 35 %', () => {
    const asking = new Asking(amalgam, { ...from(0), start: [{ offset: 0, length: 1, kind: 'normal', mean: 0, deviation: 1 }] });
    const points = asking.step(([x]) => (x - 1) ** 2).map(([x]) => x);
    // n = 10, so that 3 are selected
    const best = points.sort((a, b) => Math.abs(a - 1) - Math.abs(b - 1)).slice(0, 3);
    const mean = (best[0] + best[1] + best[2]) / 3;
    expect(asking.state.mean[0]).toBeCloseTo(mean, 12);
    expect(asking.state.covariance[0]).toBeCloseTo(
      best.reduce((sum, x) => sum + (x - mean) ** 2 / 3, 0),
      12,
    );
    expect(asking.state.elite[0]).toBe(best[0]);
  });

  test('the multiplier grows with improvements beyond one deviation, falls back to 1, and shrinks only after 25 + D barren generations', () => {
    const asking = new Asking(amalgam, { ...from(0, 0), start: [{ offset: 0, length: 2, kind: 'normal', mean: 0, deviation: 1 }] });
    asking.step(([x, y]) => x * x + y * y);
    const { state } = asking;
    const points = asking.ask();
    const far = points.map(([x, y]) => Math.hypot(x - state.mean[0], y - state.mean[1]));
    const furthest = far.indexOf(Math.max(...far));
    asking.tell(...points.map((_, p) => (p === furthest ? -1 : 5)));
    expect(state.multiplier).toBeCloseTo(1 / 0.9, 12);
    asking.step(() => 5);
    expect(state.multiplier).toBe(1);
    for (let g = 0; g < 26; g++) asking.step(() => 5);
    expect(state.multiplier).toBe(1);
    expect(state.stretch).toBe(26);
    asking.step(() => 5);
    expect(state.multiplier).toBeCloseTo(0.9, 12);
    expect([...state.mean]).toEqual([...state.elite]);
    for (let g = 0; g < 250; g++) asking.step(() => 5);
    expect(asking.stop).toBe('converged');
  });

  test.each([
    [1, 5],
    [2, 5],
    [8, 5],
    [10, 10],
  ])('f%i of BBOB in %i-D to 1e-8 within a factor 1.5 of the running time of iAMALGAM in BBOB-2009', async (f, dimension) => {
    const result = await runningTime(amalgam, { function: f, dimension, runs: 5, budget: 10_000 * dimension });
    const ratio = result.ert / published[f][dimension].ert;
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(amalgam)).toEqual([
    1052.951269509414, 1052.951269509414, 345.98575843137513, 33.6620892269858, 33.6620892269858, 5.8734016692179765,
  ]);
});
