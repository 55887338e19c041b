import { expect, test } from '@jest/globals';
import { peakBytes, sharedProducts } from '../../../src/engine/graph/cost.js';
import { Graph } from '../../../src/engine/graph/graph.js';
import { add, gemm, matmul, unary } from '../../../src/engine/graph/ops.js';

test('the peak counts what is alive at once: inputs always, intermediate results until their last reader', () => {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [10]);
  const a = unary('Exp', x);
  const b = unary('Tanh', a);
  const y = add(b, x);
  // 40 bytes each: x stays; while b is made there are x, a, b; while y is made a is gone
  expect(peakBytes([y])).toBe(120);
  const z = add(y, a);
  // now a stays: x, a, b, y
  expect(peakBytes([z])).toBe(160);
});

test('products are counted as the runtime runs them', () => {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [5, 3]);
  const w = graph.input('w', 'float32', [7, 3, 2]);
  const v = graph.input('v', 'float32', [7, 2, 5]);
  // one product for each of the 7 members
  expect(sharedProducts([matmul(x, w)])).toEqual([{ batch: 7, rows: 5, columns: 2, inner: 3 }]);
  // a right matrix that all share: one product with all rows
  expect(sharedProducts([matmul(v, x)])).toEqual([{ batch: 1, rows: 14, columns: 3, inner: 5 }]);
  expect(sharedProducts([gemm(x, x, undefined, { transB: true })])).toEqual([{ batch: 1, rows: 5, columns: 5, inner: 3 }]);
  expect(sharedProducts([gemm(x, x, undefined, { transA: true })])).toEqual([]);
});
