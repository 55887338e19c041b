/** The experiment relu-vs-tanh at a small scale, on MNIST, which is at hand where CIFAR-10 is not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { crossing } from '../../experiments/relu-vs-tanh/crossing.js';
import { fourLayers } from '../../experiments/relu-vs-tanh/image-training.js';
import { experiment } from '../../experiments/relu-vs-tanh.js';
import { parametersOf } from '../../models/parameters.js';
import { runExperiment } from '../../src/lab/run-experiment.js';

test('a level is crossed between two epochs, on the line between their errors', () => {
  expect(crossing([0.5, 0.3, 0.1], 0.2, 0.9)).toBe(2.5);
  expect(crossing([0.1], 0.3, 0.9)).toBeCloseTo(0.75, 12);
  expect(crossing([0.5, 0.4], 0.3, 0.9)).toBeUndefined();
});

test('the network has the published number of parameters', () => {
  expect(parametersOf(fourLayers([3, 32, 32], 10, 32, 'relu')).dimension).toBe(89_578);
});

test('small: both activations are searched, trained to the level and compared, and a second start finds all steps', async () => {
  const out = await mkdtemp(join(tmpdir(), 'zeroth-lab-'));
  try {
    const small = {
      dataset: 'mnist',
      train: 400,
      searchTrain: 400,
      width: 4,
      batch: 40,
      rates: [0.01, 0.03],
      searchEpochs: 1,
      maxEpochs: 12,
    };
    const settings = { ...experiment.settings.quick, ...small, measured: 400, threshold: 0.6 };
    const run = () => runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab relu-vs-tanh', settings });
    const { findings } = await run();
    const [ratio, relu, tanh] = findings.checks.map(({ value }) => value as number);
    expect(relu).toBeGreaterThan(0);
    expect(relu).toBeLessThanOrEqual(12);
    expect(ratio).toBeCloseTo(tanh / relu, 12);
    expect(findings.verdict).toBe(ratio >= 1.25 ? 'stand-in' : 'not reproduced');
    const begun = performance.now();
    expect((await run()).findings).toEqual(findings);
    expect(performance.now() - begun).toBeLessThan(2000);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}, 180_000);
