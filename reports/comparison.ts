/** Who did how well, task by task and over all of them. Every writer prints from this. */
import type { StudyResults } from '../src/study/results.js';
import { type Overall, overallOf } from './overall.js';
import { compareTask, type TaskComparison } from './task-comparison.js';
import { tasksOf } from './tasks.js';

export interface Comparison {
  readonly tasks: readonly TaskComparison[];
  readonly overall: Overall;
}

export function compare(results: StudyResults): Comparison {
  const tasks = tasksOf(results).map((task) => compareTask(results, task));
  return { tasks, overall: overallOf(results, tasks) };
}
