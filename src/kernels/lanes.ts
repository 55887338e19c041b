/**
 * Bulk random numbers: eight xoshiro128+ generators side by side (Blackman and Vigna 2021, https://doi.org/10.1145/3460772),
 * in two groups of four, so that SIMD draws four at once. Only upper bits decide: the lowest of the "+" scrambler are weak.
 *
 * The order of draws is part of every kernel's definition: a call on n elements uses lane i mod 4 for element i, and moves all
 * lanes of a group alike, as if n were rounded up. So results are a function of the lanes and the calls, whatever runs them,
 * and in whatever pieces.
 */
import type { Rng } from '../core/rng.js';

/** Word w of lane l is at 8 w + l; length 32. Plain data: part of a strategy's state. Kernels move it in place. */
export type Lanes = Uint32Array;

/** Eight independent lanes, each from its own named fork of `rng`. */
export function seedLanes(rng: Rng): Lanes {
  const lanes = new Uint32Array(32);
  for (let lane = 0; lane < 8; lane++) {
    const { words } = rng.fork(`lane${lane}`);
    for (let word = 0; word < 4; word++) lanes[8 * word + lane] = words[word];
  }
  return lanes;
}

/** The next 32 bits of one lane, as a signed whole number. */
export function draw(lanes: Lanes, lane: number): number {
  const s0 = lanes[lane];
  const s1 = lanes[8 + lane];
  const s2 = lanes[16 + lane] ^ s0;
  const s3 = lanes[24 + lane] ^ s1;
  const result = (s0 + lanes[24 + lane]) | 0;
  lanes[8 + lane] = s1 ^ s2;
  lanes[lane] = s0 ^ s3;
  lanes[16 + lane] = s2 ^ (s1 << 9);
  lanes[24 + lane] = (s3 << 11) | (s3 >>> 21);
  return result;
}
