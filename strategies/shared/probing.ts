/**
 * A line search that keeps all its points, for models are made of them: parabolas through the best point and its neighbours, steps ten
 * times as far where the losses fall towards an end, halves where two points are too close. As plain data: the points so far are all
 * that it knows, and what comes next is a function of them. Serves multilevel coordinate search (Huyer and Neumaier 1999, section 5.2).
 */

export interface Probing {
  /** How far the line goes. */
  low: number;
  high: number;
  /** The first place to try; 0 is known. */
  first: number;
  /** Where nothing better is found at the first place, twice as far is the only other one: for steps from a bound. */
  cautious: boolean;
  /** Whether it looks all over the line where no parabola leads on, not only near the best point. */
  wide: boolean;
  /** Points at most, that at 0 included; up to 16. */
  most: number;
  count: number;
  /** In the order of their evaluation. */
  readonly places: Float64Array;
  readonly losses: Float64Array;
}

export function openProbing(): Probing {
  return {
    low: 0,
    high: 0,
    first: 0,
    cautious: false,
    wide: false,
    most: 0,
    count: 0,
    places: new Float64Array(16),
    losses: new Float64Array(16),
  };
}

/** Closer than this share of an interval is too close. */
const close = 0.1;
/** The smaller part of a golden section. */
const short = (3 - Math.sqrt(5)) / 2;

/** The next place, or undefined where the search is over. */
export function nextPlace(probing: Probing): number | undefined {
  const steps = search(probing);
  let next = steps.next();
  for (let k = 1; k < probing.count && next.done !== true; k++) next = steps.next(probing.losses[k]);
  return next.done === true ? undefined : next.value;
}

/** The points by their places: index 0 is the lowest place. */
export function sorted({ places, losses, count }: Probing): { place: number; loss: number }[] {
  return Array.from({ length: count }, (_, k) => ({ place: places[k], loss: losses[k] })).sort((a, b) => a.place - b.place);
}

function* search({ low, high, first, cautious, wide, most, losses }: Probing): Generator<number, void, number> {
  const a = [0];
  const f = [losses[0]];
  function* probe(place: number): Generator<number, void, number> {
    const loss = yield place;
    let at = a.findIndex((other) => other > place);
    if (at < 0) at = a.length;
    a.splice(at, 0, place);
    f.splice(at, 0, loss);
  }
  if (first === 0 || most < 2) return;
  yield* probe(first);
  if (cautious && f[a.indexOf(first)] >= losses[0]) {
    yield* probe(Math.min(Math.max(2 * first, low), high));
    return;
  }
  while (a.length < most) {
    const best = f.indexOf(Math.min(...f));
    const s = a.length;
    const monotone = f.every((loss, k) => k === 0 || loss >= f[k - 1]) || f.every((loss, k) => k === 0 || loss <= f[k - 1]);
    if (s > 3 && monotone && (a[best] <= low || a[best] >= high)) return;
    let place = bottom(a, f, best) ?? outwards(a, f, low, high, wide) ?? (wide ? widest(a, f, best) : halved(a, best));
    place = Math.min(Math.max(place, low, a[0] - (a[s - 1] - a[0]) / close), high, a[s - 1] + (a[s - 1] - a[0]) / close);
    const [left, right] = [Math.max(best - 1, 0), Math.min(best + 1, s - 1)];
    const apart = Math.min(...a.map((other) => Math.abs(other - place)));
    const near = apart <= close * (a[right] - a[left]);
    if (near && s < 5) {
      place = halved(a, best);
      if (a.includes(place)) return;
    } else if (apart === 0) return;
    yield* probe(place);
    if (s >= 5 && (near || convex(a, f))) return;
  }
}

/** Where the parabola through the best point and its neighbours is least; undefined where it opens downwards or there are but two points. */
function bottom(a: readonly number[], f: readonly number[], best: number): number | undefined {
  if (a.length < 3) return undefined;
  const k = Math.min(Math.max(best, 1), a.length - 2);
  const f12 = (f[k] - f[k - 1]) / (a[k] - a[k - 1]);
  const f23 = (f[k + 1] - f[k]) / (a[k + 1] - a[k]);
  const f123 = (f23 - f12) / (a[k + 1] - a[k - 1]);
  return f123 > 0 && f123 < Infinity ? 0.5 * (a[k] + a[k + 1] - f23 / f123) : undefined;
}

/** Ten times as far beyond an end, the lower one first, if the line goes on and losses fall there; `wide`: wherever they go. */
function outwards(a: readonly number[], f: readonly number[], low: number, high: number, wide: boolean): number | undefined {
  const s = a.length;
  const any = wide || s === 2;
  const down = a[0] > low && (any || f[0] < f[1]);
  const up = a[s - 1] < high && (any || f[s - 1] < f[s - 2]);
  if (down && (!up || f[0] < f[s - 1])) return Math.max(a[0] - (a[1] - a[0]) / close, low);
  return up ? Math.min(a[s - 1] + (a[s - 1] - a[s - 2]) / close, high) : undefined;
}

/** A golden section point of the interval that is widest for its distance from the best point, towards its lower end. */
function widest(a: readonly number[], f: readonly number[], best: number): number {
  const reach = Math.max(a[best] - a[0], a[a.length - 1] - a[best]);
  let most = 0;
  let at = 0;
  for (let k = 0; k + 1 < a.length; k++) {
    const width = (a[k + 1] - a[k]) / Math.max(a[k + 1] - a[best], a[best] - a[k], reach);
    if (width > most) {
      most = width;
      at = k;
    }
  }
  return a[at] + (f[at] < f[at + 1] ? short : f[at] > f[at + 1] ? 1 - short : 0.5) * (a[at + 1] - a[at]);
}

/** The middle of the wider interval beside the best point. */
function halved(a: readonly number[], best: number): number {
  const left = best > 0 ? a[best] - a[best - 1] : 0;
  const right = best < a.length - 1 ? a[best + 1] - a[best] : 0;
  return left > right ? a[best] - left / 2 : a[best] + right / 2;
}

function convex(a: readonly number[], f: readonly number[]): boolean {
  for (let k = 1; k < a.length - 1; k++) {
    if ((f[k + 1] - f[k]) / (a[k + 1] - a[k]) < (f[k] - f[k - 1]) / (a[k] - a[k - 1])) return false;
  }
  return true;
}
