/**
 * The derivative rule of every operator that a loss may use: from the adjoint of its output to that of one input.
 * Adjoints may be smaller than their tensor where they broadcast to it; rules that need the full shape ask for it.
 */
import type { GraphNode, Tensor } from './graph.js';
import {
  above,
  add,
  cast,
  compare,
  concat,
  div,
  expand,
  gemm,
  matmul,
  mul,
  neg,
  reduce,
  reshape,
  scale,
  slice,
  sub,
  swap,
  transpose,
  unary,
  where,
} from './ops.js';
import { sameShape, sizeOf } from './shape.js';
import { convGradient, poolGradient } from './window-rules.js';

/** `adjoints`: of the node's outputs, undefined where the loss does not use them. `input`: which input's adjoint to give. */
export type Rule = (node: GraphNode, adjoints: readonly (Tensor | undefined)[], input: number) => Tensor;

/** A rule of an operator with one output. */
type OneRule = (node: GraphNode, adjoint: Tensor, input: number, output: Tensor) => Tensor;

function one(rule: OneRule): Rule {
  return (node, adjoints, input) => rule(node, adjoints[0] as Tensor, input, node.outputs[0]);
}

/** A rule of an element-wise operator: what it gives is summed over the axes along which the input was repeated. */
function elementwise(rule: OneRule): Rule {
  return one((node, adjoint, input, output) => sumTo(rule(node, adjoint, input, output), output.shape, node.inputs[input].shape));
}

/** Sums an adjoint of a tensor of shape `from` down to the shape `to` that was broadcast to it. */
export function sumTo(adjoint: Tensor, from: readonly number[], to: readonly number[]): Tensor {
  const rank = from.length;
  const repeated = from.flatMap((extent, axis) => (extent !== 1 && (to[axis - rank + to.length] ?? 1) === 1 ? [axis] : []));
  if (repeated.length === 0)
    return adjoint.shape.length > to.length ? reshape(adjoint, adjoint.shape.slice(adjoint.shape.length - to.length)) : adjoint;
  // Axes that the adjoint does not spell out repeat one value: their sum is a multiple.
  const own = (axis: number) => adjoint.shape[axis - rank + adjoint.shape.length] ?? 1;
  const implied = repeated.filter((axis) => own(axis) === 1).reduce((product, axis) => product * from[axis], 1);
  const summed = repeated.filter((axis) => own(axis) !== 1).map((axis) => axis - rank + adjoint.shape.length);
  const sum = scale(summed.length === 0 ? adjoint : reduce('ReduceSum', adjoint, summed), implied);
  return sum.shape.length > to.length ? reshape(sum, sum.shape.slice(sum.shape.length - to.length)) : sum;
}

function attribute(node: GraphNode, name: string): number {
  const value = node.attributes[name];
  if (typeof value === 'number') return value;
  if (typeof value === 'object' && 'float' in value) return value.float;
  throw new RangeError(`${node.op} has no number ${name}.`);
}

function ints(node: GraphNode, name: string): readonly number[] {
  return node.attributes[name] as readonly number[];
}

/** 1 where `a` and `b` are equal, else 0. */
function same(a: Tensor, b: Tensor): Tensor {
  return cast(compare('Equal', a, b), 'float32');
}

