import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checks } from '../../src/testing/conformance.js';
import { temporaryFolder, zeroth } from './zeroth.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);
const folder = temporaryFolder();
/** A user's project: a package of its own, with zeroth among its dependencies. */
let project = '';
/** A folder of a clone, where `import 'zeroth'` finds the package itself. */
let clone = '';

beforeAll(() => {
  project = join(folder.path, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{"name": "mine"}');
  symlinkSync(root, join(project, 'node_modules', 'zeroth'), 'junction');
  clone = mkdtempSync(join(root, 'dist', 'new-'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Jest's own settings in the environment make `node --test` speak otherwise. */
const environment = { PATH: process.env.PATH };

describe('zeroth new strategy', () => {
  test.each([
    ["a user's project", () => project, 'mjs'],
    ['a clone', () => clone, 'js'],
  ])(
    'writes files that run at once in %s',
    async (_, where, extension) => {
      const { code, stdout, stderr } = await zeroth(['new', 'strategy', 'small-steps'], where());
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`\n  node --test ./small-steps.test.${extension}\n  npx zeroth check ./small-steps.${extension}\n`);

      const tested = await run(process.execPath, ['--test', `./small-steps.test.${extension}`], { cwd: where(), env: environment });
      expect(tested.stdout).toMatch(new RegExp(`pass ${checks.length + 1}\\n`));
      expect(tested.stdout).toMatch(/fail 0\n/);

      const compared = stdout.split('\n').find((line) => line.includes(' compare ')) ?? '';
      const words = compared.trim().split(' ').slice(2);
      const study = await zeroth([...words, '--seeds', '2', '--json', '--quiet', '--out', 'out'], where());
      expect(study.code).toBe(0);
      const { results } = JSON.parse(study.stdout) as { results: { runs: { label: string; final: { loss: number } }[] } };
      expect(results.runs.map(({ label }) => label).filter((label) => label === 'small-steps')).toHaveLength(4);
    },
    120_000,
  );

  test('writes files whose types in comments hold', async () => {
    await zeroth(['new', 'strategy', 'typed', '--dir', 'types'], project);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const flags = ['--noEmit', '--allowJs', '--checkJs', '--strict', '--target', 'es2022', '--module', 'nodenext', '--skipLibCheck'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    const { stdout } = await run(process.execPath, [tsc, ...flags, ...types, 'types/typed.test.mjs'], { cwd: project });
    expect(stdout).toBe('');
  }, 60_000);

  test('overwrites nothing and leaves nothing half-written', async () => {
    const at = join(folder.path, 'taken');
    mkdirSync(at);
    writeFileSync(join(at, 'mine.test.mjs'), 'precious');
    const { code, stderr } = await zeroth(['new', 'strategy', 'mine', '--dir', 'taken'], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain(`./${join('taken', 'mine.test.mjs')} exists, and nothing is overwritten`);
    expect(readdirSync(at)).toEqual(['mine.test.mjs']);
    expect(readFileSync(join(at, 'mine.test.mjs'), 'utf8')).toBe('precious');
  });

  test.each([
    ['My-Strategy', 'must be small letters and digits'],
    ['two words', 'must be small letters and digits'],
    ['../elsewhere', 'must be small letters and digits'],
    ['-x', 'unknown option'],
    [`${'long-'.repeat(12)}long`, 'of at most 60 characters'],
    ['pso', 'pso is the name of a strategy that Zeroth brings along'],
  ])('refuses the name %j', async (name, message) => {
    const { code, stderr } = await zeroth(['new', 'strategy', name], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder.path, `${name}.mjs`))).toBe(false);
  });

  test('says so where it cannot write', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const { code, stderr } = await zeroth(['new', 'strategy', 'mine', '--dir', 'file/below'], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be written: a part of its path is a file (ENOTDIR). Give another folder with --dir.');
  });
});
