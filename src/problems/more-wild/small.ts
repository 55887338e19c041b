/** Functions 4 to 7: two to four variables, zero residuals at the solution. */
import type { LeastSquares } from './least-squares.js';

export const rosenbrock: LeastSquares = {
  title: 'Rosenbrock',
  start: () => [-1.2, 1],
  residuals(x, f) {
    f[0] = 10 * (x[1] - x[0] * x[0]);
    f[1] = 1 - x[0];
  },
  jacobian(x, _m, j) {
    j[0] = -20 * x[0];
    j[1] = 10;
    j[2] = -1;
    j[3] = 0;
  },
};

const turn = 2 * Math.PI;

export const helicalValley: LeastSquares = {
  title: 'Helical valley',
  start: () => [-1, 0, 0],
  residuals(x, f) {
    f[0] = 10 * (x[2] - 10 * turns(x[0], x[1]));
    f[1] = 10 * (Math.sqrt(x[0] * x[0] + x[1] * x[1]) - 1);
    f[2] = x[2];
  },
  jacobian(x, _m, j) {
    const square = x[0] * x[0] + x[1] * x[1];
    const radius = Math.sqrt(square);
    j[0] = (100 * x[1]) / (turn * square);
    j[1] = (-100 * x[0]) / (turn * square);
    j[2] = 10;
    j[3] = (10 * x[0]) / radius;
    j[4] = (10 * x[1]) / radius;
    j[5] = 0;
    j[6] = 0;
    j[7] = 0;
    j[8] = 1;
  },
};

/** The angle in turns, from -1/4 to 3/4: the cut lies along the negative second axis. */
function turns(a: number, b: number): number {
  if (a === 0) return 0.25 * Math.sign(b);
  return Math.atan(b / a) / turn + (a < 0 ? 0.5 : 0);
}

export const powellSingular: LeastSquares = {
  title: 'Powell singular',
  start: () => [3, -1, 0, 1],
  residuals(x, f) {
    f[0] = x[0] + 10 * x[1];
    f[1] = Math.sqrt(5) * (x[2] - x[3]);
    f[2] = (x[1] - 2 * x[2]) ** 2;
    f[3] = Math.sqrt(10) * (x[0] - x[3]) ** 2;
  },
  jacobian(x, _m, j) {
    j.fill(0);
    j[0] = 1;
    j[1] = 10;
    j[6] = Math.sqrt(5);
    j[7] = -Math.sqrt(5);
    j[9] = 2 * (x[1] - 2 * x[2]);
    j[10] = -2 * j[9];
    j[12] = 2 * Math.sqrt(10) * (x[0] - x[3]);
    j[15] = -j[12];
  },
};

export const freudensteinRoth: LeastSquares = {
  title: 'Freudenstein and Roth',
  start: () => [0.5, -2],
  residuals(x, f) {
    const b = x[1];
    f[0] = x[0] - 13 + ((5 - b) * b - 2) * b;
    f[1] = x[0] - 29 + ((b + 1) * b - 14) * b;
  },
  jacobian(x, _m, j) {
    const b = x[1];
    j[0] = 1;
    j[1] = 10 * b - 3 * b * b - 2;
    j[2] = 1;
    j[3] = 2 * b + 3 * b * b - 14;
  },
};
