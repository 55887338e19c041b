/** What was reached by when: fixed budgets on each cost axis. */
import type { CostAxis } from './chart.js';
import { costsOf, onAxes } from './costs.js';
import { rounded } from './formatting.js';
import { summarize } from './statistics/quantiles.js';
import { type Task, valueIn } from './tasks.js';

export interface BudgetRow {
  /** Share of the common budget: the median length of the strategy whose runs were shortest on this axis. */
  readonly share: number;
  readonly budget: number;
  /** Median of what the runs of each strategy had reached by then; null where most had nothing yet. */
  readonly medians: readonly (number | null)[];
}

export type FixedBudgets = Readonly<Record<CostAxis, readonly BudgetRow[]>>;

/** Of the common budget. */
export const shares = [0.01, 0.03, 0.1, 0.3, 1];

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

/** The median length of the strategy whose runs were shortest; null where no strategy has a run that spent anything. */
export function commonBudget(task: Task, axis: CostAxis): number | null {
  const lengths = task.runs.flatMap((runs) => {
    const middle = summarize(runs.filter(({ status }) => status === 'done').map((run) => costsOf(run, axis).at(-1) ?? 0))?.median;
    return typeof middle === 'number' && middle > 0 ? [middle] : [];
  });
  return lengths.length > 0 ? Math.min(...lengths) : null;
}

function mediansAt(task: Task, axis: CostAxis, budget: number): (number | null)[] {
  const value = valueIn(task);
  return task.runs.map((runs) => {
    const reached = runs.map((run) => {
      const costs = costsOf(run, axis);
      let row = -1;
      if (run.status === 'done') while (row + 1 < costs.length && costs[row + 1] <= budget * (1 + 1e-9)) row++;
      return row < 0 ? null : value(run.settings.problem, run.trace.loss[row]);
    });
    return rounded(summarize(reached)?.median ?? null);
  });
}
