/** When a run ends, whatever the strategy. Every limit is optional; at least one must be given. */
export interface Budget {
  /** Losses of single candidates. A run never spends more: a last population is cut to fit. */
  readonly evaluations?: number;
  /** Samples forward through one network; a gradient counts 3 for each sample. A run never spends more. */
  readonly samplePasses?: number;
  /** Wall-clock seconds of ask, evaluate and tell together; checked after each query. */
  readonly seconds?: number;
  /** Stops when the best loss is at or below this. */
  readonly target?: number;
  /** Stops after this many evaluations (a gradient counts as one) without a better loss. */
  readonly stagnation?: number;
}

/** What a run has spent. */
export interface Cost {
  evaluations: number;
  gradients: number;
  samplePasses: number;
  /** Evaluations and gradients that gave NaN or an infinity; also counted above. */
  failed: number;
  /** Seconds in the objective, and in the strategy's `ask` and `tell`. Metrics are measured outside all three. */
  secondsEvaluate: number;
  secondsAsk: number;
  secondsTell: number;
}
