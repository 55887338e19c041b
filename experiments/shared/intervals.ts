/** How sure a mean over a few seeds is. */

/** Two-sided 95 % points of Student's t, by degrees of freedom from 1 to 19. */
const t95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093,
];

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Half the width of the 95 % interval of the mean of 2 to 20 values, by Student's t; undefined for a single one. */
export function halfInterval(values: readonly number[]): number | undefined {
  const n = values.length;
  if (n < 2) return undefined;
  if (n > t95.length + 1) throw new RangeError(`Intervals are for up to ${t95.length + 1} values; got ${n}.`);
  const centre = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1);
  return t95[n - 2] * Math.sqrt(variance / n);
}

/** By linear interpolation between order statistics, the lowest at share 0 and the highest at 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
