/**
 * What search distributions do with noise: mirrored points around a centre, weighted sums, sums of outer products.
 * In place where all arrays are `residentArrays` of one call; other arrays take plain loops, which give the same bits.
 */
import type { Vector } from '../core/space.js';
import { type Home, homeOf } from './memory.js';
import type { Strided } from './twins/estimate.js';
import * as twin from './twins/estimate.js';

export type { Strided } from './twins/estimate.js';

/** The memory that all arrays share; undefined if they do not. */
function common(first: Vector, ...others: readonly Vector[]): Home | undefined {
  const home = homeOf(first);
  return home !== undefined && others.every((array) => array.buffer === home.buffer) ? home : undefined;
}

/**
 * Rows 2k and 2k + 1 of `out`, for each k: centre + deviations * e and centre - deviations * e, where e are the numbers of `noise`
 * from `offsets[k]`.
 */
export function mirrorRows(centre: Vector, deviations: Vector, noise: Vector, offsets: Int32Array, out: Vector): void {
  const n = centre.length;
  const home = common(out, centre, deviations, noise);
  for (let k = 0; k < offsets.length; k++) {
    const at = 2 * k * n;
    if (home === undefined) twin.mirrorRow(centre, deviations, noise, offsets[k], out, at);
    else {
      const plus = out.byteOffset + 4 * at;
      const e = noise.byteOffset + 4 * offsets[k];
      home.kernels.mirrorRow(centre.byteOffset, deviations.byteOffset, e, plus, plus + 4 * n, n);
    }
  }
}

/** sum += weights[0] e_0 + weights[1] e_1 + ..., e_k the numbers of `noise` from `offsets[k]`; weights of 0 are left out. */
export function addNoise(sum: Vector, noise: Vector, offsets: Int32Array, weights: Float64Array): void {
  const home = common(sum, noise);
  for (let k = 0; k < offsets.length; k++) {
    if (weights[k] === 0) continue;
    if (home === undefined) twin.addScaled(sum, noise, offsets[k], weights[k]);
    else home.kernels.addScaled(sum.byteOffset, noise.byteOffset + 4 * offsets[k], sum.length, weights[k]);
  }
}

/** The same with e_k^2 - 1 in the place of e_k. */
export function addSquaredNoise(sum: Vector, noise: Vector, offsets: Int32Array, weights: Float64Array): void {
  const home = common(sum, noise);
  for (let k = 0; k < offsets.length; k++) {
    if (weights[k] === 0) continue;
    if (home === undefined) twin.addSquares(sum, noise, offsets[k], weights[k]);
    else home.kernels.addSquares(sum.byteOffset, noise.byteOffset + 4 * offsets[k], sum.length, weights[k]);
  }
}

/** The matrix [rows, columns] at `sum[at ..]` += A^T B, for A [count, rows] and B [count, columns]. */
export function addOuter(sum: Vector, at: number, a: Strided, b: Strided, rows: number, columns: number, count: number): void {
  const home = common(sum, a.values, b.values);
  if (home === undefined) {
    twin.addOuter(sum, at, a, b, rows, columns, count);
    return;
  }
  const place = (values: Vector, from: number) => values.byteOffset + 4 * from;
  home.kernels.addOuter(place(sum, at), place(a.values, a.at), place(b.values, b.at), rows, columns, count, a.step, b.step);
}
