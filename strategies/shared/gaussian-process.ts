/**
 * A Gaussian process with constant mean over the unit cube, as Jones, Schonlau and Welch 1998 have it
 * (https://doi.org/10.1023/A:1008306431147, section 2): correlations by a kernel with a length for each coordinate, mean and variance
 * by their closed forms, predictions with the error of the mean counted. Plain data; the factor of Cholesky grows row by row.
 */
import { exp, log } from '../../src/core/math.js';

/** matern52: (1 + a + a^2 / 3) exp(-a), a = sqrt(5) rho; squared-exponential: exp(-rho^2 / 2); rho^2 = sum (x_i - y_i)^2 / length_i^2. */
export type Kernel = 'matern52' | 'squared-exponential';

export interface GaussianProcess {
  readonly kernel: Kernel;
  readonly dimension: number;
  /** Most points that there is room for. */
  readonly room: number;
  /** Added to the diagonal of the correlations: noise, as a share of the variance. */
  readonly nugget: number;
  /** What was added beyond it so that the matrix could be factorized. */
  jitter: number;
  count: number;
  /** Points in the unit cube, row-major, and what was seen there. */
  readonly points: Float64Array;
  readonly values: Float64Array;
  /** Logarithms of the lengths. */
  readonly logLengths: Float64Array;
  /** 1 / length^2. */
  readonly weights: Float64Array;
  /** L of R = L L', row-major with `room` columns. */
  readonly factor: Float64Array;
  /** R^-1 (y - mean) and R^-1 1. */
  readonly residuals: Float64Array;
  readonly ones: Float64Array;
  /** 1' R^-1 1, the mean, and the variance. */
  sumOfOnes: number;
  mean: number;
  variance: number;
  /** Correlations of a point with all others, and R^-1 times them; slopes of the kernel. */
  readonly correlations: Float64Array;
  readonly solved: Float64Array;
  readonly slopes: Float64Array;
}

export function gaussianProcess(dimension: number, room: number, kernel: Kernel, nugget: number): GaussianProcess {
  return {
    kernel,
    dimension,
    room,
    nugget,
    jitter: 0,
    count: 0,
    points: new Float64Array(room * dimension),
    values: new Float64Array(room),
    logLengths: new Float64Array(dimension),
    weights: new Float64Array(dimension).fill(1),
    factor: new Float64Array(room * room),
    residuals: new Float64Array(room),
    ones: new Float64Array(room),
    sumOfOnes: 0,
    mean: 0,
    variance: 0,
    correlations: new Float64Array(room),
    solved: new Float64Array(room),
    slopes: new Float64Array(room),
  };
}

const root5 = Math.sqrt(5);

/** The kernel of every point from `x` on, up to `count`, into `correlations`; and -2 dk / d(rho^2) into `slopes`. */
export function correlate(gp: GaussianProcess, x: Float64Array, at: number, count: number): void {
  const { dimension, points, weights, correlations, slopes, kernel } = gp;
  const matern = kernel === 'matern52';
  for (let p = 0; p < count; p++) {
    let square = 0;
    for (let i = 0, from = p * dimension; i < dimension; i++) {
      const way = x[at + i] - points[from + i];
      square += way * way * weights[i];
    }
    if (matern) {
      const a = root5 * Math.sqrt(square);
      const decay = exp(-a);
      slopes[p] = (5 / 3) * (1 + a) * decay;
      correlations[p] = (1 + a + (a * a) / 3) * decay;
    } else {
      correlations[p] = exp(-0.5 * square);
      slopes[p] = correlations[p];
    }
  }
}

/** Sets the lengths and factorizes anew; a matrix that is not positive definite in rounded numbers gets more on its diagonal. */
export function setLengths(gp: GaussianProcess, logLengths: Float64Array): void {
  gp.logLengths.set(logLengths);
  for (let i = 0; i < gp.dimension; i++) gp.weights[i] = exp(-2 * logLengths[i]);
  for (gp.jitter = 0; ; gp.jitter = gp.jitter === 0 ? 1e-12 : 10 * gp.jitter) {
    let row = 0;
    while (row < gp.count && extend(gp, row)) row++;
    if (row === gp.count) return;
  }
}

/** One row of Cholesky's factor; false where the matrix ends to be positive definite. */
function extend(gp: GaussianProcess, row: number): boolean {
  const { factor, room, points, dimension, correlations } = gp;
  correlate(gp, points, row * dimension, row);
  const at = row * room;
  let rest = 1 + gp.nugget + gp.jitter;
  for (let j = 0; j < row; j++) {
    let sum = correlations[j];
    for (let k = 0, other = j * room; k < j; k++) sum -= factor[at + k] * factor[other + k];
    sum /= factor[j * room + j];
    factor[at + j] = sum;
    rest -= sum * sum;
  }
  if (!(rest > 1e-15)) return false;
  factor[at + row] = Math.sqrt(rest);
  return true;
}

