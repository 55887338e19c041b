/** Experiments by name. Each module of the folder `experiments` is one, named as the file: adding one means adding a file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { UsageError, unknownName } from '../core/errors.js';
import type { Experiment, Verdict } from './experiment.js';

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

/** What the committed run of the full form gave; undefined where there is none. */
export function recordOf({ name }: Pick<Experiment, 'name'>): { readonly verdict: Verdict; readonly seconds: number } | undefined {
  const file = new URL(`${name}.json`, records);
  if (!existsSync(file)) return undefined;
  const { seconds, findings } = JSON.parse(readFileSync(file, 'utf8')) as { seconds: number; findings: { verdict: Verdict } };
  return { verdict: findings.verdict, seconds };
}

/** What the forms took, where that is known: as the experiment says, and of the full form as its committed run says. */
export function secondsOf(experiment: Experiment): { readonly quick?: number; readonly full?: number } {
  const record = recordOf(experiment);
  return { ...(record && { full: record.seconds }), ...experiment.seconds };
}
