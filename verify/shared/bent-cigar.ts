/**
 * L-SHADE on the bent cigar x_1^2 + 10^6 (x_2^2 + ... + x_D^2) within [-100, 100]^D: the errors that the program of its authors
 * (Matlab, version 1.0.1) logged, 30 runs, as published with MadDE (https://github.com/subhodipbiswas/MadDE, basic function F1 of CEC 2021).
 */
import { Optimizer } from '../../src/core/optimizer.js';
import { boxSpace } from '../../src/core/space.js';
import { lShade } from '../../strategies/l-shade.js';

export interface PublishedErrors {
  readonly dimension: number;
  readonly maxEvaluations: number;
  /** Evaluations at which the error was logged. */
  readonly at: readonly number[];
  /** Median errors there; 0 stands for less than 1e-8. */
  readonly medians: readonly number[];
}

export const published: readonly PublishedErrors[] = [
  {
    dimension: 10,
    maxEvaluations: 200_000,
    at: [200, 2000, 5024, 7962, 12_619, 20_000, 31_698, 50_238],
    medians: [6.6e9, 1.09e9, 1.16e8, 1.02e7, 1.58e5, 135, 4.2e-4, 0],
  },
  {
    dimension: 20,
    maxEvaluations: 1_000_000,
    at: [2500, 8286, 15_085, 27_464, 50_000, 91_028, 165_723],
    medians: [1.16e10, 1.68e9, 1.32e8, 5.55e5, 27.2, 6.5e-8, 0],
  },
];

/** The least error of one run after each of the numbers of evaluations. */
export function bentCigarRun(dimension: number, maxEvaluations: number, at: readonly number[], seed: number): number[] {
  const optimizer = new Optimizer(lShade, boxSpace(dimension, -100, 100), { seed, options: { maxEvaluations } });
  const errors: number[] = [];
  let used = 0;
  let best = Infinity;
  while (errors.length < at.length) {
    const query = optimizer.ask();
    if (query.kind !== 'losses') throw new Error('l-shade asks for more than losses');
    const { size, values } = query.population;
    const losses = new Float64Array(size);
    for (let p = 0; p < size; p++) {
      let sum = 0;
      for (let j = p * dimension + 1; j < (p + 1) * dimension; j++) sum += values[j] * values[j];
      losses[p] = values[p * dimension] ** 2 + 1e6 * sum;
      best = Math.min(best, losses[p]);
      if (++used === at[errors.length]) errors.push(best);
    }
    optimizer.tell(losses);
  }
  return errors;
}
