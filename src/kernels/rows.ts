/** Views of the rows of row-major matrices, made once and kept as long as the matrix: a generation allocates none. */
import type { Vector } from '../core/space.js';
import { pieceLength } from './memory.js';

/** Below this many numbers a plain loop is quicker than views. */
export const shortRow = 64;

interface Views {
  readonly length: number;
  readonly rows: (Vector | undefined)[];
  readonly pieces: (readonly Vector[] | undefined)[];
}

const kept = new WeakMap<Vector, Views>();

function viewsOf(matrix: Vector, length: number): Views {
  let views = kept.get(matrix);
  if (views === undefined || views.length !== length) {
    const rows = Math.floor(matrix.length / length);
    views = { length, rows: new Array(rows).fill(undefined), pieces: new Array(rows).fill(undefined) };
    kept.set(matrix, views);
  }
  return views;
}

/** Row `row` of a matrix whose rows have `length` numbers. */
export function rowOf(matrix: Vector, length: number, row: number): Vector {
  const { rows } = viewsOf(matrix, length);
  let view = rows[row];
  if (view === undefined) {
    view = matrix.subarray(row * length, (row + 1) * length);
    rows[row] = view;
  }
  return view;
}

/** The same row in consecutive pieces of at most `pieceLength` numbers. */
export function piecesOf(matrix: Vector, length: number, row: number): readonly Vector[] {
  const { pieces } = viewsOf(matrix, length);
  let cut = pieces[row];
  if (cut === undefined) {
    const view = rowOf(matrix, length, row);
    cut = Array.from({ length: Math.ceil(length / pieceLength) }, (_, k) => view.subarray(k * pieceLength, (k + 1) * pieceLength));
    pieces[row] = cut;
  }
  return cut;
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
