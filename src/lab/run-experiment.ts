/** Runs an experiment into its folder. What an earlier start finished there is not done again. */
import { join } from 'node:path';
import { UsageError, ZerothError } from '../core/errors.js';
import { holdOutputFolder } from '../study/output-folder.js';
import { describeMachine } from '../study/provenance.js';
import type { StudyResults } from '../study/results.js';
import { runStudy } from '../study/run-study.js';
import { parseStudy, type StudyInput } from '../study/study-schema.js';
import { withSpacedChinese } from './chinese.js';
import type { Experiment, Lab } from './experiment.js';
import { plainJson } from './plain-json.js';
import { recordOf } from './registry.js';
import type { ExperimentResults } from './results.js';
import { StepStore } from './step-store.js';
import type { Text } from './text.js';

export interface ExperimentOptions<Settings = unknown> {
  /** The folder of its files; made where it is not there. */
  readonly out: string;
  readonly form: 'quick' | 'full';
  /** The command line that runs it again, for its report. */
  readonly command: string;
  /** In place of those of the form: smaller ones, in tests. */
  readonly settings?: Settings;
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, doing: Text) => void;
  /** Runs of the study under way that are finished, of how many. */
  readonly onStudy?: (done: number, total: number) => void;
}

/** Thrown out of an experiment that was asked to end. */
export class Interrupted extends Error {}

/** A run of an experiment's study that failed: nothing can be said about the rest. */
class StudyFailure extends ZerothError {}

/**
 * Throws Interrupted soon after `signal` is aborted: a step under way is given up, runs of a study save themselves. Throws UsageError when the
 * folder holds something else, and whatever the experiment throws; finished steps stay.
 */
export async function runExperiment<Settings>(
  experiment: Experiment<Settings>,
  { out, form, command, settings: given, signal = new AbortController().signal, onProgress, onStudy }: ExperimentOptions<Settings>,
): Promise<ExperimentResults> {
  const settings = given ?? experiment.settings[form];
  const folder = await holdOutputFolder(out, 'experiment');
  try {
    const provenance = await describeMachine('cpu', '');
    const steps = await StepStore.open(out, { experiment: experiment.name, form, settings, zeroth: provenance.zeroth });
    const names = new Set<string>();
    let told = (_share: number) => {};
    const lab: Lab<Settings> = {
      settings,
      form,
      signal,
      step: (name, work) => {
        if (names.has(name))
          throw new UsageError(`The experiment ${experiment.name} has two steps with the name "${name}". Give each its own.`);
        names.add(name);
        return until(signal, () => steps.once(name, work));
      },
      study: (name, study) => carryOut(name, study, { out, command, signal, steps, onStudy, onShare: told }),
      progress: (share, doing, until) => {
        told = until === undefined ? () => {} : (part) => onProgress?.(share + (until - share) * part, doing);
        onProgress?.(share, doing);
      },
    };
    const findings = withSpacedChinese(plainJson(await until(signal, () => experiment.run(lab)), 'findings'));
    const { name, title, claim, method, refutation, sources } = experiment;
    const full = form === 'quick' ? recordOf(experiment) : undefined;
    return {
      experiment: { name, title, claim, method, refutation, sources },
      form,
      settings,
      findings,
      ...(full && { fullVerdict: full.verdict }),
      seconds: steps.seconds,
      provenance,
      command,
    };
  } finally {
    folder.release();
  }
}

interface Within {
  readonly out: string;
  readonly command: string;
  readonly signal: AbortSignal;
  readonly steps: StepStore;
  readonly onStudy: ExperimentOptions['onStudy'];
  /** The study's share that is done, runs under way by their own. */
  readonly onShare: (share: number) => void;
}

async function carryOut(name: string, input: StudyInput, { out, command, signal, steps, onStudy, onShare }: Within): Promise<StudyResults> {
  if (signal.aborted) throw new Interrupted();
  const study = parseStudy({ name, provider: 'cpu', ...input });
  let total = 0;
  let done = 0;
  let before = 0;
  const underWay = new Map<string, number>();
  const tell = () => {
    let sum = before + done;
    for (const share of underWay.values()) sum += share;
    if (total > 0) onShare(sum / total);
  };
  const { results, interrupted } = await steps.timed(`study ${name}`, (watch) =>
    runStudy(study, {
      out: join(out, 'studies', name),
      command,
      signal,
      events: {
        planned: (plan, finished) => {
          const ids = new Set(plan.runs.map(({ id }) => id));
          total = ids.size;
          before = [...ids].filter((id) => finished.has(id)).length;
          if (before < total) watch.start();
          onStudy?.(before, total);
          tell();
        },
        progress: (id, share) => {
          underWay.set(id, share);
          tell();
        },
        finished: ({ id }) => {
          underWay.delete(id);
          done++;
          onStudy?.(before + done, total);
          tell();
        },
      },
    }),
  );
  if (interrupted) throw new Interrupted();
  const failed = results.runs.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const { label, settings, error } = failed;
    const where = `${label} on ${settings.problem}, seed ${settings.seed}`;
    throw new StudyFailure(
      `A run of the study ${name} failed, ${where}: ${error ?? 'no reason was given'}. The same command tries it again.`,
    );
  }
  return results;
}

/** The work's outcome, or Interrupted as soon as the signal is aborted. */
async function until<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new Interrupted();
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new Interrupted());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
