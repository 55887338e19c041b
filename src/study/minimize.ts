/** `minimize` with names: a problem by its id, a strategy by its name, path or package. */
import os from 'node:os';
import { checkBudget } from '../core/budget.js';
import { UsageError } from '../core/errors.js';
import type { LossFunction } from '../core/function-objective.js';
import { type MinimizeResult, type MinimizeSettings, minimize as minimizeObjective, settingNames } from '../core/minimize.js';
import type { Objective } from '../core/objective.js';
import { checkSettings, checkStrategy, shown } from '../core/settings-check.js';
import type { AnyStrategy } from '../core/strategy.js';
import { parseProvider, resolveProvider } from '../engine/providers.js';
import { findProblem } from '../problems/registry.js';
import { modelFacts } from './models.js';
import { finalOf } from './perform.js';
import { parseStrategyArgument } from './strategy-argument.js';
import { findStrategy } from './strategy-registry.js';

export interface NamedSettings extends MinimizeSettings {
  /** Where a problem's network is evaluated: `auto` (default), `cpu`, `webgpu`, `cuda`, `dml` or `coreml`. */
  readonly provider?: string;
  /** Threads inside one evaluation of a problem's network; default: all cores. Does not change results. */
  readonly threads?: number;
}

export interface ProblemResult extends MinimizeResult {
  /**
   * The best network as a plain ONNX model that takes the data as it is, as `zeroth train --save` writes it; `describeModel` tells
   * what it takes and gives. Throws UsageError where what was minimized is no problem with a network.
   */
  toOnnx(): Promise<Uint8Array>;
}

/**
 * Minimizes a problem (`iris`, `mnist(784-32-10,relu)`, `rastrigin:d10`), an objective, or a plain function over `settings.space`,
 * by a strategy or the name of one, which may hold options as on the command line: `restarted(pso(swarmSize=60))`. Equal seeds give equal problems and equal runs.
 * Throws UsageError on names and settings, DataError on data that is missing, EngineError on a provider that does not work here,
 * StrategyError and ObjectiveError where the strategy or the objective fails; the last holds the best point before.
 *
 * @example
 * const result = await minimize('iris', 'pso', { budget: { evaluations: 20_000 }, seed: 1 });
 * await writeFile('iris.onnx', await result.toOnnx());
 */
export async function minimize(
  what: string | Objective | LossFunction,
  by: string | AnyStrategy,
  given: NamedSettings,
): Promise<ProblemResult> {
  if (typeof by !== 'string') checkStrategy(by);
  checkSettings('minimize', given, [...settingNames, 'provider', 'threads']);
  checkBudget(given.budget);
  const { provider = 'auto', threads = os.availableParallelism(), ...own } = given;
  const wanted = parseProvider(provider);
  if (!Number.isInteger(threads) || threads < 1)
    throw new UsageError(`threads must be a whole number of at least 1; got ${shown(threads)}.`);
  const written = typeof by === 'string' ? parseStrategyArgument(by) : { name: by, options: {} };
  const strategy = await findStrategy(written.name);
  const beside = given.options ?? {};
  const settings = { ...own, options: typeof beside === 'object' ? { ...written.options, ...beside } : beside };
  if (typeof what !== 'string')
    return { ...(await minimizeObjective(what, strategy, settings)), toOnnx: () => noModel('An objective given as code') };
  if (given.space !== undefined) throw new UsageError(`The problem ${what} brings its own space: leave the setting space out.`);
  const seed = Number(settings.seed ?? 1);
  if (!Number.isInteger(seed)) throw new UsageError(`A problem's seed must be a whole number; got ${settings.seed}.`);
  const problem = await findProblem(what);
  const on = problem.kind === 'function' ? 'cpu' : (await resolveProvider(wanted)).provider;
  const objective = await problem.open({ seed, provider: on, threads });
  try {
    const result = await minimizeObjective(objective, strategy, settings);
    return {
      ...result,
      async toOnnx() {
        if (problem.toOnnx === undefined) return noModel(`${problem.id} is a function, not a network: it`);
        return problem.toOnnx(result.best.point, { seed, facts: modelFacts(strategy.name, finalOf(result)) });
      },
    };
  } finally {
    await objective.close?.();
  }
}

/** `what`: as a sentence begins. */
async function noModel(what: string): Promise<never> {
  throw new UsageError(`${what} has no ONNX model; the result of minimize('iris', ...), a problem with a network, has one.`);
}
