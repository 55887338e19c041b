import { expect, test } from '@jest/globals';
import { gatherPixels } from '../../src/datasets/pixels.js';

/** Every byte beside every other: rows of `width` bytes behind `offset` others. */
function bytes(width: number, rows: number, offset: number): Uint8Array {
  const all = new Uint8Array(offset + width * rows).subarray(offset);
  for (let i = 0; i < all.length; i++) all[i] = i % 2 === 0 ? i >> 1 : i >> 9;
  return all;
}

test.each([
  ['an even width', 784, 0, 0],
  ['an even width that is no multiple of eight', 10, 0, 0],
  ['an odd width', 7, 0, 0],
  ['bytes that begin at an odd place', 784, 1, 0],
  ['floats that begin between two pairs', 784, 0, 1],
])('each pixel becomes byte / 255: %s', (_, width, offset, skipped) => {
  const count = Math.ceil(131_072 / width) + 1;
  const inputs = bytes(width, count, offset);
  const rows = Uint32Array.from({ length: count }, (_, i) => count - 1 - i);
  const indices = Uint32Array.from({ length: count }, (_, i) => (i * 3) % count);
  const out = new Float32Array(skipped + count * width).subarray(skipped);
  gatherPixels(inputs, rows, indices, width, out);
  const expected = new Float32Array(count * width);
  indices.forEach((index, i) => {
    for (let j = 0; j < width; j++) expected[i * width + j] = inputs[rows[index] * width + j] / 255;
  });
  expect(Buffer.compare(new Uint8Array(out.slice().buffer), new Uint8Array(expected.buffer))).toBe(0);
});
