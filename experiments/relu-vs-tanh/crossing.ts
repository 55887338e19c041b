/** When a curve first falls to a level. */

/**
 * The place, between whole numbers of epochs by linear interpolation, where `errors` (after 1, 2, ... epochs; `start` before the first)
 * first is at or below `level`; undefined where it never is.
 */
export function crossing(errors: readonly number[], level: number, start: number): number | undefined {
  for (let i = 0; i < errors.length; i++) {
    if (!(errors[i] <= level)) continue;
    const before = i === 0 ? start : errors[i - 1];
    return before <= level ? i : i + (before - level) / (before - errors[i]);
  }
  return undefined;
}
