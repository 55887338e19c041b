/**
 * Quantiles of a sample by linear interpolation of the order statistics: type 7 of Hyndman and Fan 1996
 * (https://doi.org/10.2307/2684934), which is NumPy's and R's default.
 */

/** The five numbers of a sample. An entry is null where so many runs failed that it lies among the failures. */
export interface Summary {
  readonly count: number;
  readonly minimum: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly maximum: number | null;
}

/**
 * Quantile `p` (0 to 1) of ascending `sorted`, which may end in +Infinity: a quantile that touches an infinite value is
 * infinite. Throws RangeError on an empty sample or a `p` outside 0 .. 1.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('quantile needs at least one value; got none.');
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile takes p from 0 to 1; got ${p}.`);
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const fraction = position - below;
  const low = sorted[below];
  if (fraction === 0) return low;
  const high = sorted[below + 1];
  if (high === low) return low;
  return Number.isFinite(high) && Number.isFinite(low) ? low + fraction * (high - low) : high;
}

/**
 * Summary of what every run reached. null (a failed run) counts as worse than every number, so that a strategy gains
 * nothing by failing on the seeds that go badly. With `higherIsBetter`, worse means lower.
 */
export function summarize(values: readonly (number | null)[], higherIsBetter = false): Summary | null {
  if (values.length === 0) return null;
  const failed = higherIsBetter ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const sorted = values.map((value) => (value === null || Number.isNaN(value) ? failed : value)).sort((a, b) => a - b);
  // The quantile rule above expects the infinities last; a mirrored sample has mirrored quantiles.
  const mirrored = higherIsBetter ? sorted.map((value) => -value).reverse() : sorted;
  const at = (p: number) => {
    const value = higherIsBetter ? -quantile(mirrored, 1 - p) : quantile(mirrored, p);
    return Number.isFinite(value) ? value + 0 : null;
  };
  return { count: values.length, minimum: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), maximum: at(1) };
}
