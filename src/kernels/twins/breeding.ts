/**
 * The plain twins of the breeding kernels: crossovers of two parents into a child, and mutations of a child in place.
 * All work on one row of a row-major matrix a call; float32 operations are rounded one by one, as in the SIMD kernels.
 */
import type { Vector } from '../../core/space.js';
import type { Lanes } from '../lanes.js';
import { normalOf } from './normal.js';

const { fround } = Math;
const scale24 = 5.9604644775390625e-8;

/** Every gene from either parent with probability 1/2: one draw serves 64 genes, 16 bits from each of four lanes. */
export function crossUniform(lanes: Lanes, parents: Vector, atA: number, atB: number, child: Vector, at: number, n: number): void {
  for (let lane = 0; lane < 4; lane++) {
    for (let block = 0; block < n; block += 64) {
      const bits = draw(lanes, lane);
      const end = Math.min(block + 64, n);
      for (let i = block + lane, shift = 0; i < end; i += 4, shift++) {
        child[at + i] = bits << shift < 0 ? parents[atB + i] : parents[atA + i];
      }
    }
  }
}

/**
 * BLX-alpha (Eshelman and Schaffer 1993): each gene uniform in the parents' interval, widened by `alpha` times its length at both
 * ends, as a + t (b - a) with t uniform in [-alpha, 1 + alpha).
 */
export function crossBlend(
  lanes: Lanes,
  parents: Vector,
  atA: number,
  atB: number,
  child: Vector,
  at: number,
  n: number,
  alpha: number,
): void {
  const single = child instanceof Float32Array;
  const width = single ? fround(1 + 2 * alpha) : 1 + 2 * alpha;
  const low = single ? fround(alpha) : alpha;
  const padded = (n + 3) & ~3;
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      const r = (draw(lanes, lane) >>> 8) * scale24;
      if (i >= n) break;
      const a = parents[atA + i];
      const b = parents[atB + i];
      child[at + i] = single ? fround(a + fround(fround(fround(r * width) - low) * fround(b - a))) : a + (r * width - low) * (b - a);
    }
  }
}

/** Each gene a + share (b - a), the same share for all. */
export function crossArithmetic(parents: Vector, atA: number, atB: number, child: Vector, at: number, n: number, share: number): void {
  if (child instanceof Float32Array) {
    const t = fround(share);
    for (let i = 0; i < n; i++) {
      const a = parents[atA + i];
      child[at + i] = fround(a + fround(t * fround(parents[atB + i] - a)));
    }
  } else {
    for (let i = 0; i < n; i++) {
      const a = parents[atA + i];
      child[at + i] = a + share * (parents[atB + i] - a);
    }
  }
}

/** How likely a gene is to mutate, as a whole number of 2^-24. */
export function mutationThreshold(rate: number): number {
  return Math.round(rate * 16777216);
}

/**
 * Adds scale * deviations[i] * z, z standard normal, to each gene with probability `threshold` / 2^24.
 * The first group of lanes decides; the second draws z, and moves only where a gene is hit.
 */
export function mutateGaussian(
  lanes: Lanes,
  child: Vector,
  at: number,
  n: number,
  threshold: number,
  scale: number,
  deviations: Vector,
): void {
  const single = child instanceof Float32Array;
  const factor = single ? fround(scale) : scale;
  const padded = (n + 3) & ~3;
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      if (draw(lanes, lane) >>> 8 >= threshold) continue;
      const first = draw(lanes, 4 + lane);
      const z = normalOf(first, draw(lanes, 4 + lane));
      if (i >= n) break;
      child[at + i] = single
        ? fround(child[at + i] + fround(fround(factor * deviations[i]) * z))
        : child[at + i] + factor * deviations[i] * z;
    }
  }
}

/** Replaces each gene, with probability `threshold` / 2^24, by a uniform number within sqrt(3) deviations of its centre. */
export function mutateReset(
  lanes: Lanes,
  child: Vector,
  at: number,
  n: number,
  threshold: number,
  centres: Vector,
  deviations: Vector,
): void {
  const halfWidth = Math.sqrt(3);
  const padded = (n + 3) & ~3;
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      if (draw(lanes, lane) >>> 8 >= threshold) continue;
      const h = (draw(lanes, 4 + lane) >>> 8) * scale24;
      if (i < n) child[at + i] = centres[i] + halfWidth * deviations[i] * (2 * h - 1);
    }
  }
}

/** The next 32 bits of one lane, as a signed whole number. */
function draw(lanes: Lanes, lane: number): number {
  const s0 = lanes[lane];
  const s1 = lanes[8 + lane];
  const s3 = lanes[24 + lane] ^ s1;
  const s2 = lanes[16 + lane] ^ s0;
  const result = (s0 + lanes[24 + lane]) | 0;
  lanes[8 + lane] = s1 ^ s2;
  lanes[lane] = s0 ^ s3;
  lanes[16 + lane] = s2 ^ (s1 << 9);
  lanes[24 + lane] = (s3 << 11) | (s3 >>> 21);
  return result;
}
