import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { competitors, parametersAt, problemId } from '../../experiments/without/competitors.js';
import { lossAfter, medianLoss, movementOf } from '../../experiments/without/standings.js';
import { experiment } from '../../experiments/without-gradients.js';
import { runExperiment } from '../../src/lab/run-experiment.js';
import { findProblem } from '../../src/problems/registry.js';
import type { StudyResults } from '../../src/study/results.js';

test.each([
  [1, 5],
  [4, 5],
  [3, 16],
])('%d layers of %d: the number of parameters is the network’s', async (depth, width) => {
  expect(parametersAt(depth, width)).toBe((await findProblem(problemId(depth, width, 'logistic'))).dimension);
});

test('losses after a cost are those of the trace’s last row within it, the median over seeds', () => {
  const run = (seed: number, samplePasses: number[], loss: number[]) => ({
    label: 'a',
    settings: { problem: 'p', seed },
    trace: { samplePasses, loss },
    final: { loss: loss[loss.length - 1] },
  });
  const results = {
    problems: [{ id: 'p' }],
    runs: [run(1, [10, 20], [5, 1]), run(2, [10, 30], [3, 2]), run(3, [15], [7])],
  } as unknown as StudyResults;
  expect([9, 10, 15, 20, 30].map((at) => lossAfter(results, 'a', 0, at))).toEqual([null, 4, 5, 3, 2]);
  expect(medianLoss(results, 'a', 0)).toBe(2);
});

test('one step of gradient descent moves the first point alone: by rate times gradient, least at the input of a deep network', async () => {
  const [sgd] = competitors(5);
  const movement = await movementOf(sgd, 6, 5, 1, 3 * 120 * 50);
  expect(movement).toHaveLength(7);
  expect(movement[0]).toBeLessThan(movement[6] / 10);
  const ga = competitors(5).find(({ label }) => label === 'ga');
  if (ga === undefined) throw new Error('the genetic algorithm competes');
  const moved = await movementOf(ga, 2, 5, 1, 120 * 500);
  for (const layer of moved) expect(layer).toBeGreaterThan(0);
});

test('in a small form plain gradient descent stalls with depth, and relu does not', async () => {
  const out = mkdtempSync(join(tmpdir(), 'zeroth-without-'));
  try {
    const settings = { depths: [1, 8], widths: [5], seeds: 1, samplePasses: 120_000, movementSeeds: 1 };
    const { findings } = await runExperiment(experiment, { out, form: 'quick', command: 'zeroth lab without-gradients', settings });
    const value = (words: string) => findings.checks.find(({ what }) => what.en.startsWith(words))?.value ?? Number.NaN;
    expect(value('Plain gradient descent stalls')).toBeGreaterThan(0.99 * Math.log(3));
    expect(value('Plain gradient descent with relu')).toBeLessThan(0.5);
    expect(findings.figures.map(({ id }) => id)).toEqual(['depth-5', 'movement', 'cost', 'losses-5']);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}, 240_000);
