import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { symmetricEigen } from '../../strategies/shared/symmetric-eigen.js';

function decompose(matrix: Float64Array, n: number) {
  const axes = matrix.slice();
  const values = new Float64Array(n);
  expect(symmetricEigen(axes, values, new Float64Array(n))).toBe(true);
  return { axes, values };
}

/** Largest departures of sum_k values[k] v_k v_k' from the matrix, and of the axes from orthonormal ones. */
function errors(matrix: Float64Array, n: number): { rebuilt: number; orthogonal: number } {
  const { axes, values } = decompose(matrix, n);
  let rebuilt = 0;
  let orthogonal = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      let dot = 0;
      for (let k = 0; k < n; k++) {
        sum += values[k] * axes[k * n + i] * axes[k * n + j];
        dot += axes[i * n + k] * axes[j * n + k];
      }
      rebuilt = Math.max(rebuilt, Math.abs(sum - matrix[i * n + j]));
      orthogonal = Math.max(orthogonal, Math.abs(dot - (i === j ? 1 : 0)));
    }
  }
  return { rebuilt, orthogonal };
}

describe('the eigenvalues and eigenvectors of a symmetric matrix', () => {
  test.each([1, 2, 3, 7, 30, 100])('rebuild a random %i x %i matrix and are orthonormal', (n) => {
    const rng = Rng.seeded(n);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = rng.normal();
    const { rebuilt, orthogonal } = errors(matrix, n);
    expect(rebuilt).toBeLessThan(1e-13 * n);
    expect(orthogonal).toBeLessThan(1e-14 * n + 1e-15);
  });

  test('of the second difference are 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 12;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = -1;
    }
    const { values } = decompose(matrix, n);
    values.sort().forEach((value, k) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 13);
    });
  });

  test('of [[2, 1], [1, 2]] are 1 and 3, along the diagonals', () => {
    const { axes, values } = decompose(Float64Array.of(2, 99, 1, 2), 2); // 99: above the diagonal, not read
    const three = values[0] > values[1] ? 0 : 1;
    expect(values[three]).toBeCloseTo(3, 14);
    expect(values[1 - three]).toBeCloseTo(1, 14);
    expect(Math.abs(axes[2 * three] + axes[2 * three + 1])).toBeCloseTo(Math.SQRT2, 14);
  });

  test('exist for zero, diagonal and equal-valued matrices', () => {
    expect([...decompose(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    expect([...decompose(Float64Array.of(5, 0, 0, 0, 1e-30, 0, 0, 0, 5), 3).values].sort((a, b) => a - b)).toEqual([1e-30, 5, 5]);
    const ones = new Float64Array(16).fill(1);
    expect([...decompose(ones, 4).values].sort((a, b) => a - b)[3]).toBeCloseTo(4, 14);
    expect(errors(ones, 4).rebuilt).toBeLessThan(1e-14);
  });

  test('are refused, not looked for without end, where the matrix is not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const matrix = Float64Array.of(1, 0, 0, bad, 1, 0, 0.5, 0.5, 1);
      expect(symmetricEigen(matrix, new Float64Array(3), new Float64Array(3))).toBe(false);
    }
  });
});
