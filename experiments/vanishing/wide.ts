/**
 * Wide networks before any training, where theory says what to find: Glorot and Bengio's five tanh layers, and He et al.'s rectifiers.
 */
import { mlp } from '../../models/mlp.js';
import { Rng } from '../../src/core/rng.js';
import { sampleStart } from '../../src/core/space.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { symmetricEigen } from '../../strategies/shared/symmetric-eigen.js';
import type { Samples } from '../shared/samples.js';
import { type StartName, startingSpace } from '../shared/starts.js';
import { deviation, histogram, rootMeanSquare } from '../shared/statistics.js';

export const histogramBins = 41;

/** Of the hidden layers, from the input. */
export interface Wide {
  readonly seed: number;
  readonly activation: readonly number[];
  readonly rootMeanSquare: readonly number[];
  readonly signal: readonly number[];
  readonly weightGradient: readonly number[];
  /** Counts of outputs in -1 to 1. */
  readonly histograms: readonly (readonly number[])[];
  /** Mean singular value of the Jacobian from one hidden layer's outputs to the next one's, at one sample; tanh alone. */
  readonly singular?: number;
}

export async function measureWide(
  activation: 'tanh' | 'relu',
  depth: number,
  width: number,
  start: StartName,
  seed: number,
  samples: Samples,
): Promise<Wide> {
  const network = mlp([samples.features, ...new Array<number>(depth).fill(width), 10], { activation });
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 2 });
  try {
    const space = startingSpace(network, start);
    const theta = new Float32Array(space.dimension);
    sampleStart(space, Rng.seeded(seed).fork('wide'), theta);
    const hidden = (await engine.probes(theta, samples)).slice(0, depth);
    const middle = (space.layout ?? []).filter(({ role }) => role === 'weights')[2];
    const weights = theta.subarray(middle.offset, middle.offset + middle.length);
    return {
      seed,
      activation: hidden.map(({ values }) => deviation(values)),
      rootMeanSquare: hidden.map(({ values }) => rootMeanSquare(values)),
      signal: hidden.map(({ signal }) => rootMeanSquare(signal) * samples.count),
      weightGradient: hidden.map(({ weightGradient }) => rootMeanSquare(weightGradient)),
      histograms: hidden.map(({ values }) => histogram(values, -1, 1, histogramBins)),
      ...(activation === 'tanh' && { singular: meanSingularValue(weights, width, hidden[2].values) }),
    };
  } finally {
    await engine.close();
  }
}

/**
 * Of J = diag(1 - y^2) W', W row-major [inputs, units], y the units' outputs at one sample: the mean square root of the eigenvalues
 * of J J'.
 */
export function meanSingularValue(weights: ArrayLike<number>, width: number, outputs: ArrayLike<number>): number {
  const rows = Array.from({ length: width }, (_, j) =>
    Float64Array.from({ length: width }, (_, i) => (1 - outputs[j] ** 2) * weights[i * width + j]),
  );
  const product = new Float64Array(width * width);
  for (let a = 0; a < width; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += rows[a][i] * rows[b][i];
      product[a * width + b] = sum;
    }
  }
  const values = new Float64Array(width);
  symmetricEigen(product, values, new Float64Array(width));
  return values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0) / width;
}
