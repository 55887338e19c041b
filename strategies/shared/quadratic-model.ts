/**
 * A quadratic that interpolates m points, n + 2 <= m <= (n + 1)(n + 2) / 2, and departs from the one before by a Hessian of least
 * Frobenius norm: Powell, Mathematical Programming 100, 183-215 (2004), https://doi.org/10.1007/s10107-003-0490-7. The departure
 * c + g's + sum_j lambda_j (s_j's)^2 / 2 solves [A X'; X 0] (lambda, c, g) = (r, 0), A_ij = (s_i's_j)^2 / 2, X = [1; s_j].
 * The system is solved anew for each set of points, where Powell updates its inverse: same numbers, more work.
 */

export interface QuadraticModel {
  readonly n: number;
  readonly m: number;
  /** [m, n], in units, and their losses. */
  readonly points: Float64Array;
  readonly values: Float64Array;
  /** Number of the best point: the model's origin. */
  best: number;
  readonly gradient: Float64Array;
  /** [n, n] */
  readonly hessian: Float64Array;
  /** The system as L U, its rows as `order` has them, and a right side; [m + n + 1]. */
  readonly matrix: Float64Array;
  readonly order: Int32Array;
  readonly side: Float64Array;
  readonly solution: Float64Array;
  /** Unit of length in which the system was set up. */
  unit: number;
}

export function quadraticModel(n: number, m: number): QuadraticModel {
  const size = m + n + 1;
  return {
    n,
    m,
    points: new Float64Array(m * n),
    values: new Float64Array(m),
    best: 0,
    gradient: new Float64Array(n),
    hessian: new Float64Array(n * n),
    matrix: new Float64Array(size * size),
    order: new Int32Array(size),
    side: new Float64Array(size),
    solution: new Float64Array(size),
    unit: 1,
  };
}

/** Sets the system up for the points as they are, around the best, and adds to the model what makes it interpolate. */
export function refit(model: QuadraticModel, unit: number): void {
  const { n, m, points, values, best, gradient, hessian, matrix, side } = model;
  const size = m + n + 1;
  model.unit = unit;
  matrix.fill(0);
  const origin = best * n;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < n; k++) {
        dot += ((points[i * n + k] - points[origin + k]) / unit) * ((points[j * n + k] - points[origin + k]) / unit);
      }
      matrix[i * size + j] = matrix[j * size + i] = (dot * dot) / 2;
    }
    matrix[i * size + m] = matrix[m * size + i] = 1;
    for (let k = 0; k < n; k++) {
      matrix[i * size + m + 1 + k] = matrix[(m + 1 + k) * size + i] = (points[i * n + k] - points[origin + k]) / unit;
    }
  }
  factor(model);
  side.fill(0);
  for (let i = 0; i < m; i++) side[i] = values[i] - values[best] - at(model, i);
  const departure = solve(model);
  for (let k = 0; k < n; k++) gradient[k] += departure[m + 1 + k] / unit;
  addHessian(model, departure, hessian);
}

/** The values of all Lagrange polynomials at the origin plus d, into the first m of the result. */
export function lagrangeAt(model: QuadraticModel, d: Float64Array): Float64Array {
  const { n, m, points, best, side, unit } = model;
  for (let i = 0; i < m; i++) {
    let dot = 0;
    for (let k = 0; k < n; k++) dot += ((points[i * n + k] - points[best * n + k]) / unit) * (d[k] / unit);
    side[i] = (dot * dot) / 2;
  }
  side[m] = 1;
  for (let k = 0; k < n; k++) side[m + 1 + k] = d[k] / unit;
  return solve(model);
}

/** Gradient and Hessian at the origin of the Lagrange polynomial of point t. */
export function lagrangeOf(model: QuadraticModel, t: number, gradient: Float64Array, hessian: Float64Array): void {
  const { n, m, side, unit } = model;
  side.fill(0);
  side[t] = 1;
  const polynomial = solve(model);
  for (let k = 0; k < n; k++) gradient[k] = polynomial[m + 1 + k] / unit;
  hessian.fill(0);
  addHessian(model, polynomial, hessian);
}

/** Makes point t, whose value is in place, the origin. */
export function moveOrigin(model: QuadraticModel, t: number): void {
  const { n, points, best, gradient, hessian, side } = model;
  for (let k = 0; k < n; k++) side[k] = points[t * n + k] - points[best * n + k];
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) gradient[i] += hessian[i * n + k] * side[k];
  model.best = t;
}

/** What the model rises by from the origin to point i. */
function at({ n, points, best, gradient, hessian }: QuadraticModel, i: number): number {
  let value = 0;
  for (let k = 0; k < n; k++) {
    let product = 0;
    for (let j = 0; j < n; j++) product += hessian[k * n + j] * (points[i * n + j] - points[best * n + j]);
    value += (points[i * n + k] - points[best * n + k]) * (gradient[k] + product / 2);
  }
  return value;
}

function addHessian({ n, m, points, best, unit }: QuadraticModel, lambda: Float64Array, hessian: Float64Array): void {
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < n; i++) {
      const share = (lambda[j] * (points[j * n + i] - points[best * n + i])) / unit / unit / unit / unit;
      for (let k = 0; k < n; k++) hessian[i * n + k] += share * (points[j * n + k] - points[best * n + k]);
    }
  }
}

/** L U = P M, in place, with the largest pivot of each column. */
function factor({ matrix, order }: QuadraticModel): void {
  const size = order.length;
  for (let i = 0; i < size; i++) order[i] = i;
  for (let c = 0; c < size; c++) {
    let pivot = c;
    for (let i = c + 1; i < size; i++) if (Math.abs(matrix[i * size + c]) > Math.abs(matrix[pivot * size + c])) pivot = i;
    if (pivot !== c) {
      for (let k = 0; k < size; k++) {
        const kept = matrix[c * size + k];
        matrix[c * size + k] = matrix[pivot * size + k];
        matrix[pivot * size + k] = kept;
      }
      const kept = order[c];
      order[c] = order[pivot];
      order[pivot] = kept;
    }
    if (matrix[c * size + c] === 0) matrix[c * size + c] = 1e-300;
    for (let i = c + 1; i < size; i++) {
      const share = matrix[i * size + c] / matrix[c * size + c];
      if (share === 0) continue;
      matrix[i * size + c] = share;
      for (let k = c + 1; k < size; k++) matrix[i * size + k] -= share * matrix[c * size + k];
    }
  }
}

function solve({ matrix, order, side, solution }: QuadraticModel): Float64Array {
  const size = order.length;
  for (let i = 0; i < size; i++) {
    let sum = side[order[i]];
    for (let k = 0; k < i; k++) sum -= matrix[i * size + k] * solution[k];
    solution[i] = sum;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i];
    for (let k = i + 1; k < size; k++) sum -= matrix[i * size + k] * solution[k];
    solution[i] = sum / matrix[i * size + i];
  }
  return solution;
}
