/** docs/strategies.md is what the strategies say of themselves today. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Field } from '../scripts/field-table.js';
import { strategyNames } from '../src/study/strategy-registry.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/strategies.md`, 'utf8');

test('docs/strategies.md is current', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [`${root}dist/scripts/strategies-page.js`, '--print'], {
    maxBuffer: 64_000_000,
  });
  if (stdout === page) return;
  const now = stdout.split('\n');
  const then = page.split('\n');
  const at = now.findIndex((line, i) => line !== then[i]);
  throw new Error(
    `docs/strategies.md is not current: run \`npm run docs\` and commit the page. Line ${at + 1} is\n  ${then[at]}\nand would be\n  ${now[at]}`,
  );
}, 120_000);

test('it has a section, with a reference, for every strategy, and links only to what is there', () => {
  const sections = [...page.matchAll(/^### (\S+)\n\n.+ \(\d{4}\)\. .+$/gm)].map(([, name]) => name);
  expect([...sections].sort()).toEqual(strategyNames());
  const headings = [...page.matchAll(/^##+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(' ', '-'));
  const targets = new Set([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target));
  for (const target of targets) expect(headings).toContain(target);
  for (const name of strategyNames()) expect(targets).toContain(name);
});

test('the measurements side by side are of every strategy, and name no other', () => {
  const { columns, rows } = JSON.parse(readFileSync(`${root}docs/field.json`, 'utf8')) as Field;
  expect(Object.keys(rows).sort()).toEqual(strategyNames());
  for (const [name, row] of Object.entries(rows)) {
    expect(row).toHaveLength(columns.length);
    expect({ name, measured: row.some((value) => value !== null) }).toEqual({ name, measured: true });
  }
});

test('the line of a verification hides no defeat, and every row of one counts for a strategy', () => {
  interface Row extends Readonly<Record<'ours' | 'published' | 'ratio', number | null>> {
    readonly what: string;
  }
  const folder = `${root}docs/verification/`;
  const defeats = new Map<string, number>();
  for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.json'))) {
    const { name, rows } = JSON.parse(readFileSync(`${folder}${file}`, 'utf8')) as { name: string; rows: Row[] };
    for (const { what, ours, published } of rows) {
      const strategy = what.slice(0, Math.max(0, what.search(/[,:]/)));
      expect({ what, known: strategyNames().includes(strategy) }).toEqual({ what, known: true });
      const key = `${strategy} verification.md#${name}`;
      defeats.set(key, (defeats.get(key) ?? 0) + (ours === null && published !== null ? 1 : 0));
    }
  }
  for (const [key, lost] of defeats) {
    const [strategy, anchor] = key.split(' ');
    const [, section] = page.split(`\n### ${strategy}\n`);
    const line =
      section
        .split('\n### ')[0]
        .split('\n')
        .find((each) => each.includes(`(${anchor})`)) ?? '';
    expect(`${key}: ${/(\d+) reached by theirs alone/.exec(line)?.[1] ?? (line === '' ? 'no line' : 0)}`).toBe(`${key}: ${lost}`);
  }
  expect(defeats.get('spso-2011 verification.md#pso-de')).toBe(2);
});
