/** Words of the command line as values. Each error names the option, what it got and what it takes. */

import { type BoundsPolicy, boundsPolicies } from '../core/bounds.js';
import type { Budget } from '../core/budget.js';
import { UsageError } from '../core/errors.js';
import type { Start } from '../core/start.js';
import { expressionId } from '../problems/expression/problem.js';
import { splitItems } from '../problems/id-syntax.js';
import { mostSeeds } from '../study/study-schema.js';

/** The budget options as commander gives them. */
export interface BudgetWords {
  readonly evaluations?: string;
  readonly samplePasses?: string;
  readonly seconds?: string;
  readonly target?: string;
  readonly stagnation?: string;
}

export function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
    throw new UsageError(`${option} must be a whole number of at least ${least}; got "${text}".`);
  }
  return value;
}

export function positiveNumber(option: string, text: string): number {
  const value = finiteNumber(option, text);
  if (value <= 0) throw new UsageError(`${option} must be a number above 0; got "${text}".`);
  return value;
}

export function finiteNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${option} must be a number; got "${text}".`);
  return value;
}

/** The entries of a list with commas, those within parentheses and quotes left alone. An empty one is a mistake, often of a shell. */
export function listOf(option: string, text: string): string[] {
  const items = splitItems(text);
  if (items.includes('')) throw new UsageError(`${option} has an empty entry: "${text}". Write names with one comma between them.`);
  return items;
}

/** A count, or a list with ranges: `10`, `1,2,7-9`; a list of one is written with a comma, `4,`. */
export function seedList(text: string): number | number[] {
  if (/^\s*\d+\s*$/.test(text)) {
    const count = Number(text);
    if (count < 1) throw notSeeds(text);
    refuseTooMany(text, count);
    return count;
  }
  const ranges = text
    .replace(/,\s*$/, '')
    .split(',')
    .map((part): readonly [first: number, last: number] => {
      const [, from, to = from] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part) ?? [];
      const [first, last] = [Number(from), Number(to)];
      if (from === undefined || !Number.isSafeInteger(last)) throw notSeeds(text);
      if (last < first) throw new UsageError(`--seeds has the range ${part.trim()}: write the smaller number first.`);
      return [first, last];
    });
  refuseTooMany(
    text,
    ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  );
  const seeds = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
  const known = new Set<number>();
  for (const seed of seeds) {
    if (known.has(seed)) throw new UsageError(`--seeds ${text} has ${seed} twice: a seed is one run, name each once.`);
    known.add(seed);
  }
  return seeds;
}

function notSeeds(text: string): UsageError {
  return new UsageError(`--seeds must be a count of at least 1, or a list of whole numbers and ranges such as 1,2,7-9; got "${text}".`);
}

function refuseTooMany(text: string, count: number): void {
  if (count <= mostSeeds) return;
  const number = (n: number) => n.toLocaleString('en-US');
  throw new UsageError(`--seeds ${text} are ${number(count)} seeds; a study has at most ${number(mostSeeds)}.`);
}

/** Undefined where no limit is given. Throws UsageError where none is given that every run reaches. */
export function budgetOf(words: BudgetWords): Budget | undefined {
  const budget: Budget = {
    ...(words.evaluations !== undefined && { evaluations: wholeNumber('--evaluations', words.evaluations, 1) }),
    ...(words.samplePasses !== undefined && { samplePasses: wholeNumber('--sample-passes', words.samplePasses, 1) }),
    ...(words.seconds !== undefined && { seconds: positiveNumber('--seconds', words.seconds) }),
    ...(words.target !== undefined && { target: finiteNumber('--target', words.target) }),
    ...(words.stagnation !== undefined && { stagnation: wholeNumber('--stagnation', words.stagnation, 1) }),
  };
  if (Object.keys(budget).length === 0) return undefined;
  if (budget.evaluations === undefined && budget.samplePasses === undefined && budget.seconds === undefined) throw endless();
  return budget;
}

/** No limit is given that every run reaches. */
export function endless(): UsageError {
  return new UsageError('Give a budget, so that the run ends: --evaluations, --sample-passes or --seconds.');
}

export function boundsPolicy(text: string): BoundsPolicy {
  const policy = boundsPolicies.find((name) => name === text);
  if (policy === undefined) throw new UsageError(`--bounds must be one of ${boundsPolicies.join(', ')}; got "${text}".`);
  return policy;
}

/** `own`, `given`, or `near:` and a share above 0 and at most 1. */
export function startOf(text: string): 'own' | Start {
  if (text === 'own' || text === 'given') return text;
  const near = /^near:(.+)$/.exec(text)?.[1];
  const share = near === undefined ? Number.NaN : Number(near);
  if (share > 0 && share <= 1) return { near: share };
  throw new UsageError(`--start must be own, given, or near: with a share above 0 and at most 1, for example near:0.1; got "${text}".`);
}

/** A problem written as a formula, and the policy for candidates outside the bounds: the two things that `--bounds` can say. */
export interface FormulaWords {
  readonly expression?: string;
  /** Ranges of the formula's variables (`x:-5..5,y:0..inf`), or a policy; once each. */
  readonly bounds?: readonly string[];
}

/** The formula's problem id, where one is given, and the policy's name, unchecked. */
export function formulaOf({ expression, bounds = [] }: FormulaWords): { readonly problem?: string; readonly policy?: string } {
  const ranges = bounds.filter((word) => word.includes(':'));
  const policies = bounds.filter((word) => !word.includes(':'));
  for (const words of [ranges, policies]) {
    if (words.length > 1) throw new UsageError(`--bounds is given twice: "${words[0]}" and "${words[1]}". Give one.`);
  }
  const [range] = ranges;
  const [policy] = policies;
  if (expression === undefined && range !== undefined) {
    throw new UsageError(
      `--bounds "${range}" names variables, and there is no --expression. Give the formula, or one of ${boundsPolicies.join(', ')}.`,
    );
  }
  if (expression !== undefined && range === undefined) {
    throw new UsageError(
      '--expression needs a range for every variable: --bounds "x:-5..5,y:0..inf", -inf and inf where there is no bound.',
    );
  }
  return {
    ...(expression !== undefined && range !== undefined && { problem: expressionId({ expression, bounds: range }) }),
    ...(policy !== undefined && { policy }),
  };
}

/** The problem of a command that takes one: its argument, or the formula. */
export function oneProblem(argument: string | undefined, formula: string | undefined): string {
  if (argument !== undefined && formula !== undefined) {
    throw new UsageError(`Give the problem ${argument} or --expression, not both.`);
  }
  const problem = argument ?? formula;
  if (problem === undefined) throw new UsageError('Give a problem, for example iris, or a formula: --expression "x^2" --bounds "x:-5..5".');
  return problem;
}
