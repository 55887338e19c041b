/** The two noisy data sets of `over-fitting`: a cubic with noise, and two moons with wrong labels. */
import type { Rng } from '../../src/core/rng.js';
import type { Samples } from '../../src/datasets/dataset.js';

/** 4 x^3 - 3 x, as the data set noisy-polynomial. */
export function truth(x: number): number {
  return 4 * x * x * x - 3 * x;
}

export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** `count` points of the cubic with normal noise of deviation 0.3; x evenly spaced over [-1, 1], or uniform there. */
export function noisyCubic(count: number, spacing: 'even' | 'uniform', rng: Rng): Points {
  const x = Array.from({ length: count }, (_, i) => (spacing === 'even' ? (2 * i) / (count - 1) - 1 : 2 * rng.uniform() - 1));
  return { x, y: x.map((at) => truth(at) + 0.3 * rng.normal()) };
}

/**
 * Two interleaved half circles with normal noise of deviation 0.15, as many points of either class; a share `wrong` of the labels is
 * turned around.
 */
export function moons(count: number, wrong: number, rng: Rng): Samples {
  const inputs = new Float32Array(2 * count);
  const targets = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    const angle = Math.PI * rng.uniform();
    const [x, y] = label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    inputs[2 * i] = x + 0.15 * rng.normal();
    inputs[2 * i + 1] = y + 0.15 * rng.normal();
    targets[i] = rng.chance(wrong) ? 1 - label : label;
  }
  return { count, inputs, targets };
}
