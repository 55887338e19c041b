/** When a run ends, whatever the strategy, and what it has spent by then. */
import { nearest, UsageError } from './errors.js';

/** Every limit is optional; at least one must be given. */
export interface Budget {
  /** Losses of single candidates; a gradient counts as one. A run never spends more: a last population is cut to fit. */
  readonly evaluations?: number;
  /** Samples forward through one network; a gradient counts 3 for each sample. A run never spends more. */
  readonly samplePasses?: number;
  /** Wall-clock seconds of ask, evaluate and tell together; checked after each query. */
  readonly seconds?: number;
  /**
   * Stops when the best loss is at or below this; where the objective's optimum is known, at most this far above it. Where losses are of minibatches: the measured full
   * training loss.
   */
  readonly target?: number;
  /** Stops after this many evaluations (a gradient counts as one) without a loss below all before; checked after each query. */
  readonly stagnation?: number;
}

/** What a run has spent. */
export interface Cost {
  evaluations: number;
  gradients: number;
  samplePasses: number;
  /** Evaluations and gradients that gave NaN or an infinity; also counted above. */
  failed: number;
  /** Seconds in the objective, and in the strategy's `ask` and `tell`. Metrics are measured outside all three. */
  secondsEvaluate: number;
  secondsAsk: number;
  secondsTell: number;
}

export function noCost(): Cost {
  return { evaluations: 0, gradients: 0, samplePasses: 0, failed: 0, secondsEvaluate: 0, secondsAsk: 0, secondsTell: 0 };
}

/** A gradient is one pass forward and two backward. */
export const passesPerGradient = 3;

/** Wall-clock seconds of evaluate, ask and tell. */
export function secondsOf(cost: Cost): number {
  return cost.secondsEvaluate + cost.secondsAsk + cost.secondsTell;
}

const limits: Readonly<Record<keyof Budget, 'count' | 'amount' | 'number'>> = {
  evaluations: 'count',
  samplePasses: 'count',
  seconds: 'amount',
  target: 'number',
  stagnation: 'count',
};

const allowed = { count: 'a whole number of at least 1', amount: 'a number above 0', number: 'a finite number' };

/** Throws UsageError on a budget with no limit, an unknown one, or one out of range. */
export function checkBudget(budget: Budget): void {
  const names = Object.keys(limits);
  if (typeof budget !== 'object' || budget === null) {
    const got = budget === undefined ? 'is missing' : `must be an object; got ${String(budget)}`;
    throw new UsageError(`budget ${got}. Give at least one of ${names.join(', ')}, for example { budget: { evaluations: 10_000 } }.`);
  }
  let given = 0;
  for (const [name, value] of Object.entries(budget)) {
    if (!names.includes(name)) {
      const near = nearest(name, names);
      const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
      throw new UsageError(`A budget has no limit "${name}".${hint} It has ${names.join(', ')}.`);
    }
    if (value === undefined) continue;
    given++;
    const kind = limits[name as keyof Budget];
    const right =
      Number.isFinite(value) && (kind === 'number' || (kind === 'amount' && value > 0) || (Number.isInteger(value) && value >= 1));
    if (!right) throw new UsageError(`budget.${name} must be ${allowed[kind]}; got ${String(value)}.`);
  }
  if (given === 0) throw new UsageError(`A budget must set at least one limit: ${names.join(', ')}. Without one a run would never end.`);
}
