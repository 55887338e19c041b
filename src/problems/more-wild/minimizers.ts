/**
 * Where the Moré-Wild problems take their least value, where that follows from their formulas: the zeros of those whose
 * residuals all vanish at one simple point, and the linear ones (J. J. Moré, B. S. Garbow and K. E. Hillstrom 1981, Testing
 * unconstrained optimization software, https://doi.org/10.1145/355934.355936, numbers their solutions). One point each; others
 * may be as good. The sums of absolute values of the linear ones are derived here.
 */
import type { Form } from './problem.js';

/** The points where all residuals are 0, by function number. */
const zeros: ReadonlyMap<number, (n: number) => number[]> = new Map([
  [4, () => [1, 1]],
  [5, () => [1, 0, 0]],
  [6, () => [0, 0, 0, 0]],
  [7, () => [5, 4]],
  [12, () => [1, 10, 1]],
  [16, ones],
  [20, ones],
]);

/** A minimizer of the smooth or nondiff form of function `number` with n variables and m residuals; undefined where none is known. */
export function minimizerOf(number: number, n: number, m: number, form: Form): Float64Array | undefined {
  const zero = zeros.get(number);
  if (zero !== undefined) return Float64Array.from(zero(n)); // of every form: a sum of nothing but zeros
  if (form !== 'smooth' && form !== 'nondiff') return undefined;
  const x = new Float64Array(n);
  switch (number) {
    case 1:
      // All coordinates a: n |(1 - 2 n / m) a - 1| + (m - n) |2 n a / m + 1| is least where the second term vanishes, as
      // (m - n) 2 n / m > n (1 - 2 n / m) for m > n; by convexity the mean of a minimizer's permutations is one too.
      return x.fill(form === 'smooth' ? -1 : -m / (2 * n));
    case 2:
      x[0] = form === 'smooth' ? 3 / (2 * m + 1) : middle(m); // residuals i s - 1, s the sum of j x_j
      return x;
    case 3:
      x[1] = (form === 'smooth' ? 3 / (2 * m - 3) : middle(m - 2)) / 2; // the same for i up to m - 2, and without x_1 and x_n
      return x;
    default:
      return undefined;
  }
}

/** Minimizes the sum of |i s - 1| over i = 1 ... count: the median of the points 1 / i with weights i. */
function middle(count: number): number {
  const half = (count * (count + 1)) / 4;
  let weight = 0;
  let i = count + 1;
  while (weight < half) weight += --i;
  return 1 / i;
}

function ones(n: number): number[] {
  return Array.from({ length: n }, () => 1);
}
