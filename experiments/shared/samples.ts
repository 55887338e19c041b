/** Samples of a named data set as a batch for an engine. */
import { Rng } from '../../src/core/rng.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import { sizeOf } from '../../src/datasets/dataset.js';
import { gatherInputs, gatherTargets, prepareDataset } from '../../src/datasets/prepare.js';
import type { Batch } from '../../src/engine/network-engine.js';

export interface Samples extends Batch {
  readonly features: number;
  readonly targets: Int32Array;
}

/** `size` samples of the training part of a classification, drawn by the seed, each class in its share; absent: all of it. */
export async function samplesOf(name: string, size: number | undefined, seed: number, standardize = false): Promise<Samples> {
  const raw = await loadDataset(name);
  const dataset = prepareDataset(raw, { standardize, ...(size !== undefined && { train: size }) }, Rng.seeded(seed).fork('data'));
  const count = dataset.train.rows.length;
  const features = sizeOf(raw.inputShape);
  const inputs = new Float32Array(count * features);
  const targets = new Int32Array(count);
  const rows = Uint32Array.from({ length: count }, (_, i) => i);
  gatherInputs(dataset, dataset.train, rows, inputs);
  gatherTargets(dataset, dataset.train, rows, targets);
  return { count, inputs, targets, features };
}

/** Some of the samples, in that order. */
export function someOf(samples: Samples, rows: ArrayLike<number>): Samples {
  const { features } = samples;
  const inputs = new Float32Array(rows.length * features);
  const targets = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    inputs.set(samples.inputs.subarray(rows[i] * features, (rows[i] + 1) * features), i * features);
    targets[i] = samples.targets[rows[i]];
  }
  return { count: rows.length, inputs, targets, features };
}
