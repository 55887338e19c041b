/**
 * A 128-bit content hash in plain JavaScript: four 32-bit lanes of multiply and xor-shift, each with its own seed
 * and multiplier, finished as in MurmurHash3. For cache keys, not against forgery.
 */
const multipliers = [0x85ebca6b, 0xc2b2ae35, 0x9e3779b1, 0x27d4eb2f];

export function contentHash(bytes: Uint8Array): string {
  return multipliers
    .map((multiplier, lane) =>
      lane32(bytes, multiplier, lane + 1)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('');
}

function lane32(bytes: Uint8Array, multiplier: number, seed: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ bytes.length;
  for (let i = 0; i < bytes.length; i++) {
    hash = Math.imul(hash ^ bytes[i], multiplier);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
