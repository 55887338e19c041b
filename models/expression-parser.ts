/**
 * Activations written as mathjs expressions of x. mathjs parses them; what it may contain is listed here.
 * Loaded only when a network uses one: mathjs takes a third of a second to load.
 */
import {
  type ConditionalNode,
  type ConstantNode,
  type FunctionNode,
  type MathNode,
  type OperatorNode,
  type ParenthesisNode,
  parse,
  type SymbolNode,
} from 'mathjs/number';
import { UsageError } from '../src/core/errors.js';
import type { Activation } from './activations.js';
import { differentiate } from './derivative.js';
import { call, choose, combine, constant, type Expression, minus, over, plus, power, times, x } from './expression.js';

const half = constant(0.5);
const one = constant(1);
const two = constant(2);
const negated = (u: Expression) => call('negate', u);
const exp = (u: Expression) => call('exp', u);

/** log u; log(1 + exp(v)) in the form that does not overflow. */
function log(u: Expression): Expression {
  const v = exponentBesideOne(u);
  return v === undefined ? call('log', u) : call('softplus', v);
}

/** a / b; a / (1 + exp(v)) in the form that does not overflow. */
function divide(a: Expression, b: Expression): Expression {
  const v = exponentBesideOne(b);
  return v === undefined ? over(a, b) : times(a, call('sigmoid', negated(v)));
}

/** v, when `u` is 1 + exp(v). */
function exponentBesideOne(u: Expression): Expression | undefined {
  if (u.kind !== 'binary' || u.function !== 'add') return undefined;
  for (const [a, b] of [
    [u.left, u.right],
    [u.right, u.left],
  ]) {
    if (a.kind === 'constant' && a.value === 1 && b.kind === 'unary' && b.function === 'exp') return b.argument;
  }
  return undefined;
}

const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI };

/** What mathjs reads and an activation may not hold, in words. */
const foreign: Readonly<Record<string, string>> = {
  AccessorNode: 'an index',
  ArrayNode: 'a list',
  AssignmentNode: 'an assignment',
  BlockNode: 'several expressions',
  FunctionAssignmentNode: 'a function of its own',
  IndexNode: 'an index',
  ObjectNode: 'an object',
  RangeNode: 'a range',
  RelationalNode: 'a chain of comparisons',
};

const unary: Readonly<Record<string, (u: Expression) => Expression>> = {
  abs: (u) => call('abs', u),
  exp,
  expm1: (u) => minus(exp(u), one),
  log10: (u) => over(log(u), constant(Math.LN10)),
  log2: (u) => over(log(u), constant(Math.LN2)),
  log1p: (u) => log(plus(one, u)),
  sqrt: (u) => call('sqrt', u),
  square: (u) => times(u, u),
  cube: (u) => times(u, u, u),
  sin: (u) => call('sin', u),
  cos: (u) => call('cos', u),
  tan: (u) => over(call('sin', u), call('cos', u)),
  sinh: (u) => times(half, minus(exp(u), exp(negated(u)))),
  cosh: (u) => times(half, plus(exp(u), exp(negated(u)))),
  tanh: (u) => call('tanh', u),
  sech: (u) => over(two, plus(exp(u), exp(negated(u)))),
  sign: (u) => minus(call('step', u), call('step', negated(u))),
  erf: (u) => call('erf', u),
  unaryMinus: negated,
  unaryPlus: (u) => u,
};

const binary: Readonly<Record<string, (a: Expression, b: Expression) => Expression>> = {
  add: plus,
  subtract: minus,
  multiply: times,
  divide,
  pow: power,
};

const allowed =
  'Allowed are numbers, x, pi, e, tau, the operators + - * / ^, (condition ? value : value) with < <= > >= , and the functions ' +
  `${[...Object.keys(unary).filter((name) => !name.startsWith('unary')), 'log', 'pow', 'max', 'min'].sort().join(', ')}.`;

