/** The contract between a study and whatever carries out its runs: processes of this machine, or others behind the same interface. */
import type { RunSettings } from './results.js';
import type { RunRow, StoredRun } from './run-row.js';

export interface RunTask {
  readonly id: string;
  readonly settings: RunSettings;
}

/** What an executor tells and asks while it works. Calls come one at a time, in the executor's own process. */
export interface ExecutorListener {
  /** Saved bytes of the unfinished run `id`, to go on from. */
  checkpoint(id: string): Uint8Array | undefined;
  started?(id: string): void;
  /** `share`: of the budget that is spent, 0 to 1. `loss`: best so far. At most a few times a second for each run. */
  progress?(id: string, share: number, loss: number | null): void;
  /** The run's optimizer at this moment; replaces the last one. */
  save(id: string, optimizer: Uint8Array): void;
  /** Runs that ended, done or failed. They must be safe when the call returns; short runs come several at once. */
  finished(rows: readonly RunRow[]): void;
  /** Text that a strategy or problem printed. */
  output?(text: string): void;
}

export interface Executor {
  /**
   * Carries out every task, each once, in no certain order. A run that fails, or takes its process with it, is reported as
   * failed and harms no other. Resolves when all have ended or, after `stop`, when no more is under way.
   */
  execute(tasks: readonly RunTask[], listener: ExecutorListener): Promise<void>;
  /** Asks the runs under way to save themselves after their present query, and starts no more. */
  stop(): void;
  /** Ends everything at once; unfinished runs keep their last saved state. */
  kill(): void;
}

/** The record of a run that could not be carried out. */
export function failedRun(task: RunTask, error: string, peakBytes = 0): StoredRun {
  return {
    id: task.id,
    settings: task.settings,
    status: 'failed',
    error,
    cost: { evaluations: 0, gradients: 0, samplePasses: 0, failed: 0, secondsEvaluate: 0, secondsAsk: 0, secondsTell: 0 },
    peakBytes,
    trace: { evaluations: [], gradients: [], samplePasses: [], seconds: [], loss: [] },
    final: { loss: null },
  };
}
