/** What a run logs: log-spaced rows of what was spent and the best found by then; the first and last always. */
export interface Trace {
  /** Parallel columns, one entry a row. */
  readonly evaluations: number[];
  readonly gradients: number[];
  readonly samplePasses: number[];
  /** Wall-clock seconds of ask, evaluate and tell so far. */
  readonly seconds: number[];
  /** Best training loss so far. Never NaN; null while nothing finite was found. */
  readonly loss: (number | null)[];
  /** Only for objectives with metrics: of the best candidate so far. */
  readonly trainAccuracy?: number[];
  readonly testLoss?: number[];
  readonly testAccuracy?: number[];
}
