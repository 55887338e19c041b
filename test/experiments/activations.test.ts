import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { curveOf, slopeError } from '../../experiments/activations/curves.js';
import { collapsed } from '../../experiments/activations/linear.js';
import { experiment } from '../../experiments/activations.js';
import { startingSpace } from '../../experiments/shared/starts.js';
import { mlp } from '../../models/mlp.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

test('values and slopes of the logistic function and of tanh are those of their formulas', async () => {
  const x = [-6, -1, 0, 0.5, 6];
  const logistic = await curveOf('logistic', x);
  const tanh = await curveOf('tanh', x);
  for (const [i, at] of x.entries()) {
    const y = 1 / (1 + Math.exp(-at));
    expect(logistic.y[i]).toBeCloseTo(y, 6);
    expect(logistic.slope[i]).toBeCloseTo(y * (1 - y), 6);
    expect(tanh.slope[i]).toBeCloseTo(1 / Math.cosh(at) ** 2, 6);
  }
});

test('a slope that is wrong is seen, one that jumps is not taken for wrong', () => {
  const x = [0, 1, 2, 3, 4];
  expect(slopeError({ x, y: [0, 1, 4, 9, 16], slope: [0, 0.1, 0.2, 0.3, 0.4] })).toBeCloseTo(5.7, 9); // (16 - 4) / 2 - 0.3
  expect(slopeError({ x, y: [0, 0, 0, 1, 2], slope: [0, 0, 0, 1, 1] })).toBe(0);
});

test('two linear layers multiply out to one', () => {
  const { layout = [] } = startingSpace(mlp([2, 2, 2]), 'lecun');
  // W1 = [[1, 2], [3, 4]], b1 = [5, 6]; W2 = [[1, 0], [1, 1]], b2 = [10, 20]
  const theta = [1, 2, 3, 4, 5, 6, 1, 0, 1, 1, 10, 20];
  expect([...collapsed(layout, theta)]).toEqual([3, 2, 7, 4, 5 + 6 + 10, 6 + 20]);
});

test('in a small form the lecture’s rules hold, and identity networks are one linear layer', async () => {
  const out = mkdtempSync(join(tmpdir(), 'zeroth-activations-'));
  try {
    const { quick } = experiment.settings;
    const settings = { ...quick, seeds: 1, 'two-spirals': { ...quick['two-spirals'], updates: 100 } };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab activations', settings });
    expect(findings.checks.filter(({ holds }) => holds === false)).toEqual([]);
    expect(findings.verdict).toBe('reproduced');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}, 240_000);
