/** A coordinate put within its bounds, by strategies that choose their points there themselves. */
import type { Limits } from '../../src/core/bounds.js';

/** `x`, or the bound of coordinate `i` that it is beyond. */
export function within(x: number, limits: Limits | undefined, i: number): number {
  return limits === undefined ? x : Math.min(Math.max(x, limits.lower[i]), limits.upper[i]);
}
