/**
 * Times to targets, as COCO defines them (Hansen, Auger, Brockhoff and Tusar 2022, https://doi.org/10.1109/TEVC.2022.3210897):
 * the running time of a run is what it had spent when its best first reached the target.
 */
import { Rng } from '../../src/core/rng.js';
import type { Curve } from './interpolation.js';

/**
 * For each of descending `targets` the row of the curve that first is at or below it, or -1. Values need not be monotone;
 * null is no value.
 */
export function firstRows(values: readonly (number | null)[], targets: readonly number[]): Int32Array {
  const rows = new Int32Array(targets.length).fill(-1);
  let next = 0;
  for (let row = 0; row < values.length && next < targets.length; row++) {
    const value = values[row];
    if (value === null) continue;
    while (next < targets.length && value <= targets[next]) rows[next++] = row;
  }
  return rows;
}

/** What the curve had spent when it first reached each of descending `targets`; null where it never did. */
export function runningTimes({ cost, value }: Curve, targets: readonly number[]): (number | null)[] {
  return Array.from(firstRows(value, targets), (row) => (row < 0 ? null : cost[row]));
}

/** One run and one target. */
export interface Attempt {
  /** Spent until the target was reached; null where it was not. */
  readonly time: number | null;
  /** Spent in all. */
  readonly total: number;
}

export interface ExpectedTime {
  /** null where no run reached the target: then nothing can be said but "longer". */
  readonly value: number | null;
  readonly successes: number;
  readonly runs: number;
}

/**
 * Expected running time (ERT, also aRT): what all runs together spent until they reached the target or ended, for each success.
 * A run that failed to reach it counts with its own length, as in COCO; IOHanalyzer charges it the largest budget instead.
 */
export function expectedTime(attempts: readonly Attempt[]): ExpectedTime {
  let spent = 0;
  let successes = 0;
  for (const { time, total } of attempts) {
    spent += time ?? total;
    if (time !== null) successes++;
  }
  return { value: successes > 0 ? spent / successes : null, successes, runs: attempts.length };
}

/** Source of draws: tests put recorded ones in its place. */
export interface Draws {
  /** A permutation of 0 .. n - 1. */
  permutation(n: number): ArrayLike<number>;
  /** `count` whole numbers in 0 .. n - 1, with replacement. */
  below(n: number, count: number): ArrayLike<number>;
}

export function seededDraws(seed: string): Draws {
  const rng = Rng.seeded(seed);
  return {
    permutation(n) {
      const order = new Int32Array(n);
      for (let i = 0; i < n; i++) order[i] = i;
      rng.shuffle(order);
      return order;
    },
    below(n, count) {
      const drawn = new Int32Array(count);
      for (let i = 0; i < count; i++) drawn[i] = rng.below(n);
      return drawn;
    },
  };
}

/** Simulated running times are at least this many, as in COCO. */
export const fewestSimulated = 45;

/**
 * Running times of a strategy that starts again until it reaches the target, simulated from its runs: as many times as the
 * smallest multiple of the number of runs from 45 on. The first draw is derandomized (every run equally often); while the run
 * drawn is unsuccessful its whole length is added and another one drawn, with replacement. Without any success: empty.
 */
export function simulatedRestarts(attempts: readonly Attempt[], draws: Draws): Float64Array {
  // Successes first, as the order of draws in COCO has them.
  const succeeded = attempts.filter(({ time }) => time !== null).map(({ time }) => time as number);
  const failed = attempts.filter(({ time }) => time === null).map(({ total }) => total);
  if (succeeded.length === 0) return new Float64Array(0);
  const lengths = [...succeeded, ...failed];
  const count = lengths.length;
  const size = count * Math.ceil(fewestSimulated / count);
  const sums = new Float64Array(size);
  let failing: number[] = [];
  for (let start = 0; start < size; start += count) {
    const order = draws.permutation(count);
    for (let i = 0; i < count; i++) {
      sums[start + i] = lengths[order[i]];
      if (order[i] >= succeeded.length) failing.push(start + i);
    }
  }
  while (failing.length > 0) {
    const drawn = draws.below(count, failing.length);
    const still: number[] = [];
    failing.forEach((place, i) => {
      sums[place] += lengths[drawn[i]];
      if (drawn[i] >= succeeded.length) still.push(place);
    });
    failing = still;
  }
  return sums;
}
