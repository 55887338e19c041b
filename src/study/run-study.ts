/** Runs a study into its folder: plan, store, executor, models. Finished runs of an earlier start are not run again. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { StoreError, UsageError } from '../core/errors.js';
import { resolveProvider } from '../engine/providers.js';
import { type Executor, failedRun } from './executor.js';
import { LocalExecutor } from './local-executor.js';
import { exportModels } from './models.js';
import { holdOutputFolder, writeWhole } from './output-folder.js';
import { Places } from './places.js';
import { type Plan, type PlannedRun, planStudy, type Resources } from './plan.js';
import { describeMachine } from './provenance.js';
import { readResults } from './read-results.js';
import type { Provenance, StudyResults } from './results.js';
import { runCommand } from './run-command.js';
import { finalOf, type RunRow, rowOf, type StoredRun } from './run-row.js';
import { RunStore, type StudyFrame } from './store.js';
import type { Study } from './study-schema.js';

/** What is told of a run that ended. */
export type EndedRun = Pick<StoredRun, 'id' | 'status' | 'error' | 'final'>;

export interface StudyEvents {
  /** Before a step that may take a while and says nothing else: what it is, as words that follow "still". */
  preparing?(step: string): void;
  /** Once, before the first run. `finished`: runs that the store already holds. */
  planned?(plan: Plan, finished: ReadonlySet<string>): void;
  started?(id: string): void;
  progress?(id: string, share: number, loss: number | null): void;
  finished?(run: EndedRun): void;
  output?(text: string): void;
  /** Before the first run: what the user should know of this study, one line each. */
  note?(text: string): void;
}

export interface StudyOptions {
  /** The folder of the study's files; made where it is not there. */
  readonly out: string;
  /** The command line that runs this study again, for its report. */
  readonly command: string;
  readonly events?: StudyEvents;
  /** What errors call the study's fields; by default their paths in its file. */
  readonly places?: Places;
  /** Aborted: runs under way save themselves and the promise resolves early. */
  readonly signal?: AbortSignal;
}

export interface StudyOutcome {
  readonly results: StudyResults;
  readonly interrupted: boolean;
  /** The models' files, relative to `out`. */
  readonly models: readonly string[];
}

/**
 * Throws UsageError before anything runs when the study, a name in it or the folder is wrong, and StoreError when the store is.
 * Failed runs are in the results with their message; started again, the study tries them again.
 */
export async function runStudy(
  study: Study,
  { out, command, events = {}, places = new Places(), signal }: StudyOptions,
): Promise<StudyOutcome> {
  let processes = study.workers ?? availableParallelism();
  let reason = '';
  let provider = 'cpu';
  const resources = async (runs: number, networks: boolean): Promise<Resources> => {
    if (networks) {
      const hint = study.provider === 'auto' ? ' (--provider NAME tries that one alone)' : '';
      events.preparing?.(`trying which execution providers work here${hint}`);
      const resolution = await resolveProvider(study.provider);
      provider = resolution.provider;
      if (study.provider === 'auto') reason = resolution.reason;
    }
    if (provider === 'webgpu' && study.workers !== undefined && study.workers > 1) {
      throw new UsageError(
        `${places.name(['workers'])} must be 1 with the provider webgpu, one process for the device; got ${study.workers}.`,
      );
    }
    if (provider === 'webgpu') processes = 1;
    return { provider, threads: sharedOut(runs).threads };
  };
  const sharedOut = (runs: number) => {
    const workers = Math.max(1, Math.min(processes, runs));
    return { workers, threads: study.threads ?? Math.max(1, Math.floor(availableParallelism() / workers)) };
  };
  events.preparing?.('reading problems and strategies');
  const plan = await planStudy(study, resources, { places });
  events.preparing?.(`opening ${out}`);
  const folder = await holdOutputFolder(out, 'study');
  try {
    const store = RunStore.open(join(out, 'runs.db'), true);
    try {
      const provenance = await describeMachine(provider, reason);
      await writeFrame(store, plan, provenance, study, out, command);
      const finished = store.finished();
      for (const note of [...plan.notes, ...keptNotes(finished, plan, out)]) events.note?.(note);
      events.planned?.(plan, finished);
      const left = plan.runs.filter(({ id }) => !finished.has(id));
      const { workers, threads } = sharedOut(new Set(left.map(({ id }) => id)).size);
      const tasks = withThreads(left, plan, threads);
      const executor = new LocalExecutor({ workers, timeLimit: study.timeLimit, saveSeconds: study.saveSeconds });
      const carriedOut = await carryOut(executor, tasks, store, events, signal);
      const interrupted = carriedOut < new Set(tasks.map(({ id }) => id)).size;
      const results = readResults(store);
      return { results, interrupted, models: interrupted ? [] : await exportModels(results, store, out) };
    } finally {
      store.close();
    }
  } finally {
    folder.release();
  }
}

