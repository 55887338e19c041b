/** Studies as tables: each run's loss, by competitor and depth. */

import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import { findProblem } from '../../src/problems/registry.js';
import type { StudyResults } from '../../src/study/results.js';
import { findStrategy } from '../../src/study/strategy-registry.js';
import { relativeMovement } from '../shared/movement.js';
import { median } from '../shared/statistics.js';
import { type Competitor, problemId } from './competitors.js';

/** Guessing each of three classes with one third. */
export const guessing = Math.log(3);

/** Final training losses of that label on the i-th problem; a run without a finite loss counts as guessing. */
export function lossesOf(results: StudyResults, label: string, problem: number): number[] {
  const { id } = results.problems[problem];
  return results.runs.filter((run) => run.label === label && run.settings.problem === id).map(({ final }) => final.loss ?? guessing);
}

export function medianLoss(results: StudyResults, label: string, problem: number): number {
  return median(lossesOf(results, label, problem));
}

/** The median over seeds of the best loss so far after that many sample-passes; null before the first. */
export function lossAfter(results: StudyResults, label: string, problem: number, samplePasses: number): number | null {
  const { id } = results.problems[problem];
  const found: number[] = [];
  for (const { label: own, settings, trace } of results.runs) {
    if (own !== label || settings.problem !== id) continue;
    let last: number | null = null;
    for (let i = 0; i < trace.samplePasses.length && trace.samplePasses[i] <= samplePasses; i++) last = trace.loss[i];
    if (last !== null) found.push(last);
  }
  return found.length === 0 ? null : median(found);
}

/**
 * How far each layer's weights are, in the end, from where they began: from the first point of a gradient strategy, from the best of the
 * first generation otherwise.
 */
export async function movementOf(
  { name, options }: Competitor,
  depth: number,
  width: number,
  seed: number,
  samplePasses: number,
): Promise<number[]> {
  const problem = await findProblem(problemId(depth, width, 'logistic'));
  const objective = await problem.open({ seed, provider: 'cpu', threads: 1 });
  let first: number[] | undefined;
  const watched: Objective = {
    ...objective,
    losses: async (population, step, out) => {
      await objective.losses(population, step, out);
      if (first !== undefined) return;
      let best = 0;
      for (let p = 1; p < population.size; p++) if (out[p] < out[best]) best = p;
      const { dimension } = objective.space;
      first = Array.from(population.values.subarray(best * dimension, (best + 1) * dimension));
    },
    gradient: async (point, step, out) => {
      first ??= Array.from(point);
      return (await objective.gradient?.(point, step, out)) ?? Number.NaN;
    },
  };
  try {
    const { best } = await minimize(watched, await findStrategy(name), { options, seed, budget: { samplePasses } });
    return relativeMovement(objective.space.layout ?? [], first ?? [], best.point);
  } finally {
    await objective.close?.();
  }
}
