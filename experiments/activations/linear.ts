/** Why not f(x) = x: the one linear layer that a deep network of identity units is. */
import type { LayoutSlice } from '../../src/core/space.js';

/**
 * The parameters of a single dense layer (weights row-major [inputs, outputs], then biases) that computes what the layers do one after the
 * other: W = W1 W2 ... Wd, b = (...(b1 W2 + b2) W3 + ...) + bd.
 */
export function collapsed(layout: readonly LayoutSlice[], theta: ArrayLike<number>): Float32Array {
  let weights: number[][] = [];
  let biases: number[] = [];
  for (let k = 0; k < layout.length; k += 2) {
    const { offset, fanIn, units } = layout[k];
    const own = Array.from({ length: fanIn }, (_, i) => Array.from({ length: units }, (_, j) => theta[offset + i * units + j]));
    const after = (row: readonly number[]) =>
      Array.from({ length: units }, (_, j) => row.reduce((sum, value, i) => sum + value * own[i][j], 0));
    const bias = Array.from({ length: units }, (_, j) => theta[layout[k + 1].offset + j]);
    weights = k === 0 ? own : weights.map(after);
    biases = k === 0 ? bias : after(biases).map((value, j) => value + bias[j]);
  }
  return Float32Array.from([...weights.flat(), ...biases]);
}
