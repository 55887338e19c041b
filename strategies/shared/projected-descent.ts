/**
 * Minimizes a smooth function within a box: quasi-Newton steps of BFGS over the coordinates that no bound holds, projected onto
 * the box, with Armijo's rule for their length (Bertsekas 1982, "Projected Newton methods for optimization problems with simple
 * constraints", https://doi.org/10.1137/0320018). For few coordinates: it keeps a dense matrix.
 */

/** Value at `x`; writes the gradient into `slope`. */
export type Smooth = (x: Float64Array, slope: Float64Array) => number;

/** Moves `x` to lower values of `f`, at most `iterations` steps; returns the value there. `x` begins within [low, high]. */
export function descend(f: Smooth, x: Float64Array, low: Float64Array, high: Float64Array, iterations: number): number {
  const n = x.length;
  const slope = new Float64Array(n);
  const next = new Float64Array(n);
  const nextSlope = new Float64Array(n);
  const way = new Float64Array(n);
  const inverse = new Float64Array(n * n); // of the Hessian, estimated
  const held = new Uint8Array(n);
  const product = new Float64Array(n);
  let value = f(x, slope);
  let fresh = true;
  for (let iteration = 0; iteration < iterations; iteration++) {
    let free = 0;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      const holds = (x[i] <= low[i] && slope[i] > 0) || (x[i] >= high[i] && slope[i] < 0);
      held[i] = holds ? 1 : 0;
      if (holds) continue;
      free++;
      norm += slope[i] * slope[i];
    }
    if (free === 0 || !(norm > 0)) break;
    if (fresh) identity(inverse, n, 1 / Math.max(1, Math.sqrt(norm)));
    let descent = 0;
    for (let i = 0; i < n; i++) {
      way[i] = 0;
      if (held[i] === 1) continue;
      for (let j = 0; j < n; j++) if (held[j] === 0) way[i] -= inverse[i * n + j] * slope[j];
      descent += way[i] * slope[i];
    }
    let step = 1;
    let reached = value;
    let accepted = false;
    if (descent < 0) {
      for (let halving = 0; halving < 20 && !accepted; halving++) {
        let gain = 0;
        for (let i = 0; i < n; i++) {
          next[i] = Math.min(Math.max(x[i] + step * way[i], low[i]), high[i]);
          gain += slope[i] * (next[i] - x[i]);
        }
        reached = f(next, nextSlope);
        accepted = gain < 0 && reached <= value + 1e-4 * gain;
        if (!accepted) step /= halving < 3 ? 2 : 10;
      }
    }
    if (!accepted) {
      if (fresh) break; // no lower value even along the gradient
      fresh = true;
      continue;
    }
    let curve = 0;
    let moved = 0;
    for (let i = 0; i < n; i++) {
      way[i] = next[i] - x[i];
      slope[i] = nextSlope[i] - slope[i];
      curve += way[i] * slope[i];
      moved = Math.max(moved, Math.abs(way[i]));
    }
    if (curve > 1e-14) {
      if (fresh) {
        let square = 0;
        for (let i = 0; i < n; i++) square += slope[i] * slope[i];
        identity(inverse, n, curve / square);
      }
      update(inverse, way, slope, curve, product);
      fresh = false;
    } else fresh = true;
    const gained = value - reached;
    x.set(next);
    slope.set(nextSlope);
    value = reached;
    if (moved < 1e-9 || gained <= 1e-12 * Math.abs(value)) break;
  }
  return value;
}

function identity(matrix: Float64Array, n: number, scale: number): void {
  matrix.fill(0);
  for (let i = 0; i < n; i++) matrix[i * n + i] = scale;
}

/** BFGS: H <- (I - s y' / y's) H (I - y s' / y's) + s s' / y's, `curve` = y's. */
function update(inverse: Float64Array, s: Float64Array, y: Float64Array, curve: number, product: Float64Array): void {
  const n = s.length;
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    product[i] = 0;
    for (let j = 0; j < n; j++) product[i] += inverse[i * n + j] * y[j];
    quadratic += y[i] * product[i];
  }
  const scale = (1 + quadratic / curve) / curve;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) inverse[i * n + j] += scale * s[i] * s[j] - (product[i] * s[j] + s[i] * product[j]) / curve;
  }
}
