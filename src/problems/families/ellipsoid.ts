/** The ellipsoid: sum of 10^(6 (i-1)/(D-1)) z_i^2. One optimum, condition number 10^6: the axes' scales must be learned. */
import type { Vector } from '../../core/space.js';
import { functionFamily, type TestFunction } from '../function-problem.js';

/** Weights of the axes of the last dimension asked for: 1 to 10^6, evenly spaced in the logarithm. */
let axes = new Float64Array(0);

function axesOf(dimension: number): Float64Array {
  if (axes.length !== dimension) axes = Float64Array.from({ length: dimension }, (_, i) => 10 ** ((6 * i) / Math.max(1, dimension - 1)));
  return axes;
}

export const ellipsoid: TestFunction = {
  name: 'ellipsoid',
  title: 'Ellipsoid, condition 1e6',
  source: 'N. Hansen and others 2009, Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions',
  low: -5,
  high: 5,
  place: 0,
  leastDimension: 1,
  convex: true,
  value(z: Float64Array): number {
    const weights = axesOf(z.length);
    let sum = 0;
    for (let i = 0; i < z.length; i++) sum += weights[i] * z[i] * z[i];
    return sum;
  },
  gradient(z: Float64Array, out: Vector): void {
    const weights = axesOf(z.length);
    for (let i = 0; i < z.length; i++) out[i] = 2 * weights[i] * z[i];
  },
};

export const family = functionFamily(ellipsoid);
