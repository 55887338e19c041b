/** Cholesky's factor of a symmetric positive definite matrix: a = L L', L lower triangular (Golub and Van Loan, section 4.2). */

/**
 * Writes L into `out` (both row-major n x n; only the triangle on and below the diagonal is read or written).
 * False, with `out` in pieces, where the matrix is not positive definite.
 */
export function cholesky(a: Float64Array, out: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = a[row + j];
      for (let k = 0; k < j; k++) sum -= out[row + k] * out[other + k];
      if (i === j) {
        if (!(sum > 0)) return false;
        out[row + i] = Math.sqrt(sum);
      } else out[row + j] = sum / out[other + j];
    }
  }
  return true;
}

/** x <- L^(-1) x, by forward substitution. */
export function solveLower(factor: Float64Array, x: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * x[k];
    x[i] = sum / factor[i * n + i];
  }
}
