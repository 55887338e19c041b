/**
 * A low point of g'p + p'Gp / 2 within a box, whether G is definite or not: coordinates one after another, each as low as it gets, and
 * Newton's step in those that no bound holds where G is positive definite there (after Huyer and Neumaier 1999, section 5.3, who
 * leave it to a program of its own; ours is of the same kind).
 */
import { cholesky } from './cholesky.js';

/** Writes it into `p`, which begins at 0 (low <= 0 <= high). */
export function lowWithinBox(g: Float64Array, G: Float64Array, low: Float64Array, high: Float64Array, p: Float64Array): void {
  const n = p.length;
  p.fill(0);
  const slope = g.slice();
  const shift = (i: number, by: number) => {
    if (by === 0) return;
    p[i] += by;
    for (let k = 0; k < n; k++) slope[k] += G[k * n + i] * by;
  };
  for (let round = 0; round < 20 + n; round++) {
    let gained = 0;
    for (let i = 0; i < n; i++) {
      const h = G[i * n + i];
      const change = (by: number) => by * (slope[i] + (h * by) / 2);
      let by = change(low[i] - p[i]) < change(high[i] - p[i]) ? low[i] - p[i] : high[i] - p[i];
      if (h > 0) by = Math.min(Math.max(-slope[i] / h, low[i] - p[i]), high[i] - p[i]);
      const gain = change(by);
      if (gain < 0) {
        shift(i, by);
        gained -= gain;
      }
    }
    const free = Array.from({ length: n }, (_, i) => i).filter((i) => p[i] > low[i] && p[i] < high[i]);
    gained += newton(G, slope, free, low, high, p, shift);
    if (!(gained > 1e-14 * Math.abs(value(g, slope, p)))) return;
  }
}

/** g'p + p'Gp / 2, where slope = g + Gp. */
function value(g: Float64Array, slope: Float64Array, p: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (p[i] * (g[i] + slope[i])) / 2;
  return sum;
}

/** Towards the minimum over the free coordinates, as far as the box allows; what was gained. */
function newton(
  G: Float64Array,
  slope: Float64Array,
  free: readonly number[],
  low: Float64Array,
  high: Float64Array,
  p: Float64Array,
  shift: (i: number, by: number) => void,
): number {
  const m = free.length;
  const n = p.length;
  if (m < 2) return 0;
  const part = new Float64Array(m * m);
  free.forEach((i, a) => {
    free.forEach((k, b) => {
      part[a * m + b] = G[i * n + k];
    });
  });
  const factor = new Float64Array(m * m);
  if (!cholesky(part, factor, m)) return 0;
  const way = Float64Array.from(free, (i) => -slope[i]);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b < a; b++) way[a] -= factor[a * m + b] * way[b];
    way[a] /= factor[a * m + a];
  }
  for (let a = m - 1; a >= 0; a--) {
    way[a] /= factor[a * m + a];
    for (let b = 0; b < a; b++) way[b] -= factor[a * m + b] * way[a];
  }
  let share = 1;
  let descent = 0;
  free.forEach((i, a) => {
    descent += slope[i] * way[a];
    const room = way[a] > 0 ? high[i] - p[i] : low[i] - p[i];
    if (way[a] !== 0) share = Math.min(share, room / way[a]);
  });
  if (!(descent < 0) || !(share > 0)) return 0;
  free.forEach((i, a) => {
    shift(i, share * way[a]);
  });
  for (const i of free) p[i] = Math.min(Math.max(p[i], low[i]), high[i]);
  return -descent * share * (1 - share / 2);
}
