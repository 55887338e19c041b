import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runStudy } from '../../src/study/run-study.js';
import { parseStudy, type StudyInput } from '../../src/study/study-schema.js';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'zeroth-study-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const small: StudyInput = { problems: ['iris', 'sphere:d2'], strategies: ['sgd'], budget: { samplePasses: 2000 }, provider: 'cpu' };

test('the cores are shared out over the runs still to do, and the runs done before stay as they were', async () => {
  const out = join(root, 'cores');
  const threads = async (change: Partial<StudyInput>) => {
    const { results } = await runStudy(parseStudy({ ...small, ...change }), { out, command: 'npx zeroth compare' });
    return results.runs.map(({ settings, status }) => [settings.problem, settings.seed, status === 'done' && settings.threads]);
  };
  const cores = availableParallelism();
  const first = [
    ['iris', 1, 1],
    ['sphere:d2', 1, 1],
  ];
  expect(await threads({ seeds: 1, workers: 2, threads: 1 })).toEqual(first);
  // one run on iris and one on the sphere are left for up to two workers, then one run for one of two
  const second = [first[0], ['iris', 2, Math.max(1, Math.floor(cores / 2))], first[1], ['sphere:d2', 2, 1]];
  expect(await threads({ seeds: 2, workers: 2 })).toEqual(second);
  const third = [...second.slice(0, 2), ['iris', 3, cores], ...second.slice(2), ['sphere:d2', 3, 1]];
  await threads({ problems: ['sphere:d2'], seeds: 3, workers: 2 });
  expect(await threads({ seeds: 3, workers: 2 })).toEqual(third);
  expect(await threads({ problems: ['iris'], seeds: [4], threads: 3 })).toEqual([['iris', 4, 3]]);
});
