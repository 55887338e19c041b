/** Functions 1 to 3: linear residuals of full rank, rank 1, and rank 1 with zero columns and rows. */
import type { LeastSquares } from './least-squares.js';

const ones = (n: number) => Array.from({ length: n }, () => 1);

export const linearFullRank: LeastSquares = {
  title: 'Linear, full rank',
  start: ones,
  residuals(x, f) {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += x[j];
    const level = (2 * sum) / f.length + 1;
    for (let i = 0; i < f.length; i++) f[i] = (i < x.length ? x[i] : 0) - level;
  },
  jacobian(x, m, j) {
    const n = x.length;
    j.fill(-2 / m);
    for (let k = 0; k < n; k++) j[k * n + k] += 1;
  },
};

export const linearRankOne: LeastSquares = {
  title: 'Linear, rank 1',
  start: ones,
  residuals(x, f) {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += (j + 1) * x[j];
    for (let i = 0; i < f.length; i++) f[i] = (i + 1) * sum - 1;
  },
  jacobian(x, m, j) {
    const n = x.length;
    for (let i = 0; i < m; i++) for (let k = 0; k < n; k++) j[i * n + k] = (i + 1) * (k + 1);
  },
};

export const linearRankOneZeros: LeastSquares = {
  title: 'Linear, rank 1, zero columns and rows',
  start: ones,
  residuals(x, f) {
    let sum = 0;
    for (let j = 1; j < x.length - 1; j++) sum += (j + 1) * x[j];
    for (let i = 0; i < f.length - 1; i++) f[i] = i * sum - 1;
    f[f.length - 1] = -1;
  },
  jacobian(x, m, j) {
    const n = x.length;
    j.fill(0);
    for (let i = 0; i < m - 1; i++) for (let k = 1; k < n - 1; k++) j[i * n + k] = i * (k + 1);
  },
};
