/**
 * The plain twins of the crossovers, one row of `n` genes a call: parents at `atA` and `atB`, child at `at` of row-major matrices.
 * For float32 every operation is rounded to float32, so that the SIMD kernels give the same bits.
 */
import type { Vector } from '../../core/space.js';
import { draw, type Lanes } from '../lanes.js';
import { exponentialOf, logarithmOf, scale24 } from './elementary.js';

const { fround } = Math;

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

/**
 * Simulated binary crossover (Deb and Agrawal 1995): each gene, with probability 1/2, is one of the two ((1 +- beta) a + (1 -+ beta) b) / 2,
 * whose mean is the parents'; else it is the first parent's. beta = U^(1 / (index + 1)) or its inverse, either half the time, U uniform
 * in (0, 1]: the inverse of beta's distribution at 2 u below u = 1/2, and at 2 (1 - u) above.
 * The first group of lanes gives U; the upper three bits of the second: inverse or not, which child, crossed or not.
 */
export function crossSimulatedBinary(
  lanes: Lanes,
  parents: Vector,
  atA: number,
  atB: number,
  child: Vector,
  at: number,
  n: number,
  index: number,
): void {
  const single = child instanceof Float32Array;
  const power = fround(1 / (index + 1));
  const padded = (n + 3) & ~3;
  for (let lane = 0; lane < 4; lane++) {
    for (let i = lane; i < padded; i += 4) {
      const width = fround(logarithmOf(draw(lanes, lane)) * power);
      const bits = draw(lanes, 4 + lane);
      if (i >= n) break;
      const beta = exponentialOf(bits < 0 ? -width : width);
      const share = fround(fround(1 + (bits << 1 < 0 ? beta : -beta)) * 0.5);
      const a = parents[atA + i];
      const b = parents[atB + i];
      child[at + i] = bits << 2 >= 0 ? a : single ? fround(a + fround(share * fround(b - a))) : a + share * (b - a);
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
