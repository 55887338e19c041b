import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { planStudy } from '../../src/study/plan.js';
import { readStudyFile } from '../../src/study/study-file.js';
import { parseStudy } from '../../src/study/study-schema.js';

const folder = fileURLToPath(new URL('../../../experiments/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const plan = async (file: string) =>
  planStudy(parseStudy(await readStudyFile(join(folder, file))), () => Promise.resolve({ provider: 'cpu', threads: 1 }));

test.each(files)('%s is a study that can be run', async (file) => {
  const { name, runs } = await plan(file);
  expect(`${name}.yaml`).toBe(file);
  expect(runs.length).toBeGreaterThan(0);
});

test('the quick start gives every strategy the same sample-passes on a problem, and has enough seeds to tell', async () => {
  const { runs, seeds, strategies, problems } = await plan('quickstart.yaml');
  expect(strategies.map(({ settings }) => settings.name)).toEqual(['sgd', 'adam', 'ga', 'pso']);
  expect(problems.map(({ kind }) => kind)).toEqual(['classification', 'classification', 'function']);
  expect(seeds.length).toBeGreaterThanOrEqual(5);
  for (const { id } of problems) {
    const budgets = new Set(runs.filter(({ settings }) => settings.problem === id).map(({ settings }) => JSON.stringify(settings.budget)));
    expect([...budgets]).toEqual([expect.stringMatching(/^\{"samplePasses":\d+\}$/)]);
  }
});

test('the quick start uses no seed that its settings were searched with', async () => {
  const [{ seeds }, search] = [await plan('quickstart.yaml'), await plan('quickstart-search.yaml')];
  expect(seeds.filter((seed) => search.seeds.includes(seed))).toEqual([]);
});
