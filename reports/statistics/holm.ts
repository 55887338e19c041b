/** Holm's correction for several tests at once (Holm 1979, https://www.jstor.org/stable/4615733). */

/** Each p-value corrected: the k-th smallest of m times m - k + 1, never below the one before, at most 1. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const corrected = new Array<number>(ps.length);
  let least = 0;
  order.forEach((index, place) => {
    least = Math.max(least, Math.min(1, ps[index] * (ps.length - place)));
    corrected[index] = least;
  });
  return corrected;
}
