/**
 * The plain twin of the swarm kernel: Kennedy and Eberhart's update with two uniforms for each coordinate,
 *   v <- w v + c1 r1 (p - x) + c2 r2 (g - x),  x <- x + v,
 * one particle a call. In float32 every operation is rounded to float32, so that the SIMD kernel gives the same bits.
 */
import type { Vector } from '../../core/space.js';
import type { Lanes } from '../lanes.js';

const { fround } = Math;
/** 2^-24: makes a number in [0, 1) of the upper 24 bits of a draw. */
const scale24 = 5.9604644775390625e-8;

export interface Pull {
  /** w */
  readonly inertia: number;
  /** c1, towards the particle's own best. */
  readonly cognitive: number;
  /** c2, towards its neighbourhood's best. */
  readonly social: number;
}

/**
 * Moves the particle that lies at `x[at .. at + n)` with its velocity and own best at the same place of `v` and `bests`;
 * the neighbourhood's best is `bests[bestAt .. bestAt + n)`. `limits[0 .. n)`: largest speed of each coordinate, none if absent.
 */
export function moveParticle(
  lanes: Lanes,
  x: Vector,
  v: Vector,
  bests: Vector,
  at: number,
  bestAt: number,
  n: number,
  pull: Pull,
  limits: Vector | undefined,
): void {
  const single = x instanceof Float32Array;
  const w = single ? fround(pull.inertia) : pull.inertia;
  const c1 = single ? fround(pull.cognitive) : pull.cognitive;
  const c2 = single ? fround(pull.social) : pull.social;
  const padded = (n + 3) & ~3;
  for (let lane = 0; lane < 4; lane++) {
    let a0 = lanes[lane] | 0;
    let a1 = lanes[8 + lane] | 0;
    let a2 = lanes[16 + lane] | 0;
    let a3 = lanes[24 + lane] | 0;
    let b0 = lanes[4 + lane] | 0;
    let b1 = lanes[12 + lane] | 0;
    let b2 = lanes[20 + lane] | 0;
    let b3 = lanes[28 + lane] | 0;
    for (let i = lane; i < padded; i += 4) {
      const r1 = ((a0 + a3) >>> 8) * scale24;
      const r2 = ((b0 + b3) >>> 8) * scale24;
      const ta = a1 << 9;
      a2 ^= a0;
      a3 ^= a1;
      a1 ^= a2;
      a0 ^= a3;
      a2 ^= ta;
      a3 = (a3 << 11) | (a3 >>> 21);
      const tb = b1 << 9;
      b2 ^= b0;
      b3 ^= b1;
      b1 ^= b2;
      b0 ^= b3;
      b2 ^= tb;
      b3 = (b3 << 11) | (b3 >>> 21);
      if (i >= n) break;
      const j = at + i;
      const position = x[j];
      let velocity: number;
      if (single) {
        const own = fround(fround(c1 * r1) * fround(bests[j] - position));
        const others = fround(fround(c2 * r2) * fround(bests[bestAt + i] - position));
        velocity = fround(fround(fround(w * v[j]) + own) + others);
      } else {
        velocity = w * v[j] + c1 * r1 * (bests[j] - position) + c2 * r2 * (bests[bestAt + i] - position);
      }
      if (limits !== undefined) {
        const limit = limits[i];
        if (limit < velocity) velocity = limit;
        else if (velocity < -limit) velocity = -limit;
      }
      v[j] = velocity;
      x[j] = position + velocity;
    }
    lanes[lane] = a0;
    lanes[8 + lane] = a1;
    lanes[16 + lane] = a2;
    lanes[24 + lane] = a3;
    lanes[4 + lane] = b0;
    lanes[12 + lane] = b1;
    lanes[20 + lane] = b2;
    lanes[28 + lane] = b3;
  }
}
