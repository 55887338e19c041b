/** The experiment dropout-mnist at a small scale: every remedy is trained, and the verdict follows from the pairs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { experiment } from '../../experiments/dropout-mnist.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

test('small: all remedies learn digits, and only pairs that are beyond doubt are held to hold', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const settings = { ...experiment.settings.quick, units: 24, train: 500, updates: 150 };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab dropout-mnist', settings });
    const pairs = findings.checks.filter(({ holds }) => holds !== undefined);
    const errors = findings.checks.filter(({ holds }) => holds === undefined).map(({ value }) => value as number);
    expect(errors.length).toBe(6);
    for (const error of errors.slice(0, 5)) expect(error).toBeLessThan(0.35); // 90 % is guessing
    // the difference of two means is the mean of the paired differences
    const [none, l2, maxNorm] = errors;
    expect(none).toBeGreaterThan(0);
    expect(pairs[0].value).toBeCloseTo(maxNorm - l2, 12);
    for (const { holds, value } of pairs) if (holds) expect(value).toBeLessThan(0);
    expect(findings.verdict).toBe(pairs.every(({ holds }) => holds) ? 'stand-in' : 'not reproduced');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
