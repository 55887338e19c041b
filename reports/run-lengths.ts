/**
 * Targets set by run lengths, COCO's way of asking what can be had for little: how long each strategy takes to reach what a
 * reference just misses within so many evaluations. The reference is a strategy that the reader names, else the best of the study:
 * at each level the least of all strategies' expected running times, as COCO's best of 2009 is.
 */
import { cocoTargets, easiestExponent, fifthPower } from '../src/core/targets.js';
import { commonBudget, shares } from './budgets.js';
import type { CostAxis } from './chart.js';
import { costsOf, onAxes } from './costs.js';
import { rounded } from './formatting.js';
import { type ExpectedTime, expectedTime, firstRows } from './statistics/running-time.js';
import { runLengthTargets } from './statistics/targets.js';
import { attempts, type TaskTargets } from './targets.js';
import { type Task, valueIn } from './tasks.js';

export interface RunLengthRow {
  readonly length: number;
  /** As `TaskTargets.kind` says: loss above the optimum, or share that is left of the way from the start to the best. */
  readonly target: number;
  readonly times: readonly ExpectedTime[];
}

export type RunLengths = Readonly<Record<CostAxis, readonly RunLengthRow[]>>;

/** COCO's, in evaluations for each dimension. */
const multiples = [0.5, 1.2, 3, 10, 50];

/**
 * Lengths are evaluations: COCO's where the optimum is known, as far as the reference's runs go; else shares of the common
 * budget. `reference` is the index of a strategy.
 */
export function runLengths(task: Task, targets: TaskTargets, reference?: number): RunLengths {
  const { levels, reached } = grid(task, targets);
  const times = levels.map((_, level) => referenceTime(task, reached, level, reference));
  const common = commonBudget(task, 'evaluations') ?? 0;
  const lengths = task.optimumKnown
    ? multiples.map((m) => m * task.dimension).filter((length) => length <= longest(task, reference))
    : shares.map((part) => Math.round(part * common)).filter((length) => length >= 1);
  const rows = times.some((time) => time !== null) ? runLengthTargets(lengths, times) : [];
  return onAxes((axis) =>
    rows.map(({ length, level }) => ({
      length,
      target: levels[level],
      times: task.runs.map((_, s) => {
        const time = expectedTime(attempts(task, reached, s, level, axis));
        return { ...time, value: rounded(time.value) };
      }),
    })),
  );
}

/** The task's levels; COCO's continued upwards to the highest loss that a run began with. */
function grid(task: Task, { kind, levels, reached }: TaskTargets): Pick<TaskTargets, 'levels' | 'reached'> {
  if (kind !== 'distance') return { levels, reached };
  const value = valueIn(task);
  const measured = task.runs.map((runs) =>
    runs.map((run) => (run.status === 'done' ? run.trace.loss.map((loss) => value(run.settings.problem, loss)) : [])),
  );
  let highest = 0;
  for (const curves of measured) for (const curve of curves) highest = Math.max(highest, curve.find((distance) => distance !== null) ?? 0);
  const easier: number[] = [];
  for (let exponent = easiestExponent; fifthPower(exponent) < highest; ) easier.unshift(fifthPower(++exponent));
  const all = [...easier, ...cocoTargets];
  return { levels: all, reached: measured.map((curves) => curves.map((curve) => firstRows(curve, all))) };
}

/** The strategies whose expected times count as the reference's. */
const references = (task: Task, reference: number | undefined) => (reference === undefined ? [...task.runs.keys()] : [reference]);

function referenceTime(task: Task, reached: TaskTargets['reached'], level: number, reference: number | undefined): number | null {
  const known = references(task, reference).flatMap((s) => expectedTime(attempts(task, reached, s, level, 'evaluations')).value ?? []);
  return known.length > 0 ? Math.min(...known) : null;
}

function longest(task: Task, reference: number | undefined): number {
  let most = 0;
  for (const s of references(task, reference))
    for (const run of task.runs[s]) most = Math.max(most, costsOf(run, 'evaluations').at(-1) ?? 0);
  return most;
}
