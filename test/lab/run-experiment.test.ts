import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Experiment, Lab } from '../../src/lab/experiment.js';
import { Interrupted, runExperiment } from '../../src/lab/run-experiment.js';
import { same } from '../../src/lab/text.js';
import { sample } from './sample.js';

let out = '';
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), 'zeroth-lab-')), 'sample');
});
afterEach(() => rmSync(join(out, '..'), { recursive: true, force: true }));

/** The sample with another `run`. */
function running(run: (lab: Lab<{ parts: number }>) => Promise<unknown>): Experiment<{ parts: number }> {
  return { ...sample, run: async (lab) => ((await run(lab)) as undefined) ?? sample.run(lab) };
}

const start = (experiment: Experiment<{ parts: number }>, more: object = {}) =>
  runExperiment(experiment, { out, form: 'quick', command: 'npx zeroth lab sample', ...more });

test('a step that fails takes no finished step with it, and the next start does only what is missing', async () => {
  const done: string[] = [];
  const experiment = (fails: boolean) =>
    running(async (lab) => {
      for (const name of ['a', 'b', 'c']) {
        const answer = await lab.step(name, async () => {
          if (fails && name === 'b') throw new Error('the disk is on fire');
          done.push(name);
          return { name, values: [1, 2.5, null] };
        });
        expect(answer).toEqual({ name, values: [1, 2.5, null] });
      }
    });
  await expect(start(experiment(true))).rejects.toThrow('the disk is on fire');
  expect(done).toEqual(['a']);
  const results = await start(experiment(false));
  expect(done).toEqual(['a', 'b', 'c']);
  expect(results.findings.checks.find(({ what }) => what.en === 'sum')?.value).toBe(1 + 2 + 3);
  await start(experiment(false));
  expect(done).toEqual(['a', 'b', 'c']);
});

test('a folder is kept for one experiment, one form and one set of settings', async () => {
  await start(sample);
  await expect(start({ ...sample, name: 'other' })).rejects.toThrow(/holds the experiment sample, and this is other\. Give another folder/);
  await expect(start(sample, { form: 'full' })).rejects.toThrow(/holds the quick form of sample, and this is the full one/);
  await expect(start(sample, { settings: { parts: 4 } })).rejects.toThrow(/holds sample with other settings/);
  await expect(start(sample)).resolves.toMatchObject({ form: 'quick' });
});

test('an interrupt gives up the step under way and keeps those before it', async () => {
  const controller = new AbortController();
  const done: string[] = [];
  const experiment = (waits: boolean) =>
    running(async (lab) => {
      await lab.step('first', async () => done.push('first'));
      await lab.step('second', () => {
        if (!waits) return Promise.resolve(done.push('second'));
        queueMicrotask(() => controller.abort());
        return new Promise(() => {}); // never ends by itself
      });
    });
  await expect(start(experiment(true), { signal: controller.signal })).rejects.toBeInstanceOf(Interrupted);
  await start(experiment(false));
  expect(done).toEqual(['first', 'second']);
});

test('a folder is let go of after a failure, and held while an experiment runs', async () => {
  await expect(start(running(() => Promise.reject(new Error('no'))))).rejects.toThrow('no');
  await start(
    running(async () => {
      await expect(start(sample)).rejects.toThrow(/Another process is at work/);
    }),
  );
});

test.each([
  ['a number that is not finite', { a: [1, Number.NaN] }, /cannot hold the step\.a\[1\], NaN/],
  ['a typed array', Float32Array.of(1), /cannot hold the step, a Float32Array/],
  ['a map', { m: new Map() }, /cannot hold the step\.m, a Map/],
])('%s is refused by a step, and nothing is kept', async (_, value, message) => {
  await expect(start(running((lab) => lab.step('the step', async () => value)))).rejects.toThrow(message);
  expect(readdirSync(join(out, 'steps'))).toEqual([]);
});

test('two steps of one name, and a file that is not a step, are refused in words', async () => {
  const twice = running(async (lab) => {
    await lab.step('same', async () => 1);
    await lab.step('same', async () => 2);
  });
  await expect(start(twice)).rejects.toThrow(/two steps with the name "same"/);
  writeFileSync(join(out, 'steps', 'same.json'), '{"name": "sa');
  const once = running((lab) => lab.step('same', async () => 3).then(() => undefined));
  await expect(start(once)).rejects.toThrow(/same\.json is not what an experiment wrote .* Remove the file/);
});

test('a study runs in the folder of its name, and its finished runs are not run again', async () => {
  const told: [number, number][] = [];
  const study = running(async (lab) => {
    const input = { problems: ['sphere:d2'], strategies: ['pso', 'random-search'], seeds: 2, budget: { evaluations: 200 }, workers: 1 };
    const { runs } = await lab.study('spheres', input);
    expect(runs.map(({ label, settings }) => `${label} ${settings.seed} ${settings.provider}`)).toEqual([
      'pso 1 cpu',
      'pso 2 cpu',
      'random-search 1 cpu',
      'random-search 2 cpu',
    ]);
  });
  const onStudy = (done: number, total: number) => told.push([done, total]);
  const first = await start(study, { onStudy });
  expect(told).toEqual([
    [0, 4],
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
  const again = await start(study, { onStudy });
  expect(told.slice(5)).toEqual([[4, 4]]);
  expect(again.seconds).toBeCloseTo(first.seconds, 9);
});

test('the share of the whole follows a study’s runs, those under way by their own share, to where the study ends', async () => {
  const told: number[] = [];
  const study = running(async (lab) => {
    lab.progress(0.2, same('spheres'), 0.6);
    await lab.study('spheres', {
      problems: ['sphere:d10'],
      strategies: ['pso'],
      seeds: 2,
      budget: { evaluations: 300_000 },
      workers: 1,
    });
    told.push(Number.NaN);
  });
  const { seconds } = await start(study, { onProgress: (share: number) => told.push(share) });
  const during = told.slice(0, told.findIndex(Number.isNaN));
  expect(during).toEqual([...during].sort((a, b) => a - b));
  expect([during[0], during[during.length - 1]]).toEqual([0.2, 0.6]);
  expect(during).toContain(0.4); // one of two
  expect(during.some((share) => share > 0.2 && share < 0.4)).toBe(true);
  expect(seconds).toBeGreaterThan(0.1); // two runs, a tenth of a second each and more: reports come that often
});
