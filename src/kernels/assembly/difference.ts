/** Trials of differential evolution. The twin is in ../twins/difference.ts. */
import { LANES } from './lanes';

/**
 * out = x + F (t - x + (p - m)) where a draw is below the threshold, else own; x, t, p, m rows of float32 numbers, the arithmetic in
 * float64. `n` is a multiple of 4. The draws are those of one generator, xoshiro128**, whose four words lie at LANES.
 */
export function crossDonor(x: usize, t: usize, p: usize, m: usize, own: usize, out: usize, n: i32, F: f64, threshold: f64): void {
  let s0 = load<u32>(LANES), s1 = load<u32>(LANES, 4), s2 = load<u32>(LANES, 8), s3 = load<u32>(LANES, 12);
  const factor = f64x2.splat(F);
  const some = i32x4.splat(threshold > 0 ? -1 : 0);
  const largest = i32x4.splat(<i32><u32>(Math.ceil(threshold) - 1)); // not read where there is none
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    let draws = i32x4.splat(0);
    for (let k = 0; k < 4; k++) {
      const result = rotl<u32>(s1 * 5, 7) * 9;
      const left = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= left;
      s3 = rotl<u32>(s3, 11);
      draws = v128.shuffle<i32>(draws, i32x4.splat(result), 1, 2, 3, 4);
    }
    const base = v128.load(x + i), toward = v128.load(t + i), plus = v128.load(p + i), minus = v128.load(m + i);
    const low = donate(base, toward, plus, minus, factor);
    const high = donate(upper(base), upper(toward), upper(plus), upper(minus), factor);
    const donated = v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
    v128.store(out + i, v128.bitselect(donated, v128.load(own + i), v128.and(i32x4.le_u(draws, largest), some)));
  }
  store<u32>(LANES, s0);
  store<u32>(LANES, s1, 4);
  store<u32>(LANES, s2, 8);
  store<u32>(LANES, s3, 12);
}

/** Of the two lower numbers of each. */
// @ts-ignore: decorator
@inline
function donate(base: v128, toward: v128, plus: v128, minus: v128, factor: v128): v128 {
  const x = f64x2.promote_low_f32x4(base);
  const difference = f64x2.sub(f64x2.promote_low_f32x4(plus), f64x2.promote_low_f32x4(minus));
  return f64x2.add(x, f64x2.mul(factor, f64x2.add(f64x2.sub(f64x2.promote_low_f32x4(toward), x), difference)));
}

/** The two upper numbers, as the lower ones. */
// @ts-ignore: decorator
@inline
export function upper(v: v128): v128 {
  return v128.shuffle<i32>(v, v, 2, 3, 2, 3);
}
