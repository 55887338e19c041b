/** The summary table's rows, in words: the same in the terminal, in Markdown and on the page. */

import { formatCount, formatNumber, formatPercent, formatSeconds, none } from './formatting.js';
import type { Cell, TaskComparison } from './task-comparison.js';

export interface Row {
  readonly strategy: string;
  /** The problem's leader. */
  readonly leads: boolean;
  readonly rank: string;
  readonly median: string;
  readonly quartiles: string;
  /** Interquartile mean, and its interval. */
  readonly middle: string;
  readonly interval: string;
  readonly trainAccuracy: string;
  readonly testAccuracy: string;
  /** Median of a run. */
  readonly samplePasses: string;
  /** `7`, or `6, 1 failed`. */
  readonly runs: string;
  /** A time. */
  readonly seconds: string;
}

/** One row a strategy, in the study's order. */
export function summaryRows({ standing, cells }: TaskComparison): Row[] {
  return cells.map((cell, index) => {
    const { summary, meanRank, interquartileMean: middle } = standing.places[index];
    const known = summary !== null && (summary.q1 !== null || summary.q3 !== null);
    return {
      strategy: cell.strategy,
      leads: standing.verdict.leader === cell.strategy,
      rank: meanRank === null ? none : meanRank.toFixed(2),
      median: formatNumber(summary?.median),
      quartiles: known ? `${formatNumber(summary.q1, 3)} to ${formatNumber(summary.q3, 3)}` : none,
      middle: formatNumber(middle?.value),
      interval: middle === null ? none : `${formatNumber(middle.low, 3)} to ${formatNumber(middle.high, 3)}`,
      trainAccuracy: formatPercent(cell.trainAccuracy?.median),
      testAccuracy: formatPercent(cell.testAccuracy?.median),
      samplePasses: cell.samplePasses === null ? none : formatCount(cell.samplePasses),
      runs: runs(cell),
      seconds: formatSeconds(cell.seconds),
    };
  });
}

function runs({ done, failed, missing }: Cell): string {
  return [String(done), failed > 0 ? `${failed} failed` : '', missing > 0 ? `${missing} missing` : '']
    .filter((part) => part !== '')
    .join(', ');
}
