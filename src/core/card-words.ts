/** A strategy's card in words, for people who choose between strategies. */
import type { AnyStrategy } from './strategy.js';

/** What a strategy suits by its card: each part is a property that a problem may have. */
export function suits({ card }: AnyStrategy): string[] {
  const { needs, bounds, noise, settles, largestDimension, largestBudget, invariances } = card;
  return [
    needs === 'gradient' ? 'a gradient' : 'losses alone',
    noise === 'tolerates' ? 'noisy losses' : 'exact losses',
    ...(bounds === 'required' ? ['finite bounds'] : []),
    ...(Number.isFinite(largestDimension) ? [`up to ${largestDimension.toLocaleString('en')} coordinates`] : []),
    ...(largestBudget !== undefined ? [`budgets of up to ${largestBudget.toLocaleString('en')} evaluations`] : []),
    ...(invariances.includes('rotation') ? ['coordinates mixed by any rotation'] : []),
    ...(invariances.includes('order') ? ['losses of which only the order counts'] : []),
    ...(settles === 'region' ? ['an optimum that need not be met exactly'] : []),
  ];
}

/** The reference as one line of a bibliography, its link aside. */
export function citation({ reference: { authors, year, title } }: AnyStrategy): string {
  return `${authors} (${year}). ${title}${/[.?!]$/.test(title) ? '' : '.'}`;
}
