/** docs/experiments.md is what the experiments, and the committed figures of their full runs, say today. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { ExperimentRecord } from '../scripts/take-experiment.js';
import { experimentNames } from '../src/lab/registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/experiments.md`, 'utf8');
const records = existsSync(`${root}docs/experiments`) ? readdirSync(`${root}docs/experiments`) : [];

test('docs/experiments.md is current', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [`${root}dist/scripts/experiments-page.js`, '--print']);
  if (stdout === page) return;
  const now = stdout.split('\n');
  const then = page.split('\n');
  const at = now.findIndex((line, i) => line !== then[i]);
  throw new Error(
    `docs/experiments.md is not current: run \`npm run docs\` and commit the page. Line ${at + 1} is\n  ${then[at]}\nand would be\n  ${now[at]}`,
  );
}, 120_000);

test('every experiment has a section, and every picture on the page is there', () => {
  expect([...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name)).toEqual(experimentNames());
  const pictures = [...page.matchAll(/\]\(experiments\/([^)]+\.png)\)/g)].map(([, file]) => file);
  expect(pictures.sort()).toEqual(records.filter((file) => file.endsWith('.png')).sort());
});

test('what is committed comes from full runs of experiments that exist, without paths of a machine', () => {
  for (const file of records.filter((name) => name.endsWith('.json'))) {
    const text = readFileSync(`${root}docs/experiments/${file}`, 'utf8');
    const record = JSON.parse(text) as ExperimentRecord;
    expect([file, record.form, record.command]).toEqual([
      `${record.experiment.name}.json`,
      'full',
      `npx zeroth lab ${record.experiment.name} --full`,
    ]);
    expect(experimentNames()).toContain(record.experiment.name);
    expect(text).not.toMatch(/"\/(?:home|root|tmp|work)\//);
  }
});
