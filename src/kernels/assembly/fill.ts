/** Bulk fills of `n` numbers, a multiple of 8, at `out`. Their twins are in ../twins/fill.ts, operation by operation. */
import { cosine, halfTurn, logarithm, sine } from './elementary';
import { keep, rotate11, unit, word } from './lanes';

/** low + width r */
export function fillUniform(out: usize, n: i32, low: f32, width: f32): void {
  let s0 = word(0, 0), s1 = word(0, 1), s2 = word(0, 2), s3 = word(0, 3);
  const lows = f32x4.splat(low), widths = f32x4.splat(width);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, f32x4.add(lows, f32x4.mul(widths, unit(i32x4.add(s0, s3)))));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotate11(s3);
  }
  keep(0, s0, s1, s2, s3);
}

/** mean + deviation z, two z of one draw of each group: the first gives the radius, the second the angle. */
export function fillNormal(out: usize, n: i32, mean: f32, deviation: f32): void {
  let a0 = word(0, 0), a1 = word(0, 1), a2 = word(0, 2), a3 = word(0, 3);
  let b0 = word(1, 0), b1 = word(1, 1), b2 = word(1, 2), b3 = word(1, 3);
  const means = f32x4.splat(mean), deviations = f32x4.splat(deviation);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 32) {
    const radius = f32x4.sqrt(f32x4.mul(f32x4.splat(-2), logarithm(i32x4.add(a0, a3))));
    const draw = i32x4.add(b0, b3);
    const h = halfTurn(draw);
    const side = v128.and(i32x4.shl(draw, 24), i32x4.splat(0x80000000));
    v128.store(out + i, f32x4.add(means, f32x4.mul(deviations, f32x4.mul(radius, sine(h)))));
    v128.store(out + i + 16, f32x4.add(means, f32x4.mul(deviations, f32x4.mul(radius, v128.xor(cosine(h), side)))));
    const ta = i32x4.shl(a1, 9);
    a2 = v128.xor(a2, a0);
    a3 = v128.xor(a3, a1);
    a1 = v128.xor(a1, a2);
    a0 = v128.xor(a0, a3);
    a2 = v128.xor(a2, ta);
    a3 = rotate11(a3);
    const tb = i32x4.shl(b1, 9);
    b2 = v128.xor(b2, b0);
    b3 = v128.xor(b3, b1);
    b1 = v128.xor(b1, b2);
    b0 = v128.xor(b0, b3);
    b2 = v128.xor(b2, tb);
    b3 = rotate11(b3);
  }
  keep(0, a0, a1, a2, a3);
  keep(1, b0, b1, b2, b3);
}

/** Whole numbers floor(ln(u) factor), as int32. */
export function fillGaps(out: usize, n: i32, factor: f32): void {
  let s0 = word(0, 0), s1 = word(0, 1), s2 = word(0, 2), s3 = word(0, 3);
  const factors = f32x4.splat(factor);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(out + i, i32x4.trunc_sat_f32x4_s(f32x4.mul(logarithm(i32x4.add(s0, s3)), factors)));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotate11(s3);
  }
  keep(0, s0, s1, s2, s3);
}
