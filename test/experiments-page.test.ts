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
  expect([...page.matchAll(/^## (\S+)$/gm)].map(([, name]) => name)).toEqual(experimentNames()); // “Words of this page” aside
  const pictures = [...page.matchAll(/\]\(experiments\/([^)]+\.png)\)/g)].map(([, file]) => file);
  expect(pictures.sort()).toEqual(records.filter((file) => file.endsWith('.png')).sort());
});

test('the table at the top has a line for each experiment, short enough to be projected, and says plainly where there is no run', () => {
  const [, table] = /\n((?:\| .*\n)+)/.exec(page) ?? ['', ''];
  const rows = table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  expect(rows.map((row) => row[4])).toEqual(experimentNames().map((name) => `[${name}](#${name})`));
  for (const [claim, published, ours, verdict, link] of rows) {
    expect(Math.max(claim.length, published.length)).toBeLessThanOrEqual(120);
    expect(ours.length).toBeLessThanOrEqual(200);
    const name = /\[(.*)\]/.exec(link)?.[1] ?? '';
    const run = records.includes(`${name}.json`);
    expect([name, verdict === 'no full run is committed', ours === '-']).toEqual([name, !run, !run]);
    const section = page.split(`\n## ${name}\n`)[1].split('\n## ')[0];
    const parts = [
      'What to say to the class',
      'What would refute it',
      ...(run ? ['What came out', 'What it cost', 'Line by line'] : ['No full run of it is committed']),
    ];
    for (const part of parts) expect([name, section.includes(`**${part}`)]).toEqual([name, true]);
  }
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
