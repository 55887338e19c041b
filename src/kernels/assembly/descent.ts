/** A step of gradient descent. Its twin is in ../descent.ts. */
import { upper } from './difference';

/** x - rate g, in float64, for `n` float32 numbers, a multiple of 4. */
export function descend(x: usize, g: usize, n: i32, rate: f64): void {
  const rates = f64x2.splat(rate);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const from = v128.load(x + i);
    const slope = v128.load(g + i);
    const low = f64x2.sub(f64x2.promote_low_f32x4(from), f64x2.mul(rates, f64x2.promote_low_f32x4(slope)));
    const high = f64x2.sub(f64x2.promote_low_f32x4(upper(from)), f64x2.mul(rates, f64x2.promote_low_f32x4(upper(slope))));
    v128.store(x + i, v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
  }
}
