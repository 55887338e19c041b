/** f21 and f22: Gallagher's Gaussian peaks at random places (RR-6829, section 5). */
import { constantPenalty, type Definition } from './definition.js';
import { ascending, drawRotation, uniforms } from './random.js';
import { oscillate, rotate } from './transforms.js';

export interface Peaks {
  /** 101 in f21, 21 in f22. */
  readonly count: number;
  /** Condition number of the highest peak. */
  readonly firstCondition: number;
  /** Peaks lie in [-reach, reach)^D, the highest in 0.8 times that. */
  readonly reach: number;
}

export const manyPeaks: Peaks = { count: 101, firstCondition: Math.sqrt(1000), reach: 5 };
export const fewPeaks: Peaks = { count: 21, firstCondition: 1000, reach: 4.9 };

/** f = T_osz(10 - max_i w_i exp(-1/(2D) (x - y_i)' R' C_i R (x - y_i)))^2 */
export function gallagher(peaks: Peaks): Definition {
  return {
    title: `Gallagher's ${peaks.count} peaks`,
    group: 'weakly structured',
    penalty: constantPenalty(1),
    build(dimension, seed) {
      const { count } = peaks;
      const rotation = drawRotation(dimension, seed);
      const scales = drawScales(dimension, seed, peaks);
      const heights = Float64Array.from({ length: count }, (_, i) => (i === 0 ? 10 : 1.1 + (8 * (i - 1)) / (count - 2)));
      const logHeights = heights.map(Math.log);
      const places = uniforms(dimension * count, seed).map((u, at) => (at < dimension ? 0.8 : 1) * peaks.reach * (2 * u - 1));
      const centres = new Float64Array(dimension * count);
      for (let i = 0; i < count; i++) {
        const row = i * dimension;
        rotate(rotation, places.subarray(row, row + dimension), centres.subarray(row, row + dimension));
      }
      const factor = -0.5 / dimension;
      const rotated = new Float64Array(dimension);
      return {
        optimum: places.slice(0, dimension),
        value(x) {
          rotate(rotation, x, rotated);
          // The largest w exp(-d) has the largest log w - d: one exponential is enough, and a peak can be given up as soon
          // as its partial distance makes it lower than the best so far.
          let best = -Infinity;
          let winner = 0;
          let exponent = 0;
          for (let i = 0, at = 0; i < count; i++, at = i * dimension) {
            const limit = (best - logHeights[i]) / factor;
            let distance = 0;
            for (let j = 0; j < dimension && !(distance >= limit); j++, at++) {
              const difference = rotated[j] - centres[at];
              distance += scales[at] * difference * difference;
            }
            if (!(distance >= limit)) {
              winner = i;
              exponent = factor * distance;
              best = logHeights[i] + exponent;
            }
          }
          const depth = oscillate(10 - heights[winner] * Math.exp(exponent));
          return depth * depth;
        },
      };
    },
  };
}

/** The diagonals of C_i, one row a peak: condition numbers 1000^(k / (count - 2)), each used once, axes shuffled. */
function drawScales(dimension: number, seed: number, peaks: Peaks): Float64Array {
  const order = ascending(uniforms(peaks.count - 1, seed));
  const scales = new Float64Array(dimension * peaks.count);
  for (let i = 0; i < peaks.count; i++) {
    const condition = i === 0 ? peaks.firstCondition : 1000 ** (order[i - 1] / (peaks.count - 2));
    const axes = ascending(uniforms(dimension, seed + 1000 * i));
    axes.forEach((axis, j) => {
      scales[i * dimension + j] = condition ** (axis / (dimension - 1) - 0.5);
    });
  }
  return scales;
}
