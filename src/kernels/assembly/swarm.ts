/** The swarm kernel: v <- w v + c1 r1 (p - x) + c2 r2 (g - x), x <- x + v. Its twin is ../twins/swarm.ts, operation by operation. */
import { keep, rotate11, word } from './lanes';
import { stage, unstage } from './rows';

/** One row of `n` float32 numbers at each pointer; `limits` 0 for none. */
export function moveParticle(x: usize, v: usize, p: usize, g: usize, limits: usize, n: i32, w: f32, c1: f32, c2: f32): void {
  blocks(x, v, p, g, limits, n & ~3, w, c1, c2);
  if (n & 3) {
    const bounds = limits ? stage(4, limits, n) : 0;
    blocks(stage(0, x, n), stage(1, v, n), stage(2, p, n), stage(3, g, n), bounds, 4, w, c1, c2);
    unstage(0, x, n);
    unstage(1, v, n);
  }
}

function blocks(x: usize, v: usize, p: usize, g: usize, limits: usize, n: i32, w: f32, c1: f32, c2: f32): void {
  let s0 = word(0, 0), s1 = word(0, 1), s2 = word(0, 2), s3 = word(0, 3);
  // r1 and r2 are 16-bit numbers times 2^-16, which is exact and folded into the pulls
  const inertia = f32x4.splat(w);
  const cognitive = f32x4.splat(c1 * <f32>1.52587890625e-5), social = f32x4.splat(c2 * <f32>1.52587890625e-5);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const draw = i32x4.add(s0, s3);
    const r1 = f32x4.convert_i32x4_s(i32x4.shr_u(draw, 16));
    const r2 = f32x4.convert_i32x4_s(v128.and(draw, i32x4.splat(0xffff)));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotate11(s3);
    const position = v128.load(x + i);
    const own = f32x4.mul(f32x4.mul(cognitive, r1), f32x4.sub(v128.load(p + i), position));
    const others = f32x4.mul(f32x4.mul(social, r2), f32x4.sub(v128.load(g + i), position));
    let velocity = f32x4.add(f32x4.add(f32x4.mul(inertia, v128.load(v + i)), own), others);
    if (limits) {
      const limit = v128.load(limits + i);
      velocity = f32x4.pmin(velocity, limit);
      velocity = f32x4.pmax(velocity, f32x4.neg(limit));
    }
    v128.store(v + i, velocity);
    v128.store(x + i, f32x4.add(position, velocity));
  }
  keep(0, s0, s1, s2, s3);
}
