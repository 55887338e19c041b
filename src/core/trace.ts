/**
 * What a run logs: log-spaced rows of what was spent and the best found by then; the first and last always. Where the optimum
 * is known and losses are exact, also a row at the evaluation that first reached each of COCO's targets (targets.ts), so
 * that times to targets are exact and not rounded up to the next row.
 */
import { type Cost, secondsOf } from './budget.js';
import type { Metrics } from './objective.js';

export interface Trace {
  /** Parallel columns, one entry a row. */
  readonly evaluations: number[];
  readonly gradients: number[];
  readonly samplePasses: number[];
  /** Wall-clock seconds of ask, evaluate and tell so far, to the microsecond. */
  readonly seconds: number[];
  /** Best training loss so far. Never NaN; null while nothing finite was found. */
  readonly loss: (number | null)[];
  /** Only for objectives with metrics: of the best candidate so far. */
  readonly trainAccuracy?: number[];
  readonly testLoss?: number[];
  readonly testAccuracy?: number[];
}

export function emptyTrace(): Trace {
  return { evaluations: [], gradients: [], samplePasses: [], seconds: [], loss: [] };
}

/** The next total cost (evaluations and gradients) after `total` at which a row is due: 10 a decade, 1, 2, 3, 4, 5, 6, 8, 10, 13, ... */
export function nextRowAfter(total: number): number {
  if (total < 1) return 1;
  let k = Math.floor(10 * Math.log10(total));
  while (Math.round(10 ** (k / 10)) <= total) k++;
  return Math.round(10 ** (k / 10));
}

/** Appends a row: what was spent, the best loss by then (infinite: null), and the best candidate's metrics where there are any. */
export function addRow(trace: Trace, cost: Cost, loss: number, metrics: Metrics | undefined): void {
  trace.evaluations.push(cost.evaluations);
  trace.gradients.push(cost.gradients);
  trace.samplePasses.push(cost.samplePasses);
  trace.seconds.push(Math.round(secondsOf(cost) * 1e6) / 1e6);
  trace.loss.push(Number.isFinite(loss) ? loss : null);
  if (metrics === undefined) return;
  for (const name of measures) {
    const value = metrics[name];
    if (value === undefined) continue;
    const column = trace[name];
    if (column === undefined) Object.assign(trace, { [name]: [value] });
    else column.push(value);
  }
}

const measures = ['trainAccuracy', 'testLoss', 'testAccuracy'] as const;
