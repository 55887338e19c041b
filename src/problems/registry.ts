/**
 * Finds problems by id. Each file of the folder `families` is a family, named as the file: adding one touches one file, and a
 * process that needs one does not load the others, the engine of the networks among them.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UsageError, unknownName } from '../core/errors.js';
import { shown } from '../core/settings-check.js';
import { splitList } from './id-syntax.js';
import type { Problem, ProblemFamily } from './problem.js';

const folder = new URL('./families/', import.meta.url);
const loaded = new Map<string, Promise<ProblemFamily>>();
let last: Promise<unknown> = Promise.resolve();
let names: readonly string[] | undefined;

/** Of every family, in alphabetical order. */
function familyNames(): readonly string[] {
  names ??= readdirSync(fileURLToPath(folder))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length))
    .sort();
  return names;
}

/** Throws UsageError, with the nearest names, where there is none of that name. */
function familyOf(name: string): Promise<ProblemFamily> {
  if (!familyNames().includes(name)) throw unknownName('problem', name, familyNames(), 'zeroth problems');
  let family = loaded.get(name);
  if (family === undefined) {
    const load = async () => ((await import(new URL(`${name}.js`, folder).href)) as { family: ProblemFamily }).family;
    // One after the other: Jest's module loader fails when modules that share an import are imported at once.
    family = last.then(load, load);
    last = family;
    loaded.set(name, family);
  }
  return family;
}

/** Every family, by name. */
export function problemFamilies(): Promise<readonly ProblemFamily[]> {
  return Promise.all(familyNames().map(familyOf));
}

/**
 * The problem of one id, such as `iris`, `mnist(784-128-10,relu)` or `rastrigin:d10`. Its `id` is the canonical one.
 * Throws UsageError for an unknown name or a malformed id, DataError when a CSV file that it names cannot be read.
 */
export async function findProblem(id: string): Promise<Problem> {
  if (typeof id !== 'string') throw new UsageError(`A problem is named by its id, for example iris or rastrigin:d10; got ${shown(id)}.`);
  const family = await familyOf(familyNameOf(id));
  return family.parse(id.trim());
}

/**
 * A list of ids as written on the command line, taken apart: commas outside parentheses, `*` for any part of a family's name
 * (`*` alone: every family that needs no further settings), ranges where a family knows them (`sphere:d2-5`).
 * Repeated ids are kept once. The ids are checked only when they are looked up.
 */
export async function expandProblemIds(list: string): Promise<string[]> {
  const ids: string[] = [];
  for (const id of splitList(list)) {
    const name = familyNameOf(id);
    const rest = id.slice(name.length);
    if (!name.includes('*')) {
      const family = await familyOf(name);
      ids.push(...(family.expand?.(id) ?? [id]));
      continue;
    }
    const pattern = new RegExp(`^${name.split('*').map(literal).join('.*')}$`);
    const matching = (await problemFamilies()).filter(
      (family) =>
        pattern.test(family.name) &&
        !(name === '*' && family.needsSettings) &&
        (rest === '' || family.examples.some((example) => example.includes(rest[0]))),
    );
    const before = ids.length;
    for (const family of matching) {
      if (rest !== '') ids.push(...(family.expand?.(family.name + rest) ?? [family.name + rest]));
      else if (!family.needsSettings) ids.push(family.examples[0]);
    }
    if (ids.length === before) throw unknownName('problem', id, familyNames(), 'zeroth problems');
  }
  if (ids.length === 0) throw new UsageError(`"${list}" names no problem. Give one or more ids, for example iris,rastrigin:d10.`);
  return [...new Set(ids)];
}

function familyNameOf(id: string): string {
  return /^[^:(]*/.exec(id.trim())?.[0].trim() ?? '';
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
