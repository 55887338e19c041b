/**
 * The operations that an expression may use: their value, and their derivative by each argument, as JavaScript over the names
 * of values that are already computed. Generated code is made of these texts, such names and number literals alone.
 */

/** The derivative by argument `k`, given the arguments' names and the result's; '0' and '1' are recognized by the compiler. */
type Derivative = (args: readonly string[], result: string, k: number) => string;

export interface Operation {
  /** How many arguments it takes; `many` means one or more. */
  readonly arity: number | 'many';
  value(args: readonly string[]): string;
  readonly derivative: Derivative;
}

function unary(value: (a: string) => string, derivative: (a: string, result: string) => string): Operation {
  return { arity: 1, value: ([a]) => value(a), derivative: ([a], result) => derivative(a, result) };
}

function binary(value: (a: string, b: string) => string, derivatives: readonly [Derivative, Derivative]): Operation {
  return { arity: 2, value: ([a, b]) => value(a, b), derivative: (args, result, k) => derivatives[k](args, result, k) };
}

/** Ties go to the earliest argument: one of the subgradients. */
function extreme(name: 'max' | 'min'): Operation {
  return {
    arity: 'many',
    value: (args) => `Math.${name}(${args.join(', ')})`,
    derivative: (args, result, k) =>
      `(${[...args.slice(0, k).map((other) => `${other} !== ${result}`), `${args[k]} === ${result}`].join(' && ')} ? 1 : 0)`,
  };
}

const flat = () => '0';

export const operations: Readonly<Record<string, Operation>> = {
  add: binary((a, b) => `${a} + ${b}`, [() => '1', () => '1']),
  subtract: binary((a, b) => `${a} - ${b}`, [() => '1', () => '-1']),
  multiply: binary((a, b) => `${a} * ${b}`, [([, b]) => b, ([a]) => a]),
  divide: binary((a, b) => `${a} / ${b}`, [([, b]) => `1 / ${b}`, ([, b], result) => `-${result} / ${b}`]),
  negate: unary(
    (a) => `-${a}`,
    () => '-1',
  ),
  square: unary(
    (a) => `${a} * ${a}`,
    (a) => `2 * ${a}`,
  ),
  cube: unary(
    (a) => `${a} * ${a} * ${a}`,
    (a) => `3 * ${a} * ${a}`,
  ),
  pow: binary(
    (a, b) => `${a} ** ${b}`,
    [
      ([a, b]) => `(${b} === 0 ? 0 : ${b} * ${a} ** (${b} - 1))`,
      // 0^b is 0 for every b > 0: there the logarithm's infinity does not count
      ([a], result) => `(${result} === 0 ? 0 : ${result} * Math.log(${a}))`,
    ],
  ),
  sqrt: unary(
    (a) => `Math.sqrt(${a})`,
    (_a, result) => `0.5 / ${result}`,
  ),
  cbrt: unary(
    (a) => `Math.cbrt(${a})`,
    (_a, result) => `1 / (3 * ${result} * ${result})`,
  ),
  exp: unary(
    (a) => `Math.exp(${a})`,
    (_a, result) => result,
  ),
  expm1: unary(
    (a) => `Math.expm1(${a})`,
    (_a, result) => `(${result} + 1)`,
  ),
  log: unary(
    (a) => `Math.log(${a})`,
    (a) => `1 / ${a}`,
  ),
  log2: unary(
    (a) => `Math.log2(${a})`,
    (a) => `1 / (${a} * Math.LN2)`,
  ),
  log10: unary(
    (a) => `Math.log10(${a})`,
    (a) => `1 / (${a} * Math.LN10)`,
  ),
  log1p: unary(
    (a) => `Math.log1p(${a})`,
    (a) => `1 / (1 + ${a})`,
  ),
  sin: unary(
    (a) => `Math.sin(${a})`,
    (a) => `Math.cos(${a})`,
  ),
  cos: unary(
    (a) => `Math.cos(${a})`,
    (a) => `-Math.sin(${a})`,
  ),
  tan: unary(
    (a) => `Math.tan(${a})`,
    (_a, result) => `(1 + ${result} * ${result})`,
  ),
  asin: unary(
    (a) => `Math.asin(${a})`,
    (a) => `1 / Math.sqrt(1 - ${a} * ${a})`,
  ),
  acos: unary(
    (a) => `Math.acos(${a})`,
    (a) => `-1 / Math.sqrt(1 - ${a} * ${a})`,
  ),
  atan: unary(
    (a) => `Math.atan(${a})`,
    (a) => `1 / (1 + ${a} * ${a})`,
  ),
  atan2: binary(
    (a, b) => `Math.atan2(${a}, ${b})`,
    [([a, b]) => `${b} / (${a} * ${a} + ${b} * ${b})`, ([a, b]) => `-${a} / (${a} * ${a} + ${b} * ${b})`],
  ),
  sinh: unary(
    (a) => `Math.sinh(${a})`,
    (a) => `Math.cosh(${a})`,
  ),
  cosh: unary(
    (a) => `Math.cosh(${a})`,
    (a) => `Math.sinh(${a})`,
  ),
  tanh: unary(
    (a) => `Math.tanh(${a})`,
    (_a, result) => `(1 - ${result} * ${result})`,
  ),
  asinh: unary(
    (a) => `Math.asinh(${a})`,
    (a) => `1 / Math.sqrt(${a} * ${a} + 1)`,
  ),
  acosh: unary(
    (a) => `Math.acosh(${a})`,
    (a) => `1 / Math.sqrt(${a} * ${a} - 1)`,
  ),
  atanh: unary(
    (a) => `Math.atanh(${a})`,
    (a) => `1 / (1 - ${a} * ${a})`,
  ),
  abs: unary(
    (a) => `Math.abs(${a})`,
    (a) => `Math.sign(${a})`,
  ),
  sign: unary((a) => `Math.sign(${a})`, flat),
  floor: unary((a) => `Math.floor(${a})`, flat),
  ceil: unary((a) => `Math.ceil(${a})`, flat),
  hypot: {
    arity: 'many',
    value: (args) => `Math.hypot(${args.join(', ')})`,
    derivative: (args, result, k) => `(${result} === 0 ? 0 : ${args[k]} / ${result})`,
  },
  max: extreme('max'),
  min: extreme('min'),
};

/** mathjs's operators, by its names for them. */
export const operators: Readonly<Record<string, string>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  pow: 'pow',
  unaryMinus: 'negate',
};

/** The names that may be called in an expression; `log` also takes a base, `pow` is the operator `^`. */
export const functionNames: readonly string[] = Object.keys(operations)
  .filter((name) => !['add', 'subtract', 'multiply', 'divide', 'negate'].includes(name))
  .sort();

export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['tau', 2 * Math.PI],
  ['e', Math.E],
  ['phi', (1 + Math.sqrt(5)) / 2],
]);
