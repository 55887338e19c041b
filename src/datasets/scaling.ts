/** How inputs and targets are scaled on their way to a network. Whatever is fitted is fitted on the training part alone. */
import { type Samples, sizeOf } from './dataset.js';

/** value -> (value - mean) * factor, for each feature (or each output). */
export interface Scaling {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/**
 * Mean 0 and deviation 1 for each feature over these rows (the deviation of a population, divisor n).
 * A feature that is constant there becomes 0.
 */
export function standardizeInputs(samples: Samples, rows: Uint32Array, inputShape: readonly number[]): Scaling {
  return standardize(samples.inputs, rows, sizeOf(inputShape));
}

/** The same for the targets of a regression. */
export function standardizeTargets(samples: Samples, rows: Uint32Array, outputs: number): Scaling {
  return standardize(samples.targets, rows, outputs);
}

function standardize(values: ArrayLike<number>, rows: Uint32Array, width: number): Scaling {
  const mean = new Float64Array(width);
  const factor = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j++) mean[j] += values[row * width + j];
  for (let j = 0; j < width; j++) mean[j] /= rows.length;
  for (const row of rows) {
    for (let j = 0; j < width; j++) {
      const departure = values[row * width + j] - mean[j];
      factor[j] += departure * departure;
    }
  }
  for (let j = 0; j < width; j++) factor[j] = factor[j] > 0 ? 1 / Math.sqrt(factor[j] / rows.length) : 0;
  return { mean, factor };
}
