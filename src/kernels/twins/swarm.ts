/**
 * The plain twin of the swarm kernel: Kennedy and Eberhart's update with two uniforms for each coordinate,
 *   v <- w v + c1 r1 (p - x) + c2 r2 (g - x),  x <- x + v,
 * one particle a call. In float32 every operation is rounded to float32, so that the SIMD kernel gives the same bits.
 */
import type { Vector } from '../../core/space.js';
import type { Lanes } from '../lanes.js';

const { fround } = Math;
/** r1 and r2 are the two halves of one draw, times 2^-16: in [0, 1), steps of 1.5e-5. */
const scale16 = 1.52587890625e-5;

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
    let s0 = lanes[lane] | 0;
    let s1 = lanes[8 + lane] | 0;
    let s2 = lanes[16 + lane] | 0;
    let s3 = lanes[24 + lane] | 0;
    for (let i = lane; i < padded; i += 4) {
      const draw = s0 + s3;
      const r1 = ((draw >>> 16) & 0xffff) * scale16;
      const r2 = (draw & 0xffff) * scale16;
      const t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = (s3 << 11) | (s3 >>> 21);
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
    lanes[lane] = s0;
    lanes[8 + lane] = s1;
    lanes[16 + lane] = s2;
    lanes[24 + lane] = s3;
  }
}
