/** What strategies are ranked by, and where each stands. */
import { formatNumber, formatPercent } from './formatting.js';
import type { Summary } from './statistics/quantiles.js';

export interface Measure {
  readonly key: 'loss' | 'distance' | 'testAccuracy';
  /** For sentences and column heads. */
  readonly name: string;
  readonly higherIsBetter: boolean;
}

/** One strategy's result in one measure. */
export interface Place {
  readonly strategy: string;
  readonly summary: Summary | null;
  /** Mean over the paired seeds of its rank there; null without paired seeds. */
  readonly meanRank: number | null;
}

/** A value of a measure, in its unit. */
export function formatMeasure(measure: Measure, value: number | null | undefined): string {
  return measure.key === 'testAccuracy' ? formatPercent(value) : formatNumber(value);
}
