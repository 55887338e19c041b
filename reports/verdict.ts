/** Who won in one measure, and how sure that is. The rule is stated once, here, and printed in every report. */
import { listed, plural } from './formatting.js';
import { formatMeasure, type Measure, type Place } from './measure.js';
import type { Summary } from './statistics/quantiles.js';

export type Certainty = 'clear' | 'too few runs' | 'too close' | 'tie' | 'nothing to compare';

export interface Verdict {
  readonly certainty: Certainty;
  /** The strategy with the best median, also where it is not sure; null with a tie or nothing to compare. */
  readonly leader: string | null;
  readonly sentence: string;
}

/** Fewer paired seeds than this are too few to tell. */
export const fewestSeeds = 5;

export const rule =
  `A win is called clear when at least ${fewestSeeds} seeds were run by every strategy and the leader's middle half of runs ` +
  '(lower to upper quartile) does not overlap that of any other strategy. Fewer seeds are "too few runs to tell", an overlap is ' +
  '"too close to tell". A failed run counts as worse than every finished one. This is a rule of thumb, not a significance test.';

export function judge(measure: Measure, places: readonly Place[], pairedSeeds: number): Verdict {
  const nothing = (sentence: string): Verdict => ({ certainty: 'nothing to compare', leader: null, sentence });
  const ranked = places.filter((place): place is Place & { summary: Summary } => place.summary !== null && place.summary.median !== null);
  if (ranked.length === 0) return nothing(`No strategy has a ${measure.name}: its runs failed, found nothing finite or are missing.`);
  const badness = (value: number | null) => (value === null ? Number.POSITIVE_INFINITY : measure.higherIsBetter ? -value : value);
  ranked.sort((a, b) => badness(a.summary.median) - badness(b.summary.median));
  const show = (place: Place) => formatMeasure(measure, place.summary?.median ?? null);
  const [first, second] = ranked;
  if (places.length === 1) return nothing(`One strategy alone: ${first.strategy} reaches a median ${measure.name} of ${show(first)}.`);

  const tied = ranked.filter((place) => place.summary.median === first.summary.median);
  if (tied.length > 1) {
    const names = listed(tied.map((place) => place.strategy));
    return { certainty: 'tie', leader: null, sentence: `A tie: ${names} reach the same median ${measure.name}, ${show(first)}.` };
  }
  const against = second === undefined ? 'no other strategy has a median' : `${second.strategy} follows with ${show(second)}`;
  const fact = `${first.strategy} has the best median ${measure.name}, ${show(first)}; ${against}.`;
  if (pairedSeeds < fewestSeeds) {
    const seeds = pairedSeeds === 0 ? 'no seed was run' : `only ${plural(pairedSeeds, 'seed was', 'seeds were')} run`;
    return { certainty: 'too few runs', leader: first.strategy, sentence: `${fact} Too few runs to tell: ${seeds} by every strategy.` };
  }
  const [better, worse] = measure.higherIsBetter ? (['q3', 'q1'] as const) : (['q1', 'q3'] as const);
  const end = badness(first.summary[worse]);
  const overlapping = places.filter((place) => place !== first && place.summary !== null && badness(place.summary[better]) <= end);
  if (overlapping.length > 0) {
    const names = listed(overlapping.map((place) => place.strategy));
    return { certainty: 'too close', leader: first.strategy, sentence: `${fact} Too close to tell: its quartiles overlap with ${names}.` };
  }
  return { certainty: 'clear', leader: first.strategy, sentence: `${fact} Clear over ${plural(pairedSeeds, 'paired seed')}.` };
}
