/** What one of the 22 least-squares functions is. */

/** Residuals F(x) in R^m of x in R^n, and their derivatives. Neither method allocates. */
export interface LeastSquares {
  readonly title: string;
  /** The standard starting point for dimension n. */
  start(n: number): number[];
  /** F(x) into `f`, length m. */
  residuals(x: Float64Array, f: Float64Array): void;
  /** dF_i / dx_j into `j[i * n + j]`, row-major [m, n], every entry. */
  jacobian(x: Float64Array, m: number, j: Float64Array): void;
}
