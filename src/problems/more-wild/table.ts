/**
 * The 53 problems of J. J. Moré and S. M. Wild 2009, Benchmarking derivative-free optimization algorithms
 * (https://doi.org/10.1137/080724083): 22 least-squares functions, dimensions n, numbers of residuals m, and starting points
 * scaled by a power of ten.
 */
import { bard, box3, brownDennis, jennrichSampson, kowalikOsborne, meyer, osborne1, osborne2 } from './fitting.js';
import type { LeastSquares } from './least-squares.js';
import { linearFullRank, linearRankOne, linearRankOneZeros } from './linear.js';
import { bdqrtic, brownAlmostLinear, chebyquad, cube, heart, mancino, watson } from './scalable.js';
import { freudensteinRoth, helicalValley, powellSingular, rosenbrock } from './small.js';

export interface Entry {
  /** 1 to 22. */
  readonly functionNumber: number;
  readonly f: LeastSquares;
  readonly n: number;
  readonly m: number;
  /** The standard start is multiplied by this. */
  readonly startScale: 1 | 10;
  /** Least value of the sum of squares, where it is known exactly. */
  readonly least?: number;
}

const functions: readonly LeastSquares[] = [
  linearFullRank,
  linearRankOne,
  linearRankOneZeros,
  rosenbrock,
  helicalValley,
  powellSingular,
  freudensteinRoth,
  bard,
  kowalikOsborne,
  meyer,
  watson,
  box3,
  jennrichSampson,
  brownDennis,
  chebyquad,
  brownAlmostLinear,
  osborne1,
  osborne2,
  bdqrtic,
  cube,
  mancino,
  heart,
];

/** Function number, n, m, and whether the tenfold start is a problem of its own; in the paper's order. */
const rows: readonly (readonly [number, number, number, boolean])[] = [
  [1, 9, 45, true],
  [2, 7, 35, true],
  [3, 7, 35, true],
  [4, 2, 2, true],
  [5, 3, 3, true],
  [6, 4, 4, true],
  [7, 2, 2, true],
  [8, 3, 15, true],
  [9, 4, 11, false],
  [10, 3, 16, false],
  [11, 6, 31, true],
  [11, 9, 31, true],
  [11, 12, 31, true],
  [12, 3, 10, false],
  [13, 2, 10, false],
  [14, 4, 20, true],
  [15, 6, 6, false],
  [15, 7, 7, false],
  [15, 8, 8, false],
  [15, 9, 9, false],
  [15, 10, 10, false],
  [15, 11, 11, false],
  [16, 10, 10, false],
  [17, 5, 33, false],
  [18, 11, 65, true],
  [19, 8, 8, false],
  [19, 10, 12, false],
  [19, 11, 14, false],
  [19, 12, 16, false],
  [20, 5, 5, false],
  [20, 6, 6, false],
  [20, 8, 8, false],
  [21, 5, 5, true],
  [21, 8, 8, false],
  [21, 10, 10, false],
  [21, 12, 12, true],
  [22, 8, 8, true],
];

/** Functions whose residuals all vanish at the solution; Chebyquad does for n = 6, 7 and 9 of these sizes. */
const zeroResidual = new Set([4, 5, 6, 7, 12, 16, 20, 21, 22]);

function leastValue(functionNumber: number, n: number, m: number): number | undefined {
  if (functionNumber === 1) return m - n;
  if (functionNumber === 2) return (m * (m - 1)) / (2 * (2 * m + 1));
  if (functionNumber === 3) return (m * m + 3 * m - 6) / (2 * (2 * m - 3));
  if (zeroResidual.has(functionNumber) || (functionNumber === 15 && [6, 7, 9].includes(n))) return 0;
  return undefined;
}

/** Problem k is at position k - 1. */
export const entries: readonly Entry[] = rows.flatMap(([functionNumber, n, m, tenfold]) => {
  const least = leastValue(functionNumber, n, m);
  const base = { functionNumber, f: functions[functionNumber - 1], n, m, ...(least === undefined ? {} : { least }) };
  return tenfold
    ? [
        { ...base, startScale: 1 as const },
        { ...base, startScale: 10 as const },
      ]
    : [{ ...base, startScale: 1 as const }];
});
