/** Builders of single operators: they check and infer shapes. Only operators that CPU and WebGPU providers both run; blocked-ops.ts has the CPU's own. */
import { type Attributes, type ElementType, scalarValue, type Tensor } from './graph.js';
import { broadcast, sameShape, shapeError, sizeOf } from './shape.js';

/** One output of the inputs' common shape. */
function elementwise(op: string, inputs: readonly Tensor[], attributes: Attributes = {}, type: ElementType = 'float32'): Tensor {
  const shape = broadcast(op, ...inputs.map((input) => input.shape));
  return inputs[0].graph.node(op, inputs, attributes, { type, shape })[0];
}

function folded(a: Tensor, b: Tensor, value: (a: number, b: number) => number): Tensor | undefined {
  const x = scalarValue(a);
  const y = scalarValue(b);
  return x === undefined || y === undefined ? undefined : a.graph.scalar(value(x, y));
}

export function add(a: Tensor, b: Tensor): Tensor {
  if (scalarValue(a) === 0) return b;
  if (scalarValue(b) === 0) return a;
  return folded(a, b, (x, y) => x + y) ?? elementwise('Add', [a, b]);
}

export function sub(a: Tensor, b: Tensor): Tensor {
  if (scalarValue(b) === 0) return a;
  return folded(a, b, (x, y) => x - y) ?? elementwise('Sub', [a, b]);
}

export function mul(a: Tensor, b: Tensor): Tensor {
  if (scalarValue(a) === 1) return b;
  if (scalarValue(b) === 1) return a;
  return folded(a, b, (x, y) => x * y) ?? elementwise('Mul', [a, b]);
}

export function div(a: Tensor, b: Tensor): Tensor {
  if (scalarValue(b) === 1) return a;
  return folded(a, b, (x, y) => x / y) ?? elementwise('Div', [a, b]);
}

export function neg(a: Tensor): Tensor {
  const value = scalarValue(a);
  return value === undefined ? elementwise('Neg', [a]) : a.graph.scalar(-value);
}

/** a * k. */
export function scale(a: Tensor, k: number): Tensor {
  return mul(a, a.graph.scalar(k));
}

export type UnaryOp = 'Exp' | 'Sqrt' | 'Tan' | 'Tanh' | 'Sigmoid' | 'Relu' | 'Erf' | 'Abs';

export function unary(op: UnaryOp, a: Tensor): Tensor {
  return elementwise(op, [a]);
}

/** x above 0, else alpha * x. */
export function leakyRelu(a: Tensor, alpha: number): Tensor {
  return elementwise('LeakyRelu', [a], { alpha: { float: alpha } });
}

export function pow(a: Tensor, b: Tensor): Tensor {
  return elementwise('Pow', [a, b]);
}

export function max(a: Tensor, b: Tensor): Tensor {
  return elementwise('Max', [a, b]);
}

export function min(a: Tensor, b: Tensor): Tensor {
  return elementwise('Min', [a, b]);
}

/** Compares element by element; the result is of type bool. */
export function compare(op: 'Greater' | 'Equal', a: Tensor, b: Tensor): Tensor {
  return elementwise(op, [a, b], {}, 'bool');
}

export function where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  return elementwise('Where', [condition, yes, no]);
}

const onnxTypes: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };

export function cast(a: Tensor, type: ElementType): Tensor {
  return elementwise('Cast', [a], { to: onnxTypes[type] }, type);
}

/** 1 where `a` is above `threshold`, else 0. */
export function above(a: Tensor, threshold: Tensor): Tensor {
  return cast(compare('Greater', a, threshold), 'float32');
}

/** A one-dimensional int64 constant: shapes, axes and sizes are inputs in ONNX. */
export function indices(like: Tensor, values: readonly number[]): Tensor {
  return like.graph.constant('int64', [values.length], values);
}

export function reshape(a: Tensor, shape: readonly number[]): Tensor {
  if (sizeOf(shape) !== sizeOf(a.shape)) throw shapeError('Reshape', a.shape, shape);
  if (sameShape(a.shape, shape)) return a;
  return a.graph.node('Reshape', [a, indices(a, shape)], {}, { type: a.type, shape })[0];
}

/** Output axis i is input axis `order[i]`. */
export function transpose(a: Tensor, order: readonly number[]): Tensor {
  if (order.length !== a.shape.length) throw shapeError('Transpose', a.shape, order);
  if (order.every((axis, i) => axis === i)) return a;
  const shape = order.map((axis) => a.shape[axis]);
  return a.graph.node('Transpose', [a], { perm: order }, { type: a.type, shape })[0];
}

/** Swaps the last two axes. */
export function swap(a: Tensor): Tensor {
  const order = a.shape.map((_, axis) => axis);
  const last = order.length - 1;
  [order[last - 1], order[last]] = [last, last - 1];
  return transpose(a, order);
}

/** Cuts `a` along `axis` into parts of the given sizes. */
export function split(a: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  if (sizes.reduce((sum, size) => sum + size, 0) !== a.shape[axis]) throw shapeError('Split', a.shape, sizes);
  if (sizes.length === 1) return [a];
  const outputs = sizes.map((size) => ({ type: a.type, shape: a.shape.map((extent, i) => (i === axis ? size : extent)) }));
  return a.graph.node('Split', [a, indices(a, sizes)], { axis }, ...outputs);
}

