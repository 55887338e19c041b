/**
 * Traces of several runs on one grid. A trace is a step function of what was spent: between two rows the last observation
 * holds; before the first row there is no value; beyond the last the run has ended, and what it had found in the end stays its best.
 */
import { quantile } from './quantiles.js';

/** One run: ascending cost and the value reached by then; null while nothing finite was found. */
export interface Curve {
  readonly cost: readonly number[];
  readonly value: readonly (number | null)[];
}

/** Median and quartiles over the runs at each point of the grid. */
export interface Band {
  readonly q1: (number | null)[];
  readonly median: (number | null)[];
  readonly q3: (number | null)[];
  /** How many runs go on at least to each point. */
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

/**
 * Quartiles of the curves on the grid. Lower is better unless `higherIsBetter`. All curves count at every point: one that has ended
 * with its last value, one without a value yet as the worst. So where values only fall, quartiles do too; null where they meet
 * curves without a value.
 */
export function band(curves: readonly Curve[], grid: readonly number[], higherIsBetter = false): Band {
  const result: Band = { q1: [], median: [], q3: [], runs: [] };
  const sign = higherIsBetter ? -1 : 1;
  const values = new Float64Array(curves.length);
  const rows = new Int32Array(curves.length).fill(-1); // the row that holds, of each curve; the grid ascends
  for (const cost of grid) {
    let runs = 0;
    for (const [i, curve] of curves.entries()) {
      while (curve.cost[rows[i] + 1] <= cost) rows[i]++;
      const value = rows[i] < 0 ? null : curve.value[rows[i]];
      if (cost <= (curve.cost.at(-1) ?? 0)) runs++;
      values[i] = value === null || !Number.isFinite(value) ? Number.POSITIVE_INFINITY : sign * value;
    }
    values.sort();
    const at = (p: number) => {
      if (values.length === 0) return null;
      const value = quantile(values, higherIsBetter ? 1 - p : p);
      return Number.isFinite(value) ? sign * value : null;
    };
    result.q1.push(at(0.25));
    result.median.push(at(0.5));
    result.q3.push(at(0.75));
    result.runs.push(runs);
  }
  return result;
}
