/** What to do about a strategy's file that cannot be loaded: commands that work where the user stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageEntry } from './package-entry.js';
import { quoteWord } from './run-command.js';

/** Of this package. */
const packageFolder = dirname(fileURLToPath(new URL('../../../package.json', import.meta.url)));

/** Releases before this one know no `--ignoreConfig`, and need none: they ignore a tsconfig.json where files are named. */
const firstWithIgnoreConfig = 6;

/**
 * Compiles one TypeScript file to a module beside it, whatever tsconfig.json and package.json are around, after installing this
 * package where the file imports it and cannot. `folder`: where it is typed in; a TypeScript that is installed there is taken, or
 * this package's own, otherwise npx gets one.
 */
export function compileCommand(path: string, folder = process.cwd()): string {
  const here = typescriptOf(folder);
  // npx takes a compiler that this package has for one that is installed, but does not find its program
  const ours = typescriptOf(packageFolder);
  const words = here ? ['npx', 'tsc'] : ours ? ['node', quoteWord(ours.program)] : ['npx', '-p', 'typescript', 'tsc'];
  const installed = here ?? ours;
  if (installed === undefined || installed.major >= firstWithIgnoreConfig) words.push('--ignoreConfig');
  words.push('--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2023', '--skipLibCheck');
  const compile = [...words, quoteWord(relative(folder, path))].join(' ');
  return needsPackage(path) ? `${installCommand(packageFolder)} && ${compile}` : compile;
}

function installCommand(what: string): string {
  return `npm install ${quoteWord(what)}`;
}

function needsPackage(path: string): boolean {
  return /from\s*['"]zeroth(\/[\w/-]+)?['"]/.test(readFileSync(path, 'utf8')) && packageEntry('zeroth', dirname(path)) === undefined;
}

/** What to do about an error of importing `path`; empty where its message says all. */
export function importAdvice(path: string, error: unknown): string {
  const { code, message = '' } = error as NodeJS.ErrnoException;
  const missing = code === 'ERR_MODULE_NOT_FOUND' ? /Cannot find package '([^']+)'/.exec(message)?.[1] : undefined;
  if (missing !== undefined)
    return `. Install it in the folder of the file: ${installCommand(missing === 'zeroth' ? packageFolder : missing)}`;
  return /\.[cm]?ts$/.test(path) ? `. Node runs TypeScript only in part; compiled it may do: ${compileCommand(path)}` : '';
}

/** The TypeScript that programs in a folder find; undefined where there is none. */
function typescriptOf(folder: string): { readonly major: number; readonly program: string } | undefined {
  const require = createRequire(join(folder, 'package.json'));
  try {
    const manifest = require.resolve('typescript/package.json');
    const { version } = require(manifest) as { version: string };
    return { major: Number.parseInt(version, 10), program: join(dirname(manifest), 'bin', 'tsc') };
  } catch {
    return undefined;
  }
}
