/** What listings tell of a strategy, as plain data: that of a plug-in comes from the process that loaded it. */
import { citation, suits } from '../core/card-words.js';
import { describeOptions, type OptionInfo } from '../core/options.js';
import type { AnyStrategy, Card, Reference } from '../core/strategy.js';

export interface StrategySheet {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly reference: Reference;
  /** Null where there is no limit. */
  readonly card: Pick<Card, 'needs' | 'bounds' | 'noise' | 'invariances'> & {
    readonly largestDimension: number | null;
    readonly largestBudget: number | null;
  };
  readonly options: readonly OptionInfo[];
  /** The reference as one line. */
  readonly citation: string;
  /** Properties that a problem may have. */
  readonly suits: readonly string[];
}

export function sheetOf(strategy: AnyStrategy): StrategySheet {
  const { name, title, family, reference, card } = strategy;
  const { needs, bounds, noise, largestDimension, largestBudget = null, invariances } = card;
  return {
    name,
    title,
    family,
    reference,
    card: {
      needs,
      bounds,
      noise,
      largestDimension: Number.isFinite(largestDimension) ? largestDimension : null,
      largestBudget,
      invariances,
    },
    options: describeOptions(strategy),
    citation: citation(strategy),
    suits: suits(strategy),
  };
}
