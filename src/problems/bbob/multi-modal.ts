/** f15 to f19: multi-modal functions with global structure (RR-6829, section 4). */
import { constantPenalty, type Definition, noPenalty, secondStream } from './definition.js';
import { rotatedValley } from './moderate.js';
import { drawOptimum, drawRotation } from './random.js';
import {
  asymmetric,
  asymmetricAll,
  oscillate,
  oscillateAll,
  powers,
  ramp,
  rotate,
  rotateAbout,
  sandwich,
  scaleRows,
} from './transforms.js';

const turn = 2 * Math.PI;

export const rastrigin: Definition = {
  title: 'Rastrigin',
  group: 'multi-modal',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const rotation = drawRotation(dimension, seed + secondStream);
    const matrix = sandwich(rotation, powers(dimension, Math.sqrt(10)), drawRotation(dimension, seed));
    const exponents = ramp(dimension, 0.2);
    const bent = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(rotation, x, optimum, difference, bent);
        for (let i = 0; i < dimension; i++) bent[i] = asymmetric(oscillate(bent[i]), exponents[i]);
        rotate(matrix, bent, z);
        let sum = 0;
        for (let i = 0; i < dimension; i++) sum += 10 * (1 - Math.cos(turn * z[i])) + z[i] * z[i];
        return sum;
      },
    };
  },
};

/**
 * sum over k < 12 of 2^-k cos(3^k theta), by the triple-angle formulas of cosine and sine together: one sine and one cosine
 * instead of twelve cosines. Rounding errors triple with k, as they do in the arguments 3^k theta themselves.
 */
function weierstrassSum(theta: number): number {
  let c = Math.cos(theta);
  let s = Math.sin(theta);
  let weight = 1;
  let sum = c;
  for (let k = 1; k < 12; k++) {
    const cosine = c * (1 - 4 * s * s);
    s *= 4 * c * c - 1;
    c = cosine;
    weight *= 0.5;
    sum += weight * c;
  }
  return sum;
}

export const weierstrass: Definition = {
  title: 'Weierstrass',
  group: 'multi-modal',
  penalty: (dimension) => 10 / dimension,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const rotation = drawRotation(dimension, seed + secondStream);
    const matrix = sandwich(rotation, powers(dimension, 0.1), drawRotation(dimension, seed));
    /** The sum at z = 0, where every cosine is -1: -(1 + 1/2 + ... + 2^-11). */
    const least = 2 ** -11 - 2;
    const bent = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(rotation, x, optimum, difference, bent);
        oscillateAll(bent);
        rotate(matrix, bent, z);
        let sum = 0;
        // cos(2 pi 3^k (z + 1/2)) = -cos(3^k 2 pi z), as 3^k is odd
        for (let i = 0; i < dimension; i++) sum -= weierstrassSum(turn * z[i]);
        const mean = sum / dimension - least;
        return 10 * mean * mean * mean;
      },
    };
  },
};

/** Condition number 10 in f17, 1000 in f18, which shares its draws with f17. */
export function schaffers(condition: number): Definition {
  return {
    title: condition === 10 ? "Schaffer's F7" : "Schaffer's F7, ill-conditioned",
    group: 'multi-modal',
    penalty: constantPenalty(10),
    build(dimension, seed) {
      const optimum = drawOptimum(dimension, seed);
      const difference = new Float64Array(dimension);
      const rotation = drawRotation(dimension, seed + secondStream);
      const matrix = scaleRows(powers(dimension, Math.sqrt(condition)), drawRotation(dimension, seed));
      const exponents = ramp(dimension, 0.5);
      const bent = new Float64Array(dimension);
      const z = new Float64Array(dimension);
      return {
        optimum,
        value(x) {
          rotateAbout(rotation, x, optimum, difference, bent);
          asymmetricAll(bent, exponents);
          rotate(matrix, bent, z);
          let sum = 0;
          for (let i = 0; i + 1 < dimension; i++) {
            // with s = sqrt(z_i^2 + z_{i+1}^2): sqrt(s) (1 + sin^2(50 s^(1/5)))
            const square = z[i] * z[i] + z[i + 1] * z[i + 1];
            const wave = Math.sin(50 * Math.exp(0.1 * Math.log(square)));
            sum += Math.sqrt(Math.sqrt(square)) * (1 + wave * wave);
          }
          const mean = sum / (dimension - 1);
          return mean * mean;
        },
      };
    },
  };
}

/** Factor 10 in f19, 1 in the noisy suite. */
export function griewankRosenbrock(factor: number): Definition {
  return {
    title: 'Griewank-Rosenbrock F8F2',
    group: 'multi-modal',
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
            const s = 100 * height * height + (1 - z) * (1 - z);
            sum += s / 4000 + (1 - Math.cos(s));
          }
          return (factor * sum) / (dimension - 1);
        },
      };
    },
  };
}
