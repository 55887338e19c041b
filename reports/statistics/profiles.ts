/**
 * Data and performance profiles of Moré and Wild 2009 (https://doi.org/10.1137/080724083). `times[b][s]` is what strategy s
 * spent to solve block b (one problem, one seed), null where it did not.
 */

/** Solved at precision `tau`: the loss is at or below this, for the loss at the start and the best of all strategies. */
export function solvedBelow(start: number, best: number, tau: number): number {
  return best + tau * (start - best);
}

/** For each strategy the blocks it solved, in units of `unit[b]` (n + 1 evaluations: a simplex gradient); not sorted. */
export function dataProfile(times: readonly (readonly (number | null)[])[], unit: readonly number[], strategies: number): Float64Array[] {
  return Array.from({ length: strategies }, (_, s) =>
    Float64Array.from(
      times.flatMap((block, b) => {
        const time = block[s];
        return time === null ? [] : [time / unit[b]];
      }),
    ),
  );
}

/** For each strategy, of the blocks it solved: how many times what the quickest strategy there spent. 1 is the quickest. */
export function performanceProfile(times: readonly (readonly (number | null)[])[], strategies: number): Float64Array[] {
  const quickest = times.map((block) => block.reduce<number>((least, time) => Math.min(least, time ?? least), Number.POSITIVE_INFINITY));
  return Array.from({ length: strategies }, (_, s) =>
    Float64Array.from(
      times.flatMap((block, b) => {
        const time = block[s];
        return time === null ? [] : [time / quickest[b]];
      }),
    ),
  );
}
