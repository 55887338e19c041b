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
      const places = uniforms(dimension * count, seed).map((u, at) => (at < dimension ? 0.8 : 1) * peaks.reach * (2 * u - 1));
      const heights = Float64Array.from({ length: count }, (_, i) => (i === 0 ? 10 : 1.1 + (8 * (i - 1)) / (count - 2)));
      // whole groups of four; what is left of the last one has height 0 and never wins
      const padded = 4 * Math.ceil(count / 4);
      const logHeights = Float64Array.from({ length: padded }, (_, i) => Math.log(heights[i] ?? 0));
      const centres = new Float64Array(dimension * padded);
      const scales = new Float64Array(dimension * padded);
      const centre = new Float64Array(dimension);
      drawScales(dimension, seed, peaks).forEach((axes, i) => {
        rotate(rotation, places.subarray(i * dimension, (i + 1) * dimension), centre);
        for (let j = 0; j < dimension; j++) {
          const at = groupedIndex(i, j, dimension);
          centres[at] = centre[j];
          scales[at] = axes[j];
        }
      });
      const factor = -0.5 / dimension;
      const rotated = new Float64Array(dimension);
      const exponent = new Float64Array(1);
      return {
        optimum: places.slice(0, dimension),
        value(x) {
          rotate(rotation, x, rotated);
          const winner = highest(rotated, centres, scales, logHeights, factor, exponent);
          const depth = oscillate(10 - heights[winner] * Math.exp(exponent[0]));
          return depth * depth;
        },
      };
    },
  };
}

/** Four peaks side by side, dimension by dimension. */
function groupedIndex(peak: number, axis: number, dimension: number): number {
  return ((peak >> 2) * dimension + axis) * 4 + (peak & 3);
}

/**
 * The peak that is highest at `x`, and the exponent of its Gaussian. The largest w exp(-d) has the largest log w - d, so no
 * exponential is needed to find it; four sums at once, because one would wait for its own last addition.
 */
function highest(
  x: Float64Array,
  centres: Float64Array,
  scales: Float64Array,
  logHeights: Float64Array,
  factor: number,
  exponent: Float64Array,
): number {
  let best = -Infinity;
  let winner = 0;
  exponent[0] = Number.NaN;
  for (let i = 0, at = 0; i < logHeights.length; i += 4) {
    let e0 = 0;
    let e1 = 0;
    let e2 = 0;
    let e3 = 0;
    for (let j = 0; j < x.length; j++, at += 4) {
      const coordinate = x[j];
      const a = coordinate - centres[at];
      const b = coordinate - centres[at + 1];
      const c = coordinate - centres[at + 2];
      const d = coordinate - centres[at + 3];
      e0 += scales[at] * a * a;
      e1 += scales[at + 1] * b * b;
      e2 += scales[at + 2] * c * c;
      e3 += scales[at + 3] * d * d;
    }
    for (let k = 0; k < 4; k++) {
      const candidate = factor * (k === 0 ? e0 : k === 1 ? e1 : k === 2 ? e2 : e3);
      if (logHeights[i + k] + candidate > best) {
        best = logHeights[i + k] + candidate;
        winner = i + k;
        exponent[0] = candidate;
      }
    }
  }
  return winner;
}

/** The diagonals of C_i, one array a peak: condition numbers 1000^(k / (count - 2)), each used once, axes shuffled. */
function drawScales(dimension: number, seed: number, peaks: Peaks): Float64Array[] {
  const order = ascending(uniforms(peaks.count - 1, seed));
  return Array.from({ length: peaks.count }, (_, i) => {
    const condition = i === 0 ? peaks.firstCondition : 1000 ** (order[i - 1] / (peaks.count - 2));
    return Float64Array.from(ascending(uniforms(dimension, seed + 1000 * i)), (axis) => condition ** (axis / (dimension - 1) - 0.5));
  });
}
