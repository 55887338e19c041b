/** The derivative rule of every operator, against central differences of a plain function in float64. */
import { describe, expect, test } from '@jest/globals';
import { gradients } from '../../../src/engine/graph/autodiff.js';
import { Graph, type Tensor } from '../../../src/engine/graph/graph.js';
import { compiled } from '../../../src/engine/graph/onnx.js';
import * as ops from '../../../src/engine/graph/ops.js';
import { rules } from '../../../src/engine/graph/rules.js';
import { normals, run } from './cases.js';

type Numbers = readonly number[];

interface OpCase {
  /** Operators that it exercises. */
  readonly covers: string;
  readonly shapes: readonly (readonly number[])[];
  readonly build: (...inputs: Tensor[]) => Tensor;
  /** The same function over flat arrays, written without the graph. */
  readonly plain: (...inputs: Numbers[]) => number[];
  /** Inputs are positive. */
  readonly positive?: boolean;
}

const map = (f: (x: number) => number) => (a: Numbers) => a.map(f);
/** [2, 3] with [3], repeated along rows. */
const rowwise = (f: (a: number, b: number) => number) => (a: Numbers, b: Numbers) => a.map((value, i) => f(value, b[i % 3]));
const erfDensity = (x: number) => {
  // erf by its Taylor series, for |x| < 3
  let term = x;
  let sum = x;
  for (let n = 1; n < 80; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};
const product = (a: Numbers, b: Numbers, m: number, k: number, n: number, transA: boolean, transB: boolean) =>
  Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[transA ? l * m + i : i * k + l] * b[transB ? j * k + l : l * n + j];
    return sum;
  });
const columnSums = (a: Numbers) => [0, 1, 2].map((j) => a[j] + a[3 + j]);

const pair = [[2, 3], [3]];
const cases: Record<string, OpCase> = {
  add: { covers: 'Add', shapes: pair, build: ops.add, plain: rowwise((a, b) => a + b) },
  subtract: { covers: 'Sub', shapes: pair, build: ops.sub, plain: rowwise((a, b) => a - b) },
  'multiply, repeated': { covers: 'Mul', shapes: pair, build: ops.mul, plain: rowwise((a, b) => a * b) },
  'multiply, first repeated': {
    covers: 'Mul',
    shapes: [[3], [2, 3]],
    build: ops.mul,
    plain: (a, b) => b.map((value, i) => value * a[i % 3]),
  },
  divide: { covers: 'Div', shapes: pair, build: ops.div, plain: rowwise((a, b) => a / b), positive: true },
  negate: { covers: 'Neg', shapes: [[4]], build: ops.neg, plain: map((x) => -x) },
  exp: { covers: 'Exp', shapes: [[4]], build: (a) => ops.unary('Exp', a), plain: map(Math.exp) },
  log: { covers: 'ReduceLogSum', shapes: [[4]], build: ops.log, plain: map(Math.log), positive: true },
  sqrt: { covers: 'Sqrt', shapes: [[4]], build: (a) => ops.unary('Sqrt', a), plain: map(Math.sqrt), positive: true },
  tan: { covers: 'Tan', shapes: [[4]], build: (a) => ops.unary('Tan', ops.scale(a, 0.25)), plain: map((x) => Math.tan(x / 4)) },
  tanh: { covers: 'Tanh', shapes: [[4]], build: (a) => ops.unary('Tanh', a), plain: map(Math.tanh) },
  sigmoid: { covers: 'Sigmoid', shapes: [[4]], build: (a) => ops.unary('Sigmoid', a), plain: map((x) => 1 / (1 + Math.exp(-x))) },
  erf: { covers: 'Erf', shapes: [[4]], build: (a) => ops.unary('Erf', a), plain: map(erfDensity) },
  relu: { covers: 'Relu', shapes: [[6]], build: (a) => ops.unary('Relu', a), plain: map((x) => Math.max(x, 0)) },
  'leaky relu': {
    covers: 'LeakyRelu',
    shapes: [[6]],
    build: (a) => ops.leakyRelu(a, 0.3),
    plain: map((x) => Math.max(x, 0.3 * x)),
  },
  abs: { covers: 'Abs', shapes: [[6]], build: (a) => ops.unary('Abs', a), plain: map(Math.abs) },
  maximum: { covers: 'Max', shapes: pair, build: ops.max, plain: rowwise(Math.max) },
  minimum: { covers: 'Min', shapes: pair, build: ops.min, plain: rowwise(Math.min) },
  choice: {
    covers: 'Where',
    shapes: pair,
    build: (a, b) => ops.where(ops.compare('Greater', a, b), a, ops.scale(b, 3)),
    plain: rowwise((a, b) => (a > b ? a : 3 * b)),
  },
  expand: { covers: 'Expand', shapes: [[3]], build: (a) => ops.expand(a, [2, 3]), plain: (a) => [...a, ...a] },
  reshape: { covers: 'Reshape', shapes: [[2, 3]], build: (a) => ops.reshape(a, [3, 2]), plain: (a) => [...a] },
  transpose: {
    covers: 'Transpose',
    shapes: [[2, 3]],
    build: ops.swap,
    plain: (a) => [0, 3, 1, 4, 2, 5].map((i) => a[i]),
  },
  'split, one part unused': {
    covers: 'Split',
    shapes: [[6]],
    build: (a) => {
      const [first, , last] = ops.split(a, 0, [2, 2, 2]);
      return ops.mul(first, last);
    },
    plain: (a) => [a[0] * a[4], a[1] * a[5]],
  },
  'join, one part used twice': {
    covers: 'Concat',
    shapes: [[2], [3]],
    build: (a, b) => ops.mul(ops.concat([a, b, a], 0), ops.concat([b, a, a], 0)),
    plain: (a, b) => [...a, ...b, ...a].map((value, i) => value * [...b, ...a, ...a][i]),
  },
  'sum over rows': { covers: 'ReduceSum', shapes: [[2, 3]], build: (a) => ops.reduce('ReduceSum', a, [0]), plain: columnSums },
  'mean over rows': {
    covers: 'ReduceMean',
    shapes: [[2, 3]],
    build: (a) => ops.reduce('ReduceMean', a, [0]),
    plain: (a) => columnSums(a).map((sum) => sum / 2),
  },
  'maximum over rows': {
    covers: 'ReduceMax',
    shapes: [[2, 3]],
    build: (a) => ops.reduce('ReduceMax', a, [0]),
    plain: (a) => [0, 1, 2].map((j) => Math.max(a[j], a[3 + j])),
  },
  'sum of squares': {
    covers: 'ReduceSumSquare',
    shapes: [[2, 3]],
    build: (a) => ops.reduce('ReduceSumSquare', a, [0]),
    plain: (a) => columnSums(a.map((value) => value * value)),
  },
  'batched product, right factor shared': {
    covers: 'MatMul',
    shapes: [
      [2, 2, 3],
      [3, 2],
    ],
    build: ops.matmul,
    plain: (a, b) => [...product(a.slice(0, 6), b, 2, 3, 2, false, false), ...product(a.slice(6), b, 2, 3, 2, false, false)],
  },
  ...Object.fromEntries(
    [0, 1, 2, 3].map((flags): [string, OpCase] => {
      const [transA, transB] = [flags % 2 === 1, flags > 1];
      return [
        `scaled product with transposed factors ${flags}`,
        {
          covers: 'Gemm',
          shapes: [transA ? [3, 2] : [2, 3], transB ? [4, 3] : [3, 4], [4]],
          build: (a, b, c) => ops.gemm(a, b, c, { transA, transB, alpha: 0.7 }),
          plain: (a, b, c) => product(a, b, 2, 3, 4, transA, transB).map((value, i) => 0.7 * value + c[i % 4]),
        },
      ];
    }),
  ),
};

