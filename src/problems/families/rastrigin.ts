/** Rastrigin's function: sum of z_i^2 + 10 (1 - cos 2 pi z_i). A regular grid of local optima, about one a unit cube. */
import type { Vector } from '../../core/space.js';
import { functionFamily, type TestFunction } from '../function-problem.js';

const turn = 2 * Math.PI;

export const rastrigin: TestFunction = {
  name: 'rastrigin',
  title: 'Rastrigin',
  source: 'L. A. Rastrigin 1974, Systems of extremal control; in D dimensions: H. Mühlenbein and others 1991',
  low: -5.12,
  high: 5.12,
  place: 0,
  leastDimension: 1,
  convex: false,
  value(z: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < z.length; i++) sum += z[i] * z[i] + 10 * (1 - Math.cos(turn * z[i]));
    return sum;
  },
  gradient(z: Float64Array, out: Vector): void {
    for (let i = 0; i < z.length; i++) out[i] = 2 * z[i] + 10 * turn * Math.sin(turn * z[i]);
  },
};

export const family = functionFamily(rastrigin);
