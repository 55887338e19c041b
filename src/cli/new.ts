/** `zeroth new strategy`: a strategy's file and its test, both ready to run. */
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import { UsageError } from '../core/errors.js';
import { fileReason } from '../core/file-reason.js';
import { makeFolder } from '../study/make-folder.js';
import { quoteWord } from '../study/run-command.js';
import { strategyNames } from '../study/strategy-registry.js';
import { strategyTestText, strategyText } from './strategy-template.js';
import { columns, widthOf } from './terminal.js';

export interface NewOptions {
  readonly dir: string;
}

const longestName = 60;

/** Writes nothing where either file exists. */
export async function newStrategy(name: string, { dir }: NewOptions): Promise<void> {
  checkName(name);
  const extension = runsAsModule(resolve(dir)) ? 'js' : 'mjs';
  const file = `${name}.${extension}`;
  const path = relative(join(dir, file));
  const testPath = relative(join(dir, `${name}.test.${extension}`));
  for (const taken of [path, testPath]) {
    if (existsSync(taken))
      throw new UsageError(`${taken} exists, and nothing is overwritten: give another name, or another folder with --dir.`);
  }
  await write(path, strategyText(name, new Date().getFullYear()));
  try {
    await write(testPath, strategyTestText(file));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  const rows = [
    [path, 'the strategy: three functions over plain data'],
    [testPath, 'its test: the conformance kit, and one of its own'],
  ];
  const next = [
    ['node', '--test', testPath],
    ['npx', 'zeroth', 'check', path],
    [
      'npx',
      'zeroth',
      'compare',
      '--problems',
      'sphere:d10,rastrigin:d10',
      '--strategies',
      `${path},random-search`,
      '--evaluations',
      '5000',
    ],
  ];
  process.stdout.write(
    `${columns(rows, widthOf(process.stdout))}\n\nBoth run as they are:\n${next.map((words) => `  ${words.map(quoteWord).join(' ')}\n`).join('')}`,
  );
}

function checkName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > longestName) {
    throw new UsageError(
      `A strategy's name must be small letters and digits in words joined by hyphens, such as small-steps, of at most ${longestName} characters; got ${JSON.stringify(name)}.`,
    );
  }
  if (strategyNames().includes(name)) throw new UsageError(`${name} is the name of a strategy that Zeroth brings along: choose another.`);
}

/** Whether Node takes a .js file of this folder for a module without being told by its name. */
function runsAsModule(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file)) {
      try {
        return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown } | null)?.type === 'module';
      } catch {
        return false;
      }
    }
    if (dirname(at) === at) return false;
  }
}

/** As an import takes it: beginning with a dot unless it is absolute. */
function relative(path: string): string {
  return isAbsolute(path) || path.startsWith('..') ? path : `./${normalize(path)}`;
}

async function write(path: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${fileReason(error)}. Give another folder with --dir.`);
  }
}
