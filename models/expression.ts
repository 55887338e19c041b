/**
 * Formulas in one variable x, as trees: what activations and their derivatives are written in.
 * Kept apart from any parser and any graph, so that one formula serves evaluation, differentiation and compilation.
 */

export type UnaryFunction =
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'erf'
  | 'abs'
  | 'softplus'
  | 'step'
  | 'negate';
export type BinaryFunction = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'max' | 'min';

export type Expression =
  | { readonly kind: 'constant'; readonly value: number }
  /** `x` is the variable; `y`, in a derivative, the value of the formula that is derived. */
  | { readonly kind: 'variable'; readonly name: 'x' | 'y' }
  /** `step` is 1 above 0, else 0; `erf` the error function; `softplus` log(1 + exp(x)); `sigmoid` 1 / (1 + exp(-x)). */
  | { readonly kind: 'unary'; readonly function: UnaryFunction; readonly argument: Expression }
  | { readonly kind: 'binary'; readonly function: BinaryFunction; readonly left: Expression; readonly right: Expression }
  /** `above` where test > 0, else `otherwise`: unlike a product with a step, it takes no value from the other branch. */
  | { readonly kind: 'choice'; readonly test: Expression; readonly above: Expression; readonly otherwise: Expression };

export const x: Expression = { kind: 'variable', name: 'x' };
export const y: Expression = { kind: 'variable', name: 'y' };

export function constant(value: number): Expression {
  return { kind: 'constant', value };
}

function isConstant(e: Expression, value: number): boolean {
  return e.kind === 'constant' && e.value === value;
}

export function call(name: UnaryFunction, argument: Expression): Expression {
  if (argument.kind === 'constant') return constant(unaryValue(name, argument.value));
  return { kind: 'unary', function: name, argument };
}

/** Folds constants and drops zeros and ones. */
export function combine(name: BinaryFunction, left: Expression, right: Expression): Expression {
  if (left.kind === 'constant' && right.kind === 'constant') return constant(binaryValue(name, left.value, right.value));
  if ((name === 'add' || name === 'subtract') && isConstant(right, 0)) return left;
  if (name === 'add' && isConstant(left, 0)) return right;
  if (name === 'subtract' && isConstant(left, 0)) return call('negate', right);
  if (name === 'multiply' && (isConstant(left, 0) || isConstant(right, 0))) return constant(0);
  if (name === 'multiply' && isConstant(left, 1)) return right;
  if ((name === 'multiply' || name === 'divide' || name === 'power') && isConstant(right, 1)) return left;
  if (name === 'divide' && isConstant(left, 0)) return constant(0);
  return { kind: 'binary', function: name, left, right };
}

export function choose(test: Expression, above: Expression, otherwise: Expression): Expression {
  return { kind: 'choice', test, above, otherwise };
}

export const plus = (...terms: Expression[]): Expression => terms.reduce((sum, term) => combine('add', sum, term));
export const minus = (left: Expression, right: Expression): Expression => combine('subtract', left, right);
export const times = (...factors: Expression[]): Expression => factors.reduce((product, factor) => combine('multiply', product, factor));
export const over = (left: Expression, right: Expression): Expression => combine('divide', left, right);
export const power = (base: Expression, exponent: Expression): Expression => combine('power', base, exponent);

/** The formula's value in float64. */
export function evaluate(e: Expression, at: { readonly x: number; readonly y?: number }): number {
  switch (e.kind) {
    case 'constant':
      return e.value;
    case 'variable':
      return e.name === 'x' ? at.x : (at.y ?? Number.NaN);
    case 'unary':
      return unaryValue(e.function, evaluate(e.argument, at));
    case 'binary':
      return binaryValue(e.function, evaluate(e.left, at), evaluate(e.right, at));
    case 'choice':
      return evaluate(evaluate(e.test, at) > 0 ? e.above : e.otherwise, at);
  }
}

function unaryValue(name: UnaryFunction, value: number): number {
  switch (name) {
    case 'negate':
      return -value;
    case 'sigmoid':
      return 1 / (1 + Math.exp(-value));
    case 'relu':
      return Math.max(value, 0);
    case 'softplus':
      return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
    case 'step':
      return value > 0 ? 1 : 0;
    case 'erf':
      return errorFunction(value);
    default:
      return Math[name](value);
  }
}

function binaryValue(name: BinaryFunction, left: number, right: number): number {
  switch (name) {
    case 'add':
      return left + right;
    case 'subtract':
      return left - right;
    case 'multiply':
      return left * right;
    case 'divide':
      return left / right;
    case 'power':
      return left ** right;
    case 'max':
      return Math.max(left, right);
    case 'min':
      return Math.min(left, right);
  }
}

/** erf by its Taylor series within 3, and by the continued fraction of erfc beyond (Abramowitz and Stegun 7.1.5, 7.1.14). */
function errorFunction(z: number): number {
  const a = Math.abs(z);
  if (Number.isNaN(z)) return z;
  if (a > 6) return Math.sign(z);
  if (a < 3) {
    let term = z;
    let sum = z;
    for (let n = 1; Math.abs(term) > 1e-17; n++) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = a;
  for (let n = 60; n > 0; n--) fraction = a + n / 2 / fraction;
  return Math.sign(z) * (1 - Math.exp(-a * a) / fraction / Math.sqrt(Math.PI));
}
