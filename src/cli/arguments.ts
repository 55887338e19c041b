/** Words of the command line as values. Each error names the option, what it got and what it takes. */

import { type BoundsPolicy, boundsPolicies } from '../core/bounds.js';
import type { Budget } from '../core/budget.js';
import { UsageError } from '../core/errors.js';

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

/** A count, or a list with ranges: `10`, `1,2,7-9`; a list of one is written with a comma, `4,`. */
export function seedList(text: string): number | number[] {
  if (!/[,-]/.test(text)) return wholeNumber('--seeds', text, 1);
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const range = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(part);
      if (range === null) return [wholeNumber('--seeds', part, 0)];
      const [first, last] = [Number(range[1]), Number(range[2])];
      if (last < first || last - first > 100_000)
        throw new UsageError(`--seeds has the range ${part.trim()}: write the smaller number first.`);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
}

/** Undefined where no limit is given. */
export function budgetOf(words: BudgetWords): Budget | undefined {
  const budget: Budget = {
    ...(words.evaluations !== undefined && { evaluations: wholeNumber('--evaluations', words.evaluations, 1) }),
    ...(words.samplePasses !== undefined && { samplePasses: wholeNumber('--sample-passes', words.samplePasses, 1) }),
    ...(words.seconds !== undefined && { seconds: positiveNumber('--seconds', words.seconds) }),
    ...(words.target !== undefined && { target: finiteNumber('--target', words.target) }),
    ...(words.stagnation !== undefined && { stagnation: wholeNumber('--stagnation', words.stagnation, 1) }),
  };
  return Object.keys(budget).length === 0 ? undefined : budget;
}

export function boundsPolicy(text: string): BoundsPolicy {
  const policy = boundsPolicies.find((name) => name === text);
  if (policy === undefined) throw new UsageError(`--bounds must be one of ${boundsPolicies.join(', ')}; got "${text}".`);
  return policy;
}
