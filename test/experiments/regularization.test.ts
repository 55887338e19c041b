/** The experiment regularization at a small scale, and its planted data. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inputNorms, plantedData } from '../../experiments/regularization/cases.js';
import { comparisonOf, remedyCheck, sure } from '../../experiments/regularization/comparison.js';
import { experiment } from '../../experiments/regularization.js';
import { Rng } from '../../src/core/rng.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

test('planted data: the class is the sign of the useful inputs alone, but for the wrong labels', () => {
  const data = { inputs: 6, useful: 3, train: 1, test: 1, wrong: 0.1, hidden: 0 };
  const { inputs, targets } = plantedData(5000, data, Rng.seeded(1));
  let wrong = 0;
  for (let i = 0; i < 5000; i++) {
    const sum = inputs[6 * i] - inputs[6 * i + 1] + inputs[6 * i + 2];
    if (targets[i] !== (sum > 0 ? 1 : 0)) wrong++;
  }
  expect(Math.abs(wrong / 5000 - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / 5000));
});

test('norms of what leaves each input: weights lie input by input, two units each', () => {
  expect(inputNorms([3, 4, 0, 0, -5, 12], 3)).toEqual([5, 0, 13]);
});

test('a smaller gap counts only where not surely more test answers are wrong', () => {
  const gap = comparisonOf(
    [
      [1, 1.2, 1.1],
      [0.1, 0.2, 0.15],
    ],
    1,
  );
  expect(gap.change).toBeCloseTo(-0.95, 12);
  expect(gap.half).toBeCloseTo(4.303 * Math.sqrt(0.0025 / 3), 12);
  const learned = comparisonOf(
    [
      [0.3, 0.28, 0.29],
      [0.27, 0.26, 0.28],
    ],
    1,
  );
  const nothing = comparisonOf(
    [
      [0.3, 0.28, 0.29],
      [0.5, 0.48, 0.49],
    ],
    1,
  );
  const doubtful = comparisonOf(
    [
      [1, 1, 1],
      [0.5, 1.1, 1.2],
    ],
    1,
  );
  expect([gap, learned, nothing, doubtful].map(sure)).toEqual([-1, 0, 1, 0]);
  expect(remedyCheck('pso', 'L2', gap, learned).holds).toBe(true);
  expect(remedyCheck('pso', 'L2', gap, nothing).holds).toBe(false);
  const open = remedyCheck('pso', 'L2', doubtful, learned);
  expect([open.holds, open.ours.en.includes('not decided by 3 seeds')]).toEqual([false, true]);
});

test('small: for SGD, L2 and max-norm narrow the gap and L1 finds the useful inputs', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const settings = { ...experiment.settings.quick, strategies: ['sgd'], seeds: 2, hidden: 24, train: 60, test: 500, share: 0.2 };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab regularization', settings });
    const [, l2, , maxNorm, selection] = findings.checks;
    expect(l2.value).toBeLessThan(0);
    expect(maxNorm.value).toBeLessThan(0);
    expect(selection.holds).toBe(true);
    expect(findings.verdict).toBe(findings.checks.every(({ holds }) => holds) ? 'reproduced' : 'not reproduced');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
