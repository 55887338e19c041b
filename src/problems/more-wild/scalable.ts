/** Functions 11, 15, 16 and 19 to 22: of several dimensions. */
import type { LeastSquares } from './least-squares.js';

const halves = (n: number) => Array.from({ length: n }, () => 0.5);

/** A polynomial with coefficients x that should solve y' = 1 + y^2, y(0) = 0, at 29 points. */
export const watson: LeastSquares = {
  title: 'Watson',
  start: halves,
  residuals(x, f) {
    for (let i = 0; i < 29; i++) {
      const t = (i + 1) / 29;
      let value = 0;
      let slope = 0;
      // Horner's scheme of the polynomial and its derivative together
      for (let j = x.length - 1; j >= 0; j--) {
        slope = slope * t + value;
        value = value * t + x[j];
      }
      f[i] = slope - value * value - 1;
    }
    f[29] = x[0];
    f[30] = x[1] - x[0] * x[0] - 1;
  },
  jacobian(x, _m, j) {
    const n = x.length;
    j.fill(0);
    for (let i = 0; i < 29; i++) {
      const t = (i + 1) / 29;
      let value = 0;
      for (let k = n - 1; k >= 0; k--) value = value * t + x[k];
      for (let k = 0; k < n; k++) j[i * n + k] = k * t ** (k - 1) - 2 * value * t ** k;
    }
    j[29 * n] = 1;
    j[30 * n] = -2 * x[0];
    j[30 * n + 1] = 1;
  },
};

/** Means of the Chebyshev polynomials T_1 .. T_m, shifted to [0, 1], over the coordinates, against their integrals. */
export const chebyquad: LeastSquares = {
  title: 'Chebyquad',
  start: (n) => Array.from({ length: n }, (_, k) => (k + 1) / (n + 1)),
  residuals(x, f) {
    const n = x.length;
    for (let i = 0; i < f.length; i++) f[i] = i % 2 === 1 ? 1 / ((i + 1) ** 2 - 1) : 0;
    for (let j = 0; j < n; j++) {
      const s = 2 * x[j] - 1;
      let earlier = 1;
      let current = s;
      for (let i = 0; i < f.length; i++) {
        f[i] += current / n;
        const next = 2 * s * current - earlier;
        earlier = current;
        current = next;
      }
    }
  },
  jacobian(x, m, j) {
    const n = x.length;
    for (let k = 0; k < n; k++) {
      const s = 2 * x[k] - 1;
      let [earlier, current] = [1, s];
      let [earlierSlope, slope] = [0, 2];
      for (let i = 0; i < m; i++) {
        j[i * n + k] = slope / n;
        [earlierSlope, slope] = [slope, 4 * current + 2 * s * slope - earlierSlope];
        [earlier, current] = [current, 2 * s * current - earlier];
      }
    }
  },
};

export const brownAlmostLinear: LeastSquares = {
  title: 'Brown almost-linear',
  start: halves,
  residuals(x, f) {
    const n = x.length;
    let sum = -(n + 1);
    let product = 1;
    for (let j = 0; j < n; j++) {
      sum += x[j];
      product *= x[j];
    }
    for (let i = 0; i < n - 1; i++) f[i] = x[i] + sum;
    f[n - 1] = product - 1;
  },
  jacobian(x, _m, j) {
    const n = x.length;
    j.fill(1);
    for (let i = 0; i < n - 1; i++) j[i * n + i] = 2;
    for (let k = 0; k < n; k++) {
      for (let other = 0; other < n; other++) if (other !== k) j[(n - 1) * n + k] *= x[other];
    }
  },
};

/** m = 2 (n - 4). */
export const bdqrtic: LeastSquares = {
  title: 'Bdqrtic',
  start: (n) => Array.from({ length: n }, () => 1),
  residuals(x, f) {
    const n = x.length;
    for (let i = 0; i < n - 4; i++) {
      f[i] = 3 - 4 * x[i];
      let sum = 5 * x[n - 1] * x[n - 1];
      for (let k = 0; k < 4; k++) sum += (k + 1) * x[i + k] * x[i + k];
      f[n - 4 + i] = sum;
    }
  },
  jacobian(x, _m, j) {
    const n = x.length;
    j.fill(0);
    for (let i = 0; i < n - 4; i++) {
      j[i * n + i] = -4;
      const row = (n - 4 + i) * n;
      j[row + n - 1] = 10 * x[n - 1];
      for (let k = 0; k < 4; k++) j[row + i + k] += 2 * (k + 1) * x[i + k];
    }
  },
};

