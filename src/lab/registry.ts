/** Experiments by name. Each module of the folder `experiments` is one, named as the file: adding one means adding a file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { UsageError, unknownName } from '../core/errors.js';
import type { Experiment } from './experiment.js';

const folder = new URL('../../experiments/', import.meta.url);
/** What full runs gave. */
const records = new URL('../../../docs/experiments/', import.meta.url);

/** The names, in alphabetical order. */
export function experimentNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length))
    .sort();
}

/** Every experiment, in the order of their names. */
export async function allExperiments(): Promise<Experiment[]> {
  const experiments: Experiment[] = [];
  // One after the other: Jest's module loader fails when modules that share an import are imported at once.
  for (const name of experimentNames()) experiments.push(await findExperiment(name));
  return experiments;
}

/** Throws UsageError on an unknown name, with the nearest ones. */
export async function findExperiment(name: string): Promise<Experiment> {
  const names = experimentNames();
  if (!names.includes(name)) throw unknownName('experiment', name, names, 'zeroth lab');
  const { experiment } = (await import(new URL(`${name}.js`, folder).href)) as { experiment?: Experiment };
  if (experiment?.name !== name) {
    throw new UsageError(
      `experiments/${name} must export \`experiment\` with the name "${name}"; got ${JSON.stringify(experiment?.name)}.`,
    );
  }
  return experiment;
}

/** What the forms took, where that is known: as the experiment says, and of the full form as its committed run says. */
export function secondsOf({ name, seconds }: Experiment): { readonly quick?: number; readonly full?: number } {
  const file = new URL(`${name}.json`, records);
  if (!existsSync(file)) return { ...seconds };
  const record = JSON.parse(readFileSync(file, 'utf8')) as { readonly seconds: number };
  return { full: record.seconds, ...seconds };
}
