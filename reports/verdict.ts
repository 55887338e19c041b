/** Who won in one measure, and how sure that is. The rule is stated once, here, and printed in every report. */
import { couldTell, type Duel, level, pairsNeeded } from './duels.js';
import { formatP, listed, plural } from './formatting.js';
import { formatMeasure, type Measure, type Place } from './measure.js';
import type { Summary } from './statistics/quantiles.js';

export type Certainty = 'clear' | 'too few runs' | 'too close' | 'tie' | 'nothing to compare';

export interface Verdict {
  readonly certainty: Certainty;
  /** The strategy with the best median, also where it is not sure; null with a tie or nothing to compare. */
  readonly leader: string | null;
  readonly sentence: string;
}

export const rule =
  'A win is called clear when the strategy with the best median differs from every other at the 5 % level: by the two-sided ' +
  'signed-rank test of Wilcoxon over runs of the same problem and seed (exact up to 50 pairs), or the rank-sum test where fewer than half of the runs pair; ' +
  'p-values are corrected by Holm for the number of other strategies, not for the number of problems. Where even winning every ' +
  'run could not reach that level, there are "too few runs to tell". A failed run counts as worse than every finished one. A12 is ' +
  'the chance that a run of the one strategy is better than one of the other; 50 % is no difference.';

/** The index of the strategy with the best median; undefined where none has one, or several share it. */
export function leaderOf(measure: Measure, places: readonly Place[]): number | undefined {
  const [first, second] = inOrder(measure, places);
  if (first === undefined || first.summary.median === second?.summary.median) return undefined;
  return places.findIndex(({ strategy }) => strategy === first.strategy);
}

/** Of a problem on which no strategy has begun. */
export const notYetRun: Verdict = { certainty: 'nothing to compare', leader: null, sentence: 'No strategy has run on it yet.' };

/** `fought`: the leader against every other strategy; empty where there is no leader. */
export function judge(measure: Measure, places: readonly Place[], fought: readonly Duel[]): Verdict {
  const nothing = (sentence: string): Verdict => ({ certainty: 'nothing to compare', leader: null, sentence });
  const ranked = inOrder(measure, places);
  const [first, second] = ranked;
  if (first === undefined) return nothing(`No strategy has a ${measure.name}: its runs failed, found nothing finite or are missing.`);
  const show = (place: Place) => formatMeasure(measure, place.summary?.median ?? null);
  if (places.length === 1) return nothing(`One strategy alone: ${first.strategy} reaches a median ${measure.name} of ${show(first)}.`);
  const tied = ranked.filter((place) => place.summary.median === first.summary.median);
  if (tied.length > 1) {
    const names = listed(tied.map((place) => place.strategy));
    return { certainty: 'tie', leader: null, sentence: `A tie: ${names} reach the same median ${measure.name}, ${show(first)}.` };
  }
  const leader = first.strategy;
  const follows = second === undefined ? 'no other strategy has a median' : `${second.strategy} follows with ${show(second)}`;
  const fact = `${leader} has the best median ${measure.name}, ${show(first)}; ${follows}.`;
  const absent = places.filter(({ strategy }) => strategy !== leader && fought.every(({ against }) => against !== strategy));
  if (fought.length === 0 || absent.length > 0 || !couldTell(fought)) {
    return { certainty: 'too few runs', leader, sentence: `${fact} Too few runs to tell: ${tooFew(places, fought, absent)}.` };
  }
  const close = fought.filter(({ corrected, a12 }) => corrected > level || a12 <= 0.5);
  if (close.length > 0) {
    const each = close.map(({ against, corrected, a12 }) => `${against} (p ${formatP(corrected, true)}, A12 = ${percent(a12)})`);
    return { certainty: 'too close', leader, sentence: `${fact} Too close to tell from ${listed(each)}.` };
  }
  const p = Math.max(...fought.map(({ corrected }) => corrected));
  const chance = Math.min(...fought.map(({ a12 }) => a12));
  const most = fought.length === 1 ? 'p' : 'largest corrected p';
  return {
    certainty: 'clear',
    leader,
    sentence: `${fact} Clear over ${runsIn(fought)}: ${most} ${formatP(p, true)}, A12 ${fought.length === 1 || chance === 1 ? 'of' : 'at least'} ${percent(chance)}.`,
  };
}

function inOrder(measure: Measure, places: readonly Place[]): (Place & { summary: Summary })[] {
  const badness = (value: number | null) => (value === null ? Number.POSITIVE_INFINITY : measure.higherIsBetter ? -value : value);
  return places
    .filter((place): place is Place & { summary: Summary } => place.summary !== null && place.summary.median !== null)
    .sort((a, b) => badness(a.summary.median) - badness(b.summary.median));
}

function tooFew(places: readonly Place[], fought: readonly Duel[], absent: readonly Place[]): string {
  if (absent.length > 0) return `${listed(absent.map(({ strategy }) => strategy))} ${absent.length === 1 ? 'has' : 'have'} no runs`;
  const others = places.length - 1;
  if (fought.some(({ test }) => test === 'rank-sum')) return 'the runs are few and do not pair';
  const pairs = Math.min(...fought.map(({ runs }) => runs));
  return `${plural(pairs, 'paired run')}, and ${pairsNeeded(others)} are needed to tell ${plural(others + 1, 'strategy', 'strategies')} apart`;
}

function runsIn(fought: readonly Duel[]): string {
  const least = Math.min(...fought.map(({ runs }) => runs));
  return fought.every(({ test }) => test === 'signed-rank') ? plural(least, 'paired run') : plural(least, 'run');
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
