/** What a data set is: as it was loaded, and as one run sees it (split and scaled by a seed). */
import { createHash } from 'node:crypto';

export type DatasetKind = 'classification' | 'regression';

/** Samples as they were read; never changed. Bytes stay bytes, a quarter of the memory of floats. */
export interface Samples {
  readonly count: number;
  /** Row-major [count, ...inputShape]. Bytes mean pixels, 0 to 255. */
  readonly inputs: Uint8Array | Float32Array;
  /** Class numbers [count], or values [count, outputs]. */
  readonly targets: Int32Array | Float32Array;
}

/** What a network needs to know of its data; known before any of it is loaded. */
export interface DataShape {
  readonly title: string;
  readonly kind: DatasetKind;
  /** Of one sample: [features], or [channels, height, width]. */
  readonly inputShape: readonly number[];
  /** Classes, or target values of a sample. */
  readonly outputs: number;
}

/** A data set as it was loaded: with its published train and test parts, or as one pool that a seed splits. */
export interface RawDataset extends DataShape {
  readonly name: string;
  /** Names of the classes, by number. */
  readonly classes?: readonly string[];
  /** Names of the features and targets of tabular data. */
  readonly features?: readonly string[];
  readonly targets?: readonly string[];
  readonly parts: { readonly pool: Samples } | { readonly train: Samples; readonly test?: Samples };
  /** Share of a pool that goes into the test part, unless a run asks for another. */
  readonly testShare?: number;
  readonly source: Source;
}

export interface Source {
  /** Where it came from: a package with its version, a file's name, or a generator's formula. */
  readonly origin: string;
  /** SHA-256 of the content, hexadecimal. The same content gives the same hash, from whatever carrier it was read. */
  hash(): string;
}

/** Numbers of one sample. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A source whose hash is computed when it is first asked for. */
export function sourceOf(origin: string, inputShape: readonly number[], parts: RawDataset['parts']): Source {
  let known: string | undefined;
  return {
    origin,
    hash() {
      known ??= contentHash(inputShape, parts);
      return known;
    },
  };
}

/** All that typed arrays of samples hold, little-endian, behind a line that says their shapes. */
function contentHash(inputShape: readonly number[], parts: RawDataset['parts']): string {
  const hash = createHash('sha256');
  const named = 'pool' in parts ? { pool: parts.pool } : { train: parts.train, test: parts.test };
  for (const [part, samples] of Object.entries(named)) {
    if (!samples) continue;
    const { count, inputs, targets } = samples;
    hash.update(`${part} ${count} ${inputShape.join('x')} ${inputs.constructor.name} ${targets.constructor.name}\n`);
    hash.update(bytesOf(inputs));
    hash.update(bytesOf(targets));
  }
  return hash.digest('hex');
}

function bytesOf(array: Uint8Array | Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
