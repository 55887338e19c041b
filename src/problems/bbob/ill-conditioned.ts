/** f10 to f14: unimodal functions of high conditioning (RR-6829, section 3). */
import { type Definition, noPenalty, secondStream } from './definition.js';
import { drawOptimum, drawRotation } from './random.js';
import { asymmetricAll, oscillate, powers, ramp, rotate, rotateAbout, sandwich } from './transforms.js';

/** Condition number 1e6 in f10, 1e4 in the noisy suite. */
export function ellipsoid(condition: number): Definition {
  return {
    title: 'Ellipsoid',
    group: 'ill-conditioned',
    penalty: noPenalty,
    build(dimension, seed) {
      const optimum = drawOptimum(dimension, seed);
      const difference = new Float64Array(dimension);
      const rotation = drawRotation(dimension, seed + secondStream);
      const weights = powers(dimension, condition);
      const rotated = new Float64Array(dimension);
      return {
        optimum,
        value(x) {
          rotateAbout(rotation, x, optimum, difference, rotated);
          let sum = 0;
          for (let i = 0; i < dimension; i++) {
            const z = oscillate(rotated[i]);
            sum += weights[i] * z * z;
          }
          return sum;
        },
      };
    },
  };
}

export const discus: Definition = {
  title: 'Discus',
  group: 'ill-conditioned',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const rotation = drawRotation(dimension, seed + secondStream);
    const rotated = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(rotation, x, optimum, difference, rotated);
        const first = oscillate(rotated[0]);
        let sum = 1e6 * first * first;
        for (let i = 1; i < dimension; i++) {
          const z = oscillate(rotated[i]);
          sum += z * z;
        }
        return sum;
      },
    };
  },
};

/** The optimum comes from the second stream, as the rotation does: a peculiarity of the original that COCO keeps. */
export const bentCigar: Definition = {
  title: 'Bent cigar',
  group: 'ill-conditioned',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed + secondStream);
    const difference = new Float64Array(dimension);
    const rotation = drawRotation(dimension, seed + secondStream);
    const exponents = ramp(dimension, 0.5);
    const bent = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(rotation, x, optimum, difference, bent);
        asymmetricAll(bent, exponents);
        rotate(rotation, bent, z);
        let across = 0;
        for (let i = 1; i < dimension; i++) across += z[i] * z[i];
        return z[0] * z[0] + 1e6 * across;
      },
    };
  },
};

export const sharpRidge: Definition = {
  title: 'Sharp ridge',
  group: 'ill-conditioned',
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
        let across = 0;
        for (let i = 1; i < dimension; i++) across += z[i] * z[i];
        return z[0] * z[0] + 100 * Math.sqrt(across);
      },
    };
  },
};

export const differentPowers: Definition = {
  title: 'Different powers',
  group: 'ill-conditioned',
  penalty: noPenalty,
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const rotation = drawRotation(dimension, seed + secondStream);
    const exponents = ramp(dimension, 4).map((exponent) => 2 + exponent);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(rotation, x, optimum, difference, z);
        let sum = 0;
        // |z|^e as exp(e log |z|): twice as fast as a general power; log 0 = -Infinity gives 0
        for (let i = 0; i < dimension; i++) sum += Math.exp(exponents[i] * Math.log(Math.abs(z[i])));
        return Math.sqrt(sum);
      },
    };
  },
};
