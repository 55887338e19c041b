/** Rows of row-major matrices, copied without allocating. */
import type { Vector } from '../core/space.js';

/** Below this many numbers a loop is quicker than a view and a block copy. */
const shortRow = 64;

const views = new WeakMap<Vector, { length: number; rows: (Vector | undefined)[] }>();

/** Row `row` of a matrix whose rows have `length` numbers, as a view that is made once and kept as long as the matrix. */
export function rowOf(matrix: Vector, length: number, row: number): Vector {
  let kept = views.get(matrix);
  if (kept === undefined || kept.length !== length) {
    kept = { length, rows: new Array(matrix.length / length).fill(undefined) };
    views.set(matrix, kept);
  }
  let view = kept.rows[row];
  if (view === undefined) {
    view = matrix.subarray(row * length, (row + 1) * length);
    kept.rows[row] = view;
  }
  return view;
}

/** Copies one row of `length` numbers. */
export function copyRow(from: Vector, fromRow: number, to: Vector, toRow: number, length: number): void {
  if (length < shortRow) {
    const shift = (toRow - fromRow) * length;
    const end = (fromRow + 1) * length;
    for (let i = fromRow * length; i < end; i++) to[i + shift] = from[i];
  } else {
    rowOf(to, length, toRow).set(rowOf(from, length, fromRow));
  }
}
