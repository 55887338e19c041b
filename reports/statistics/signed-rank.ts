/**
 * Wilcoxon's signed-rank test for pairs (Wilcoxon 1945, https://doi.org/10.2307/3001968). Pairs without a difference are left
 * out; ties share ranks. Up to 50 pairs the p-value is exact: the distribution over all signs of the ranks at hand, ties
 * included. Above, it is the normal approximation with its correction for ties, without one for continuity.
 */
import { normalSurvival } from './distributions.js';
import { averageRanks } from './ranks.js';

export interface SignedRank {
  /** Two-sided. 1 where no pair differs. */
  readonly p: number;
  /** Pairs that differ. */
  readonly pairs: number;
  readonly exact: boolean;
}

/** Most pairs for which the exact distribution is computed. */
export const mostExactPairs = 50;

/** Of `a[i]` against `b[i]`. null is a failed run: worse (higher) than every number, and equal to another failed run. */
export function signedRank(a: readonly (number | null)[], b: readonly (number | null)[]): SignedRank {
  const differences: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const difference = gap(a[i], b[i]);
    if (difference !== 0) differences.push(difference);
  }
  const pairs = differences.length;
  if (pairs === 0) return { p: 1, pairs, exact: true };
  // Twice the ranks: whole numbers also where ties share a place.
  const ranks = averageRanks(differences.map(Math.abs)).map((rank) => 2 * rank);
  const positive = ranks.reduce((sum, rank, i) => sum + (differences[i] > 0 ? rank : 0), 0);
  const total = pairs * (pairs + 1); // twice the sum of the ranks
  const extreme = Math.min(positive, total - positive);
  if (pairs <= mostExactPairs) return { p: exactly(ranks, extreme), pairs, exact: true };
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  const z = (total / 2 - extreme) / Math.sqrt(variance);
  return { p: Math.min(1, 2 * normalSurvival(z)), pairs, exact: false };
}

/** The least p-value that this many pairs can give: all differences of one sign. */
export function leastSignedRankP(pairs: number): number {
  return Math.min(1, 2 * 2 ** -pairs);
}

function gap(a: number | null, b: number | null): number {
  if (a === null) return b === null ? 0 : Number.POSITIVE_INFINITY;
  return b === null ? Number.NEGATIVE_INFINITY : a - b;
}

/** Twice the share of all 2^n choices of signs whose positive ranks sum to at most `extreme`. */
function exactly(ranks: readonly number[], extreme: number): number {
  let chance = new Float64Array(extreme + 1);
  chance[0] = 1;
  for (const rank of ranks) {
    const next = new Float64Array(extreme + 1);
    for (let sum = 0; sum <= extreme; sum++) {
      next[sum] += chance[sum] / 2;
      if (sum + rank <= extreme) next[sum + rank] += chance[sum] / 2;
    }
    chance = next;
  }
  return Math.min(1, 2 * chance.reduce((sum, part) => sum + part, 0));
}
