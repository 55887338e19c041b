/** Activations as graph nodes, with their derivative known to the reverse sweep. */
import { type Activation, activationOf } from '../../../models/activations.js';
import type { BinaryFunction, Expression, UnaryFunction } from '../../../models/expression.js';
import type { Tensor } from './graph.js';
import { above, add, compare, div, max, min, mul, neg, pow, sloped, sub, type UnaryOp, unary, where } from './ops.js';

/** The activation of that name, applied to every element of `s`. */
export function activate(name: string, s: Tensor): Tensor {
  const activation = activationOf(name);
  const y = value(activation, s);
  if (y !== s) s.graph.derivatives.set(y, { input: s, derivative: () => translate(activation.derivative, s, y) });
  return y;
}

function value({ operator, value: formula }: Activation, s: Tensor): Tensor {
  return operator === undefined ? translate(formula, s, s) : sloped(operator.op, s, operator.alpha);
}

const unaryOps: Record<Exclude<UnaryFunction, 'step' | 'negate'>, UnaryOp> = {
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  sin: 'Sin',
  cos: 'Cos',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  erf: 'Erf',
  abs: 'Abs',
  softplus: 'Softplus',
};

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
    case 'unary': {
      const argument = next(e.argument);
      if (e.function === 'negate') return neg(argument);
      if (e.function === 'step') return above(argument, x.graph.scalar(0));
      return unary(unaryOps[e.function], argument);
    }
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
