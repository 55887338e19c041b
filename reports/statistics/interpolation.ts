/**
 * Traces of several runs on one grid. A trace is a step function of what was spent: between two rows the last observation
 * holds; before the first row and beyond the last there is no value.
 */
import { quantile } from './quantiles.js';

/** One run: ascending cost and the value reached by then; null while nothing finite was found. */
export interface Curve {
  readonly cost: readonly number[];
  readonly value: readonly (number | null)[];
}

/** Median and quartiles over the runs that have a value at each point of the grid. */
export interface Band {
  readonly q1: (number | null)[];
  readonly median: (number | null)[];
  readonly q3: (number | null)[];
  /** How many runs reach each point. */
  readonly runs: number[];
}

/** Log-spaced costs from the lowest first row to the highest last row, both included; rounded to four digits inside. */
export function logGrid(curves: readonly Curve[], pointsPerDecade = 16): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const { cost } of curves) {
    const first = cost.find((c) => c > 0);
    if (first === undefined) continue;
    low = Math.min(low, first);
    high = Math.max(high, cost[cost.length - 1]);
  }
  if (high === 0) return [];
  const grid = [low];
  const last = Math.ceil(Math.log10(high) * pointsPerDecade);
  for (let k = Math.floor(Math.log10(low) * pointsPerDecade); k <= last; k++) {
    const point = Number((10 ** (k / pointsPerDecade)).toPrecision(4));
    if (point > grid[grid.length - 1] && point < high) grid.push(point);
  }
  if (high > low) grid.push(high);
  return grid;
}

/** Index of the row that holds at `cost`, or -1 where the run has no value: before its first row or beyond its last. */
export function rowAt(costs: readonly number[], cost: number): number {
  if (costs.length === 0 || cost < costs[0] || cost > costs[costs.length - 1]) return -1;
  let low = 0;
  let high = costs.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (costs[middle] <= cost) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Quartiles of the curves on the grid. Lower is better unless `higherIsBetter`; null values count as worst. Points that
 * fewer than half of the runs reach have none: the survivors alone would say nothing about the strategy.
 */
export function band(curves: readonly Curve[], grid: readonly number[], higherIsBetter = false): Band {
  const result: Band = { q1: [], median: [], q3: [], runs: [] };
  const sign = higherIsBetter ? -1 : 1;
  for (const cost of grid) {
    const values: number[] = [];
    for (const curve of curves) {
      const row = rowAt(curve.cost, cost);
      if (row < 0) continue;
      const value = curve.value[row];
      values.push(value === null || !Number.isFinite(value) ? Number.POSITIVE_INFINITY : sign * value);
    }
    values.sort((a, b) => a - b);
    const enough = values.length > 0 && values.length * 2 >= curves.length;
    const at = (p: number) => {
      if (!enough) return null;
      const value = quantile(values, higherIsBetter ? 1 - p : p);
      return Number.isFinite(value) ? sign * value : null;
    };
    result.q1.push(at(0.25));
    result.median.push(at(0.5));
    result.q3.push(at(0.75));
    result.runs.push(values.length);
  }
  return result;
}
