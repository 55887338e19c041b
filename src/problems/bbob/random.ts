/**
 * The random numbers behind BBOB's instances: uniform draws, optima, rotations and offsets exactly as COCO makes them.
 * Numbers, not code, after N. Hansen and others 2009, Real-parameter black-box optimization benchmarking 2009: noiseless
 * functions definitions (INRIA RR-6829), and COCO's data for the details that the report leaves open.
 *
 * The generator is Lehmer's (16807, modulus 2^31 - 1) with a table of 32 values from which the last output picks the next.
 */

const multiplier = 16807;
const modulus = 2147483647;
const tableSize = 32;
/** States drawn before the first output; the last 32 fill the table, from its end. */
const warmUp = 40;
/** Stands in for draws that are exactly zero, whose logarithm is taken. */
const tiny = 1e-99;

/** `length` numbers in (0, 1). `seed` is a whole number from 1. */
export function uniforms(length: number, seed: number): Float64Array {
  // products stay below 16807 * 2^31 < 2^53: the remainder is exact
  let state = seed;
  const advance = () => {
    state = (multiplier * state) % modulus;
    return state;
  };
  const table = new Float64Array(tableSize);
  for (let i = warmUp - 1; i >= 0; i--) {
    const drawn = advance();
    if (i < tableSize) table[i] = drawn;
  }
  let previous = table[0];
  return Float64Array.from({ length }, () => {
    const drawn = advance();
    const slot = Math.floor(previous / 67108865);
    previous = table[slot];
    table[slot] = drawn;
    return previous === 0 ? tiny : previous / modulus;
  });
}

/** `length` standard normal numbers: Box and Muller's transform of twice as many uniforms, radii first. */
export function normals(length: number, seed: number): Float64Array {
  const u = uniforms(2 * length, seed);
  return Float64Array.from({ length }, (_, i) => Math.sqrt(-2 * Math.log(u[i])) * Math.cos(2 * Math.PI * u[length + i]) || tiny);
}

/** A place in [-4, 4)^D on a grid of 0.0008, never at zero. */
export function drawOptimum(dimension: number, seed: number): Float64Array {
  return uniforms(dimension, seed).map((u) => (8 * Math.floor(1e4 * u)) / 1e4 - 4 || -1e-5);
}

/** A D x D orthogonal matrix, row-major: normal numbers, made orthonormal column by column (Gram and Schmidt). */
export function drawRotation(dimension: number, seed: number): Float64Array {
  const drawn = normals(dimension * dimension, seed);
  const columns = Array.from({ length: dimension }, (_, j) => drawn.slice(j * dimension, (j + 1) * dimension));
  columns.forEach((column, j) => {
    for (const earlier of columns.slice(0, j)) {
      const overlap = dot(column, earlier);
      for (let k = 0; k < dimension; k++) column[k] -= overlap * earlier[k];
    }
    const norm = Math.sqrt(dot(column, column));
    for (let k = 0; k < dimension; k++) column[k] /= norm;
  });
  const matrix = new Float64Array(dimension * dimension);
  for (let i = 0; i < dimension; i++) for (let j = 0; j < dimension; j++) matrix[i * dimension + j] = columns[j][i];
  return matrix;
}

/** f_opt: a Cauchy number times 100, to two decimals, within [-1000, 1000]. */
export function drawOffset(seed: number): number {
  const ratio = normals(1, seed)[0] / normals(1, seed + 1)[0];
  return Math.min(1000, Math.max(-1000, Math.round(100 * 100 * ratio) / 100));
}

/** The positions of `values` in ascending order of value. */
export function ascending(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
