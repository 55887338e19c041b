import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chartSections } from '../../reports/sections.js';
import { writeReport } from '../../reports/write.js';
import { StoreError } from '../../src/core/errors.js';
import { study } from './synthetic.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zeroth-report-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sections = async () => (await chartSections()).filter(({ id }) => id === 'final-loss');

test('writes the page, Markdown, JSON, tables, a picture of every chart and the exports, and nothing else', async () => {
  const steps: string[] = [];
  const { page, files } = await writeReport(study(), join(folder, 'new', 'report'), {
    sections: await sections(),
    onProgress: (written, total) => steps.push(`${written}/${total}`),
  });
  expect(page).toBe(join(folder, 'new', 'report', 'index.html'));
  const there = (await readdir(join(folder, 'new', 'report'), { recursive: true })).filter((name) => name.includes('.')).sort();
  expect(there).toEqual([...files].sort());
  expect(there.filter((name) => name.endsWith('.png'))).toHaveLength(3);
  expect(there.filter((name) => name.endsWith('.csv'))).toEqual(
    ['expected-times', 'final-loss', 'fixed-budgets', 'improvement', 'runs', 'tests', 'traces', 'win-rates'].map(
      (name) => `csv/${name}.csv`,
    ),
  );
  expect(files.filter((name) => name.startsWith('ioh/'))).toHaveLength(2 * 4 * 3); // an index and the data, strategies, problems
  expect(steps).toEqual(files.map((_, i) => `${i + 1}/${files.length}`));
  expect(JSON.parse(await readFile(join(folder, 'new', 'report', 'report.json'), 'utf8')).runs).toHaveLength(84);
});

test('replaces an earlier report, its pictures included, and leaves other files alone', async () => {
  await writeReport(study(), folder, { sections: await sections() });
  await writeFile(join(folder, 'charts', 'notes.txt'), 'mine');
  const whole = study();
  await writeReport({ ...whole, problems: whole.problems.slice(0, 1) }, folder, { sections: await sections() });
  expect((await readdir(join(folder, 'charts'))).sort()).toEqual(['final-loss-iris.png', 'notes.txt']);
});

test('a folder that cannot be written is an error in words', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(writeReport(study(), join(folder, 'file', 'report'), { sections: [] })).rejects.toThrow(StoreError);
  await expect(writeReport(study(), join(folder, 'file', 'report'), { sections: [] })).rejects.toThrow(/cannot be written to .*report/);
});
