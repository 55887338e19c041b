/** Activations as graph nodes, with their derivative known to the reverse sweep. */
import { type Activation, activationOf } from '../../../models/activations.js';
import type { BinaryFunction, Expression, UnaryFunction } from '../../../models/expression.js';
import type { Tensor } from './graph.js';
import { above, add, compare, div, leakyRelu, log, max, min, mul, neg, pow, scale, sub, unary, where } from './ops.js';

/** The activation of that name, applied to every element of `s`. */
export function activate(name: string, s: Tensor): Tensor {
  const activation = activationOf(name);
  const y = value(activation, s);
  if (y !== s) s.graph.derivatives.set(y, { inputs: [s], adjoint: (adjoint) => mul(adjoint, translate(activation.derivative, s, y)) });
  return y;
}

/** Whether the largest of some values is the value of the largest. */
export function isNonDecreasing(name: string): boolean {
  return activationOf(name).nonDecreasing === true;
}

function value({ operator, value: formula }: Activation, s: Tensor): Tensor {
  return operator === undefined ? translate(formula, s, s) : leakyRelu(s, operator.alpha);
}

/**
 * Operators that give the same bits wherever an element lies in its tensor: those of ONNX Runtime's Log, Sin, Cos, Softplus and Elu
 * depend on it, so that they are composed of others here.
 */
const unaryOps: Record<UnaryFunction, (a: Tensor) => Tensor> = {
  negate: neg,
  step: (a) => above(a, a.graph.scalar(0)),
  exp: (a) => unary('Exp', a),
  log,
  sqrt: (a) => unary('Sqrt', a),
  sin: (a) => halfAngle(a, (t, one) => div(add(t, t), add(one, mul(t, t)))),
  cos: (a) => halfAngle(a, (t, one) => div(sub(one, mul(t, t)), add(one, mul(t, t)))),
  tanh: (a) => unary('Tanh', a),
  sigmoid: (a) => unary('Sigmoid', a),
  relu: (a) => unary('Relu', a),
  erf: (a) => unary('Erf', a),
  abs: (a) => unary('Abs', a),
  softplus: (a) => add(unary('Relu', a), log(add(a.graph.scalar(1), unary('Exp', neg(unary('Abs', a)))))),
};

/** Sine and cosine by t = tan(a / 2). */
function halfAngle(a: Tensor, of: (t: Tensor, one: Tensor) => Tensor): Tensor {
  return of(unary('Tan', scale(a, 0.5)), a.graph.scalar(1));
}

const binaryOps: Record<Exclude<BinaryFunction, 'power'>, (a: Tensor, b: Tensor) => Tensor> = {
  add,
  subtract: sub,
  multiply: mul,
  divide: div,
  max,
  min,
};

/** The formula with tensors for its variables. */
export function translate(e: Expression, x: Tensor, y: Tensor): Tensor {
  const next = (part: Expression) => translate(part, x, y);
  switch (e.kind) {
    case 'constant':
      return x.graph.scalar(e.value);
    case 'variable':
      return e.name === 'x' ? x : y;
    case 'unary':
      return unaryOps[e.function](next(e.argument));
    case 'binary':
      return e.function === 'power' ? raise(next(e.left), e.right, next) : binaryOps[e.function](next(e.left), next(e.right));
    case 'choice':
      return where(compare('Greater', next(e.test), x.graph.scalar(0)), next(e.above), next(e.otherwise));
  }
}

/** Largest whole exponent that is multiplied out. */
const largestProduct = 64;

/** Whole exponents are multiplied out: the Pow of some GPUs is undefined for negative bases. */
function raise(base: Tensor, exponent: Expression, next: (part: Expression) => Tensor): Tensor {
  const n = exponent.kind === 'constant' ? exponent.value : Number.NaN;
  if (!Number.isInteger(n) || Math.abs(n) > largestProduct) return pow(base, next(exponent));
  const product = repeated(base, Math.abs(n));
  return n < 0 ? div(base.graph.scalar(1), product) : product;
}

/** base^n for whole n from 0, by squaring. */
function repeated(base: Tensor, n: number): Tensor {
  if (n === 0) return base.graph.scalar(1);
  if (n === 1) return base;
  const root = repeated(base, Math.floor(n / 2));
  const square = mul(root, root);
  return n % 2 === 0 ? square : mul(square, base);
}
