/** What a strategy's card asks of a space and an objective, in words. */
import { UsageError } from './errors.js';
import type { Space } from './space.js';
import type { AnyStrategy } from './strategy.js';

/** What a strategy is let loose on. */
export interface Ground extends Pick<Space, 'dimension' | 'bounds'> {
  readonly gradient: boolean;
}

/** Throws UsageError where the strategy needs what there is not. */
export function checkFit(strategy: AnyStrategy, ground: Ground, options: unknown): void {
  if (strategy.card.needs === 'gradient' && !ground.gradient) throw lacks(strategy, 'gradients');
  checkRoom(strategy, ground, options);
}

export function lacks(strategy: AnyStrategy, what: string): UsageError {
  return new UsageError(`${strategy.name} needs ${what}, which this objective does not give. Choose a strategy that needs losses alone.`);
}

/** Throws UsageError where a space has more coordinates than the strategy takes, or lacks the bounds that it needs. */
export function checkRoom(strategy: AnyStrategy, { dimension, bounds }: Pick<Space, 'dimension' | 'bounds'>, options: unknown): void {
  const largest = strategy.largestDimension?.(options) ?? strategy.card.largestDimension;
  if (dimension > largest) {
    const advice = strategy.largestDimension === undefined ? 'a strategy that scales' : 'options or a strategy that scale';
    throw new UsageError(
      `${strategy.name} ${strategy.largestDimension === undefined ? 'works' : 'with these options works'} up to ${largest.toLocaleString('en')} coordinates; this space has ${dimension.toLocaleString('en')}. Choose ${advice} further, or a smaller problem.`,
    );
  }
  if (strategy.card.bounds === 'required' && !(bounds?.lower.every(Number.isFinite) && bounds.upper.every(Number.isFinite))) {
    const has = bounds === undefined ? 'no bounds' : 'coordinates without';
    throw new UsageError(
      `${strategy.name} needs finite lower and upper bounds for every coordinate; this space has ${has}. Give bounds, or choose a strategy that needs none.`,
    );
  }
}
