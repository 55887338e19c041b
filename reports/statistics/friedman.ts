/**
 * Friedman's test over blocks (Friedman 1937, https://doi.org/10.1080/01621459.1937.10503522, corrected for ties) and Nemenyi's
 * comparison of all pairs after it, as Demsar 2006 puts them (https://jmlr.org/papers/v7/demsar06a.html).
 */
import { chiSquaredSurvival, studentizedRangeQuantile, studentizedRangeSurvival } from './distributions.js';
import { averageRanks } from './ranks.js';

export interface Friedman {
  readonly blocks: number;
  readonly meanRanks: readonly number[];
  readonly statistic: number;
  /** Of "all strategies are alike"; 1 where every block is one tie. */
  readonly p: number;
  /** Mean ranks further apart than this differ at the 5 % level. */
  readonly criticalDifference: number;
}

/** `blocks[b][k]` is what strategy k reached in block b, lower is better; null is a failed run. At least 2 of both. */
export function friedman(blocks: readonly (readonly (number | null)[])[]): Friedman {
  const n = blocks.length;
  const k = blocks[0].length;
  const sums = new Array<number>(k).fill(0);
  let squares = 0;
  for (const block of blocks) {
    const ranks = averageRanks(block);
    for (let i = 0; i < k; i++) {
      sums[i] += ranks[i];
      squares += ranks[i] * ranks[i];
    }
  }
  const meanRanks = sums.map((sum) => sum / n);
  const middle = (k + 1) / 2;
  const between = sums.reduce((total, sum) => total + (sum / n - middle) ** 2, 0);
  // Ties shrink the spread of ranks within a block.
  const spread = (squares - n * k * middle * middle) / (n * (k - 1));
  const statistic = spread > 0 ? (n * between) / spread : 0;
  return { blocks: n, meanRanks, statistic, p: chiSquaredSurvival(statistic, k - 1), criticalDifference: criticalDifference(k, n) };
}

/** Nemenyi's critical difference of mean ranks of `strategies` over `blocks` at level `alpha`. */
export function criticalDifference(strategies: number, blocks: number, alpha = 0.05): number {
  return (studentizedRangeQuantile(alpha, strategies) / Math.SQRT2) * Math.sqrt((strategies * (strategies + 1)) / (6 * blocks));
}

/** Nemenyi's p-value for two mean ranks that are `difference` apart. */
export function nemenyiP(difference: number, strategies: number, blocks: number): number {
  const deviation = Math.sqrt((strategies * (strategies + 1)) / (6 * blocks));
  return studentizedRangeSurvival((Math.abs(difference) / deviation) * Math.SQRT2, strategies);
}

/**
 * Sets of strategies that cannot be told apart: longest runs of mean ranks no further apart than `difference`, each as
 * indices in the order of their ranks; sets of one, and sets within others, are left out.
 */
export function cliques(meanRanks: readonly number[], difference: number): number[][] {
  const order = meanRanks.map((_, i) => i).sort((a, b) => meanRanks[a] - meanRanks[b] || a - b);
  const found: number[][] = [];
  let reached = 0;
  for (let start = 0; start < order.length; start++) {
    let end = start + 1;
    while (end < order.length && meanRanks[order[end]] - meanRanks[order[start]] <= difference) end++;
    if (end - start > 1 && end > reached) found.push(order.slice(start, end));
    reached = Math.max(reached, end);
  }
  return found;
}
