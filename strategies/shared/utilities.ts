/** What losses are worth to a search distribution: higher is better, and a failed candidate (loss +Infinity) is worth the least. */
import { rankByLoss } from '../../src/core/ranking.js';

/**
 * centred-ranks: rank / (n - 1) - 1/2, so from -1/2 for the worst of n losses to 1/2 for the best; equal losses share the mean of
 * their ranks. z-scores: deviations below the mean, in standard deviations. raw: the negative loss.
 */
export const shapings = ['centred-ranks', 'z-scores', 'raw'] as const;
export type Shaping = (typeof shapings)[number];

/** Utilities of the first `order.length` losses into `out`; `order` is room for the ranking. All are 0 where no loss differs from another. */
export function utilitiesOf(losses: Float64Array, shaping: Shaping, order: Int32Array, out: Float64Array): void {
  const n = order.length;
  if (shaping === 'centred-ranks') {
    rankByLoss(losses, order);
    for (let from = 0; from < n; ) {
      let to = from + 1;
      while (to < n && losses[order[to]] === losses[order[from]]) to++;
      // ranks from the worst: n - 1 - from down to n - to
      const rank = n - (from + to + 1) / 2;
      for (let k = from; k < to; k++) out[order[k]] = n > 1 ? rank / (n - 1) - 0.5 : 0;
      from = to;
    }
    return;
  }
  finiteLosses(losses, out, n);
  for (let p = 0; p < n; p++) out[p] = -out[p];
  if (shaping === 'raw') return;
  const mean = meanOf(out, n);
  const deviation = deviationOf(out, n);
  for (let p = 0; p < n; p++) out[p] = deviation > 0 ? (out[p] - mean) / deviation : 0;
}

/** Copies `n` losses; failed ones as the worst of those that did not fail, or 0 where all failed. */
export function finiteLosses(losses: Float64Array, out: Float64Array, n: number): void {
  let worst = -Infinity;
  for (let p = 0; p < n; p++) if (losses[p] < Infinity && losses[p] > worst) worst = losses[p];
  for (let p = 0; p < n; p++) out[p] = losses[p] < Infinity ? losses[p] : worst > -Infinity ? worst : 0;
}

export function meanOf(values: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) sum += values[p] / n;
  return sum;
}

/** Standard deviation of all `n` values: the root of their mean squared departure. */
export function deviationOf(values: Float64Array, n: number): number {
  const mean = meanOf(values, n);
  let sum = 0;
  for (let p = 0; p < n; p++) sum += (values[p] - mean) * ((values[p] - mean) / n);
  return Math.sqrt(sum);
}
