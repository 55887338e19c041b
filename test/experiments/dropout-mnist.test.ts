/** The experiment dropout-mnist at a small scale: every remedy is trained, and what holds follows from the pairs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { directionOf, experiment, orderCheck } from '../../experiments/dropout-mnist.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

test('a pair holds where the interval of the paired differences lies below 0', () => {
  // differences −1, −2, −3 %: −2 ± 4.303 / √3 = 2.48; −2, −2.1, −1.9 %: −2 ± 0.25
  const doubtful = orderCheck('a', 'b', [0.01, 0.02, 0.03], [0.02, 0.04, 0.06]);
  const sure = orderCheck('a', 'b', [0.01, 0.009, 0.011], [0.03, 0.03, 0.03]);
  expect(doubtful).toMatchObject({ holds: false, ours: { en: '−2.00 ± 2.48 points: not decided by 3 seeds' }, seeds: 3 });
  expect(sure).toMatchObject({ holds: true, ours: { en: '−2.00 ± 0.25 points', zh: '−2.00 ± 0.25 个百分点' } });
  const reversed = orderCheck('a', 'b', [0.03, 0.03, 0.03], [0.01, 0.009, 0.011]);
  expect(reversed).toMatchObject({ holds: false, ours: { en: '+2.00 ± 0.25 points: the other way round' } });
  expect([directionOf([1, 2, 3], [2, 4, 6]), directionOf([3, 3, 3], [1, 0.9, 1.1])]).toEqual(['undecided', 'reversed']);
  expect(orderCheck('a', 'b', [0.01], [0.5])).toMatchObject({ holds: false, ours: { en: '−49.00 points: not decided by 1 seed' } });
});

test('small: all remedies learn digits, and one seed holds no pair beyond doubt', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const settings = { ...experiment.settings.quick, units: 24, train: 500, updates: 150, seeds: 1 };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab dropout-mnist', settings });
    const pairs = findings.checks.filter(({ holds }) => holds !== undefined);
    const errors = findings.checks.filter(({ holds }) => holds === undefined).map(({ value }) => value as number);
    expect(errors.length).toBe(6);
    for (const error of errors.slice(0, 5)) expect(error).toBeLessThan(0.35); // 90 % is guessing
    expect(errors[0]).toBeGreaterThan(0);
    expect(pairs.map(({ holds }) => holds)).toEqual(new Array(8).fill(false));
    // none, L2, max-norm, dropout with L2, with max-norm, logistic: every pair that the claim orders
    const claimed = [
      [2, 1],
      [3, 1],
      [3, 2],
      [4, 1],
      [4, 2],
      [4, 3],
      [3, 5],
      [4, 5],
    ];
    for (const [k, [better, worse]] of claimed.entries()) expect(pairs[k].value).toBeCloseTo(errors[better] - errors[worse], 12);
    expect(findings.verdict).toBe('not reproduced');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
