/**
 * Reads IDX files, the format of MNIST and Fashion-MNIST (Y. LeCun, C. Cortes and C. Burges, "The MNIST database"):
 * bytes 0 0, a type, the number of axes; each axis' length as a big-endian 32-bit number; then the values.
 * Files compressed with gzip are recognized by their first bytes, whatever their names.
 */
import { gunzipSync } from 'node:zlib';
import { DataError } from '../core/errors.js';
import { readBytes } from './files.js';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;

/** Reads an IDX file of unsigned bytes with `axes` axes. Throws DataError that names the file, what was found and what was expected. */
export function readIdx(file: string, axes: number): IdxArray {
  let bytes = readBytes(file);
  if (bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = unpacked(file, bytes);
  const headerLength = 4 + 4 * axes;
  if (bytes.length < headerLength) {
    throw new DataError(
      `${file} is truncated: it holds ${bytes.length} bytes, and an IDX header of ${axes} axes alone has ${headerLength}. Get the file again.`,
    );
  }
  if (bytes[0] !== 0 || bytes[1] !== 0 || bytes[2] !== unsignedByte || bytes[3] !== axes) {
    throw new DataError(
      `${file} is not the IDX file that was expected: it starts with the bytes ${hex(bytes.subarray(0, 4))}, ` +
        `expected 00 00 08 0${axes} (unsigned bytes, ${axes} ${axes === 1 ? 'axis' : 'axes'}). Check that the file has not been exchanged for another.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = headerLength + shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== expected) {
    const fault = bytes.length < expected ? 'truncated' : 'too long';
    throw new DataError(
      `${file} is ${fault}: it holds ${bytes.length} bytes, and its header (${shape.join(' x ')}) asks for ${expected}. Get the file again.`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}

function unpacked(file: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new DataError(`${file} starts as a gzip file but cannot be unpacked (${(error as Error).message}). Get the file again.`);
  }
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
