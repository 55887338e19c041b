/**
 * What stands around saved values: a header that tells saved runs from other bytes (mark, format, byte order, length), and at the
 * end a checksum of all before it.
 */
import { StoreError, UsageError } from '../errors.js';
import { shown } from '../settings-check.js';
import { checksum } from './checksum.js';

const magic = [0x7a, 0x65, 0x72, 0x6f]; // "zero"
/** Format 2 ends in a checksum; format 1, which is read as well, has none. */
const version = 2;
const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0];

/** Mark, format, byte order, two spare bytes, total length. */
export const headerBytes = 16;
export const checksumBytes = 4;

/** Writes header and checksum around the values in `bytes[headerBytes .. end)`; `bytes` has room for the checksum. Returns the whole. */
export function seal(bytes: Uint8Array, end: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  bytes.set(magic);
  bytes[4] = version;
  bytes[5] = littleEndian;
  view.setFloat64(8, end + checksumBytes, true);
  view.setUint32(end, checksum(bytes, end), true);
  return bytes.slice(0, end + checksumBytes);
}

/** Where the values end. Throws StoreError on bytes that are foreign, damaged or of a format that is not read, UsageError on what are no bytes. */
export function checkSeal(given: Uint8Array): number {
  if (!ArrayBuffer.isView(given)) {
    throw new UsageError(`Saved bytes must be a Uint8Array, as they were written; got ${shown(given)}.`);
  }
  if (given.length < headerBytes || magic.some((byte, i) => given[i] !== byte)) {
    throw new StoreError('These bytes were not saved by Zeroth: the mark at their start is missing.');
  }
  const format = given[4];
  if (format < 1 || format > version) {
    throw new StoreError(
      `These bytes are of save format ${format}; this version of Zeroth reads formats 1 to ${version}. Start the run again.`,
    );
  }
  if (given[5] !== littleEndian) {
    throw new StoreError('These bytes were saved on a machine with the other byte order; resume them there.');
  }
  const view = new DataView(given.buffer, given.byteOffset, given.byteLength);
  const length = view.getFloat64(8, true);
  if (length !== given.length) {
    throw new StoreError(`These saved bytes are damaged: ${given.length} bytes where ${length} were written.`);
  }
  if (format === 1) return length;
  const end = length - checksumBytes;
  if (end < headerBytes || view.getUint32(end, true) !== checksum(given, end)) {
    throw new StoreError(
      'These saved bytes are damaged: their checksum is not that of what was written. Take an earlier copy, or start the run again.',
    );
  }
  return end;
}