export const rules: Readonly<Record<string, Rule>> = {
  Add: elementwise((_, g) => g),
  Sub: elementwise((_, g, input) => (input === 0 ? g : neg(g))),
  Mul: elementwise((node, g, input) => mul(g, node.inputs[1 - input])),
  Div: elementwise(({ inputs: [, b] }, g, input, y) => (input === 0 ? div(g, b) : neg(div(mul(g, y), b)))),
  Neg: elementwise((_, g) => neg(g)),
  Exp: elementwise((_, g, __, y) => mul(g, y)),
  Sqrt: elementwise((_, g, __, y) => div(scale(g, 0.5), y)),
  Tan: elementwise((_, g, __, y) => mul(g, add(g.graph.scalar(1), mul(y, y)))),
  Tanh: elementwise((_, g, __, y) => mul(g, sub(g.graph.scalar(1), mul(y, y)))),
  Sigmoid: elementwise((_, g, __, y) => mul(g, mul(y, sub(g.graph.scalar(1), y)))),
  Erf: elementwise(({ inputs: [a] }, g) => mul(g, scale(unary('Exp', neg(mul(a, a))), 2 / Math.sqrt(Math.PI)))),
  /** 0 at 0. */
  Relu: elementwise((_, g, __, y) => mul(g, above(y, g.graph.scalar(0)))),
  /** 1 at 0, where Relu and LeakyRelu differ. */
  LeakyRelu: elementwise((node, g) => {
    const [a] = node.inputs;
    const slope = attribute(node, 'alpha');
    return mul(g, sub(g.graph.scalar(1), scale(above(neg(a), g.graph.scalar(0)), 1 - slope)));
  }),
  /** 0 at 0. */
  Abs: elementwise(({ inputs: [a] }, g) => mul(g, sub(above(a, g.graph.scalar(0)), above(neg(a), g.graph.scalar(0))))),
  /** Where both are equal, half to each. */
  Max: elementwise(({ inputs }, g, input, y) => mul(g, share(inputs[input], inputs[1 - input], y))),
  Min: elementwise(({ inputs }, g, input, y) => mul(g, share(inputs[input], inputs[1 - input], y))),
  Where: elementwise(({ inputs: [condition] }, g, input) => {
    const zero = g.graph.scalar(0);
    return input === 1 ? where(condition, g, zero) : where(condition, zero, g);
  }),
  Expand: elementwise((_, g) => g),

  Reshape: one(({ inputs: [a] }, g, _, y) => (sizeOf(g.shape) === 1 ? reshape(g, []) : reshape(expand(g, y.shape), a.shape))),
  Transpose: one((node, g, _, y) => {
    const order = ints(node, 'perm');
    const full = g.shape.length === y.shape.length ? g : expand(g, y.shape);
    return transpose(
      full,
      order.map((__, axis) => order.indexOf(axis)),
    );
  }),
  Split: (node, adjoints) =>
    concat(
      node.outputs.map((part, i) => expand(adjoints[i] ?? part.graph.scalar(0), part.shape)),
      attribute(node, 'axis'),
    ),
  Concat: (node, adjoints, input) => {
    const axis = attribute(node, 'axis');
    const from = node.inputs.slice(0, input).reduce((sum, { shape }) => sum + shape[axis], 0);
    const full = expand(adjoints[0] as Tensor, node.outputs[0].shape);
    return slice(full, [axis], [from], [from + node.inputs[input].shape[axis]], [1]);
  },
  ReduceSum: one((_, g) => g),
  ReduceMean: one(({ inputs: [a] }, g, _, y) => scale(g, sizeOf(y.shape) / sizeOf(a.shape))),
  ReduceSumSquare: one(({ inputs: [a] }, g) => mul(g, scale(a, 2))),
  /** The sum itself is exp(y). */
  ReduceLogSum: one((_, g, __, y) => div(g, unary('Exp', y))),
  /** Ties share equally. */
  ReduceMax: one(({ inputs: [a, axes] }, g, _, y) => {
    const mask = same(a, y);
    const along = axes.source.kind === 'constant' ? Array.from(axes.source.values) : [];
    return mul(mask, div(g, reduce('ReduceSum', mask, along)));
  }),

  MatMul: one(({ inputs: [a, b] }, g, input, y) => {
    const full = expand(g, y.shape);
    return input === 0 ? reduceLeading(matmul(full, swap(b)), a.shape) : reduceLeading(matmul(swap(a), full), b.shape);
  }),
  Gemm: one((node, g, input, y) => {
    const [a, b, c] = node.inputs;
    const [transA, transB, alpha] = [attribute(node, 'transA') === 1, attribute(node, 'transB') === 1, attribute(node, 'alpha')];
    if (input === 2) return sumTo(g, y.shape, c.shape);
    const full = expand(g, y.shape);
    if (input === 0) {
      return transA
        ? gemm(b, full, undefined, { transA: transB, transB: true, alpha })
        : gemm(full, b, undefined, { transB: !transB, alpha });
    }
    return transB
      ? gemm(full, a, undefined, { transA: true, transB: transA, alpha })
      : gemm(a, full, undefined, { transA: !transA, alpha });
  }),
  Conv: one(convGradient),
  MaxPool: one(poolGradient),
  AveragePool: one(poolGradient),
};

/** Half where `a` equals `b`, 1 where only `a` is the value `y` that was chosen, else 0. */
function share(a: Tensor, b: Tensor, y: Tensor): Tensor {
  return sub(same(a, y), scale(same(a, b), 0.5));
}

/** Sums the leading axes of a product along which one factor was repeated. */
function reduceLeading(product: Tensor, to: readonly number[]): Tensor {
  return sameShape(product.shape, to) ? product : sumTo(product, product.shape, to);
}
