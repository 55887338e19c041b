/** f6 to f9: functions of low or moderate conditioning (RR-6829, section 2). */
import { constantPenalty, type Definition, noPenalty, secondStream } from './definition.js';
import { drawOptimum, drawRotation } from './random.js';
import { oscillate, powers, rotate, rotateAbout, sandwich, scaleRows } from './transforms.js';

export const attractiveSector: Definition = {
  title: 'Attractive sector',
  group: 'moderate',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const matrix = sandwich(drawRotation(dimension, seed + secondStream), powers(dimension, Math.sqrt(10)), drawRotation(dimension, seed));
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(matrix, x, optimum, difference, z);
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += (z[i] * optimum[i] > 0 ? 1e4 : 1) * z[i] * z[i];
        return oscillate(sum) ** 0.9;
      },
    };
  },
};

/** COCO compares |z| with 0.5 where RR-6829 writes z, and rounds half up. */
export const stepEllipsoid: Definition = {
  title: 'Step ellipsoid',
  group: 'moderate',
  penalty: constantPenalty(1),
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const inner = scaleRows(powers(dimension, Math.sqrt(10)), drawRotation(dimension, seed));
    const outer = drawRotation(dimension, seed + secondStream);
    const weights = powers(dimension, 100);
    const stepped = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(inner, x, optimum, difference, stepped);
        const first = Math.abs(stepped[0]);
        for (let i = 0; i < dimension; i++) {
          const s = stepped[i];
          stepped[i] = Math.abs(s) > 0.5 ? Math.floor(s + 0.5) : Math.floor(10 * s + 0.5) / 10;
        }
        rotate(outer, stepped, z);
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += weights[i] * z[i] * z[i];
        return 0.1 * Math.max(first * 1e-4, sum);
      },
    };
  },
};

/** max(1, sqrt(D) / 8): the valley's scale in both Rosenbrock functions. */
export function valleyScale(dimension: number): number {
  return Math.max(1, Math.sqrt(dimension) / 8);
}

export const rosenbrock: Definition = {
  title: 'Rosenbrock',
  group: 'moderate',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed).map((x) => 0.75 * x);
    const scale = valleyScale(dimension);
    return {
      optimum,
      value(x) {
        let sum = 0;
        let z = scale * (x[0] - optimum[0]) + 1;
        for (let i = 1; i < dimension; i++) {
          const next = scale * (x[i] - optimum[i]) + 1;
          const height = z * z - next;
          sum += 100 * height * height + (z - 1) * (z - 1);
          z = next;
        }
        return sum;
      },
    };
  },
};

/** z = scale R x + 1/2, which is 1 everywhere at x_opt = R' 1 / (2 scale). */
export function rotatedValley(dimension: number, seed: number): { optimum: Float64Array; matrix: Float64Array } {
  const rotation = drawRotation(dimension, seed);
  const scale = valleyScale(dimension);
  const optimum = new Float64Array(dimension);
  rotation.forEach((value, at) => {
    optimum[at % dimension] += value / (2 * scale);
  });
  return { optimum, matrix: rotation.map((value) => scale * value) };
}

export const rotatedRosenbrock: Definition = {
  title: 'Rosenbrock, rotated',
  group: 'moderate',
  penalty: noPenalty,
  build(dimension, seed) {
    const { optimum, matrix } = rotatedValley(dimension, seed);
    const rotated = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotate(matrix, x, rotated);
        let sum = 0;
        for (let i = 0; i + 1 < dimension; i++) {
          const z = rotated[i] + 0.5;
          const height = z * z - (rotated[i + 1] + 0.5);
          sum += 100 * height * height + (z - 1) * (z - 1);
        }
        return sum;
      },
    };
  },
};
