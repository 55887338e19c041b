/** Finds problems by id. A family is found by listing the folder `families`: adding one touches one file. */
import { readdir } from 'node:fs/promises';
import { UsageError, unknownName } from '../core/errors.js';
import { shown } from '../core/settings-check.js';
import { splitList } from './id-syntax.js';
import type { Problem, ProblemFamily } from './problem.js';

const folder = new URL('./families/', import.meta.url);
let loading: Promise<readonly ProblemFamily[]> | undefined;

/** Every family, by name. Loaded once a process. */
export function problemFamilies(): Promise<readonly ProblemFamily[]> {
  loading ??= loadFamilies();
  return loading;
}

async function loadFamilies(): Promise<readonly ProblemFamily[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  const families: ProblemFamily[] = [];
  // One after the other: Jest's module loader fails when modules that share an import are imported at once.
  for (const file of files) families.push(((await import(new URL(file, folder).href)) as { family: ProblemFamily }).family);
  return families.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * The problem of one id, such as `iris`, `mnist(784-128-10,relu)` or `rastrigin:d10`. Its `id` is the canonical one.
 * Throws UsageError for an unknown name or a malformed id, DataError when a CSV file that it names cannot be read.
 */
export async function findProblem(id: string): Promise<Problem> {
  if (typeof id !== 'string') throw new UsageError(`A problem is named by its id, for example iris or rastrigin:d10; got ${shown(id)}.`);
  const families = await problemFamilies();
  const name = familyNameOf(id);
  const family = families.find((candidate) => candidate.name === name);
  if (!family) throw unknown(name, families);
  return family.parse(id.trim());
}

/**
 * A list of ids as written on the command line, taken apart: commas outside parentheses, `*` for any part of a family's name
 * (`*` alone: every family that needs no further settings), ranges where a family knows them (`sphere:d2-5`).
 * Repeated ids are kept once. The ids are checked only when they are looked up.
 */
export async function expandProblemIds(list: string): Promise<string[]> {
  const families = await problemFamilies();
  const ids: string[] = [];
  for (const id of splitList(list)) {
    const name = familyNameOf(id);
    const rest = id.slice(name.length);
    if (!name.includes('*')) {
      const family = families.find((candidate) => candidate.name === name);
      if (!family) throw unknown(name, families);
      ids.push(...(family.expand?.(id) ?? [id]));
      continue;
    }
    const pattern = new RegExp(`^${name.split('*').map(literal).join('.*')}$`);
    const matching = families.filter(
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
    if (ids.length === before) throw unknown(id, families);
  }
  if (ids.length === 0) throw new UsageError(`"${list}" names no problem. Give one or more ids, for example iris,rastrigin:d10.`);
  return [...new Set(ids)];
}

function familyNameOf(id: string): string {
  return /^[^:(]*/.exec(id.trim())?.[0].trim() ?? '';
}

function unknown(name: string, families: readonly ProblemFamily[]): UsageError {
  return unknownName(
    'problem',
    name,
    families.map((family) => family.name),
    'zeroth problems',
  );
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
