/** What strategies are ranked by, and where each stands. */
import { formatNumber, formatPercent } from './formatting.js';
import type { Interval } from './statistics/bootstrap.js';
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
  /** Mean of the middle half of its runs with its 95 % interval; null where failed runs reach into it. */
  readonly interquartileMean: Interval | null;
  /** Mean over the paired runs of its rank there; null without paired runs. */
  readonly meanRank: number | null;
}

/** A value of a measure, in its unit. */
export function formatMeasure(measure: Measure, value: number | null | undefined): string {
  return measure.key === 'testAccuracy' ? formatPercent(value) : formatNumber(value);
}
