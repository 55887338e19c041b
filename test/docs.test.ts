/** Every code example of the README and the docs runs: programs as programs, `npx zeroth` lines as commands, studies as study files. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseStudy } from '../src/study/study-schema.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const cli = path.join(root, 'dist/src/cli/main.js');
/** Inside the package, so that `import 'zeroth'` finds it. */
const programs = path.join(root, 'dist/test/docs');
let scratch = '';

beforeAll(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'zeroth-docs-'));
  mkdirSync(programs, { recursive: true });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map((found) => ({
    language: found[1],
    text: found[2],
    line: text.slice(0, found.index).split('\n').length,
  }));
}

const pages = [
  'README.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

describe.each(pages)('%s', (page) => {
  const blocks = blocksOf(page);

  for (const { language, text, line } of blocks) {
    if (language === 'js' || language === 'ts') {
      test(`the program at line ${line} runs`, async () => {
        const program = path.join(programs, `${path.basename(page, '.md')}-${line}.mjs`);
        writeFileSync(program, text);
        const { stdout } = await run(process.execPath, [program], { cwd: scratch });
        expect(stdout).not.toBe('');
      }, 120_000);
    }
    if (language === 'sh') {
      for (const command of text.split('\n').filter((entry) => entry.startsWith('npx zeroth '))) {
        test(`${command} (line ${line}) runs`, async () => {
          const { stdout } = await run('bash', ['-c', command.replaceAll('npx zeroth ', `"${process.execPath}" "${cli}" `)], {
            cwd: scratch,
          });
          expect(stdout).not.toBe('');
        }, 120_000);
      }
    }
  }

  for (const { text, line } of blocks.filter(({ language }) => language === 'yaml')) {
    test(`the study at line ${line} is one`, () => {
      expect(parseStudy(parse(text)).problems.length).toBeGreaterThan(0);
    });
  }

  test('marks every block with a language that says how it is checked', () => {
    const text = readFileSync(path.join(root, page), 'utf8');
    expect(text.split('\n').filter((entry) => /^\s*(```|~~~)/.test(entry)).length).toBe(2 * blocks.length); // indented ones too
    for (const { language } of blocks) expect(['js', 'ts', 'sh', 'yaml', 'text']).toContain(language);
  });

  test('has no command that nothing checks: other programs aside, commands of zeroth and scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const lines = blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trimEnd().split('\n'));
    for (const line of lines.filter((entry) => !entry.startsWith('npx zeroth '))) {
      const script = /^npm ci && npm (?:run )?(\w+)$/.exec(line)?.[1];
      if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
      else expect(line).toMatch(/^(pip install|python -m) /);
    }
  });
});
