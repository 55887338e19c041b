/** One run's view of a data set: its parts for a seed, and the samples of a batch as numbers for a network. */
import { DataError, UsageError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { type RawDataset, type Samples, sizeOf } from './dataset.js';
import { gatherPixels } from './pixels.js';
import { type Scaling, standardizeInputs, standardizeTargets } from './scaling.js';
import { plainSplit, stratifiedSplit, stratifiedSubset } from './split.js';

export interface PrepareOptions {
  /** Share of a pool that is held out, in (0, 1). Published splits do not take it. */
  readonly testShare?: number;
  /** Mean 0 and deviation 1 for each feature, fitted on the training part; without it bytes are divided by 255. */
  readonly standardize: boolean;
  /** Only so many samples for training, drawn by the seed, class by class in their shares. */
  readonly train?: number;
}

/** Some rows of some samples. */
export interface Part {
  readonly samples: Samples;
  readonly rows: Uint32Array;
}

export interface Dataset {
  readonly raw: RawDataset;
  readonly train: Part;
  /** Absent where nothing is held out (XOR). */
  readonly test?: Part;
  readonly inputScaling?: Scaling;
  readonly targetScaling?: Scaling;
}

/** Splits and fits. The same seed gives the same parts; `rng` is the run's data stream. */
export function prepareDataset(raw: RawDataset, options: PrepareOptions, rng: Rng): Dataset {
  const { train: whole, test } = partsOf(raw, options.testShare, rng);
  const train = { samples: whole.samples, rows: subsetOf(raw, whole, options.train, rng) };
  const inputScaling = options.standardize ? standardizeInputs(train.samples, train.rows, raw.inputShape) : undefined;
  const targetScaling =
    options.standardize && raw.kind === 'regression' ? standardizeTargets(train.samples, train.rows, raw.outputs) : undefined;
  return { raw, train, ...(test && { test }), ...(inputScaling && { inputScaling }), ...(targetScaling && { targetScaling }) };
}

function partsOf(raw: RawDataset, testShare: number | undefined, rng: Rng): { train: Part; test?: Part } {
  if (!('pool' in raw.parts)) {
    if (testShare !== undefined) throw new UsageError(`${raw.name} has its published test part: leave out the setting split.`);
    const { train, test } = raw.parts;
    return { train: wholeOf(train), ...(test && { test: wholeOf(test) }) };
  }
  const { pool } = raw.parts;
  const share = testShare ?? raw.testShare ?? 0.2;
  const stream = rng.fork('split');
  const split =
    raw.kind === 'classification'
      ? stratifiedSplit(pool.targets as Int32Array, raw.outputs, share, stream)
      : plainSplit(pool.count, share, stream);
  return { train: { samples: pool, rows: split.train }, test: { samples: pool, rows: split.test } };
}

function wholeOf(samples: Samples): Part {
  return { samples, rows: Uint32Array.from({ length: samples.count }, (_, row) => row) };
}

function subsetOf(raw: RawDataset, { samples, rows }: Part, size: number | undefined, rng: Rng): Uint32Array {
  if (size === undefined || size === rows.length) return rows;
  if (size > rows.length)
    throw new DataError(
      `${raw.name} has ${rows.length} samples for training; the setting train asks for ${size}: give at most ${rows.length}, or leave it out.`,
    );
  const classes = raw.kind === 'classification' ? (samples.targets as Int32Array) : undefined;
  return stratifiedSubset(rows, classes, raw.outputs, size, rng.fork('subset'));
}

/**
 * Writes the scaled inputs of `indices.length` samples (numbers within the part) into `out`, row-major.
 * Pixels become byte / 255 unless the set is standardized.
 */
export function gatherInputs(dataset: Dataset, part: Part, indices: Uint32Array, out: Float32Array): void {
  const width = sizeOf(dataset.raw.inputShape);
  const { inputs } = part.samples;
  const scaling = dataset.inputScaling;
  if (!scaling && inputs instanceof Uint8Array) {
    gatherPixels(inputs, part.rows, indices, width, out);
    return;
  }
  for (let i = 0; i < indices.length; i++) {
    const from = part.rows[indices[i]] * width;
    if (scaling) copyScaled(inputs, from, width, scaling, out, i * width);
    else copyValues(inputs, from, width, out, i * width);
  }
}

function copyScaled(
  inputs: ArrayLike<number>,
  from: number,
  width: number,
  { mean, factor }: Scaling,
  out: Float32Array,
  to: number,
): void {
  for (let j = 0; j < width; j++) out[to + j] = (inputs[from + j] - mean[j]) * factor[j];
}

function copyValues(inputs: ArrayLike<number>, from: number, width: number, out: Float32Array, to: number): void {
  for (let j = 0; j < width; j++) out[to + j] = inputs[from + j];
}

/**
 * Writes their targets into `out`: class numbers into an Int32Array; into a Float32Array the scaled values of a regression,
 * or for a classification 1 at the class and 0 elsewhere.
 */
export function gatherTargets(dataset: Dataset, part: Part, indices: Uint32Array, out: Int32Array | Float32Array): void {
  const { outputs, kind } = dataset.raw;
  const { targets } = part.samples;
  if (kind === 'classification') {
    if (out instanceof Int32Array) for (let i = 0; i < indices.length; i++) out[i] = targets[part.rows[indices[i]]];
    else {
      out.fill(0, 0, indices.length * outputs);
      for (let i = 0; i < indices.length; i++) out[i * outputs + targets[part.rows[indices[i]]]] = 1;
    }
    return;
  }
  const scaling = dataset.targetScaling;
  for (let i = 0; i < indices.length; i++) {
    const from = part.rows[indices[i]] * outputs;
    for (let j = 0; j < outputs; j++) {
      const value = targets[from + j];
      out[i * outputs + j] = scaling ? (value - scaling.mean[j]) * scaling.factor[j] : value;
    }
  }
}