/** Adds a point with the lengths as they are. */
export function addPoint(gp: GaussianProcess, x: Float64Array, value: number): void {
  gp.points.set(x, gp.count * gp.dimension);
  gp.values[gp.count] = value;
  gp.count++;
  if (!extend(gp, gp.count - 1)) setLengths(gp, gp.logLengths);
}

/** x <- R^-1 x for the first `count` numbers. */
export function solve({ factor, room, count }: GaussianProcess, x: Float64Array): void {
  for (let i = 0; i < count; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * room + k] * x[k];
    x[i] = sum / factor[i * room + i];
  }
  for (let i = count - 1; i >= 0; i--) {
    const value = x[i] / factor[i * room + i];
    x[i] = value;
    for (let k = 0; k < i; k++) x[k] -= factor[i * room + k] * value;
  }
}

/** Mean and variance at their likeliest, equations 5 and 6; returns the logarithm of the likelihood there, equation 4. */
export function settle(gp: GaussianProcess): number {
  const { count, values, residuals, ones, factor, room } = gp;
  ones.fill(1, 0, count);
  solve(gp, ones);
  let sum = 0;
  let weighted = 0;
  for (let p = 0; p < count; p++) {
    sum += ones[p];
    weighted += ones[p] * values[p];
  }
  gp.sumOfOnes = sum;
  gp.mean = weighted / sum;
  for (let p = 0; p < count; p++) residuals[p] = values[p] - gp.mean;
  solve(gp, residuals);
  let square = 0;
  let determinant = 0;
  for (let p = 0; p < count; p++) {
    square += residuals[p] * (values[p] - gp.mean);
    determinant += log(factor[p * room + p]);
  }
  gp.variance = Math.max(square / count, 1e-300);
  return -0.5 * count * (log(gp.variance) + 1 + log(2 * Math.PI)) - determinant;
}

/** What is expected at a point; the slopes of both are written only where asked for. */
export interface Prediction {
  mean: number;
  deviation: number;
  readonly meanSlope: Float64Array;
  readonly deviationSlope: Float64Array;
}

/** Equations 7 and 9 at `x` (an offset `at` into it), into `out`. */
export function predict(gp: GaussianProcess, x: Float64Array, at: number, out: Prediction, slopes: boolean): void {
  const { count, dimension, correlations, residuals, ones, solved, points, weights } = gp;
  correlate(gp, x, at, count);
  let mean = gp.mean;
  let own = 0;
  for (let p = 0; p < count; p++) {
    mean += correlations[p] * residuals[p];
    own += ones[p] * correlations[p];
    solved[p] = correlations[p];
  }
  const lack = 1 - own; // 1 - 1' R^-1 r
  const known = slopes ? solvedSquare(gp) : halfSolvedSquare(gp);
  out.mean = mean;
  const share = Math.max(1 - known + (lack * lack) / gp.sumOfOnes, 1e-16);
  out.deviation = Math.sqrt(gp.variance * share);
  if (!slopes) return;
  out.meanSlope.fill(0);
  out.deviationSlope.fill(0);
  for (let p = 0; p < count; p++) {
    const toMean = -gp.slopes[p] * residuals[p];
    const toVariance = 2 * gp.slopes[p] * (solved[p] + (lack * ones[p]) / gp.sumOfOnes);
    for (let i = 0; i < dimension; i++) {
      const way = (x[at + i] - points[p * dimension + i]) * weights[i];
      out.meanSlope[i] += toMean * way;
      out.deviationSlope[i] += toVariance * way;
    }
  }
  const scale = gp.variance / (2 * out.deviation);
  for (let i = 0; i < dimension; i++) out.deviationSlope[i] *= scale;
}

/** r' R^-1 r, with R^-1 r left in `solved`. */
function solvedSquare(gp: GaussianProcess): number {
  solve(gp, gp.solved);
  let square = 0;
  for (let p = 0; p < gp.count; p++) square += gp.solved[p] * gp.correlations[p];
  return square;
}

/** The same by half of the work: |L^-1 r|^2. */
function halfSolvedSquare({ factor, room, count, solved }: GaussianProcess): number {
  let square = 0;
  for (let i = 0; i < count; i++) {
    let sum = solved[i];
    for (let k = 0, at = i * room; k < i; k++) sum -= factor[at + k] * solved[k];
    solved[i] = sum / factor[i * room + i];
    square += solved[i] * solved[i];
  }
  return square;
}
