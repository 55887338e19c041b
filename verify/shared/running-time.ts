/**
 * The expected running time of a strategy on BBOB (Hansen and others 2010, https://doi.org/10.1145/1830761.1830790): evaluations
 * until the loss is within a target of the optimum, failed runs' evaluations included, divided by the number of successes.
 * A strategy that stops is started anew, from another first point, until its budget is spent.
 */
import { Harness } from '../../src/core/harness.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { findProblem } from '../../src/problems/registry.js';

export interface RunningTime {
  /** Evaluations; Infinity without a success. */
  readonly ert: number;
  readonly successes: number;
  readonly runs: number;
  /** Evaluations of each run. */
  readonly evaluations: readonly number[];
}

export interface RunningTimeSettings {
  readonly function: number;
  readonly dimension: number;
  /** Runs; run k has the seed k and instance 1 + k mod 5, as in BBOB-2009. */
  readonly runs: number;
  /** Most evaluations of a run. */
  readonly budget: number;
  /** Default 1e-8. */
  readonly target?: number;
  readonly options?: object;
}

export async function runningTime(strategy: AnyStrategy, settings: RunningTimeSettings): Promise<RunningTime> {
  const evaluations: number[] = [];
  let successes = 0;
  for (let k = 0; k < settings.runs; k++) {
    const { used, hit } = await run(strategy, settings, k);
    evaluations.push(used);
    if (hit) successes++;
  }
  const total = evaluations.reduce((sum, used) => sum + used, 0);
  return { ert: successes === 0 ? Infinity : total / successes, successes, runs: settings.runs, evaluations };
}

async function run(strategy: AnyStrategy, settings: RunningTimeSettings, k: number): Promise<{ used: number; hit: boolean }> {
  const { dimension, budget, target = 1e-8, options = {} } = settings;
  const problem = await findProblem(`bbob:f${settings.function}:i${1 + (k % 5)}:d${dimension}`);
  const objective = await problem.open({ seed: k, provider: 'cpu', threads: 1 });
  const goal = (problem.optimum ?? 0) + target;
  let raw = new Float64Array(0);
  let used = 0;
  for (let start = 0; ; start++) {
    const harness = Harness.start(strategy, objective.space, { options, seed: `${k}/${start}` });
    while (harness.stop() === undefined) {
      const query = harness.ask();
      if (query === undefined) break;
      if (query.kind !== 'losses') throw new Error(`${strategy.name} asks for more than losses`);
      const { population } = query;
      if (raw.length !== population.size) raw = new Float64Array(population.size);
      await objective.losses(population, harness.data.step, raw);
      for (let p = 0; p < population.size; p++) {
        used++;
        if (raw[p] <= goal) return { used, hit: true };
        if (used === budget) return { used, hit: false };
      }
      harness.receiveLosses(raw, population.size);
      harness.keepBest();
      harness.pass();
    }
  }
}
