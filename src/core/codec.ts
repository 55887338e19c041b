/**
 * Plain data as bytes, and back: what saving and resuming a run is made of.
 *
 * A value is a tag byte and its content: numbers as IEEE doubles, strings as UTF-16 code units, typed arrays as their raw bytes.
 * Two references to one object stay two references to one object, so a query that points into a strategy's state still does
 * after a restore. Arrays in a memory that kernels work on in place come back in one, where there is one. Functions, class
 * instances other than `Rng`, and overlapping views of one buffer are refused by name.
 */
import { Reader } from './codec/reader.js';
import { Writer } from './codec/writer.js';

/**
 * Encodes numbers, strings, booleans, null, undefined, typed arrays, `Rng`s, and arrays and plain objects of these.
 * Throws UsageError, naming the place, on anything else.
 */
export function encode(value: unknown): Uint8Array {
  const writer = new Writer(arrayBytes(value) + 4096);
  writer.value(value, 'the value');
  return writer.finish();
}

/** The inverse of `encode`. Throws StoreError on bytes that are foreign, truncated, or of another version. */
export function decode(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.value();
  reader.end();
  return value;
}

/** Bytes of all typed arrays within plain data, each counted once. */
export function arrayBytes(value: unknown, seen: Set<unknown> = new Set()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const item of Object.values(value)) bytes += arrayBytes(item, seen);
  return bytes;
}
