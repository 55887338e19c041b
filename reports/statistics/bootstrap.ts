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
 * Mean of the middle half (a quarter of the values, rounded down, is dropped at each end) over all values of all strata, with its interval. `seed` names the stream. A failed run is +Infinity;
 * undefined where there are no values, or the mean or an end of its interval is not finite.
 */
export function interquartileMeanInterval(strata: readonly (readonly number[])[], seed: string): Interval | undefined {
  const all = strata.flat();
  const size = all.length;
  if (size === 0) return undefined;
  // Drawing counts places in the sorted sample instead of values, so that no resample needs to be sorted.
  const order = all.map((_, i) => i).sort((a, b) => all[a] - all[b] || a - b);
  const sorted = Float64Array.from(order, (i) => all[i]);
  const place = new Int32Array(size);
  order.forEach((i, at) => {
    place[i] = at;
  });
  const rng = Rng.seeded(seed);
  const counts = new Int32Array(size);
  const means = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    counts.fill(0);
    let from = 0;
    for (const { length } of strata) {
      for (let i = 0; i < length; i++) counts[place[from + Math.floor((rng.uint32() / 4294967296) * length)]]++;
      from += length;
    }
    means[r] = middleMean(sorted, counts);
  }
  means.sort();
  const value = middleMean(sorted, counts.fill(1));
  const low = means[Math.round(0.025 * (resamples - 1))];
  const high = means[Math.round(0.975 * (resamples - 1))];
  return Number.isFinite(value) && Number.isFinite(low) && Number.isFinite(high) ? { value, low, high } : undefined;
}

/** Interquartile mean of a sample that holds each of `sorted` so many times; as many in all as there are values. */
function middleMean(sorted: Float64Array, counts: Int32Array): number {
  const cut = Math.floor(sorted.length / 4);
  const end = sorted.length - cut;
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < sorted.length && seen < end; i++) {
    if (counts[i] === 0) continue;
    const taken = Math.min(seen + counts[i], end) - Math.max(seen, cut);
    if (taken > 0) sum += taken * sorted[i];
    seen += counts[i];
  }
  return sum / (end - cut);
}
