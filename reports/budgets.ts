/** What was reached by when: fixed budgets on each cost axis, and targets that are set by run lengths. */
import { type CostAxis, costAxes } from './chart.js';
import { costsOf } from './costs.js';
import { rounded } from './formatting.js';
import { summarize } from './statistics/quantiles.js';
import { type ExpectedTime, expectedTime, firstRows } from './statistics/running-time.js';
import { runLengthTargets } from './statistics/targets.js';
import { type Task, valueIn } from './tasks.js';

export interface BudgetRow {
  /** Share of the common budget: the median length of the strategy whose runs were shortest on this axis. */
  readonly share: number;
  readonly budget: number;
  /** Median of what the runs of each strategy had reached by then; null where most had nothing yet. */
  readonly medians: readonly (number | null)[];
}

export type FixedBudgets = Readonly<Record<CostAxis, readonly BudgetRow[]>>;

/** The best median of all strategies at a run length, and how long each expects to take to reach it. */
export interface RunLengthRow {
  readonly length: number;
  readonly target: number;
  readonly times: readonly ExpectedTime[];
}

export type RunLengths = Readonly<Record<CostAxis, readonly RunLengthRow[]>>;

const shares = [0.01, 0.03, 0.1, 0.3, 1];
/** COCO's, in evaluations for each dimension. */
const multiples = [0.5, 1.2, 3, 10, 50];

export function fixedBudgets(task: Task): FixedBudgets {
  return onAxes((axis) => {
    const common = commonBudget(task, axis);
    if (common === null) return [];
    return shares.map((share) => {
      const budget = rounded(share * common) ?? 0;
      return { share, budget, medians: mediansAt(task, axis, budget) };
    });
  });
}

/** Lengths are evaluations: COCO's where the optimum is known, else shares of the common budget. */
export function runLengths(task: Task): RunLengths {
  const common = commonBudget(task, 'evaluations') ?? 0;
  const lengths = (task.optimumKnown ? multiples.map((m) => m * task.dimension) : shares.map((share) => Math.round(share * common))).filter(
    (length) => length >= 1 && length <= common,
  );
  const medians = task.runs.map((): (number | null)[] => []);
  for (const length of lengths) for (const [s, median] of mediansAt(task, 'evaluations', length).entries()) medians[s].push(median);
  const rows = runLengthTargets(lengths, medians);
  const value = valueIn(task);
  const targets = rows.map(({ target }) => target);
  // A target is reached at one row of a trace, whatever the axis.
  const reached = task.runs.map((runs) =>
    runs.map((run) => firstRows(run.status === 'done' ? run.trace.loss.map((loss) => value(run.settings.problem, loss)) : [], targets)),
  );
  return onAxes((axis) => {
    const costs = task.runs.map((runs) => runs.map((run) => costsOf(run, axis)));
    return rows.map(({ length, target }, at) => ({
      length,
      target,
      times: costs.map((own, s) => {
        const attempts = own.map((cost, r) => {
          const row = reached[s][r][at];
          return { time: row < 0 ? null : cost[row], total: cost.at(-1) ?? 0 };
        });
        const { value: time, successes, runs } = expectedTime(attempts);
        return { value: rounded(time), successes, runs };
      }),
    }));
  });
}

/** null where no strategy has a run that spent anything. */
function commonBudget(task: Task, axis: CostAxis): number | null {
  const lengths = task.runs.flatMap((runs) => {
    const middle = summarize(runs.filter(({ status }) => status === 'done').map((run) => costsOf(run, axis).at(-1) ?? 0))?.median;
    return typeof middle === 'number' && middle > 0 ? [middle] : [];
  });
  return lengths.length > 0 ? Math.min(...lengths) : null;
}

/** Rounded up, so that a target that is such a median is reached by the run that made it. */
function mediansAt(task: Task, axis: CostAxis, budget: number): (number | null)[] {
  const value = valueIn(task);
  return task.runs.map((runs) => {
    const reached = runs.map((run) => {
      const costs = costsOf(run, axis);
      let row = -1;
      if (run.status === 'done') while (row + 1 < costs.length && costs[row + 1] <= budget * (1 + 1e-9)) row++;
      return row < 0 ? null : value(run.settings.problem, run.trace.loss[row]);
    });
    return roundedUp(summarize(reached)?.median ?? null);
  });
}

function roundedUp(value: number | null): number | null {
  const near = rounded(value);
  if (near === null || value === null || near >= value) return near;
  return rounded(value + Math.abs(value) * 1e-5);
}

function onAxes<T>(make: (axis: CostAxis) => T): Record<CostAxis, T> {
  return Object.fromEntries(costAxes.map((axis) => [axis, make(axis)])) as Record<CostAxis, T>;
}
