/**
 * Targets for objectives whose optimum is not known. Where it is known, COCO's are used (src/core/targets.ts).
 */

/**
 * Shares of the way from the start to the best of all runs that are left (Moré and Wild's tau): 51 of them, log-spaced from 1 to
 * `last`.
 */
export function improvementTargets(last: number): number[] {
  return Array.from({ length: 51 }, (_, k) => Number((last ** (k / 50)).toPrecision(6)));
}

/** What is left of the way from `start` to `best` at `loss`: 1 at the start, 0 at the best; null where there is no way. */
export function remaining(loss: number | null, start: number, best: number): number | null {
  return loss === null || !(start > best) ? null : (loss - best) / (start - best);
}

/**
 * Run-length-based targets, after COCO's setting for expensive functions, which takes a reference algorithm's expected running times: for each length (ascending) the lowest loss that is
 * typically reached by then by the best of the strategies. `medians[s][i]` is strategy s's median at `lengths[i]`, null where there
 * is none. A length by which nothing better was reached than by the one before gives no target.
 */
export function runLengthTargets(
  lengths: readonly number[],
  medians: readonly (readonly (number | null)[])[],
): { length: number; target: number }[] {
  const targets: { length: number; target: number }[] = [];
  lengths.forEach((length, i) => {
    let target = Number.POSITIVE_INFINITY;
    for (const median of medians) target = Math.min(target, median[i] ?? target);
    if (target < (targets.at(-1)?.target ?? Number.POSITIVE_INFINITY)) targets.push({ length, target });
  });
  return targets;
}
