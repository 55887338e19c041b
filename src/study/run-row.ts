/** A finished run as a row of the store: written once, by the process that made the run, and sent and stored as it is. */
import type { Cost } from '../core/budget.js';
import type { Trace } from '../core/trace.js';
import type { RunRecord, RunSettings } from './results.js';
import { isWholeRun } from './whole-run.js';

/** A finished run: a RunRecord without its label, which belongs to the study, and with its best point. */
export interface StoredRun extends Omit<RunRecord, 'label'> {
  /** Best point: the bytes of a Float32Array or Float64Array. Absent when nothing finite was found. */
  readonly best?: Uint8Array;
}

/** Settings, cost, trace and final as JSON. */
export interface RunRow {
  readonly id: string;
  readonly settings: string;
  readonly status: 'done' | 'failed';
  readonly stop: string | null;
  readonly error: string | null;
  readonly cost: string;
  readonly peak_bytes: number;
  readonly trace: string;
  readonly final: string;
  readonly best: Uint8Array | null;
}

export function rowOf({ id, settings, status, stop, error, cost, peakBytes, trace, final, best }: StoredRun): RunRow {
  return {
    id,
    settings: JSON.stringify(settings),
    status,
    stop: stop ?? null,
    error: error ?? null,
    cost: JSON.stringify(cost),
    peak_bytes: peakBytes,
    trace: JSON.stringify(trace),
    final: JSON.stringify(final),
    best: best ?? null,
  };
}

/** With its best point where the row was read with it. Throws an error that names the run where its row is no run. */
export function runOf({ best, ...row }: Omit<RunRow, 'best'> & Partial<RunRow>): StoredRun {
  const run: StoredRun = {
    id: row.id,
    settings: JSON.parse(row.settings) as RunSettings,
    status: row.status,
    ...(row.stop !== null && { stop: row.stop as NonNullable<RunRecord['stop']> }),
    ...(row.error !== null && { error: row.error }),
    cost: JSON.parse(row.cost) as Cost,
    peakBytes: row.peak_bytes,
    trace: JSON.parse(row.trace) as Trace,
    final: finalOf(row),
    ...(best && { best }),
  };
  if (!isWholeRun(run)) throw new Error(`the row of run ${row.id} is damaged`);
  return run;
}

/** What a row's run ended with. */
export function finalOf({ final }: Pick<RunRow, 'final'>): RunRecord['final'] {
  return JSON.parse(final) as RunRecord['final'];
}
