/** Crossovers of the rows at `a` and `b` into `child`, `n` float32 numbers each. Their twins are in ../twins/crossover.ts. */
import { exponential, logarithm } from './elementary';
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

/** a + share (b - a), share = (1 -+ beta) / 2, or a; power = 1 / (index + 1). */
export function crossSimulatedBinary(a: usize, b: usize, child: usize, n: i32, power: f32): void {
  spread(a, b, child, n & ~3, power);
  if (n & 3) {
    spread(stage(0, a, n), stage(1, b, n), stage(2, child, n), 4, power);
    unstage(2, child, n);
  }
}

function spread(a: usize, b: usize, child: usize, n: i32, power: f32): void {
  let a0 = word(0, 0), a1 = word(0, 1), a2 = word(0, 2), a3 = word(0, 3);
  let b0 = word(1, 0), b1 = word(1, 1), b2 = word(1, 2), b3 = word(1, 3);
  const powers = f32x4.splat(power), one = f32x4.splat(1), half = f32x4.splat(0.5), sign = i32x4.splat(0x80000000);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const width = f32x4.mul(logarithm(i32x4.add(a0, a3)), powers);
    const bits = i32x4.add(b0, b3);
    const beta = exponential(v128.xor(width, v128.and(bits, sign)));
    const minus = v128.andnot(sign, i32x4.shl(bits, 1));
    const share = f32x4.mul(f32x4.add(one, v128.xor(beta, minus)), half);
    const first = v128.load(a + i);
    const crossed = f32x4.add(first, f32x4.mul(share, f32x4.sub(v128.load(b + i), first)));
    v128.store(child + i, v128.bitselect(crossed, first, i32x4.shr_s(i32x4.shl(bits, 2), 31)));
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
