/** Whether the strategies of a problem spent alike, and all that they might, or broke off: a win that cost three times as much is another win. */
import type { RunRecord } from '../src/study/results.js';
import { formatCount, listed } from './formatting.js';
import { summarize } from './statistics/quantiles.js';

/** Medians of sample-passes further apart than this, and runs that ended with less than this part of their budget spent, are said to be. */
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

/** Strategies that one sentence names. */
const mostNamed = 5;

/**
 * A sentence that names the strategies of which most finished runs ended by themselves ("converged") with more than a fifth of their
 * budget left, and after how much, as a median; null where there are none. `runs`: for each strategy those of one task.
 */
export function earlyEndings(strategies: readonly { readonly strategy: string; readonly runs: readonly RunRecord[] }[]): string | null {
  const early = strategies.flatMap(({ strategy, runs }) => {
    const done = runs.filter(({ status }) => status === 'done');
    const spent = done.flatMap((run) => shortOf(run) ?? []);
    if (spent.length === 0 || 2 * spent.length <= done.length) return [];
    const [{ limit, unit }] = spent;
    const median = formatCount(summarize(spent.map(({ used }) => used))?.median ?? 0);
    return [`${strategy} after ${median} of ${formatCount(limit)} ${unit}`];
  });
  if (early.length === 0) return null;
  const more = early.length > mostNamed ? [`${early.length - mostNamed} others`] : [];
  const verb = early.length === 1 ? 'One ended by itself, before its budget' : 'Some ended by themselves, before their budget';
  return `${verb}: ${listed([...early.slice(0, mostNamed), ...more])}.`;
}

/** A sentence that names the strategies of which runs diverged, and how many runs; null where there are none. `runs`: as above. */
export function divergences(strategies: readonly { readonly strategy: string; readonly runs: readonly RunRecord[] }[]): string | null {
  const diverged = strategies.flatMap(({ strategy, runs }) => {
    const count = runs.filter(({ status, stop }) => status === 'done' && stop === 'diverged').length;
    return count === 0 ? [] : [`${strategy} in ${count} of ${runs.length} runs`];
  });
  if (diverged.length === 0) return null;
  const more = diverged.length > mostNamed ? [`${diverged.length - mostNamed} others`] : [];
  return `Asked for a number that is not finite, which ended the run, with its best so far kept ("diverged"): ${listed([...diverged.slice(0, mostNamed), ...more])}.`;
}

/** What a run that ended by itself used of its budget; undefined where it was nearly all, or the budget counts nothing. */
function shortOf({ stop, cost, settings: { budget } }: RunRecord): { used: number; limit: number; unit: string } | undefined {
  if (stop !== 'converged') return undefined;
  const spent =
    budget.evaluations !== undefined
      ? { used: cost.evaluations + cost.gradients, limit: budget.evaluations, unit: 'evaluations' }
      : { used: cost.samplePasses, limit: budget.samplePasses ?? 0, unit: 'sample-passes' };
  return spent.used * alike < spent.limit ? spent : undefined;
}
