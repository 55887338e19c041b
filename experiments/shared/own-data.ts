/** Data that an experiment makes itself, as a data set for the engine; and whole parts of a set as batches. */
import { type DatasetKind, type Samples, sizeOf, sourceOf } from '../../src/datasets/dataset.js';
import { type Dataset, gatherInputs, gatherTargets, type Part } from '../../src/datasets/prepare.js';
import type { Batch } from '../../src/engine/network-engine.js';

export interface OwnData {
  readonly name: string;
  readonly kind: DatasetKind;
  readonly features: number;
  /** Classes, or target values. */
  readonly outputs: number;
  readonly train: Samples;
  readonly test: Samples;
}

export function ownDataset({ name, kind, features, outputs, train, test }: OwnData): Dataset {
  const inputShape = [features];
  const parts = { train, test };
  const raw = { name, title: name, kind, inputShape, outputs, parts, source: sourceOf(name, inputShape, parts) };
  return { raw, train: partOf(train), test: partOf(test) };
}

/** All of the samples. */
export function partOf(samples: Samples): Part {
  return { samples, rows: Uint32Array.from({ length: samples.count }, (_, row) => row) };
}

/** All of a part, or its first `count` samples, as one batch of a classification. */
export function batchOf(dataset: Dataset, part: Part, count = part.rows.length): Batch {
  const size = Math.min(count, part.rows.length);
  const inputs = new Float32Array(size * sizeOf(dataset.raw.inputShape));
  const targets = dataset.raw.kind === 'classification' ? new Int32Array(size) : new Float32Array(size * dataset.raw.outputs);
  const indices = Uint32Array.from({ length: size }, (_, i) => i);
  gatherInputs(dataset, part, indices, inputs);
  gatherTargets(dataset, part, indices, targets);
  return { count: size, inputs, targets };
}
