/**
 * Bulk random numbers: eight xoshiro128+ generators side by side (Blackman and Vigna 2021, https://doi.org/10.1145/3460772),
 * so that SIMD draws four at once. Only the upper 24 bits are used where numbers are made of a draw: the lowest bits of the
 * "+" scrambler are weak.
 *
 * The order of draws is part of every kernel's definition. A call on n elements uses lane i mod 4 (of four or of both groups
 * of four) for element i, and moves every lane that takes part by the same number of steps, as if n were rounded up.
 * So results are a function of the lanes and the call, whatever runs it and in whatever chunks.
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
