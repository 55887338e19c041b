/**
 * The interquartile mean, and its interval by stratified bootstrap: runs are drawn again within each problem (Agarwal, Schwarzer,
 * Castro, Courville and Bellemare 2021, https://arxiv.org/abs/2108.13264). Draws are seeded: equal data give equal intervals.
 */
import { Rng } from '../../src/core/rng.js';

export interface Interval {
  readonly value: number;
  /** The middle 95 % of the resamples. */
  readonly low: number;
  readonly high: number;
}

/** How many resamples an interval is made of. */
export const resamples = 1000;

/**
 * Mean of the middle half: a quarter of the values, rounded down, is dropped at each end. Sorts `values` in place.
 * Infinite where an infinite value (a failed run) is in the middle half. Needs at least one value.
 */
export function interquartileMean(values: Float64Array): number {
  values.sort();
  const cut = Math.floor(values.length / 4);
  let sum = 0;
  for (let i = cut; i < values.length - cut; i++) sum += values[i];
  return sum / (values.length - 2 * cut);
}

/**
 * Interquartile mean over all values of all strata, with its interval. `seed` names the stream. A failed run is +Infinity;
 * undefined where there are no values, or the mean or an end of its interval is not finite.
 */
export function interquartileMeanInterval(strata: readonly (readonly number[])[], seed: string): Interval | undefined {
  const size = strata.reduce((sum, stratum) => sum + stratum.length, 0);
  if (size === 0) return undefined;
  const rng = Rng.seeded(seed);
  const sample = Float64Array.from(strata.flat());
  const value = interquartileMean(sample);
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let at = 0;
    for (const stratum of strata) for (let i = 0; i < stratum.length; i++) sample[at++] = stratum[rng.below(stratum.length)];
    means[r] = interquartileMean(sample);
  }
  means.sort();
  const low = means[Math.round(0.025 * (resamples - 1))];
  const high = means[Math.round(0.975 * (resamples - 1))];
  return Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high) ? { value, low, high } : undefined;
}
