/** One strategy against another on one task: the test of a difference, and how often the one is better. */
import type { RunRecord } from '../src/study/results.js';
import { rounded } from './formatting.js';
import { holm } from './statistics/holm.js';
import { a12, leastRankSumP, rankSum } from './statistics/rank-sum.js';
import { leastSignedRankP, signedRank } from './statistics/signed-rank.js';
import { paired } from './tasks.js';

export interface Duel {
  readonly strategy: string;
  readonly against: string;
  readonly test: 'signed-rank' | 'rank-sum';
  /** Pairs of the signed-rank test; for the rank-sum test the runs of both. */
  readonly runs: number;
  readonly p: number;
  /** Corrected by Holm for all duels of the leader on this task. */
  readonly corrected: number;
  /** The chance that a run of `strategy` is better than one of `against`, ties half (A12). */
  readonly a12: number;
  /** Share of the pairs in which it is better, ties half; null without pairs. */
  readonly winRate: number | null;
  /** The least p-value that so few runs can give. */
  readonly leastP: number;
}

/** Values where lower is better; null for a failed run. */
export type Reached = (run: RunRecord) => number | null;

/** A corrected p-value at or below this is a difference. */
export const level = 0.05;

/** The strategy at `leader` against every other that has runs, in the study's order. Empty where it has none itself. */
export function duels(labels: readonly string[], runs: readonly (readonly RunRecord[])[], leader: number, reached: Reached): Duel[] {
  if (runs[leader].length === 0) return [];
  const found = labels.flatMap((against, other) => {
    if (other === leader || runs[other].length === 0) return [];
    return [{ strategy: labels[leader], against, ...duel(runs[leader], runs[other], reached) }];
  });
  const corrected = holm(found.map(({ p }) => p));
  return found.map((one, i) => ({ ...one, corrected: rounded(corrected[i]) ?? 1 }));
}

/** Runs that share problem and seed are compared as pairs; where fewer than half do, as two samples. */
function duel(own: readonly RunRecord[], others: readonly RunRecord[], reached: Reached): Omit<Duel, 'strategy' | 'against' | 'corrected'> {
  const pairs = paired([own, others]);
  const [a, b] = [own.map(reached), others.map(reached)];
  const shared = { a12: rounded(a12(a, b)) ?? 0.5, winRate: rounded(winRate(pairs.map((pair) => pair.map(reached)))) };
  if (2 * pairs.length < Math.min(own.length, others.length)) {
    const p = rounded(rankSum(a, b).p) ?? 1;
    return { test: 'rank-sum', runs: a.length + b.length, p, leastP: leastRankSumP(a.length, b.length), ...shared };
  }
  const { p } = signedRank(
    pairs.map(([run]) => reached(run)),
    pairs.map(([, run]) => reached(run)),
  );
  return { test: 'signed-rank', runs: pairs.length, p: rounded(p) ?? 1, leastP: leastSignedRankP(pairs.length), ...shared };
}

/** Share of pairs whose first value is the lower, ties half; null without pairs. */
export function winRate(pairs: readonly (readonly (number | null)[])[]): number | null {
  if (pairs.length === 0) return null;
  const worth = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
  const wins = pairs.reduce((sum, [a, b]) => sum + (worth(a) < worth(b) ? 1 : worth(a) === worth(b) ? 0.5 : 0), 0);
  return wins / pairs.length;
}

/** Whether any outcome of these duels could be called clear: with too few runs not even winning all of them is. */
export function couldTell(fought: readonly Pick<Duel, 'leastP'>[]): boolean {
  return holm(fought.map(({ leastP }) => leastP)).every((p) => p <= level);
}

/** Pairs that a strategy must win, all of them, to be told from `others` other strategies. */
export function pairsNeeded(others: number): number {
  let pairs = 1;
  while (others * leastSignedRankP(pairs) > level) pairs++;
  return pairs;
}
