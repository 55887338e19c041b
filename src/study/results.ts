/** The results of a study: what the store holds and what every report is computed from. Plain JSON data. */
import type { Budget, Cost } from '../core/budget.js';
import type { Start } from '../core/start.js';
import type { StopReason } from '../core/strategy.js';
import type { Trace } from '../core/trace.js';
import type { Diagnostics } from './diagnostics.js';

/**
 * One run: one strategy on one problem with one seed, fully resolved. Its id is the hash of this without `threads`, which do not
 * change results, and with the problem's facts, which tell its data.
 */
export interface RunSettings {
  readonly problem: string;
  readonly strategy: StrategySettings;
  readonly seed: number;
  readonly budget: Budget;
  readonly bounds: 'clip' | 'reflect' | 'periodic' | 'resample';
  /** Absent: draws from the problem's own starting distribution. */
  readonly start?: Start;
  readonly provider: string;
  /** Threads inside one evaluation session. */
  readonly threads: number;
}

export interface StrategySettings {
  /** Registered name, or path, or package. */
  readonly name: string;
  /** Every option, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RunRecord {
  /** Hash of the settings (RunSettings says of which), hexadecimal. */
  readonly id: string;
  readonly settings: RunSettings;
  /** Label of the strategy in reports: its name, with the options that tell it from others of that name. */
  readonly label: string;
  readonly status: 'done' | 'failed';
  readonly stop?: StopReason;
  /** Where status is failed: the error's message. Where it is done: why some of its evaluations failed, if the problem tells. */
  readonly error?: string;
  readonly cost: Cost;
  /** Peak resident memory of the process that ran it, in bytes. */
  readonly peakBytes: number;
  readonly trace: Trace;
  readonly final: {
    /** Best training loss; null when nothing finite was found. */
    readonly loss: number | null;
    readonly trainAccuracy?: number;
    readonly testLoss?: number;
    readonly testAccuracy?: number;
    /** What its best point looks like, where the problem knows something of its space. */
    readonly diagnostics?: Diagnostics;
  };
}

export interface ProblemInfo {
  readonly id: string;
  readonly title: string;
  readonly kind: 'function' | 'classification' | 'regression';
  readonly dimension: number;
  readonly optimum?: number;
  /** What it is an instance of, where it is one: problems with one group's id make one row of a report. */
  readonly group?: { readonly id: string; readonly title: string };
  /** Where known. */
  readonly classes?: { readonly smooth?: boolean; readonly convex?: boolean; readonly group?: string };
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

export interface StrategyInfo {
  /** Unique within the study; RunRecord.label refers to it. */
  readonly label: string;
  readonly title: string;
  readonly family: string;
  readonly settings: StrategySettings;
}

export interface Provenance {
  readonly zeroth: string;
  readonly node: string;
  readonly onnxruntime: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly provider: string;
  /** Why `auto` chose it and what else was tried; empty when it was named. */
  readonly providerReason: string;
  readonly started: string;
}

export interface StudyResults {
  readonly name: string;
  readonly problems: readonly ProblemInfo[];
  readonly strategies: readonly StrategyInfo[];
  readonly seeds: readonly number[];
  readonly budget: Budget;
  readonly provenance: Provenance;
  /** In the study's order: by problem, then strategy, then seed, whatever the order of execution. */
  readonly runs: readonly RunRecord[];
  /** Runs that the study has and the store has not (yet). */
  readonly missing: number;
  /** The command line that runs one of them again: `{run}` stands for the run's arguments. */
  readonly commands: {
    /** The whole study again. */
    readonly study: string;
    /** One run, by its id. */
    readonly run: Readonly<Record<string, string>>;
  };
}
