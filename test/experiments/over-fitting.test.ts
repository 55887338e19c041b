/** The experiment over-fitting at a small scale, and the arithmetic behind it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { moons, truth } from '../../experiments/over-fitting/noisy-data.js';
import { evaluatePolynomial, fitPolynomial, meanSquaredError } from '../../experiments/over-fitting/polynomial.js';
import { experiment } from '../../experiments/over-fitting.js';
import { halfInterval, mean, quantile } from '../../experiments/shared/intervals.js';
import { Rng } from '../../src/core/rng.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

describe('least squares', () => {
  const x = Array.from({ length: 20 }, (_, i) => -1 + (2 * i) / 19);

  test('finds a polynomial again: 4 x^3 - 3 x is the third of Chebyshev', () => {
    const fit = fitPolynomial(x, x.map(truth), 5);
    [0, 0, 0, 1, 0, 0].forEach((coefficient, k) => {
      expect(fit[k]).toBeCloseTo(coefficient, 12);
    });
    expect(evaluatePolynomial(fit, 0.3)).toBeCloseTo(4 * 0.027 - 0.9, 12);
  });

  test('of degree 0 is the mean, of degree 1 the regression line', () => {
    const y = [1, 2, 6];
    expect(fitPolynomial([-1, 0, 1], y, 0)).toEqual([expect.closeTo(3, 12)]);
    // slope: sum of x y over sum of x^2 = (6 - 1) / 2
    expect(fitPolynomial([-1, 0, 1], y, 1)).toEqual([expect.closeTo(3, 12), expect.closeTo(2.5, 12)]);
    expect(meanSquaredError(fitPolynomial([-1, 0, 1], y, 1), [-1, 0, 1], y)).toBeCloseTo((0.25 + 1 + 0.25) / 3, 12);
  });

  test('runs through as many points as it has coefficients', () => {
    const y = x.map((at) => Math.sin(9 * at));
    const fit = fitPolynomial(x, y, 19);
    x.forEach((at, i) => {
      expect(evaluatePolynomial(fit, at)).toBeCloseTo(y[i], 8);
    });
  });
});

test('intervals and quantiles are those of the textbook', () => {
  expect(mean([1, 2, 3])).toBe(2);
  expect(halfInterval([1, 2, 3])).toBeCloseTo(4.303 / Math.sqrt(3), 3);
  expect(halfInterval([5])).toBeUndefined();
  expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
});

test('moons have the wrong labels that were asked for', () => {
  const right = Array.from(moons(4000, 0, Rng.seeded(1)).targets);
  expect(right.reduce((sum, label) => sum + label, 0)).toBe(2000);
  const wrong = Array.from(moons(4000, 0.15, Rng.seeded(1)).targets).reduce(
    (count: number, label, i) => count + (label !== i % 2 ? 1 : 0),
    0,
  );
  expect(Math.abs(wrong / 4000 - 0.15)).toBeLessThan(4 * Math.sqrt((0.15 * 0.85) / 4000));
});

test('small: the large model learns its training points by heart and is worse on others', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const settings = { ...experiment.settings.quick, draws: 50, widths: [1, 3, 48], seeds: 3, test: 400, marks: [50, 200, 1000] };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab over-fitting', settings });
    expect(findings.verdict).toBe('reproduced');
    expect(findings.checks.map(({ holds }) => holds)).toEqual([true, true, true, true, true]);
    expect(findings.figures.map(({ kind }) => kind)).toEqual([...Array(4).fill('lines'), ...Array(3).fill('boundary'), 'lines', 'lines']);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
