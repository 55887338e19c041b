/** Least squares by polynomials on [-1, 1], in Chebyshev's basis, where the normal equations of low degrees are well conditioned. */

/** T_0(x) to T_degree(x): T_k = 2 x T_(k-1) - T_(k-2). */
export function chebyshev(x: number, degree: number): number[] {
  const t = [1, x];
  for (let k = 2; k <= degree; k++) t.push(2 * x * t[k - 1] - t[k - 2]);
  return t.slice(0, degree + 1);
}

/** Coefficients in Chebyshev's basis of the polynomial of that degree with the least sum of squared errors. More points than `degree` are needed. */
export function fitPolynomial(x: ArrayLike<number>, y: ArrayLike<number>, degree: number): number[] {
  const n = degree + 1;
  const rows = Array.from(x, (at) => chebyshev(at, degree));
  const q = Array.from({ length: n }, (_, k) => rows.map((row) => row[k]));
  const r = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let k = 0; k < n; k++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const share = dot(q[j], q[k]);
        r[j][k] += share;
        for (let i = 0; i < q[k].length; i++) q[k][i] -= share * q[j][i];
      }
    }
    r[k][k] = Math.sqrt(dot(q[k], q[k]));
    for (let i = 0; i < q[k].length; i++) q[k][i] /= r[k][k];
  }
  const target = Array.from(y);
  const coefficients = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = dot(q[k], target);
    for (let j = k + 1; j < n; j++) rest -= r[k][j] * coefficients[j];
    coefficients[k] = rest / r[k][k];
  }
  return coefficients;
}

export function evaluatePolynomial(coefficients: readonly number[], x: number): number {
  return dot(coefficients, chebyshev(x, coefficients.length - 1));
}

/** Mean squared error. */
export function meanSquaredError(coefficients: readonly number[], x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (evaluatePolynomial(coefficients, x[i]) - y[i]) ** 2;
  return sum / x.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
