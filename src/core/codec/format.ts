/** The bytes that stand for kinds of values, the same for writing and reading. */
import { StoreError } from '../errors.js';

export const tags = {
  undefined: 0,
  null: 1,
  true: 2,
  false: 3,
  number: 4,
  string: 5,
  array: 6,
  object: 7,
  typed: 8,
  rng: 9,
  reference: 10,
  resident: 11,
} as const;

/** Typed arrays by the byte that stands for them; the order is part of the format. */
export const kinds = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;
export const kindNames = kinds.map((kind) => kind.name);

export function damaged(): StoreError {
  return new StoreError('These saved bytes are damaged: what they hold does not add up. Start the run again.');
}
