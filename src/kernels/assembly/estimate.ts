/** Mirrored points and sums over noise, for search distributions. The twins are in ../twins/estimate.ts, operation by operation. */
import { stage, unstage } from './rows';

/** plus = c + d e, minus = c - d e, one row of `n` float32 numbers at each pointer. */
export function mirrorRow(c: usize, d: usize, e: usize, plus: usize, minus: usize, n: i32): void {
  mirrorBlocks(c, d, e, plus, minus, n & ~3);
  if (n & 3) {
    mirrorBlocks(stage(0, c, n), stage(1, d, n), stage(2, e, n), stage(3, plus, n), stage(4, minus, n), 4);
    unstage(3, plus, n);
    unstage(4, minus, n);
  }
}

function mirrorBlocks(c: usize, d: usize, e: usize, plus: usize, minus: usize, n: i32): void {
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const centre = v128.load(c + i);
    const step = f32x4.mul(v128.load(d + i), v128.load(e + i));
    v128.store(plus + i, f32x4.add(centre, step));
    v128.store(minus + i, f32x4.sub(centre, step));
  }
}

/** sum += w e */
export function addScaled(sum: usize, e: usize, n: i32, w: f32): void {
  addBlocks(sum, e, n & ~3, w);
  if (n & 3) {
    addBlocks(stage(0, sum, n), stage(1, e, n), 4, w);
    unstage(0, sum, n);
  }
}

function addBlocks(sum: usize, e: usize, n: i32, w: f32): void {
  const weight = f32x4.splat(w);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(sum + i, f32x4.add(v128.load(sum + i), f32x4.mul(weight, v128.load(e + i))));
}

/** sum += w (e^2 - 1) */
export function addSquares(sum: usize, e: usize, n: i32, w: f32): void {
  squareBlocks(sum, e, n & ~3, w);
  if (n & 3) {
    squareBlocks(stage(0, sum, n), stage(1, e, n), 4, w);
    unstage(0, sum, n);
  }
}

function squareBlocks(sum: usize, e: usize, n: i32, w: f32): void {
  const weight = f32x4.splat(w), one = f32x4.splat(1);
  const bytes: usize = <usize>n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(e + i);
    v128.store(sum + i, f32x4.add(v128.load(sum + i), f32x4.mul(weight, f32x4.sub(f32x4.mul(x, x), one))));
  }
}

/**
 * sum[i, j] += a[0, i] b[0, j] + a[1, i] b[1, j] + ..., in this order: a product of matrices. `sum` is [rows, columns]; `a` and `b`
 * have `count` rows, `stepA` and `stepB` numbers apart.
 */
export function addOuter(sum: usize, a: usize, b: usize, rows: i32, columns: i32, count: i32, stepA: i32, stepB: i32): void {
  const blocks = columns & ~15;
  const nextA: usize = <usize>stepA << 2, nextB: usize = <usize>stepB << 2;
  for (let i = 0; i < rows; i++) {
    const row = sum + ((<usize>i * <usize>columns) << 2);
    const left = a + (<usize>i << 2);
    let j = 0;
    for (; j < blocks; j += 16) {
      const at = row + (<usize>j << 2);
      let s0 = v128.load(at), s1 = v128.load(at, 16), s2 = v128.load(at, 32), s3 = v128.load(at, 48);
      let p = left, q = b + (<usize>j << 2);
      for (let k = 0; k < count; k++) {
        const factor = v128.load32_splat(p);
        s0 = f32x4.add(s0, f32x4.mul(factor, v128.load(q)));
        s1 = f32x4.add(s1, f32x4.mul(factor, v128.load(q, 16)));
        s2 = f32x4.add(s2, f32x4.mul(factor, v128.load(q, 32)));
        s3 = f32x4.add(s3, f32x4.mul(factor, v128.load(q, 48)));
        p += nextA;
        q += nextB;
      }
      v128.store(at, s0);
      v128.store(at, s1, 16);
      v128.store(at, s2, 32);
      v128.store(at, s3, 48);
    }
    for (; j < columns; j++) {
      const at = row + (<usize>j << 2);
      let s = load<f32>(at);
      let p = left, q = b + (<usize>j << 2);
      for (let k = 0; k < count; k++) {
        s += load<f32>(p) * load<f32>(q);
        p += nextA;
        q += nextB;
      }
      store<f32>(at, s);
    }
  }
}
