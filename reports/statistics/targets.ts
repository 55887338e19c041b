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
 * Run-length-based targets as COCO defines them for expensive functions (cocopp: RunlengthBasedTargetValues): for each length
 * (ascending) the easiest level that a reference algorithm just misses, that is, the one after the last whose expected running
 * time is at most the length; never easier than, nor the same as, the one of the length before. `reference[i]` is that time to
 * level i, of descending levels; null where no run reached it. Where not even the first level is reached in time, it is the
 * target. A length gives none where the last level was a target already.
 */
export function runLengthTargets(lengths: readonly number[], reference: readonly (number | null)[]): { length: number; level: number }[] {
  const targets: { length: number; level: number }[] = [];
  const last = reference.length - 1;
  for (const length of lengths) {
    const reached = reference.findLastIndex((time) => time !== null && time <= Math.max(1, length));
    const before = targets.at(-1)?.level ?? -1;
    const level = Math.min(Math.max(reached + 1, before + 1), last);
    if (level > before) targets.push({ length, level });
  }
  return targets;
}
