/**
 * The last 1 to 3 numbers of a row: worked on in a block of four at SCRATCH, so that nothing behind the row is written.
 * `SCRATCH + 16 k` stands for array k of a kernel.
 */
export const SCRATCH: usize = 2048;

// @ts-ignore: decorator
@inline
export function stage(k: usize, row: usize, n: i32): usize {
  memory.copy(SCRATCH + 16 * k, row + (<usize>(n & ~3) << 2), <usize>(n & 3) << 2);
  return SCRATCH + 16 * k;
}

// @ts-ignore: decorator
@inline
export function unstage(k: usize, row: usize, n: i32): void {
  memory.copy(row + (<usize>(n & ~3) << 2), SCRATCH + 16 * k, <usize>(n & 3) << 2);
}
