/** Empirical distribution functions of running times: which share of all is done by when. */

/** Log-spaced from the lowest to the highest of `times`, ends included, at most `points`; empty without times. */
export function timeGrid(times: ArrayLike<number>, points = 64): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let i = 0; i < times.length; i++) {
    const time = times[i];
    if (!(time > 0)) continue;
    if (time < low) low = time;
    if (time > high) high = time;
  }
  if (high === 0) return [];
  const grid = [low];
  for (let k = 1; k < points - 1; k++) {
    const point = Number((low * (high / low) ** (k / (points - 1))).toPrecision(4));
    if (point > grid[grid.length - 1] && point < high) grid.push(point);
  }
  if (high > low) grid.push(high);
  return grid;
}

/** For each point of an ascending grid the share of `total` whose time is at most that. Sorts `times` in place. */
export function shareBy(times: Float64Array, total: number, grid: readonly number[]): number[] {
  times.sort();
  let done = 0;
  return grid.map((point) => {
    while (done < times.length && times[done] <= point) done++;
    return total > 0 ? done / total : 0;
  });
}
