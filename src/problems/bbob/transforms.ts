/**
 * The transformations that BBOB's functions are built from (RR-6829, section 0.2), each on numbers or on buffers that the
 * caller owns: nothing here allocates per evaluation.
 */

/** T_osz of one coordinate: breaks symmetry and smoothness a little; keeps sign, zero and order of magnitude. */
export function oscillate(x: number): number {
  if (x > 0) {
    const h = Math.log(x);
    return Math.exp(h + 0.049 * (Math.sin(10 * h) + Math.sin(7.9 * h)));
  }
  if (x < 0) {
    const h = Math.log(-x);
    return -Math.exp(h + 0.049 * (Math.sin(5.5 * h) + Math.sin(3.1 * h)));
  }
  return x;
}

/** T_asy of one coordinate: x^(1 + exponent sqrt(x)) for positive x. `exponent` is beta i / (D - 1). */
export function asymmetric(x: number, exponent: number): number {
  return x > 0 ? x * Math.exp(exponent * Math.sqrt(x) * Math.log(x)) : x;
}

/** T_osz of every coordinate, in place. */
export function oscillateAll(z: Float64Array): void {
  for (let i = 0; i < z.length; i++) z[i] = oscillate(z[i]);
}

/** T_asy of every coordinate, in place; `exponents` from `ramp(D, beta)`. */
export function asymmetricAll(z: Float64Array, exponents: Float64Array): void {
  for (let i = 0; i < z.length; i++) z[i] = asymmetric(z[i], exponents[i]);
}

/** i / (D - 1) times `height`, i = 0 .. D - 1. */
export function ramp(dimension: number, height: number): Float64Array {
  return Float64Array.from({ length: dimension }, (_, i) => (height * i) / (dimension - 1));
}

/** base^(i / (D - 1)), i = 0 .. D - 1. The diagonal of Lambda^alpha is `powers(D, sqrt(alpha))`. */
export function powers(dimension: number, base: number): Float64Array {
  return ramp(dimension, 1).map((exponent) => base ** exponent);
}

/** out = matrix (x - shift), row-major and square. `difference` takes x - shift; the three buffers are apart. */
export function rotateAbout(matrix: Float64Array, x: Float64Array, shift: Float64Array, difference: Float64Array, out: Float64Array): void {
  for (let i = 0; i < difference.length; i++) difference[i] = x[i] - shift[i];
  rotate(matrix, difference, out);
}

/** out = matrix x; `out` is not `x`. Four rows at once: one sum alone would wait for its own last addition. */
export function rotate(matrix: Float64Array, x: Float64Array, out: Float64Array): void {
  const n = out.length;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const row0 = i * n;
    const row1 = row0 + n;
    const row2 = row1 + n;
    const row3 = row2 + n;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < n; j++) {
      const value = x[j];
      sum0 += matrix[row0 + j] * value;
      sum1 += matrix[row1 + j] * value;
      sum2 += matrix[row2 + j] * value;
      sum3 += matrix[row3 + j] * value;
    }
    out[i] = sum0;
    out[i + 1] = sum1;
    out[i + 2] = sum2;
    out[i + 3] = sum3;
  }
  for (; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[row + j] * x[j];
    out[i] = sum;
  }
}

/** left diag(weights) right, row-major. */
export function sandwich(left: Float64Array, weights: Float64Array, right: Float64Array): Float64Array {
  const n = weights.length;
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += left[i * n + k] * weights[k] * right[k * n + j];
      product[i * n + j] = sum;
    }
  }
  return product;
}

/** diag(weights) matrix, row-major. */
export function scaleRows(weights: Float64Array, matrix: Float64Array): Float64Array {
  const n = weights.length;
  return matrix.map((value, at) => weights[Math.floor(at / n)] * value);
}

/** Sum of squared distances by which coordinates leave [-5, 5]. */
export function outside(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const excess = Math.abs(x[i]) - 5;
    if (excess > 0) sum += excess * excess;
  }
  return sum;
}
