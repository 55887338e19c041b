/**
 * How long each strategy took to reach targets on one task: expected running times with successes, on each cost axis, and the
 * places where the order of the strategies depends on the axis.
 */
import { cocoTargets } from '../src/core/targets.js';
import type { RunRecord } from '../src/study/results.js';
import type { CostAxis } from './chart.js';
import { costsOf, onAxes } from './costs.js';
import { rounded } from './formatting.js';
import { summarize } from './statistics/quantiles.js';
import { type Attempt, type ExpectedTime, expectedTime, firstRows } from './statistics/running-time.js';
import { improvementTargets, remaining } from './statistics/targets.js';
import { type Task, valueIn } from './tasks.js';

/**
 * distance: of the loss to the optimum, COCO's 51. improvement: share that is left of the way from the start to the best loss
 * of all runs on the problem, 51 too. none: no run got better than where it began.
 */
export type TargetKind = 'distance' | 'improvement' | 'none';

export interface TargetRow {
  readonly target: number;
  /** In the study's order of strategies. */
  readonly times: readonly ExpectedTime[];
}

export interface TaskTargets {
  readonly kind: TargetKind;
  /** Descending. */
  readonly levels: readonly number[];
  /** Row of the trace at which a run reached each level, -1 where it did not; by strategy and run of the task. */
  readonly reached: readonly (readonly Int32Array[])[];
  /** For each strategy a list for each problem: the share of the levels that each of its runs reached. */
  readonly scores: readonly (readonly (readonly number[])[])[];
  /** Expected times to the levels that tables show. */
  readonly table: Readonly<Record<CostAxis, readonly TargetRow[]>>;
  /** Expected times to test accuracies; empty where none is measured. */
  readonly accuracy: Readonly<Record<CostAxis, readonly TargetRow[]>>;
}

/** COCO's in its tables, and its last. */
const shownDistances = [10, 1, 0.1, 0.01, 0.001, 1e-5, 1e-7, 1e-8];
const shownImprovements = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 1e-4, 1e-5];
/** Functions are minimized to many digits; of networks, losses a hundredth of the way apart are hardly two. */
const lastImprovement = { function: 1e-5, classification: 0.01, regression: 0.01 };
const accuracies = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99];
const mostAccuracies = 5;

export function targetsOf(task: Task): TaskTargets {
  const { kind, levels, measure } = scale(task);
  const reached = task.runs.map((runs) => runs.map((run) => firstRows(measure(run), levels)));
  const shown = kind === 'distance' ? shownDistances : kind === 'improvement' ? shownImprovements : [];
  const rows = shown
    .filter((target) => target >= (levels.at(-1) ?? 1) * (1 - 1e-9))
    .map((target) => ({ target, at: levels.findIndex((level) => level <= target * (1 + 1e-9)) }));
  return {
    kind,
    levels,
    reached,
    scores: scores(task, reached, levels.length),
    table: onAxes((axis) =>
      rows.map(({ target, at }) => ({ target, times: task.runs.map((_, s) => time(attempts(task, reached, s, at, axis))) })),
    ),
    accuracy: accuracyTable(task),
  };
}

/** What the runs of a strategy spent until they reached the level at index `at`, and in all. */
export function attempts(task: Task, reached: TaskTargets['reached'], strategy: number, at: number, axis: CostAxis): Attempt[] {
  return task.runs[strategy].map((run, r) => {
    const costs = costsOf(run, axis);
    const row = reached[strategy][r][at];
    return { time: row < 0 ? null : costs[row], total: costs.at(-1) ?? 0 };
  });
}

function scale(task: Task): { kind: TargetKind; levels: readonly number[]; measure: (run: RunRecord) => (number | null)[] } {
  const value = valueIn(task);
  const done = (run: RunRecord) => (run.status === 'done' ? run.trace.loss : []);
  if (task.optimumKnown) {
    return { kind: 'distance', levels: cocoTargets, measure: (run) => done(run).map((loss) => value(run.settings.problem, loss)) };
  }
  const ends = new Map(task.problems.map(({ id }) => [id, endsOf(task, id)]));
  const levels = [...ends.values()].some(({ start, best }) => start > best) ? improvementTargets(lastImprovement[task.kind]) : [];
  const measure = (run: RunRecord) => {
    const { start, best } = ends.get(run.settings.problem) as Ends;
    return done(run).map((loss) => remaining(loss, start, best));
  };
  return { kind: levels.length > 0 ? 'improvement' : 'none', levels, measure };
}

export interface Ends {
  /** Median over the runs of the first loss in their trace. */
  readonly start: number;
  /** Lowest loss of all runs. */
  readonly best: number;
}

/** Losses where the runs on one problem began and the best of them ended; start is not above best where nothing was found. */
export function endsOf(task: Task, problem: string): Ends {
  const runs = task.runs.flat().filter((run) => run.settings.problem === problem && run.status === 'done');
  const first = summarize(runs.flatMap(({ trace }) => trace.loss.find((loss) => loss !== null) ?? []))?.median;
  let best = Number.POSITIVE_INFINITY;
  for (const { final } of runs) best = Math.min(best, final.loss ?? best);
  return { start: first ?? Number.NEGATIVE_INFINITY, best };
}

function scores(task: Task, reached: TaskTargets['reached'], levels: number): number[][][] {
  if (levels === 0) return task.runs.map(() => []);
  return task.runs.map((runs, s) => {
    const strata = new Map<string, number[]>(task.problems.map(({ id }) => [id, []]));
    runs.forEach((run, r) => {
      strata.get(run.settings.problem)?.push(reached[s][r].reduce((count, row) => count + (row < 0 ? 0 : 1), 0) / levels);
    });
    return [...strata.values()];
  });
}

function accuracyTable(task: Task): TaskTargets['accuracy'] {
  const targets = accuracies.map((accuracy) => -accuracy);
  const hit = task.runs.map((runs) =>
    runs.map((run) =>
      firstRows(
        (run.trace.testAccuracy ?? []).map((value) => -value),
        targets,
      ),
    ),
  );
  const known = accuracies.map((_, at) => at).filter((at) => hit.some((runs) => runs.some((rows) => rows[at] >= 0)));
  return onAxes((axis) =>
    known
      .slice(-mostAccuracies)
      .map((at) => ({ target: accuracies[at], times: task.runs.map((_, s) => time(attempts(task, hit, s, at, axis))) })),
  );
}

function time(list: readonly Attempt[]): ExpectedTime {
  const { value, successes, runs } = expectedTime(list);
  return { value: rounded(value), successes, runs };
}
