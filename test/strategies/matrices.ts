/** 3 x 3 matrices as rows, by the textbook: what strategies with matrices are compared with. */

export type Matrix = number[][];

export const axes = [0, 1, 2];

export const identity: Matrix = axes.map((i) => axes.map((j) => (i === j ? 1 : 0)));

export function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => axes.map((j) => axes.reduce((sum, k) => sum + row[k] * b[k][j], 0)));
}

export function times(a: Matrix, v: readonly number[]): number[] {
  return a.map((row) => axes.reduce((sum, j) => sum + row[j] * v[j], 0));
}

/** sum weights[k] v_k v_k'. */
export function outer(vectors: readonly (readonly number[])[], weights: readonly number[]): Matrix {
  return axes.map((i) => axes.map((j) => vectors.reduce((sum, v, k) => sum + weights[k] * v[i] * v[j], 0)));
}

/** The sum of matrices, each times a number. */
export function combine(...terms: readonly (readonly [number, Matrix])[]): Matrix {
  return axes.map((i) => axes.map((j) => terms.reduce((sum, [factor, M]) => sum + factor * M[i][j], 0)));
}

/** The solution of A x = b by Cramer's rule. */
export function solve(A: Matrix, b: number[]): number[] {
  const det = (M: Matrix) =>
    M[0][0] * (M[1][1] * M[2][2] - M[1][2] * M[2][1]) -
    M[0][1] * (M[1][0] * M[2][2] - M[1][2] * M[2][0]) +
    M[0][2] * (M[1][0] * M[2][1] - M[1][1] * M[2][0]);
  return axes.map((c) => det(A.map((row, i) => row.map((x, j) => (j === c ? b[i] : x)))) / det(A));
}
