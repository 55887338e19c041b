/**
 * Formulas to JavaScript functions. The generated text holds nothing of the user's: only operations of the list, names that
 * are made here (t0, t1, ...) and number literals.
 */
import type { Vector } from '../../core/space.js';
import type { Formula, Step } from './formula.js';
import { operations } from './operations.js';

export interface CompiledFormula {
  /** The value at the point that starts at `values[at]`. */
  value(values: Vector, at: number): number;
  /** The value at `x`, and the gradient into `out`: reverse mode over the formula's steps, about three times the work of a value. */
  gradient(x: Vector, out: Vector): number;
}

/** `dimension` is the number of variables. */
export function compileFormula(formula: Formula, dimension: number): CompiledFormula {
  const forward = (base: string) => formula.steps.map((step, k) => `const t${k} = ${stepCode(step, base)};`);
  const value = `${forward('at + ').join('\n')}\nreturn t${formula.result};`;
  const gradient = [...forward(''), ...adjoints(formula, dimension), `return t${formula.result};`].join('\n');
  return {
    value: new Function('x', 'at', `'use strict';\n${value}`) as CompiledFormula['value'],
    gradient: new Function('x', 'out', `'use strict';\n${gradient}`) as CompiledFormula['gradient'],
  };
}

function stepCode(step: Step, base: string): string {
  switch (step.kind) {
    case 'constant':
      return Object.is(step.value, -0) ? '-0' : String(step.value);
    case 'variable':
      return `x[${base}${step.index}]`;
    case 'operation':
      return operations[step.name].value(step.args.map(name));
  }
}

/** g_k is the derivative of the result by step k: from the last step to the first, every use adds its share. */
function adjoints({ steps, result }: Formula, dimension: number): string[] {
  const shares: string[][] = steps.map(() => []);
  shares[result].push('1');
  const lines: string[] = [];
  const written = new Set<number>();
  for (let k = steps.length - 1; k >= 0; k--) {
    const step = steps[k];
    if (shares[k].length === 0 || step.kind === 'constant') continue;
    lines.push(`const g${k} = ${shares[k].join(' + ')};`);
    if (step.kind === 'variable') {
      lines.push(`out[${step.index}] = g${k};`);
      written.add(step.index);
      continue;
    }
    const names = step.args.map(name);
    step.args.forEach((argument, position) => {
      const derivative = operations[step.name].derivative(names, name(k), position);
      if (derivative !== '0') shares[argument].push(derivative === '1' ? `g${k}` : `g${k} * (${derivative})`);
    });
  }
  for (let index = 0; index < dimension; index++) if (!written.has(index)) lines.push(`out[${index}] = 0;`);
  return lines;
}

function name(step: number): string {
  return `t${step}`;
}
