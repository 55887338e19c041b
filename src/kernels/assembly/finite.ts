/** Whether `n` float32 numbers hold no NaN and no infinity. */
import { stage } from './rows';

export function allFinite(at: usize, n: i32): i32 {
  let signs = scan(at, n & ~3);
  if (n & 3) {
    v128.store(stage(0, at, 0), i32x4.splat(0)); // what the tail does not overwrite is zero
    signs = v128.or(signs, scan(stage(0, at, n), 4));
  }
  return i32x4.bitmask(signs) == 0 ? 1 : 0;
}

/** An exponent of ones, plus one, runs over into the sign bit; no other does. */
function scan(at: usize, n: i32): v128 {
  const magnitude = i32x4.splat(0x7fffffff), one = i32x4.splat(0x00800000);
  const bytes: usize = <usize>n << 2;
  let signs = i32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    signs = v128.or(signs, i32x4.add(v128.and(v128.load(at + i), magnitude), one));
  }
  return signs;
}
