/**
 * The probability of improvement over several problems: the mean of the chances (A12) that a run of one strategy is better than
 * a run of another, with its interval by stratified bootstrap: the runs of both are drawn again, apart, within each problem
 * (Agarwal, Schwarzer, Castro, Courville and Bellemare 2021, https://arxiv.org/abs/2108.13264). Draws are seeded.
 */
import { Rng } from '../../src/core/rng.js';
import { type Interval, resamples } from './bootstrap.js';

/** The losses of both strategies' runs on one problem; a failed run is null, worse than every number and as bad as another. */
export interface Meeting {
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
}

/** That a's runs have the lower losses; problems that one has no runs on are left out. Undefined where that leaves none. */
export function improvementInterval(meetings: readonly Meeting[], seed: string, draws = resamples): Interval | undefined {
  const fields = meetings.filter(({ a, b }) => a.length > 0 && b.length > 0).map(fieldOf);
  if (fields.length === 0) return undefined;
  const rng = Rng.seeded(seed);
  const mean = (draw: boolean) => fields.reduce((sum, field) => sum + chance(field, draw ? rng : undefined), 0) / fields.length;
  const drawn = Float64Array.from({ length: draws }, () => mean(true)).sort();
  const at = (share: number) => drawn[Math.round(share * (draws - 1))];
  return { value: mean(false), low: at(0.025), high: at(0.975) };
}

/** Places of both strategies' runs among the distinct losses of both, lowest first, and how often each place is drawn. */
interface Field {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly counts: { readonly a: Int32Array; readonly b: Int32Array };
}

function fieldOf({ a, b }: Meeting): Field {
  const loss = (value: number | null) => (value === null || Number.isNaN(value) ? Number.POSITIVE_INFINITY : value);
  const distinct = [...new Set([...a, ...b].map(loss))].sort((x, y) => x - y);
  const places = new Map(distinct.map((value, place) => [value, place]));
  const placesOf = (values: readonly (number | null)[]) => Int32Array.from(values, (value) => places.get(loss(value)) as number);
  return { a: placesOf(a), b: placesOf(b), counts: { a: new Int32Array(distinct.length), b: new Int32Array(distinct.length) } };
}

/** A12 of the runs, or of a resample of them. */
function chance({ a, b, counts }: Field, rng: Rng | undefined): number {
  count(a, counts.a, rng);
  count(b, counts.b, rng);
  let worse = b.length; // runs of b that are not better than the present place
  let wins = 0;
  for (let place = 0; place < counts.a.length; place++) {
    worse -= counts.b[place];
    wins += counts.a[place] * (worse + counts.b[place] / 2);
  }
  return wins / (a.length * b.length);
}

function count(places: Int32Array, counts: Int32Array, rng: Rng | undefined): void {
  counts.fill(0);
  for (let i = 0; i < places.length; i++) counts[places[rng === undefined ? i : Math.floor((rng.uint32() / 4294967296) * places.length)]]++;
}
