/** docs/strategies.md is what the strategies say of themselves today. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
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
  const targets = new Set([...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target));
  expect([...targets].sort()).toEqual(strategyNames());
});
