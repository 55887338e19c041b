/** Whether the strategies of a problem spent alike: a win that cost three times as much is another win. */
import { formatCount } from './formatting.js';

/** Medians of sample-passes further apart than this are said to be. */
const alike = 1.25;

/** A sentence where the median sample-passes of a run differ between strategies by more than a quarter; else null. */
export function unequalSpending(cells: readonly { readonly strategy: string; readonly samplePasses: number | null }[]): string | null {
  const spent = cells.flatMap(({ strategy, samplePasses }) =>
    samplePasses === null || samplePasses <= 0 ? [] : [{ strategy, samplePasses }],
  );
  if (spent.length < 2) return null;
  const least = spent.reduce((a, b) => (b.samplePasses < a.samplePasses ? b : a));
  const most = spent.reduce((a, b) => (b.samplePasses > a.samplePasses ? b : a));
  const ratio = most.samplePasses / least.samplePasses;
  if (ratio <= alike) return null;
  const times = ratio < 10 ? ratio.toFixed(1) : formatCount(ratio);
  return (
    `They did not spend alike: a run of ${most.strategy} took ${formatCount(most.samplePasses)} sample-passes, ` +
    `${times} times as many as one of ${least.strategy} (${formatCount(least.samplePasses)}).`
  );
}
