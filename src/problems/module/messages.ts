/** What a user's objective is, as its own process tells it, and what the two processes say to each other. */

/** A module's default export, checked. */
export interface Description {
  readonly dimension: number;
  /** Of every coordinate; -Infinity and Infinity for none. Absent where nothing is bounded. */
  readonly bounds?: { readonly lower: Float64Array; readonly upper: Float64Array };
  readonly optimum?: number;
  readonly title?: string;
  /** Whether it has `losses` (a call for each population) or `loss` (a call for each candidate). */
  readonly takes: 'population' | 'candidate';
}

export type ToModule =
  | { readonly type: 'load'; readonly file: string; readonly seconds: number; readonly concurrency: number }
  | { readonly type: 'evaluate'; readonly values: Float64Array };

export type FromModule =
  | { readonly type: 'loaded'; readonly description: Description }
  /** The module cannot be used; the sentence goes on after its name. */
  | { readonly type: 'refused'; readonly reason: string }
  /** Candidates by their places in the question; NaN where `reason` tells what failed. */
  | { readonly type: 'losses'; readonly places: Int32Array; readonly losses: Float64Array; readonly reason?: string }
  /** The question is answered whole. `late`: something that took too long may still be under way. */
  | { readonly type: 'answered'; readonly late: boolean };
