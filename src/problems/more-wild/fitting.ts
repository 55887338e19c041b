/** Functions 8 to 10, 12 to 14, 17 and 18: models fitted to observations, mostly sums of exponentials. */
import type { LeastSquares } from './least-squares.js';
import {
  bardObservations,
  kowalikOsborneInputs,
  kowalikOsborneObservations,
  meyerObservations,
  osborne1Observations,
  osborne2Observations,
} from './observations.js';

export const bard: LeastSquares = {
  title: 'Bard',
  start: () => [1, 1, 1],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const u = i + 1;
      const v = 15 - i;
      f[i] = bardObservations[i] - (x[0] + u / (v * x[1] + Math.min(u, v) * x[2]));
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const u = i + 1;
      const v = 15 - i;
      const w = Math.min(u, v);
      const denominator = v * x[1] + w * x[2];
      const slope = u / (denominator * denominator);
      j[3 * i] = -1;
      j[3 * i + 1] = slope * v;
      j[3 * i + 2] = slope * w;
    }
  },
};

export const kowalikOsborne: LeastSquares = {
  title: 'Kowalik and Osborne',
  start: () => [0.25, 0.39, 0.415, 0.39],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const u = kowalikOsborneInputs[i];
      f[i] = kowalikOsborneObservations[i] - (x[0] * u * (u + x[1])) / (u * (u + x[2]) + x[3]);
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const u = kowalikOsborneInputs[i];
      const numerator = u * (u + x[1]);
      const denominator = u * (u + x[2]) + x[3];
      const curve = (x[0] * numerator) / (denominator * denominator);
      j[4 * i] = -numerator / denominator;
      j[4 * i + 1] = (-x[0] * u) / denominator;
      j[4 * i + 2] = curve * u;
      j[4 * i + 3] = curve;
    }
  },
};

export const meyer: LeastSquares = {
  title: 'Meyer',
  start: () => [0.02, 4000, 250],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) f[i] = x[0] * Math.exp(x[1] / (5 * i + 50 + x[2])) - meyerObservations[i];
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = 5 * i + 50 + x[2];
      const growth = Math.exp(x[1] / t);
      j[3 * i] = growth;
      j[3 * i + 1] = (x[0] * growth) / t;
      j[3 * i + 2] = (-x[0] * growth * x[1]) / (t * t);
    }
  },
};

export const box3: LeastSquares = {
  title: 'Box 3-dimensional',
  start: () => [0, 10, 20],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const t = (i + 1) / 10;
      f[i] = Math.exp(-t * x[0]) - Math.exp(-t * x[1]) + x[2] * (Math.exp(-10 * t) - Math.exp(-t));
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = (i + 1) / 10;
      j[3 * i] = -t * Math.exp(-t * x[0]);
      j[3 * i + 1] = t * Math.exp(-t * x[1]);
      j[3 * i + 2] = Math.exp(-10 * t) - Math.exp(-t);
    }
  },
};

export const jennrichSampson: LeastSquares = {
  title: 'Jennrich and Sampson',
  start: () => [0.3, 0.4],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const t = i + 1;
      f[i] = 2 + 2 * t - Math.exp(t * x[0]) - Math.exp(t * x[1]);
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = i + 1;
      j[2 * i] = -t * Math.exp(t * x[0]);
      j[2 * i + 1] = -t * Math.exp(t * x[1]);
    }
  },
};

export const brownDennis: LeastSquares = {
  title: 'Brown and Dennis',
  start: () => [25, 5, -5, -1],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const t = (i + 1) / 5;
      const a = x[0] + t * x[1] - Math.exp(t);
      const b = x[2] + Math.sin(t) * x[3] - Math.cos(t);
      f[i] = a * a + b * b;
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = (i + 1) / 5;
      const a = 2 * (x[0] + t * x[1] - Math.exp(t));
      const b = 2 * (x[2] + Math.sin(t) * x[3] - Math.cos(t));
      j[4 * i] = a;
      j[4 * i + 1] = a * t;
      j[4 * i + 2] = b;
      j[4 * i + 3] = b * Math.sin(t);
    }
  },
};

export const osborne1: LeastSquares = {
  title: 'Osborne 1',
  start: () => [0.5, 1.5, 1, 0.01, 0.02],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const t = 10 * i;
      f[i] = osborne1Observations[i] - (x[0] + x[1] * Math.exp(-x[3] * t) + x[2] * Math.exp(-x[4] * t));
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = 10 * i;
      const first = Math.exp(-x[3] * t);
      const second = Math.exp(-x[4] * t);
      j[5 * i] = -1;
      j[5 * i + 1] = -first;
      j[5 * i + 2] = -second;
      j[5 * i + 3] = x[1] * t * first;
      j[5 * i + 4] = x[2] * t * second;
    }
  },
};

/** A decaying exponential (x0, x4) and three Gaussian bells k = 1, 2, 3: height x_k, sharpness x_{4+k}, centre x_{7+k}. */
export const osborne2: LeastSquares = {
  title: 'Osborne 2',
  start: () => [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5],
  residuals(x, f) {
    for (let i = 0; i < f.length; i++) {
      const t = i / 10;
      let model = x[0] * Math.exp(-x[4] * t);
      for (let k = 1; k <= 3; k++) model += x[k] * Math.exp(-x[4 + k] * (t - x[7 + k]) ** 2);
      f[i] = osborne2Observations[i] - model;
    }
  },
  jacobian(x, m, j) {
    for (let i = 0; i < m; i++) {
      const t = i / 10;
      const row = 11 * i;
      const decay = Math.exp(-x[4] * t);
      j[row] = -decay;
      j[row + 4] = x[0] * t * decay;
      for (let k = 1; k <= 3; k++) {
        const away = t - x[7 + k];
        const bell = Math.exp(-x[4 + k] * away * away);
        j[row + k] = -bell;
        j[row + 4 + k] = x[k] * away * away * bell;
        j[row + 7 + k] = -2 * x[k] * x[4 + k] * away * bell;
      }
    }
  },
};
