/** Any formula: `expression(100*(y-x^2)^2 + (1-x)^2; x:-5..5, y:-5..5)`. */
import { UsageError } from '../../core/errors.js';
import { expressionProblem } from '../expression/problem.js';
import type { ProblemFamily } from '../problem.js';

const examples = ['expression(100*(y-x^2)^2+(1-x)^2; x:-5..5, y:-5..5)', 'expression(max(abs(a), abs(b - 1)); a:-inf..inf, b:0..inf)'];

export const family: ProblemFamily = {
  name: 'expression',
  title: 'Any formula of named variables within bounds, with its gradient',
  examples,
  needsSettings: true,
  parse(id) {
    const match = /^expression\((.*);([^;]*)\)$/s.exec(id);
    if (!match) {
      throw new UsageError(
        `Malformed problem id "${id}". The syntax is expression(FORMULA; NAME:LOW..HIGH, ...), in quotes on the command line; for example "${examples[0]}".`,
      );
    }
    return expressionProblem({ expression: match[1], bounds: match[2] });
  },
};
