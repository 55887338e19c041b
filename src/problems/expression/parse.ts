/** Expressions as text to formulas. mathjs reads the text; everything that is not on the list of what is allowed is refused. */
import type { ConstantNode, FunctionNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';
import { nearest, UsageError } from '../../core/errors.js';
import { type Formula, FormulaBuilder } from './formula.js';
import { constants, functionNames, operations, operators } from './operations.js';

/** Longer expressions are refused: the reader's memory and stack grow with nesting. */
export const longestExpression = 10_000;

/** The formula of `text` in the named variables. Throws UsageError naming the part that is not understood or not allowed. */
export async function parseFormula(text: string, variables: readonly string[]): Promise<Formula> {
  if (text.trim() === '') throw new UsageError(`The expression is empty. Give one in ${variables.join(', ')}, for example x^2 + y^2.`);
  if (text.length > longestExpression) {
    throw new UsageError(
      `The expression has ${text.length} characters; at most ${longestExpression} are allowed. Write the problem in a file instead.`,
    );
  }
  // mathjs takes a third of a second to load: only expressions pay for it
  const { parse } = await import('mathjs/number');
  const builder = new FormulaBuilder();
  try {
    return { steps: builder.steps, result: lower(parse(text), { text, variables, builder }) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof RangeError ? 'it is nested too deeply' : error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot read the expression "${text}": ${reason}.`);
  }
}

interface Context {
  readonly text: string;
  readonly variables: readonly string[];
  readonly builder: FormulaBuilder;
}

function lower(node: MathNode, context: Context): number {
  switch (node.type) {
    case 'ParenthesisNode':
      return lower((node as ParenthesisNode).content, context);
    case 'ConstantNode': {
      const { value } = node as ConstantNode;
      if (typeof value !== 'number') throw refused(context, `${node.toString()} is no number`);
      return context.builder.constant(value);
    }
    case 'SymbolNode':
      return lowerSymbol((node as SymbolNode).name, context);
    case 'OperatorNode':
      return lowerOperator(node as OperatorNode, context);
    case 'FunctionNode':
      return lowerCall(node as FunctionNode, context);
    default:
      throw refused(context, `"${node.toString()}" is not allowed (${node.type.replace(/Node$/, '').toLowerCase()})`);
  }
}

function lowerSymbol(name: string, context: Context): number {
  const index = context.variables.indexOf(name);
  if (index >= 0) return context.builder.add({ kind: 'variable', index });
  const value = constants.get(name);
  if (value !== undefined) return context.builder.constant(value);
  if (isFunction(name)) throw refused(context, `the function ${name} needs its argument in parentheses`);
  const near = nearest(name, [...context.variables, ...constants.keys(), ...functionNames]);
  throw refused(context, `"${name}" is unknown${near.length > 0 ? ` (did you mean ${near.join(' or ')}?)` : ''}`);
}

function lowerOperator(node: OperatorNode, context: Context): number {
  if (node.fn === 'unaryPlus') return lower(node.args[0], context);
  const name = Object.hasOwn(operators, node.fn) ? operators[node.fn] : undefined;
  if (name === undefined) throw refused(context, `the operator ${node.op} is not allowed`);
  const args = node.args.map((argument) => lower(argument, context));
  return name === 'pow' ? context.builder.power(args[0], args[1]) : context.builder.operation(name, ...args);
}

function lowerCall(node: FunctionNode, context: Context): number {
  const called = node.fn as unknown as MathNode;
  const name = called.type === 'SymbolNode' ? (called as SymbolNode).name : called.toString();
  if (context.variables.includes(name)) throw refused(context, `${name} is a variable; to multiply write ${name} * (...)`);
  if (!isFunction(name)) {
    const near = nearest(name, functionNames);
    throw refused(context, `the function "${name}" is not allowed${near.length > 0 ? ` (did you mean ${near.join(' or ')}?)` : ''}`);
  }
  const count = node.args.length;
  const { arity } = operations[name];
  const fits = arity === 'many' ? count >= 1 : count === arity || (name === 'log' && count === 2);
  if (!fits)
    throw refused(
      context,
      `${name} takes ${arity === 'many' ? 'one or more arguments' : `${arity} argument${arity === 1 ? '' : 's'}`}, not ${count}`,
    );
  const { builder } = context;
  const args = node.args.map((argument) => lower(argument, context));
  if (name === 'pow') return builder.power(args[0], args[1]);
  if (name === 'log' && count === 2)
    return builder.operation('divide', builder.operation('log', args[0]), builder.operation('log', args[1]));
  return builder.operation(name, ...args);
}

function isFunction(name: string): boolean {
  return functionNames.includes(name);
}

function refused(context: Context, reason: string): UsageError {
  return new UsageError(
    `Cannot use the expression "${context.text}": ${reason}. Allowed are numbers, the variables ${context.variables.join(', ')}, the constants ` +
      `${[...constants.keys()].join(', ')}, the operators + - * / ^, parentheses, and the functions ${functionNames.join(', ')}.`,
  );
}
