/** The step of gradient descent, x - rate g: what a strategy does for every parameter between two gradients. */
import type { Vector } from '../core/space.js';
import { openStage } from './memory.js';
import { piecesOf, shortRow } from './rows.js';

/** Subtracts rate * gradient from `point`, in float64 that is rounded to the point's precision; the arrays have the same length. */
export function descend(point: Vector, gradient: Vector, rate: number): void {
  const single = point instanceof Float32Array && gradient instanceof Float32Array;
  const stage = single && point.length >= shortRow ? openStage() : undefined;
  if (stage === undefined) {
    descendPlainly(point, gradient, rate);
    return;
  }
  const to = piecesOf(point, point.length, 0);
  const by = piecesOf(gradient, point.length, 0);
  for (let k = 0; k < to.length; k++) {
    const n = to[k].length;
    // what is computed behind the end of a piece is not taken
    stage.kernels.descend(stage.put(0, to[k]), stage.put(1, by[k]), (n + 3) & ~3, rate);
    stage.take(0, to[k]);
  }
}

/** The plain twin. */
export function descendPlainly(point: Vector, gradient: Vector, rate: number): void {
  for (let i = 0; i < point.length; i++) point[i] -= rate * gradient[i];
}
