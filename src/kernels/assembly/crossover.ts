/** Crossovers of the rows at `a` and `b` into `child`, `n` float32 numbers each. Their twins are in ../twins/crossover.ts. */
import { keep, rotate11, unit, word } from './lanes';
import { stage, unstage } from './rows';

/** Each gene from either parent; one draw of the first group of lanes serves 64 genes. */
export function crossUniform(a: usize, b: usize, child: usize, n: i32): void {
  let s0 = word(0, 0), s1 = word(0, 1), s2 = word(0, 2), s3 = word(0, 3);
  const bytes: usize = <usize>(n & ~3) << 2;
  const whole: usize = <usize>n << 2;
  let bits = i32x4.splat(0);
  for (let block: usize = 0; block < whole; block += 256) {
    bits = i32x4.add(s0, s3);
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotate11(s3);
    const end: usize = min(block + 256, bytes);
    for (let i: usize = block; i < end; i += 16) {
      v128.store(child + i, v128.bitselect(v128.load(b + i), v128.load(a + i), i32x4.shr_s(bits, 31)));
      bits = i32x4.shl(bits, 1);
    }
  }
  keep(0, s0, s1, s2, s3);
  if (n & 3) {
    const first = v128.load(stage(0, a, n));
    const second = v128.load(stage(1, b, n));
    v128.store(stage(2, child, n), v128.bitselect(second, first, i32x4.shr_s(bits, 31)));
    unstage(2, child, n);
  }
}

/** a + (r width - low) (b - a), r uniform in [0, 1). */
export function crossBlend(a: usize, b: usize, child: usize, n: i32, width: f32, low: f32): void {
  blend(a, b, child, n & ~3, width, low);
  if (n & 3) {
    blend(stage(0, a, n), stage(1, b, n), stage(2, child, n), 4, width, low);
    unstage(2, child, n);
  }
}

function blend(a: usize, b: usize, child: usize, n: i32, width: f32, low: f32): void {
  let s0 = word(0, 0), s1 = word(0, 1), s2 = word(0, 2), s3 = word(0, 3);
  const widths = f32x4.splat(width), lows = f32x4.splat(low);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const r = unit(i32x4.add(s0, s3));
    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotate11(s3);
    const first = v128.load(a + i);
    const share = f32x4.sub(f32x4.mul(r, widths), lows);
    v128.store(child + i, f32x4.add(first, f32x4.mul(share, f32x4.sub(v128.load(b + i), first))));
  }
  keep(0, s0, s1, s2, s3);
}

/** a + share (b - a). */
export function crossArithmetic(a: usize, b: usize, child: usize, n: i32, share: f32): void {
  mean(a, b, child, n & ~3, share);
  if (n & 3) {
    mean(stage(0, a, n), stage(1, b, n), stage(2, child, n), 4, share);
    unstage(2, child, n);
  }
}

function mean(a: usize, b: usize, child: usize, n: i32, share: f32): void {
  const shares = f32x4.splat(share);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const first = v128.load(a + i);
    v128.store(child + i, f32x4.add(first, f32x4.mul(shares, f32x4.sub(v128.load(b + i), first))));
  }
}
