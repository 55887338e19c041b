/** Sparse mutation of one row; the plain form is in ../hits.ts. */

/** Where `mutateHits` leaves its position, a float64: behind the lanes. */
const REACHED: usize = 1152;

/**
 * Adds scale deviations[i] steps[k] to child[i], in float64, for the hits k = next, next + 1, ... at i = from, i + 1 + gaps[k], ...
 * below `n`, as long as there are any of the `count` hits. Returns the next hit, and at REACHED where it is; behind the last
 * hit, where the genes that are left begin.
 */
export function mutateHits(
  child: usize,
  n: i32,
  scale: f64,
  deviations: usize,
  gaps: usize,
  steps: usize,
  count: i32,
  next: i32,
  from: i32,
): i32 {
  // positions are in bytes; they may pass 2^32 where a gap is as long as can be
  const end = <i64>n << 2;
  let at = <i64>from << 2;
  while (at < end) {
    const gene = child + <usize>at;
    const step = scale * <f64>load<f32>(deviations + <usize>at) * <f64>load<f32>(steps + (<usize>next << 2));
    store<f32>(gene, <f32>(<f64>load<f32>(gene) + step));
    at += 4;
    if (++next == count) break;
    at += <i64>load<i32>(gaps + (<usize>next << 2)) << 2;
  }
  store<f64>(REACHED, <f64>(at >> 2));
  return next;
}
