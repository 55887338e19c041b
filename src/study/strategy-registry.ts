/**
 * Strategies by name. Each file of the folder `strategies` is one, named as the file, so adding one means adding a file.
 * Others are found by path (`./mine.js`) or by the name of an installed package.
 */
import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { combinatorNames, combinators } from '../../strategies/shared/combinators.js';
import { StrategyError, UsageError, unknownName } from '../core/errors.js';
import { checkStrategy, isStrategy } from '../core/settings-check.js';
import type { AnyStrategy } from '../core/strategy.js';
import { packageEntry } from './package-entry.js';
import { compileCommand, importAdvice } from './plugin-advice.js';

const folder = fileURLToPath(new URL('../../strategies/', import.meta.url));

/** Read once: every run of a study looks its strategy up. */
let registered: readonly string[] | undefined;

/** The registered names, in alphabetical order. */
export function strategyNames(): readonly string[] {
  registered ??= readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length))
    .sort();
  return registered;
}

/** Every registered strategy, in the order of their names. */
export async function allStrategies(): Promise<AnyStrategy[]> {
  const strategies: AnyStrategy[] = [];
  for (const name of strategyNames()) strategies.push(await findStrategy(name));
  return strategies;
}

/**
 * A strategy by registered name, by path of a module (from the working folder), by package name, or as it is; `restarted(NAME)` and
 * `multistart(NAME)` of any of them. Throws UsageError on an unknown name, with the nearest ones; StrategyError on a module that holds no strategy.
 */
export async function findStrategy(given: string | AnyStrategy): Promise<AnyStrategy> {
  if (typeof given !== 'string') {
    checkStrategy(given);
    return given;
  }
  const composed = compositionOf(given);
  if (composed !== undefined) return combinators[composed.outer].around(await findStrategy(composed.inner));
  return load(moduleOf(given), given);
}

/** Throws the UsageError that `findStrategy` would on a name that no strategy can have, without loading anything. */
export function checkStrategyName(given: string): void {
  const composed = compositionOf(given);
  if (composed !== undefined) checkStrategyName(composed.inner);
  else moduleOf(given);
}

/** The path of the module that a name, a path or a package's name stands for. */
function moduleOf(given: string): string {
  const names = strategyNames();
  if (Object.hasOwn(combinators, given)) {
    throw new UsageError(`${given} goes around another strategy: write ${given}(NAME), for example ${given}(nelder-mead).`);
  }
  if (names.includes(given)) return join(folder, `${given}.js`);
  if (isAbsolute(given) || /^\.{1,2}[\\/]/.test(given) || /\.[cm]?[jt]s$/.test(given)) return compiled(resolve(given));
  const [, alone = ''] = /^([^,(:]+)[,(:]\s*[A-Za-z]\w*\s*=/.exec(given) ?? [];
  if (alone !== '') {
    throw new UsageError(
      `"${given}" has options; a strategy is found by its name alone, "${alone.trim()}". Give the options where it is used, as in minimize(problem, strategy, { options: { ... } }).`,
    );
  }
  const [, before = '', option = ''] = /^([^:]+):(.*)$/s.exec(given) ?? [];
  if (names.includes(before)) {
    throw new UsageError(`"${option}" in "${given}" is no option: give it a value, as in ${before}:name=value or ${before}(name=value).`);
  }
  const installed = packageEntry(given, process.cwd());
  if (installed !== undefined) return installed;
  const unknown = unknownName('strategy', given, [...names, ...combinatorNames], 'zeroth strategies');
  throw new UsageError(`${unknown.message} Nor is a package of that name found from this folder.`);
}

/** Whether a name is of this package alone: a registered strategy, or combinators around one. */
export function isBuiltIn(name: string): boolean {
  const composed = compositionOf(name);
  return composed === undefined ? strategyNames().includes(name) : isBuiltIn(composed.inner);
}

/** `restarted(NAME)` taken apart; undefined for all else. */
function compositionOf(name: string): { readonly outer: string; readonly inner: string } | undefined {
  const [, outer, inner] = /^\s*([a-z]+)\s*\((.*)\)\s*$/s.exec(name) ?? [];
  return outer !== undefined && Object.hasOwn(combinators, outer) ? { outer, inner: inner.trim() } : undefined;
}

async function load(path: string, given: string): Promise<AnyStrategy> {
  let module: Record<string, unknown>;
  try {
    module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
    throw new StrategyError(`The strategy ${given} cannot be loaded: ${reason}${importAdvice(path, error) || '.'}`, { cause: error });
  }
  const found = [...new Set(Object.values(module))].filter(isStrategy);
  if (found.length !== 1) {
    const exported = Object.keys(module).join(', ') || 'nothing';
    throw new StrategyError(
      `${given} must export exactly one strategy (name, card, options, start, ask, tell); it exports ${found.length}, among: ${exported}. Write export before the one that is meant, and before no other: export const mine = defineStrategy({ ... }).`,
    );
  }
  return found[0];
}

/** A path that can be imported: of a TypeScript file, the JavaScript compiled beside it, or itself where Node runs TypeScript. */
function compiled(path: string): string {
  const script = path.replace(/\.([cm]?)ts$/, '.$1js');
  if (existsSync(script)) return script;
  const source = script.replace(/\.([cm]?)js$/, '.$1ts');
  if (!existsSync(source)) throw new UsageError(`There is no file ${path}. Give the path of a module that exports one strategy.`);
  if ((process.features as { readonly typescript?: unknown }).typescript) return source; // Node 22.18 and newer
  throw new UsageError(
    `${source} is TypeScript, which Node ${process.versions.node} does not run by itself. Compile it first, or use Node 22.18 or newer: ${compileCommand(source)}`,
  );
}
