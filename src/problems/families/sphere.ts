/** The sphere: sum of z_i^2. The simplest function with one optimum; every strategy should solve it. */
import type { Vector } from '../../core/space.js';
import { functionFamily, type TestFunction } from '../function-problem.js';

export const sphere: TestFunction = {
  name: 'sphere',
  title: 'Sphere',
  source: 'K. A. De Jong 1975, An analysis of the behavior of a class of genetic adaptive systems',
  low: -5,
  high: 5,
  place: 0,
  leastDimension: 1,
  convex: true,
  value(z: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < z.length; i++) sum += z[i] * z[i];
    return sum;
  },
  gradient(z: Float64Array, out: Vector): void {
    for (let i = 0; i < z.length; i++) out[i] = 2 * z[i];
  },
};

export const family = functionFamily(sphere);
