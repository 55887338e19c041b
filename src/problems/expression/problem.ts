/** Expressions as problems: `expression(100*(y-x^2)^2 + (1-x)^2; x:-5..5, y:-5..5)`. */
import { UsageError } from '../../core/errors.js';
import type { Problem } from '../problem.js';
import { formatBounds, parseBounds, spaceOf } from './bounds.js';
import { compileFormula } from './compile.js';
import { parseFormula } from './parse.js';
import { isSmooth } from './smooth.js';

export interface ExpressionOptions {
  /** In mathjs's syntax, of the variables named in `bounds`. */
  readonly expression: string;
  /** `x:-5..5, y:0..inf`; every variable needs a range, `-inf..inf` for one without bounds. */
  readonly bounds: string;
  readonly title?: string;
}

/**
 * The problem's canonical id, which may stand in a list of ids. White space is folded; the rest of the expression stays as
 * written. Throws UsageError for malformed bounds and for parentheses that do not match.
 */
export function expressionId({ expression, bounds }: Pick<ExpressionOptions, 'expression' | 'bounds'>): string {
  const folded = expression.trim().replace(/\s+/g, ' ');
  let depth = 0;
  for (const character of folded) {
    if (character === '(' || character === '[') depth++;
    if (character === ')' || character === ']') depth--;
    if (depth < 0) break;
  }
  if (depth !== 0) throw new UsageError(`The parentheses in the expression "${expression}" do not match.`);
  if (folded.includes('"')) throw new UsageError(`The expression "${expression}" holds text in quotes; only numbers are allowed.`);
  return `expression(${folded}; ${formatBounds(parseBounds(bounds))})`;
}

/**
 * The problem of minimizing an expression, with its gradient. Throws UsageError when the expression cannot be read, uses
 * something that is not allowed or a variable without a range, and when a variable does not occur in it.
 */
export async function expressionProblem(options: ExpressionOptions): Promise<Problem> {
  const id = expressionId(options);
  const variables = parseBounds(options.bounds);
  const formula = await parseFormula(
    options.expression,
    variables.map(({ name }) => name),
  );
  const used = new Set(formula.steps.map((step) => (step.kind === 'variable' ? step.index : -1)));
  const unused = variables.filter((_, index) => !used.has(index)).map(({ name }) => name);
  if (unused.length > 0) {
    throw new UsageError(
      `The expression "${options.expression}" does not depend on ${unused.join(', ')}. Leave ${unused.length === 1 ? 'it' : 'them'} out of the bounds.`,
    );
  }
  const dimension = variables.length;
  return {
    id,
    title: options.title ?? options.expression.trim().replace(/\s+/g, ' '),
    kind: 'function',
    dimension,
    ...(isSmooth(formula) && { classes: { smooth: true } }),
    facts: async () => ({ expression: options.expression.trim(), bounds: formatBounds(variables) }),
    open: async () => {
      const { value, gradient } = compileFormula(formula, dimension);
      return {
        space: spaceOf(variables),
        passesPerEvaluation: 1,
        deterministic: true,
        losses({ values, size }, _step, out) {
          for (let p = 0; p < size; p++) out[p] = value(values, p * dimension);
        },
        gradient: (point, _step, out) => gradient(point, out),
      };
    },
  };
}
