/** Seeded splits. Every class stands on both sides, in its share to within one sample. */
import type { Rng } from '../core/rng.js';

export interface Split {
  /** Rows of the pool, ascending. */
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits so that each class gives round(testShare * size) of its members to the test part, at least one and not all.
 * Every class must occur at least twice; `testShare` lies in (0, 1).
 */
export function stratifiedSplit(classes: Int32Array, classCount: number, testShare: number, rng: Rng): Split {
  const test: number[] = [];
  const train: number[] = [];
  for (const members of membersOf(classes, classCount)) deal(members, testShare, rng, train, test);
  return { train: ascending(train), test: ascending(test) };
}

/** Splits `count` rows without regard to their targets. */
export function plainSplit(count: number, testShare: number, rng: Rng): Split {
  const test: number[] = [];
  const train: number[] = [];
  deal(
    Array.from({ length: count }, (_, row) => row),
    testShare,
    rng,
    train,
    test,
  );
  return { train: ascending(train), test: ascending(test) };
}

/** `size` of the rows, drawn by the seed; of every class its share, so that small subsets still hold them all. Ascending. */
export function stratifiedSubset(
  rows: Uint32Array,
  classes: Int32Array | undefined,
  classCount: number,
  size: number,
  rng: Rng,
): Uint32Array {
  const order = rows.slice();
  rng.shuffle(order);
  if (!classes) return order.slice(0, size).sort();
  // Largest remainders: the k-th row of a class of n is wanted at (k + 1/2) / n of the way.
  const sizes = new Uint32Array(classCount);
  for (const row of order) sizes[classes[row]]++;
  const taken = new Uint32Array(classCount);
  const wanted = Float64Array.from(order, (row) => (taken[classes[row]]++ + 0.5) / sizes[classes[row]]);
  const ranked = Uint32Array.from(order.keys()).sort((a, b) => wanted[a] - wanted[b] || a - b);
  return Uint32Array.from(ranked.subarray(0, size), (at) => order[at]).sort();
}

function membersOf(classes: Int32Array, classCount: number): number[][] {
  const members: number[][] = Array.from({ length: classCount }, () => []);
  classes.forEach((label, row) => {
    members[label].push(row);
  });
  return members.filter((rows) => rows.length > 0);
}

function deal(rows: number[], testShare: number, rng: Rng, train: number[], test: number[]): void {
  rng.shuffle(rows);
  const testCount = Math.min(rows.length - 1, Math.max(1, Math.round(rows.length * testShare)));
  for (let i = 0; i < rows.length; i++) (i < testCount ? test : train).push(rows[i]);
}

function ascending(rows: number[]): Uint32Array {
  return Uint32Array.from(rows).sort();
}