describe.each(Object.keys(cases))('%s', (name) => {
  const { shapes, build, plain, positive = false } = cases[name];

  test('the gradient of a weighted sum of outputs is that of central differences', async () => {
    const graph = new Graph();
    const inputs = shapes.map((shape, i) => graph.input(`x${i}`, 'float32', shape));
    const y = build(...inputs);
    const values = shapes.map((shape, i) =>
      normals(
        `${name}${i}`,
        shape.reduce((a, b) => a * b, 1),
      ).map((value) => (positive ? 0.5 + Math.abs(value) : value)),
    );
    const outputs = y.shape.reduce((a, b) => a * b, 1);
    const weights = Array.from(normals(`${name}/weights`, outputs));
    const all = y.shape.map((_, axis) => axis);
    const loss = ops.reshape(ops.reduce('ReduceSum', ops.mul(y, graph.constant('float32', y.shape, weights)), all), []);
    const named = Object.fromEntries(gradients(loss, inputs).map((gradient, i) => [`g${i}`, gradient]));
    const results = await run(compiled(graph, { y, ...named }), Object.fromEntries(values.map((value, i) => [`x${i}`, value])));

    const flat = values.map((value) => Array.from(value));
    plain(...flat).forEach((value, i) => {
      expect(results.y[i]).toBeCloseTo(value, 4);
    });
    const weighted = (arrays: readonly Numbers[]) => plain(...arrays).reduce((sum, value, i) => sum + value * weights[i], 0);
    flat.forEach((array, input) => {
      expect(results[`g${input}`]).toHaveLength(array.length);
      array.forEach((value, i) => {
        const at = (delta: number) => weighted(flat.map((other, k) => (k === input ? other.with(i, value + delta) : other)));
        const difference = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(Math.abs(results[`g${input}`][i] - difference)).toBeLessThan(2e-5 * Math.max(1, Math.abs(difference)));
      });
    });
  });
});

test('every operator with a rule is exercised, here or with the networks', () => {
  const withNetworks = ['Conv', 'MaxPool', 'AveragePool'];
  const covered = new Set([...Object.values(cases).map(({ covers }) => covers), ...withNetworks]);
  expect([...covered].sort()).toEqual(Object.keys(rules).sort());
});

test('an operator without a rule is named', () => {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [2, 2]);
  const loss = ops.reshape(ops.reduce('ReduceSum', ops.softmax(x), [0, 1]), []);
  expect(() => gradients(loss, [x])).toThrow('The operator Softmax has no derivative rule.');
});

test('ties share: of a maximum among equals, and of max(a, b) at a = b', async () => {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [4]);
  const [first, second] = ops.split(x, 0, [2, 2]);
  const loss = ops.add(ops.reduce('ReduceMax', x, [0]), ops.reduce('ReduceSum', ops.max(first, second), [0]));
  const [gradient] = gradients(ops.reshape(loss, []), [x]);
  // values 2 1 | 2 2: the largest is met three times; pairs (2, 2) and (1, 2)
  const { g } = await run(compiled(graph, { g: gradient }), { x: Float32Array.of(2, 1, 2, 2) });
  [1 / 3 + 0.5, 0, 1 / 3 + 0.5, 1 / 3 + 1].forEach((value, i) => {
    expect(g[i]).toBeCloseTo(value, 6);
  });
});