export const cube: LeastSquares = {
  title: 'Cube',
  start: halves,
  residuals(x, f) {
    f[0] = x[0] - 1;
    for (let i = 1; i < x.length; i++) f[i] = 10 * (x[i] - x[i - 1] ** 3);
  },
  jacobian(x, _m, j) {
    const n = x.length;
    j.fill(0);
    j[0] = 1;
    for (let i = 1; i < n; i++) {
      j[i * n + i] = 10;
      j[i * n + i - 1] = -30 * x[i - 1] * x[i - 1];
    }
  },
};

/** v (sin^5 log v + cos^5 log v) */
function mancinoTerm(v: number): number {
  const u = Math.log(v);
  return v * (Math.sin(u) ** 5 + Math.cos(u) ** 5);
}

function mancinoSlope(v: number): number {
  const u = Math.log(v);
  const [s, c] = [Math.sin(u), Math.cos(u)];
  return s ** 5 + c ** 5 + 5 * s * c * (s ** 3 - c ** 3);
}

export const mancino: LeastSquares = {
  title: 'Mancino',
  start: (n) =>
    Array.from({ length: n }, (_, i) => {
      let sum = (i - 49) ** 3;
      for (let j = 0; j < n; j++) sum += mancinoTerm(Math.sqrt((i + 1) / (j + 1)));
      return -8.710996e-4 * sum;
    }),
  residuals(x, f) {
    const n = x.length;
    for (let i = 0; i < n; i++) {
      let sum = 1400 * x[i] + (i - 49) ** 3;
      for (let j = 0; j < n; j++) sum += mancinoTerm(Math.sqrt(x[i] * x[i] + (i + 1) / (j + 1)));
      f[i] = sum;
    }
  },
  jacobian(x, _m, j) {
    const n = x.length;
    j.fill(0);
    for (let i = 0; i < n; i++) {
      let slope = 1400;
      for (let k = 0; k < n; k++) {
        const v = Math.sqrt(x[i] * x[i] + (i + 1) / (k + 1));
        slope += (x[i] / v) * mancinoSlope(v);
      }
      j[i * n + i] = slope;
    }
  },
};

const heartMoments = [0.69, 0.044, 1.57, 1.31, 2.65, -2, 12.6, -9.48];

/**
 * The human heart dipole: p z^k + q s^k against measured moments, k = 0 .. 3, real parts then imaginary ones, with the
 * complex numbers p = x0 + i x2, q = x1 + i x3, z = x4 + i x6, s = x5 + i x7.
 */
export const heart: LeastSquares = {
  title: 'Heart, 8 variables',
  start: () => [-0.3, -0.39, 0.3, -0.344, -1.2, 2.69, 1.59, -1.5],
  residuals(x, f) {
    f.set(heartMoments);
    for (let side = 0; side < 2; side++) {
      // (re, im) runs through p z^k
      let re = x[side];
      let im = x[side + 2];
      for (let k = 0; k < 4; k++) {
        f[2 * k] += re;
        f[2 * k + 1] += im;
        const turned = re * x[side + 4] - im * x[side + 6];
        im = re * x[side + 6] + im * x[side + 4];
        re = turned;
      }
    }
  },
  jacobian(x, _m, j) {
    for (let side = 0; side < 2; side++) {
      const [pRe, pIm, zRe, zIm] = [x[side], x[side + 2], x[side + 4], x[side + 6]];
      let [lowerRe, lowerIm] = [0, 0]; // z^(k-1), 0 for k = 0
      let [powerRe, powerIm] = [1, 0]; // z^k
      for (let k = 0; k < 4; k++) {
        complexColumns(j, k, side, powerRe, powerIm);
        complexColumns(j, k, side + 4, k * (pRe * lowerRe - pIm * lowerIm), k * (pRe * lowerIm + pIm * lowerRe));
        [lowerRe, lowerIm] = [powerRe, powerIm];
        [powerRe, powerIm] = [powerRe * zRe - powerIm * zIm, powerRe * zIm + powerIm * zRe];
      }
    }
  },
};

/** Rows 2k and 2k + 1, columns of a real part and of its imaginary part two places on, for the complex derivative re + i im. */
function complexColumns(j: Float64Array, k: number, column: number, re: number, im: number): void {
  const row = 16 * k;
  j[row + column] = re;
  j[row + column + 2] = -im;
  j[row + 8 + column] = im;
  j[row + 8 + column + 2] = re;
}
