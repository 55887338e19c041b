/** Whether a run got below the optimum that the user's own module declares: then everything counted from that optimum means little. */
import type { Task } from './tasks.js';

/** Losses that are below by no more than this part of the optimum, or of 1 where that is more, are below by rounding. */
const rounding = 1e-9;

/**
 * A sentence that names the problem, its declared optimum, and the lowest loss with its strategy; null where none is below. Built-in
 * functions are left out: published optima are rounded, and noise may reach below.
 */
export function belowOptimum({ problems, runs }: Pick<Task, 'problems' | 'runs'>): string | null {
  const lowest = problems
    .filter(({ id }) => id.startsWith('module('))
    .flatMap(({ id, optimum }) => {
      if (optimum === undefined) return [];
      return runs
        .flat()
        .filter(({ settings, status }) => status === 'done' && settings.problem === id)
        .flatMap(({ label, final: { loss } }) => (loss === null ? [] : { id, optimum, label, loss }));
    })
    .filter(({ optimum, loss }) => loss < optimum - rounding * Math.max(1, Math.abs(optimum)))
    .reduce<{ id: string; optimum: number; label: string; loss: number } | undefined>(
      (least, next) => (least === undefined || next.loss < least.loss ? next : least),
      undefined,
    );
  if (lowest === undefined) return null;
  const { id, optimum, label, loss } = lowest;
  return (
    `${id} declares the optimum ${optimum}, and ${label} reached the loss ${loss}, which is below it: losses above the optimum, targets ` +
    'and times to them mean little here. Correct the optimum in the module, or leave it out.'
  );
}
