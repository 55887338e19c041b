/** Rosenbrock's valley: sum of 100 (z_{i+1} - z_i^2)^2 + (1 - z_i)^2. A curved, narrow valley: descent alone is slow. */
import type { Vector } from '../../core/space.js';
import { functionFamily, type TestFunction } from '../function-problem.js';

export const rosenbrock: TestFunction = {
  name: 'rosenbrock',
  title: 'Rosenbrock',
  source: 'H. H. Rosenbrock 1960, An automatic method for finding the greatest or least value of a function',
  low: -5,
  high: 5,
  place: 1,
  leastDimension: 2,
  convex: false,
  value(z: Float64Array): number {
    let sum = 0;
    for (let i = 0; i + 1 < z.length; i++) {
      const height = z[i + 1] - z[i] * z[i];
      const along = 1 - z[i];
      sum += 100 * height * height + along * along;
    }
    return sum;
  },
  gradient(z: Float64Array, out: Vector): void {
    out[0] = 0;
    for (let i = 0; i + 1 < z.length; i++) {
      const height = z[i + 1] - z[i] * z[i];
      out[i] += -400 * height * z[i] - 2 * (1 - z[i]);
      out[i + 1] = 200 * height;
    }
  },
};

export const family = functionFamily(rosenbrock);
