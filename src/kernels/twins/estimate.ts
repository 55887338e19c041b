/**
 * The plain twins of the kernels for search distributions: mirrored points, and sums over noise.
 * In float32 every operation is rounded to float32, so that the SIMD kernels give the same bits.
 */
import type { Vector } from '../../core/space.js';

const { fround } = Math;

/** out[at + i] = c_i + d_i e_i and out[at + n + i] = c_i - d_i e_i, e_i = noise[from + i], for i below n = centre.length. */
export function mirrorRow(centre: Vector, deviations: Vector, noise: Vector, from: number, out: Vector, at: number): void {
  const n = centre.length;
  if (out instanceof Float32Array) {
    for (let i = 0; i < n; i++) {
      const step = fround(deviations[i] * noise[from + i]);
      out[at + i] = centre[i] + step;
      out[at + n + i] = centre[i] - step;
    }
  } else {
    for (let i = 0; i < n; i++) {
      const step = deviations[i] * noise[from + i];
      out[at + i] = centre[i] + step;
      out[at + n + i] = centre[i] - step;
    }
  }
}

/** sum_i += w e_i */
export function addScaled(sum: Vector, noise: Vector, from: number, weight: number): void {
  if (sum instanceof Float32Array) {
    const w = fround(weight);
    for (let i = 0; i < sum.length; i++) sum[i] += fround(w * noise[from + i]);
  } else {
    for (let i = 0; i < sum.length; i++) sum[i] += weight * noise[from + i];
  }
}

/** sum_i += w (e_i^2 - 1) */
export function addSquares(sum: Vector, noise: Vector, from: number, weight: number): void {
  if (sum instanceof Float32Array) {
    const w = fround(weight);
    for (let i = 0; i < sum.length; i++) {
      const e = noise[from + i];
      sum[i] += fround(w * fround(fround(e * e) - 1));
    }
  } else {
    for (let i = 0; i < sum.length; i++) {
      const e = noise[from + i];
      sum[i] += weight * (e * e - 1);
    }
  }
}

/** Matrices within arrays: `count` rows that begin at `at` and every `step` numbers. */
export interface Strided {
  readonly values: Vector;
  readonly at: number;
  readonly step: number;
}

/** sum[at + i columns + j] += a[0, i] b[0, j] + a[1, i] b[1, j] + ..., in this order. */
export function addOuter(sum: Vector, at: number, a: Strided, b: Strided, rows: number, columns: number, count: number): void {
  const single = sum instanceof Float32Array;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let s = sum[at + i * columns + j];
      for (let k = 0; k < count; k++) {
        const product = a.values[a.at + k * a.step + i] * b.values[b.at + k * b.step + j];
        s = single ? fround(s + fround(product)) : s + product;
      }
      sum[at + i * columns + j] = s;
    }
  }
}
