/** A small study whose every evaluation is also written down beside the harness: what exports are held against. */
import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import { findProblem } from '../../src/problems/registry.js';
import type { ProblemInfo, RunRecord, StudyResults } from '../../src/study/results.js';
import { findStrategy } from '../../src/study/strategy-registry.js';
import { study } from '../reports/synthetic.js';

export interface LoggedRun {
  readonly record: RunRecord;
  /** Distance to the optimum of every evaluation, in order. */
  readonly gaps: readonly number[];
}

export interface LoggedStudy {
  readonly results: StudyResults;
  readonly runs: readonly LoggedRun[];
}

/** Every strategy (label: name) on every problem with every seed. */
export async function loggedStudy(
  ids: readonly string[],
  strategies: Readonly<Record<string, string>>,
  seeds: readonly number[],
  evaluations: number,
): Promise<LoggedStudy> {
  const problems: ProblemInfo[] = [];
  const runs: LoggedRun[] = [];
  for (const id of ids) {
    const problem = await findProblem(id);
    const { title, kind, dimension, optimum = 0 } = problem;
    problems.push({ id, title, kind, dimension, optimum, facts: await problem.facts() });
    for (const [label, name] of Object.entries(strategies)) {
      const strategy = await findStrategy(name);
      for (const seed of seeds) {
        const gaps: number[] = [];
        const objective = logged(await problem.open({ seed, provider: 'cpu', threads: 1 }), optimum, gaps);
        const budget = { evaluations };
        const result = await minimize(objective, strategy, { seed, budget });
        const record: RunRecord = {
          id: `${id} ${label} ${seed}`,
          settings: { problem: id, strategy: { name, options: {} }, seed, budget, bounds: 'clip', provider: 'cpu', threads: 1 },
          label,
          status: 'done',
          stop: result.stop,
          cost: result.cost,
          peakBytes: 0,
          trace: result.trace,
          final: { loss: Number.isFinite(result.best.loss) ? result.best.loss : null },
        };
        runs.push({ record, gaps });
      }
    }
  }
  const infos = Object.entries(strategies).map(([label, name]) => ({
    label,
    title: name,
    family: 'random',
    settings: { name, options: {} },
  }));
  const frame = { name: 'logged', problems, strategies: infos, seeds, budget: { evaluations }, missing: 0 };
  return { results: { ...study({ seeds: 1 }), ...frame, runs: runs.map(({ record }) => record) }, runs };
}

function logged(objective: Objective, optimum: number, gaps: number[]): Objective {
  const { losses } = objective;
  return {
    ...objective,
    async losses(population, step, out) {
      await losses.call(objective, population, step, out);
      for (let p = 0; p < population.size; p++) gaps.push(out[p] - optimum);
    },
  };
}

/** COCO's: all evaluations until success, those of failed runs whole, over the number of successes; null where there is none. */
export function expectedRunningTime(runs: readonly LoggedRun[], target: number): number | null {
  let spent = 0;
  let successes = 0;
  for (const { gaps } of runs) {
    const hit = gaps.findIndex((gap) => gap <= target);
    spent += hit < 0 ? gaps.length : hit + 1;
    if (hit >= 0) successes++;
  }
  return successes === 0 ? null : spent / successes;
}
