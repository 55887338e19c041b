/** Tells a strategy that paces itself how long its run will be. */
import type { Budget } from './budget.js';
import type { AnyStrategy } from './strategy.js';

/** The options as given, with the strategy's horizon filled in where it is left out and the budget limits evaluations: the budget, or one run's share of it. */
export function withHorizon(strategy: AnyStrategy, given: unknown, budget: Budget, passesPerEvaluation: number): unknown {
  const { horizon } = strategy;
  const options = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (horizon === undefined || typeof options !== 'object' || options[horizon] !== undefined) return given;
  const { evaluations = Number.POSITIVE_INFINITY, samplePasses = Number.POSITIVE_INFINITY } = budget;
  const count = Math.min(evaluations, Math.floor(samplePasses / passesPerEvaluation));
  if (!Number.isFinite(count)) return given;
  return { ...options, [horizon]: Math.max(1, Math.floor(count / (strategy.horizonShares?.(options) ?? 1))) };
}