/** Runs on networks with so many threads; functions need one. */
function withThreads(runs: readonly PlannedRun[], { problems }: Plan, threads: number): PlannedRun[] {
  const functions = new Set(problems.filter(({ kind }) => kind === 'function').map(({ id }) => id));
  return runs.map((run) => (functions.has(run.settings.problem) ? run : { ...run, settings: { ...run.settings, threads } }));
}

/** Stores every finished run before anything else happens to it. Returns how many there were. */
async function carryOut(
  executor: Executor,
  runs: readonly PlannedRun[],
  store: RunStore,
  events: StudyEvents,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (signal?.aborted) return 0;
  let ended = 0;
  const finished = (rows: readonly RunRow[]) => {
    store.addRuns(rows);
    ended += rows.length;
    for (const row of rows)
      events.finished?.({ id: row.id, status: row.status, ...(row.error !== null && { error: row.error }), final: finalOf(row) });
  };
  const refused = runs.flatMap((run) => (run.refused === undefined ? [] : rowOf(failedRun(run, run.refused))));
  if (refused.length > 0) finished(refused);
  const tasks = runs.filter(({ refused }) => refused === undefined).map(({ id, settings }) => ({ id, settings }));
  const saved = new Set(store.unfinished()); // most runs never are: a set is asked sooner than the store
  const stop = () => executor.stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await executor.execute(tasks, {
      checkpoint: (id) => (saved.has(id) ? store.checkpoint(id) : undefined),
      started: (id) => events.started?.(id),
      progress: (id, share, loss) => events.progress?.(id, share, loss),
      save: (id, optimizer) => {
        store.addCheckpoint(id, optimizer);
        saved.add(id);
      },
      finished,
      output: (text) => events.output?.(text),
    });
    return ended;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function writeFrame(store: RunStore, plan: Plan, now: Provenance, study: Study, out: string, command: string): Promise<void> {
  const before = store.readFrame();
  if (before !== undefined && before.name !== plan.name) {
    throw new UsageError(`${out} holds the study "${before.name}", and this one is "${plan.name}". Give another folder with --out.`);
  }
  const runs = plan.runs.map(({ id, label }) => ({ id, label }));
  const same = before !== undefined && JSON.stringify(before.runs) === JSON.stringify(runs);
  const provenance = same ? { ...now, started: before.provenance.started } : now;
  const { name, problems, strategies, seeds, budget } = plan;
  const commands = { study: command, run: runCommands(plan) };
  const frame: StudyFrame = { name, problems, strategies, seeds, budget, provenance, commands, runs };
  store.writeFrame(frame);
  try {
    await writeWhole(join(out, 'study.json'), `${JSON.stringify({ study: resolvedStudy(study, plan), problems, provenance }, null, 2)}\n`);
  } catch (error) {
    throw new StoreError(`study.json cannot be written in ${out}: ${(error as Error).message}.`, { cause: error });
  }
}

/** Finished runs that an earlier form of the study left in the folder are kept, and shown no more. */
function keptNotes(finished: ReadonlySet<string>, plan: Plan, out: string): string[] {
  const now = new Set(plan.runs.map(({ id }) => id));
  const kept = [...finished].filter((id) => !now.has(id)).length;
  if (kept === 0) return [];
  const belong = kept === 1 ? '1 finished run belongs' : `${kept.toLocaleString('en')} finished runs belong`;
  return [`In ${out} ${belong} to no run of this study: kept in its runs.db, left out of study.json and of the report.`];
}

function runCommands(plan: Plan): Record<string, string> {
  return Object.fromEntries(plan.runs.map(({ id, settings, defaults }) => [id, runCommand(settings, defaults)]));
}

/** The study with canonical ids and every option, as a study file would hold it. */
function resolvedStudy(study: Study, plan: Plan): unknown {
  return {
    ...study,
    problems: plan.problems.map(({ id }) => {
      const { budget, start = 'own' } = plan.runs.find(({ settings }) => settings.problem === id)?.settings ?? {};
      return { id, budget, start };
    }),
    strategies: plan.strategies.map(({ label, settings }) => {
      const overrides = plan.runs.filter(
        (run) => run.label === label && JSON.stringify(run.settings.strategy.options) !== JSON.stringify(settings.options),
      );
      const on = Object.fromEntries(overrides.map((run) => [run.settings.problem, run.settings.strategy.options]));
      return { name: settings.name, label, options: settings.options, ...(overrides.length > 0 && { on }) };
    }),
  };
}
