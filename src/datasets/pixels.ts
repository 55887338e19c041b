/**
 * Bytes of images as floats, byte / 255. The floats' bits come out of tables: half the time of dividing, which goes through double
 * precision; when the whole of MNIST is measured, that is most of the time. Two neighbours are looked up at once where they can be.
 */

/** The bits of fround(byte / 255). */
const single = new Int32Array(Float32Array.from({ length: 256 }, (_, byte) => byte / 255).buffer);

let pairs: Float64Array | undefined;

/** For each two bytes, read as one number in this machine's order, their two floats, side by side in eight bytes: never a NaN. */
function pairTable(): Float64Array {
  if (pairs === undefined) {
    const keys = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, key) => key).buffer);
    pairs = new Float64Array(Int32Array.from(keys, (byte) => single[byte]).buffer);
  }
  return pairs;
}

/** Writes the rows of `width` bytes whose numbers are `rows[indices[i]]` into `out`, one after the other. */
export function gatherPixels(inputs: Uint8Array, rows: Uint32Array, indices: Uint32Array, width: number, out: Float32Array): void {
  if (width % 2 === 0 && inputs.byteOffset % 2 === 0 && out.byteOffset % 8 === 0) {
    gatherPairs(inputs, rows, indices, width / 2, out);
    return;
  }
  const bits = new Int32Array(out.buffer, out.byteOffset, out.length);
  for (let i = 0; i < indices.length; i++) {
    const from = rows[indices[i]] * width;
    const to = i * width;
    for (let j = 0; j < width; j++) bits[to + j] = single[inputs[from + j]];
  }
}

function gatherPairs(inputs: Uint8Array, rows: Uint32Array, indices: Uint32Array, width: number, out: Float32Array): void {
  const table = pairTable();
  const read = new Uint16Array(inputs.buffer, inputs.byteOffset, inputs.length >> 1);
  const written = new Float64Array(out.buffer, out.byteOffset, out.length >> 1);
  const whole = width - (width % 4);
  for (let i = 0; i < indices.length; i++) {
    let from = rows[indices[i]] * width;
    let to = i * width;
    const end = to + whole;
    for (; to < end; to += 4, from += 4) {
      written[to] = table[read[from]];
      written[to + 1] = table[read[from + 1]];
      written[to + 2] = table[read[from + 2]];
      written[to + 3] = table[read[from + 3]];
    }
    for (const last = end + width - whole; to < last; to++, from++) written[to] = table[read[from]];
  }
}
