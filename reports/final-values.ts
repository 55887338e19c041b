/** What runs are ranked by. */
import type { Reached } from './duels.js';
import { type Task, valueIn } from './tasks.js';

/** Final loss, or its loss above the optimum where the task knows it; lower is better, null for a failed run. */
export function finalValues(task: Task): Reached {
  const value = valueIn(task);
  return (run) => (run.status === 'done' ? value(run.settings.problem, run.final.loss) : null);
}
