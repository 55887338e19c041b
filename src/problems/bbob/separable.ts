/** f1 to f5: separable functions (RR-6829, section 1). Also the sphere of the noisy suite. */
import { constantPenalty, type Definition, noPenalty } from './definition.js';
import { drawOptimum } from './random.js';
import { asymmetric, oscillate, powers, ramp } from './transforms.js';

const turn = 2 * Math.PI;

export const sphere: Definition = {
  title: 'Sphere',
  group: 'separable',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    return {
      optimum,
      value(x) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          const z = x[i] - optimum[i];
          sum += z * z;
        }
        return sum;
      },
    };
  },
};

export const separableEllipsoid: Definition = {
  title: 'Ellipsoid, separable',
  group: 'separable',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const weights = powers(dimension, 1e6);
    return {
      optimum,
      value(x) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          const z = oscillate(x[i] - optimum[i]);
          sum += weights[i] * z * z;
        }
        return sum;
      },
    };
  },
};

export const separableRastrigin: Definition = {
  title: 'Rastrigin, separable',
  group: 'separable',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const exponents = ramp(dimension, 0.2);
    const scales = powers(dimension, Math.sqrt(10));
    return {
      optimum,
      value(x) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          const z = scales[i] * asymmetric(oscillate(x[i] - optimum[i]), exponents[i]);
          sum += 10 * (1 - Math.cos(turn * z)) + z * z;
        }
        return sum;
      },
    };
  },
};

/** Shares its draws with f3. COCO reflects x_opt's 1st, 3rd, ... coordinate to the positive side, which RR-6829 leaves out. */
export const buecheRastrigin: Definition = {
  title: 'Büche-Rastrigin',
  group: 'separable',
  penalty: constantPenalty(100),
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed).map((x, i) => (i % 2 === 0 ? Math.abs(x) : x));
    const scales = powers(dimension, Math.sqrt(10));
    return {
      optimum,
      value(x) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          const oscillated = oscillate(x[i] - optimum[i]);
          const z = oscillated > 0 && (i & 1) === 0 ? 10 * scales[i] * oscillated : scales[i] * oscillated;
          sum += 10 * (1 - Math.cos(turn * z)) + z * z;
        }
        return sum;
      },
    };
  },
};

/** Optimal at a corner of [-5, 5]^D, constant beyond it. */
export const linearSlope: Definition = {
  title: 'Linear slope',
  group: 'separable',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed).map((x) => 5 * Math.sign(x));
    const slopes = powers(dimension, 10).map((slope, i) => slope * Math.sign(optimum[i]));
    return {
      optimum,
      value(x) {
        let sum = 0;
        for (let i = 0; i < dimension; i++) {
          const z = x[i] * optimum[i] >= 25 ? optimum[i] : x[i];
          sum += slopes[i] * (optimum[i] - z);
        }
        return sum;
      },
    };
  },
};
