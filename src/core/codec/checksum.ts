/** Adler-32, the checksum of RFC 1950: a sum of bytes and a sum of those sums. Any one changed byte changes it. */

const modulus = 65521; // the largest prime below 2^16

/** Of `bytes[0 .. end)`, as a whole number below 2^32. */
export function checksum(bytes: Uint8Array, end: number): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < end; ) {
    const stop = Math.min(end, i + 3800); // fewer than can make b pass 2^31
    for (; i < stop; i++) {
      a += bytes[i];
      b += a;
    }
    a %= modulus;
    b %= modulus;
  }
  return ((b << 16) | a) >>> 0;
}
