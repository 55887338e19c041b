/**
 * The rank-sum test for runs that are not paired (Mann and Whitney 1947, https://doi.org/10.1214/aoms/1177730491), and the
 * effect size A12 (Vargha and Delaney 2000, https://doi.org/10.3102/10769986025002101). Ties share ranks. Up to 40 runs in all
 * the p-value is exact, over all ways to deal the ranks at hand to the two samples; above, it is the normal approximation
 * with corrections for ties and continuity.
 */
import { normalSurvival } from './distributions.js';
import { averageRanks } from './ranks.js';

export interface RankSum {
  /** Two-sided. */
  readonly p: number;
  readonly exact: boolean;
}

/** Most runs of both samples together for which the exact distribution is computed. */
export const mostExactRuns = 40;

/**
 * The chance that a run of `a` beats (is lower than) one of `b`, a tie counting half; 0.5 is no difference.
 * null is a failed run: the worst. Both samples must have a run.
 */
export function a12(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  const ranks = averageRanks([...a, ...b]);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ranks[i];
  return 1 - (sum - (a.length * (a.length + 1)) / 2) / (a.length * b.length);
}

/** Of sample `a` against sample `b`, each with a run or more; null is a failed run, the worst. */
export function rankSum(a: readonly (number | null)[], b: readonly (number | null)[]): RankSum {
  const [m, n] = [a.length, b.length];
  const ranks = averageRanks([...a, ...b]).map((rank) => 2 * rank); // whole numbers, also with ties
  const sum = ranks.slice(0, m).reduce((total, rank) => total + rank, 0);
  const mean = m * (m + n + 1);
  const distance = Math.abs(sum - mean);
  if (m + n <= mostExactRuns) return { p: exactly(ranks, m, mean - distance), exact: true };
  let ties = 0;
  const sorted = [...ranks].sort((x, y) => x - y);
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const count = end - start;
    ties += count ** 3 - count;
    start = end;
  }
  const all = m + n;
  const variance = ((m * n) / 12) * (all + 1 - ties / (all * (all - 1)));
  if (variance === 0) return { p: 1, exact: false };
  const z = Math.max(0, distance / 2 - 0.5) / Math.sqrt(variance);
  return { p: Math.min(1, 2 * normalSurvival(z)), exact: false };
}

/** The least p-value that samples of these sizes can give. */
export function leastRankSumP(m: number, n: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(m, n); i++) ways *= (m + n - Math.min(m, n) + i) / i;
  return Math.min(1, 2 / ways);
}

/**
 * The share of all choices of `m` of the ranks whose sum is at most `low`, or at least as far above the mean: with ties the
 * distribution need not be symmetric.
 */
function exactly(ranks: readonly number[], m: number, low: number): number {
  const most = ranks.reduce((sum, rank) => sum + rank, 0);
  const counts = Array.from({ length: m + 1 }, () => new Float64Array(most + 1));
  counts[0][0] = 1;
  let seen = 0;
  for (const rank of ranks) {
    for (let k = m; k >= 1; k--) {
      for (let sum = Math.min(most, seen + rank); sum >= rank; sum--) counts[k][sum] += counts[k - 1][sum - rank];
    }
    seen += rank;
  }
  const mean = m * (ranks.length + 1);
  let all = 0;
  let below = 0;
  let above = 0;
  counts[m].forEach((count, sum) => {
    all += count;
    if (sum <= low) below += count;
    if (sum >= 2 * mean - low) above += count;
  });
  return Math.min(1, (below + above) / all);
}
