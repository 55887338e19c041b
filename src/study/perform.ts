/** Carries out one run in this process: opens the problem, minimizes, and makes the record. */
import { resourceUsage } from 'node:process';
import { ZerothError } from '../core/errors.js';
import { type MinimizeResult, minimize } from '../core/minimize.js';
import { Rng } from '../core/rng.js';
import type { Vector } from '../core/space.js';
import { startedAt } from '../core/start.js';
import type { Provider } from '../engine/provider.js';
import { type Diagnostics, diagnosticsOf } from './diagnostics.js';
import { failedRun, type RunTask } from './executor.js';
import type { ProblemCache } from './problem-cache.js';
import type { RunRecord, RunSettings } from './results.js';
import type { StoredRun } from './run-row.js';
import { findStrategy } from './strategy-registry.js';

export interface PerformHooks {
  /** Bytes of `save` to go on from. */
  readonly optimizer?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** About ten times a second. `share`: of the budget, 0 to 1. */
  readonly progress?: ((share: number, loss: number | null) => void) | undefined;
  /** Every `saveSeconds`, and when the run is interrupted. */
  readonly save?: ((optimizer: Uint8Array) => void | Promise<void>) | undefined;
  /** Default 10. */
  readonly saveSeconds?: number | undefined;
}

/** The run's record, also where it failed; undefined where it was interrupted. Never rejects. */
export async function performRun(task: RunTask, problems: ProblemCache, hooks: PerformHooks): Promise<StoredRun | undefined> {
  try {
    const result = await minimizeRun(task.settings, problems, hooks);
    return result.stop === 'interrupted' ? undefined : record(task, result);
  } catch (error) {
    const told = error instanceof ZerothError ? error.message : error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return failedRun(task, told, peakBytes());
  }
}

/** `failures`: why evaluations failed, where the problem tells. */
export type RunResult = MinimizeResult & { readonly failures?: string; readonly diagnostics: Diagnostics };

/** The run alone. Throws what the problem, the strategy and the engine throw. */
export async function minimizeRun(settings: RunSettings, problems: ProblemCache, hooks: PerformHooks = {}): Promise<RunResult> {
  const { seed, budget, bounds, start } = settings;
  const strategy = await findStrategy(settings.strategy.name);
  const problem = await problems.find(settings.problem);
  const opened = await problem.open({ seed, provider: settings.provider as Provider, threads: settings.threads });
  const objective = start === undefined ? opened : startedAt(opened, start, Rng.seeded(seed).fork('start'));
  const { optimizer, signal, progress, save, saveSeconds = 10 } = hooks;
  try {
    const result = await minimize(objective, strategy, {
      options: settings.strategy.options,
      seed,
      budget,
      bounds,
      ...(signal && { signal }),
      ...(progress && { onProgress: ({ fraction, loss }) => progress(fraction, finite(loss)) }),
      ...(save && { checkpoint: { everySeconds: saveSeconds, write: save } }),
      ...(optimizer && { resume: optimizer }),
    });
    const failures = objective.failures?.();
    const diagnostics = Number.isFinite(result.best.loss) ? diagnosticsOf(objective, result.best.point) : {};
    return { ...result, diagnostics, ...(failures !== undefined && { failures }) };
  } finally {
    await objective.close?.();
  }
}

function record({ id, settings }: RunTask, result: RunResult): StoredRun {
  const { best } = result;
  const error = result.failures ?? result.warning;
  return {
    id,
    settings,
    status: 'done',
    stop: result.stop,
    ...(error !== undefined && { error }),
    cost: { ...result.cost },
    peakBytes: peakBytes(),
    trace: result.trace,
    final: finalOf(result),
    ...(Number.isFinite(best.loss) && { best: bytesOf(best.point) }),
  };
}

/** The last line of a run: its best loss, what it means on all data, and what its point looks like. */
export function finalOf({ best, metrics, diagnostics = {} }: MinimizeResult & { readonly diagnostics?: Diagnostics }): RunRecord['final'] {
  return {
    loss: finite(best.loss),
    ...(metrics?.trainAccuracy !== undefined && { trainAccuracy: metrics.trainAccuracy }),
    ...(metrics?.testLoss !== undefined && { testLoss: metrics.testLoss }),
    ...(metrics?.testAccuracy !== undefined && { testAccuracy: metrics.testAccuracy }),
    ...(Object.keys(diagnostics).length > 0 && { diagnostics }),
  };
}

function finite(loss: number): number | null {
  return Number.isFinite(loss) ? loss : null;
}

function bytesOf(point: Vector): Uint8Array {
  return new Uint8Array(point.buffer.slice(point.byteOffset, point.byteOffset + point.byteLength));
}

/** Peak resident memory of this process so far. */
function peakBytes(): number {
  return resourceUsage().maxRSS * 1024;
}
