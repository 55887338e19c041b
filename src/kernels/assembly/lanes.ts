/**
 * xoshiro128+ on four lanes at once. The eight lanes lie at LANES, word-major: word w of the first group (lanes 0 to 3) at
 * LANES + 32 w, of the second (lanes 4 to 7) 16 bytes further. A kernel keeps the words in locals, and stores them at its end.
 */
export const LANES: usize = 1024;

// @ts-ignore: decorator
@inline
export function word(group: usize, w: usize): v128 {
  return v128.load(LANES + 32 * w + 16 * group);
}

// @ts-ignore: decorator
@inline
export function keep(group: usize, s0: v128, s1: v128, s2: v128, s3: v128): void {
  v128.store(LANES + 16 * group, s0);
  v128.store(LANES + 32 + 16 * group, s1);
  v128.store(LANES + 64 + 16 * group, s2);
  v128.store(LANES + 96 + 16 * group, s3);
}

// @ts-ignore: decorator
@inline
export function rotate11(x: v128): v128 {
  return v128.or(i32x4.shl(x, 11), i32x4.shr_u(x, 21));
}

/** Numbers in [0, 1) of the upper 24 bits. */
// @ts-ignore: decorator
@inline
export function unit(draw: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(draw, 8)), f32x4.splat(5.9604644775390625e-8));
}
