/** Who did how well, task by task and over all of them. Every writer prints from this. */
import { UsageError } from '../src/core/errors.js';
import type { StudyResults } from '../src/study/results.js';
import { type Overall, overallOf } from './overall.js';
import { compareTask, type TaskComparison } from './task-comparison.js';
import { tasksOf } from './tasks.js';

export interface Comparison {
  readonly tasks: readonly TaskComparison[];
  readonly overall: Overall;
  /** Label of the strategy whose times set the run-length targets; null: the best of the study. */
  readonly reference: string | null;
}

/** Throws UsageError where the reference is none of the study's strategies. */
export function compare(results: StudyResults, reference?: string): Comparison {
  const labels = results.strategies.map(({ label }) => label);
  const index = reference === undefined ? undefined : labels.indexOf(reference);
  if (index === -1) {
    throw new UsageError(`The reference "${reference}" is no strategy of this study. Name one of its labels: ${labels.join(', ')}.`);
  }
  const tasks = tasksOf(results).map((task) => compareTask(results, task, index));
  return { tasks, overall: overallOf(results, tasks), reference: reference ?? null };
}
