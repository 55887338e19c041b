/**
 * The functions of Dixon and Szego, "Towards Global Optimisation 2" (1978), and Yao's two (1989), on which Jones, Perttunen and Stuckman
 * (1993) and Huyer and Neumaier (1999) tell how many evaluations they take.
 */
import type { Space } from '../../src/core/space.js';

export function box(sides: readonly (readonly [number, number])[]): Space {
  return {
    dimension: sides.length,
    precision: 'float64',
    bounds: { lower: Float64Array.from(sides, ([low]) => low), upper: Float64Array.from(sides, ([, high]) => high) },
    start: sides.map(([low, high], offset) => ({ offset, length: 1, kind: 'uniform', low, high })),
  };
}

export const square = (low: number, high: number, n: number) => Array.from({ length: n }, () => [low, high] as const);

function hartman(a: number[][], p: number[][]) {
  const c = [1, 1.2, 3, 3.2];
  return (x: number[]) =>
    -c.reduce((sum, ci, i) => sum + ci * Math.exp(-a[i].reduce((t, aij, j) => t + aij * (x[j] - p[i][j]) ** 2, 0)), 0);
}

export function shekel(m: number) {
  const a = [4, 1, 8, 6, [3, 7], [2, 9], [5, 3], [8, 1], [6, 2], [7, 3.6]];
  const c = [0.1, 0.2, 0.2, 0.4, 0.4, 0.6, 0.3, 0.7, 0.5, 0.5];
  const centre = (i: number, j: number) => {
    const row = a[i];
    return typeof row === 'number' ? row : i === 6 ? row[j >> 1] : row[j & 1];
  };
  return (x: number[]) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum -= 1 / (x.reduce((t, xj, j) => t + (xj - centre(i, j)) ** 2, 0) + c[i]);
    return sum;
  };
}

export const goldsteinPrice = ([x, y]: number[]) =>
  (1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y)) *
  (30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y));
export const branin = ([x, y]: number[]) =>
  (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
export const sixHumpCamel = ([x, y]: number[]) => (4 - 2.1 * x * x + x ** 4 / 3) * x * x + x * y + (-4 + 4 * y * y) * y * y;
export const shubert = (x: number[]) =>
  x.reduce((product, t) => product * [1, 2, 3, 4, 5].reduce((s, j) => s + j * Math.cos((j + 1) * t + j), 0), 1);

export const hartman3 = hartman(
  [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  [
    [0.3689, 0.117, 0.2673],
    [0.4699, 0.4387, 0.747],
    [0.1091, 0.8732, 0.5547],
    [0.03815, 0.5743, 0.8828],
  ],
);
export const hartman6 = hartman(
  [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
);

export interface KnownFunction {
  readonly name: string;
  readonly f: (x: number[]) => number;
  readonly sides: readonly (readonly [number, number])[];
  readonly minimum: number;
}

/** In the order of the tables. */
export const knownFunctions: readonly KnownFunction[] = [
  { name: 'Shekel 5', f: shekel(5), sides: square(0, 10, 4), minimum: -10.1531997 },
  { name: 'Shekel 7', f: shekel(7), sides: square(0, 10, 4), minimum: -10.4029406 },
  { name: 'Shekel 10', f: shekel(10), sides: square(0, 10, 4), minimum: -10.5364098 },
  { name: 'Hartman 3', f: hartman3, sides: square(0, 1, 3), minimum: -3.86278 },
  { name: 'Hartman 6', f: hartman6, sides: square(0, 1, 6), minimum: -3.32237 },
  { name: 'Goldstein-Price', f: goldsteinPrice, sides: square(-2, 2, 2), minimum: 3 },
  {
    name: 'Branin',
    f: branin,
    sides: [
      [-5, 10],
      [0, 15],
    ],
    minimum: 0.39788736,
  },
  {
    name: 'six-hump camel',
    f: sixHumpCamel,
    sides: [
      [-3, 3],
      [-2, 2],
    ],
    minimum: -1.0316285,
  },
  { name: 'Shubert', f: shubert, sides: square(-10, 10, 2), minimum: -186.7309088 },
];