/** The activation that `text` describes. Throws UsageError that names the part that is not understood, and its position. */
export function parseExpression(text: string): Activation {
  const refuse = (part: string, why: string): never => {
    const at = text.search(new RegExp(`(?<![A-Za-z0-9_])${part.replace(/[^\w]/g, '\\$&')}(?![A-Za-z0-9_])`));
    const where = at < 0 ? '' : ` at character ${at + 1}`;
    throw new UsageError(`The activation "${text}" cannot be used: ${why}${where}. ${allowed}`);
  };
  const value = new Translation(refuse).expression(parsed(text));
  if (!mentionsX(value)) throw new UsageError(`The activation "${text}" does not depend on x, so the network could not learn. ${allowed}`);
  return { name: text, value, derivative: differentiate(value) };
}

function parsed(text: string): MathNode {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`The activation "${text}" is no expression: ${error instanceof Error ? error.message : error}. ${allowed}`);
  }
}

class Translation {
  private readonly refuse: (part: string, why: string) => never;

  constructor(refuse: (part: string, why: string) => never) {
    this.refuse = refuse;
  }

  expression(node: MathNode): Expression {
    switch (node.type) {
      case 'ConstantNode': {
        const { value } = node as ConstantNode;
        return typeof value === 'number' ? constant(value) : this.refuse(String(value), `${JSON.stringify(value)} is no number`);
      }
      case 'SymbolNode':
        return this.symbol((node as SymbolNode).name);
      case 'ParenthesisNode':
        return this.expression((node as ParenthesisNode).content);
      case 'OperatorNode': {
        const { fn, op, args } = node as OperatorNode;
        return this.applied(fn, op, args);
      }
      case 'FunctionNode': {
        const { fn, args } = node as FunctionNode;
        const name = fn.type === 'SymbolNode' ? (fn as unknown as SymbolNode).name : fn.toString();
        return name.startsWith('unary') ? this.refuse(name, `there is no function ${name}`) : this.applied(name, name, args);
      }
      case 'ConditionalNode':
        return this.choice(node as ConditionalNode);
      default:
        return this.refuse(node.toString(), `"${node.toString()}" is ${foreign[node.type] ?? `a ${node.type}`}, which has no meaning here`);
    }
  }

  private symbol(name: string): Expression {
    if (name === 'x') return x;
    return Object.hasOwn(constants, name) ? constant(constants[name]) : this.refuse(name, `"${name}" is not known`);
  }

  private applied(name: string, shown: string, nodes: readonly MathNode[]): Expression {
    const args = nodes.map((node) => this.expression(node));
    const count = (wanted: string) => this.refuse(shown, `${shown} takes ${wanted}, got ${args.length}`);
    if (Object.hasOwn(unary, name)) return args.length === 1 ? unary[name](args[0]) : count('one argument');
    if (Object.hasOwn(binary, name)) return args.length >= 2 ? args.reduce((a, b) => binary[name](a, b)) : count('two arguments');
    if (name === 'log') {
      if (args.length === 1) return log(args[0]);
      return args.length === 2 ? over(log(args[0]), log(args[1])) : count('one argument, or two');
    }
    if (name === 'max' || name === 'min') {
      return args.length >= 2 ? args.reduce((a, b) => combine(name, a, b)) : count('at least two arguments');
    }
    return this.refuse(shown, `"${shown}" is not known`);
  }

  private choice({ condition, trueExpr, falseExpr }: ConditionalNode): Expression {
    const test = condition.type === 'ParenthesisNode' ? (condition as ParenthesisNode).content : condition;
    const [yes, no] = [this.expression(trueExpr), this.expression(falseExpr)];
    if (test.type === 'OperatorNode') {
      const { fn, args } = test as OperatorNode;
      const difference = () => minus(this.expression(args[0]), this.expression(args[1]));
      if (fn === ('larger' as string)) return choose(difference(), yes, no);
      if (fn === ('smallerEq' as string)) return choose(difference(), no, yes);
      if (fn === ('smaller' as string)) return choose(negated(difference()), yes, no);
      if (fn === ('largerEq' as string)) return choose(negated(difference()), no, yes);
    }
    return this.refuse(test.toString(), `"${test.toString()}" is no comparison`);
  }
}

function mentionsX(e: Expression): boolean {
  switch (e.kind) {
    case 'constant':
      return false;
    case 'variable':
      return true;
    case 'unary':
      return mentionsX(e.argument);
    case 'binary':
      return mentionsX(e.left) || mentionsX(e.right);
    case 'choice':
      return mentionsX(e.test) || mentionsX(e.above) || mentionsX(e.otherwise);
  }
}
