/** f20, f23 and f24: multi-modal functions with weak global structure (RR-6829, section 5). f21 and f22 are in gallagher.ts. */
import { constantPenalty, type Definition, noPenalty, secondStream } from './definition.js';
import { drawOptimum, drawRotation, normals, uniforms } from './random.js';
import { powers, rotate, rotateAbout, sandwich } from './transforms.js';

/**
 * Twice the absolute value of every coordinate of f20's optimum: near the largest maximum of z sin(sqrt(|z|)) in 100 z.
 * COCO's code of 2025 has this number, that of 2009 has ...4633: values differ by less than 1e-9 relative.
 */
const schwefelPlace = 4.2096874637;
/** That maximum over 100: it makes the least value 0, to about 1e-13. */
const schwefelLevel = 4.189828872724339;

export const schwefel: Definition = {
  title: 'Schwefel',
  group: 'weakly structured',
  penalty: noPenalty,
  build(dimension, seed) {
    const signs = uniforms(dimension, seed).map((u) => (u < 0.5 ? -1 : 1));
    const scales = powers(dimension, Math.sqrt(10));
    return {
      optimum: signs.map((sign) => (sign * schwefelPlace) / 2),
      value(x) {
        let previous = 0;
        let sum = 0;
        let penalty = 0;
        for (let i = 0; i < dimension; i++) {
          const reflected = 2 * signs[i] * x[i] - schwefelPlace;
          const z = 100 * (scales[i] * (reflected + 0.25 * previous) + schwefelPlace);
          const size = Math.abs(z);
          sum += z * Math.sin(Math.sqrt(size));
          // this function penalizes its own z outside [-500, 500] instead of x outside [-5, 5]
          if (size > 500) penalty += (size - 500) * (size - 500);
          previous = reflected;
        }
        return 0.01 * penalty + (schwefelLevel - (0.01 * sum) / dimension);
      },
    };
  },
};

export const katsuura: Definition = {
  title: 'Katsuura',
  group: 'weakly structured',
  penalty: constantPenalty(1),
  build(dimension, seed) {
    const optimum = drawOptimum(dimension, seed);
    const difference = new Float64Array(dimension);
    const matrix = sandwich(drawRotation(dimension, seed + secondStream), powers(dimension, 10), drawRotation(dimension, seed));
    const exponent = 10 / dimension ** 1.2;
    const scale = 10 / (dimension * dimension);
    const z = new Float64Array(dimension);
    return {
      optimum,
      value(x) {
        rotateAbout(matrix, x, optimum, difference, z);
        let product = 1;
        for (let i = 0; i < dimension; i++) {
          let sum = 0;
          let size = 2;
          let inverse = 0.5;
          for (let j = 1; j <= 32; j++) {
            const scaled = size * z[i];
            sum += Math.abs(scaled - Math.floor(scaled + 0.5)) * inverse;
            size *= 2;
            inverse *= 0.5;
          }
          product *= 1 + (i + 1) * sum;
        }
        return scale * (product ** exponent - 1);
      },
    };
  },
};

/** Two funnels of the sphere under Rastrigin's grid; the smaller one is better. The optimum's signs come from normal numbers. */
export const lunacek: Definition = {
  title: 'Lunacek bi-Rastrigin',
  group: 'weakly structured',
  penalty: constantPenalty(1e4),
  build(dimension, seed) {
    const mu0 = 2.5;
    const s = 1 - 0.5 / (Math.sqrt(dimension + 20) - 4.1);
    const mu1 = -Math.sqrt((mu0 * mu0 - 1) / s);
    const signs = normals(dimension, seed).map((g) => (g < 0 ? -1 : 1));
    const matrix = sandwich(drawRotation(dimension, seed + secondStream), powers(dimension, 10), drawRotation(dimension, seed));
    const fromFirst = new Float64Array(dimension);
    const z = new Float64Array(dimension);
    return {
      optimum: signs.map((sign) => (sign * mu0) / 2),
      value(x) {
        let first = 0;
        let second = 0;
        for (let i = 0; i < dimension; i++) {
          const reflected = 2 * signs[i] * x[i];
          const a = reflected - mu0;
          const b = reflected - mu1;
          fromFirst[i] = a;
          first += a * a;
          second += b * b;
        }
        rotate(matrix, fromFirst, z);
        let waves = 0;
        for (let i = 0; i < dimension; i++) waves += 1 - Math.cos(2 * Math.PI * z[i]);
        return Math.min(first, dimension + s * second) + 10 * waves;
      },
    };
  },
};
