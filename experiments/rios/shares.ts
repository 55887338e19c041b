/** Shares of runs that solved their problem, by kinds of problems: what the table and the pictures of `rios-sahinidis` are made of. */
import type { RunRecord } from '../../src/study/results.js';
import { type SolvedKind, type Solving, solvedByKind, type TargetOf } from '../../src/study/solved.js';

/** Of one strategy; null where it did not run on all problems of the kind. */
export interface Share {
  readonly label: string;
  readonly runs: number;
  readonly share: number | null;
  /** When each run that solved its problem had. */
  readonly times: readonly number[];
}

export type Kinds = ReadonlyMap<string, { readonly problems: number; readonly shares: readonly Share[] }>;

/** By the ids of the kinds: 'all', 'smooth-convex', 'size-1-2' ... Each problem has `seeds` runs of a strategy. */
export function sharesOf(results: Solving, seeds: number, targetOf?: TargetOf): Kinds {
  const shareIn = ({ problems, solved }: SolvedKind) =>
    results.strategies.map(({ label }, s): Share => {
      const { times, runs } = solved[s];
      return { label, runs, times: [...times].sort((a, b) => a - b), share: runs === problems * seeds ? times.length / runs : null };
    });
  return new Map(solvedByKind(results, targetOf).map((kind) => [kind.id, { problems: kind.problems, shares: shareIn(kind) }]));
}

export interface FormShares {
  readonly boxes: Kinds;
  /** The boxes that all ran on. */
  readonly small: Kinds;
  readonly wild: Kinds;
  readonly improve: Kinds;
  readonly refine: Kinds;
}

/** Ascending. */
export const sizeKinds: readonly string[] = ['size-1-2', 'size-3-9', 'size-10-30', 'size-31-300'];

/** Of several kinds together; the share of one that did not run on all of them is null. */
export function sharesIn(kinds: Kinds, ids: readonly string[]): Share[] {
  const chosen = ids.flatMap((id) => kinds.get(id) ?? []);
  return (chosen[0]?.shares ?? []).map(({ label }) => {
    const own = chosen.flatMap(({ shares }) => shares.filter((one) => one.label === label));
    const runs = own.reduce((sum, one) => sum + one.runs, 0);
    const times = own.flatMap((one) => one.times).sort((a, b) => a - b);
    return { label, runs, times, share: own.some(({ share }) => share === null) ? null : times.length / runs };
  });
}

/**
 * The test of Moré and Wild (2009): a run has come far enough when the fraction `tau` of what its start lay above the best known
 * loss is left. The start's loss is the first one of `reference`, which begins there, on the same problem and seed.
 */
export function remaining(tau: number, runs: readonly RunRecord[], reference: string): (run: RunRecord, best: number) => number {
  const key = ({ settings }: RunRecord) => `${settings.seed} ${settings.problem}`;
  const starts = new Map(runs.filter(({ label }) => label === reference).map((run) => [key(run), run.trace.loss[0]]));
  return (run, best) => {
    const start = starts.get(key(run));
    return start === undefined || start === null ? Number.NEGATIVE_INFINITY : best + tau * (start - best);
  };
}

/** The share of runs that had solved their problem by each of the counts of evaluations. */
export function curve({ times, runs }: Share, grid: readonly number[]): number[] {
  return grid.map((count) => times.filter((time) => time <= count).length / runs);
}

/** Ten a decade, from 1 to `most`. */
export function gridTo(most: number): number[] {
  const grid: number[] = [];
  for (let k = 0; 10 ** (k / 10) < most; k++) grid.push(10 ** (k / 10));
  return [...grid, most];
}

/** The highest share among some strategies, and the first that has it; null where none ran on all problems. */
export function leader(shares: readonly Share[], among: (label: string) => boolean): { label: string; share: number } | null {
  let best: { label: string; share: number } | null = null;
  for (const { label, share } of shares)
    if (among(label) && share !== null && (best === null || share > best.share)) best = { label, share };
  return best;
}

/** 1 for the highest share; equal ones have the rank of the first of them. */
export function rankOf(shares: readonly Share[], label: string): number | null {
  const own = shares.find((one) => one.label === label)?.share;
  return own === undefined || own === null ? null : 1 + shares.filter(({ share }) => share !== null && share > own).length;
}

/**
 * For each strategy its share at the smallest and at the largest size it ran on, of those that ran on the size `through` or a larger one:
 * from 2 to 6 variables there is not much to fade. `sizes`: ids of kinds, ascending.
 */
export function fading(kinds: Kinds, sizes: readonly string[], through: string): { label: string; first: number; last: number }[] {
  const columns = sizes.flatMap((id) =>
    (kinds.get(id)?.shares ?? []).map((share) => ({ ...share, large: sizes.indexOf(id) >= sizes.indexOf(through) })),
  );
  return [...new Set(columns.map(({ label }) => label))].flatMap((label) => {
    const own = columns.filter((one) => one.label === label && one.share !== null);
    const last = own.at(-1);
    return own.length < 2 || last?.large !== true ? [] : [{ label, first: own[0].share as number, last: last.share as number }];
  });
}