export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0];
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const shape = first.shape.map((extent, i) => (i === axis ? length : extent));
  return first.graph.node('Concat', parts, { axis }, { type: first.type, shape })[0];
}

/** Elements from `starts` to before `ends`, every `steps`-th, along `axes`. */
export function slice(
  a: Tensor,
  axes: readonly number[],
  starts: readonly number[],
  ends: readonly number[],
  steps: readonly number[],
): Tensor {
  const shape = [...a.shape];
  axes.forEach((axis, i) => {
    if (starts[i] < 0 || ends[i] > a.shape[axis] || starts[i] >= ends[i]) throw shapeError('Slice', a.shape, starts, ends);
    shape[axis] = Math.ceil((ends[i] - starts[i]) / steps[i]);
  });
  if (sameShape(shape, a.shape)) return a;
  return a.graph.node(
    'Slice',
    [a, indices(a, starts), indices(a, ends), indices(a, axes), indices(a, steps)],
    {},
    { type: a.type, shape },
  )[0];
}

/** The elements along `axis` in reverse order. */
export function reversed(a: Tensor, axis: number): Tensor {
  const order = Array.from({ length: a.shape[axis] }, (_, i) => a.shape[axis] - 1 - i);
  return a.graph.node('Gather', [a, indices(a, order)], { axis }, { type: a.type, shape: a.shape })[0];
}

/** Surrounds the last two axes with `amount` elements of `value` on every side, and with `below` further rows. */
export function pad2d(a: Tensor, amount: number, value: number, below = 0): Tensor {
  const [top, left, bottom, right] = [amount, amount, amount + below, amount];
  return padEnds(a, [top, left], [bottom, right], value);
}

/** Elements of `value` before and behind the last two axes. */
export function padEnds(a: Tensor, before: readonly number[], behind: readonly number[], value: number): Tensor {
  if ([...before, ...behind].every((amount) => amount === 0)) return a;
  const others = new Array<number>(a.shape.length - 2).fill(0);
  const shape = a.shape.map((extent, axis) => {
    const i = axis - others.length;
    return i < 0 ? extent : extent + before[i] + behind[i];
  });
  const amounts = indices(a, [...others, ...before, ...others, ...behind]);
  return a.graph.node('Pad', [a, amounts, a.graph.scalar(value)], { mode: 'constant' }, { type: a.type, shape })[0];
}

/** Repeats `a` up to `shape`. */
export function expand(a: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(a.shape, shape)) return a;
  if (!sameShape(broadcast('Expand', a.shape, shape), shape)) throw shapeError('Expand', a.shape, shape);
  return a.graph.node('Expand', [a, indices(a, shape)], {}, { type: a.type, shape })[0];
}

/** Natural logarithm, as the sum over an axis of length 1: the operator Log gives another last bit at the end of a tensor than within it. */
export function log(a: Tensor): Tensor {
  return reshape(reduce('ReduceLogSum', reshape(a, [...a.shape, 1]), [a.shape.length]), a.shape);
}

export type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceProd' | 'ReduceLogSum' | 'ReduceSumSquare' | 'ReduceL1';

/** Reduces over `axes`, which stay as axes of length 1. */
export function reduce(op: Reduction, a: Tensor, axes: readonly number[]): Tensor {
  const shape = a.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return a.graph.node(op, [a, indices(a, axes)], { keepdims: 1 }, { type: a.type, shape })[0];
}

/** Reduces over `axes`, which go. */
export function reduceAway(op: Reduction, a: Tensor, axes: readonly number[]): Tensor {
  const shape = a.shape.filter((_, axis) => !axes.includes(axis));
  return a.graph.node(op, [a, indices(a, axes)], { keepdims: 0 }, { type: a.type, shape })[0];
}

/** Softmax over the last axis. */
export function softmax(a: Tensor): Tensor {
  return elementwise('Softmax', [a], { axis: -1 });
}

/** [..., m, k] x [..., k, n]; leading axes broadcast. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.shape.slice(-2);
  const [inner, n] = b.shape.slice(-2);
  if (k !== inner || a.shape.length < 2 || b.shape.length < 2) throw shapeError('MatMul', a.shape, b.shape);
  const shape = [...broadcast('MatMul', a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n];
  return a.graph.node('MatMul', [a, b], {}, { type: a.type, shape })[0];
}

export interface GemmOptions {
  readonly transA?: boolean;
  readonly transB?: boolean;
  readonly alpha?: number;
  readonly beta?: number;
}

/** alpha * A B + beta * C for matrices, each of A and B transposed first where asked; C broadcasts. */
export function gemm(a: Tensor, b: Tensor, c?: Tensor, { transA = false, transB = false, alpha = 1, beta = 1 }: GemmOptions = {}): Tensor {
  if (a.shape.length !== 2 || b.shape.length !== 2) throw shapeError('Gemm', a.shape, b.shape);
  const [m, k] = transA ? [a.shape[1], a.shape[0]] : a.shape;
  const [inner, n] = transB ? [b.shape[1], b.shape[0]] : b.shape;
  if (k !== inner) throw shapeError('Gemm', a.shape, b.shape);
  const attributes = { transA: transA ? 1 : 0, transB: transB ? 1 : 0, alpha: { float: alpha }, beta: { float: beta } };
  return a.graph.node('Gemm', c === undefined ? [a, b] : [a, b, c], attributes, { type: a.type, shape: [m, n] })[0];
}
