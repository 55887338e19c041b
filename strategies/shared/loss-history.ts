/**
 * The losses of past generations, and the three criteria that end a run by them: Hansen, "Benchmarking a BI-population CMA-ES on
 * the BBOB-2009 function testbed" (https://doi.org/10.1145/1570256.1570333), section 2. Plain data.
 */

/** Equal losses are counted over at least so many generations: the paper's n alone would end a run in 2-D at the first. */
const fewest = 10;
/** Stagnation looks at no more generations than this. */
const longest = 20_000;

export interface LossHistory {
  /** Generations kept. */
  length: number;
  /** Best loss of each, the oldest first; room for more. */
  best: Float64Array;
  /** Median loss of each. */
  median: Float64Array;
  /** 1 where the best loss was also the k-th best, k = 1 + ceil(0.1 + lambda / 4). */
  equal: Uint8Array;
  /** Generations seen. */
  seen: number;
}

export function emptyHistory(): LossHistory {
  return { length: 0, best: new Float64Array(64), median: new Float64Array(64), equal: new Uint8Array(64), seen: 0 };
}

/** Appends a generation whose losses `order` ranks, the best of them finite. */
export function remember(history: LossHistory, losses: Float64Array, order: Int32Array): void {
  const lambda = order.length;
  const best = losses[order[0]];
  if (history.length === history.best.length) makeRoom(history);
  const at = history.length++;
  const kth = Math.min(lambda - 1, Math.ceil(0.1 + lambda / 4));
  history.best[at] = best;
  history.median[at] = losses[order[lambda >> 1]];
  history.equal[at] = lambda > 1 && losses[order[kth]] === best ? 1 : 0;
  history.seen++;
}

function makeRoom(history: LossHistory): void {
  const { best, median, equal, length } = history;
  if (length === 2 * longest) {
    best.copyWithin(0, longest);
    median.copyWithin(0, longest);
    equal.copyWithin(0, longest);
    history.length = longest;
    return;
  }
  const size = Math.min(2 * length, 2 * longest);
  history.best = new Float64Array(size);
  history.median = new Float64Array(size);
  history.equal = new Uint8Array(size);
  history.best.set(best);
  history.median.set(median);
  history.equal.set(equal);
}

/**
 * Whether the losses say that the run is over: TolHistFun (the best losses of the last 10 + ceil(30 n / lambda) generations lie
 * within `tolerance`), EqualFunVals (in more than a third of the last max(n, 10) generations the best loss was also the k-th best), or
 * Stagnation (the median of the newest 30 % of generations is no better than that of the oldest 30 %, for best and median losses,
 * over the last fifth of all, at least 120 + 30 n / lambda and at most 20,000 generations).
 */
export function exhausted(history: LossHistory, dimension: number, lambda: number, tolerance: number): boolean {
  const { length, best, equal } = history;
  const span = 10 + Math.ceil((30 * dimension) / lambda);
  if (length >= span) {
    let low = Infinity;
    let high = -Infinity;
    for (let k = length - span; k < length; k++) {
      if (best[k] < low) low = best[k];
      if (best[k] > high) high = best[k];
    }
    if (high - low < tolerance) return true;
  }
  const recent = Math.max(dimension, fewest);
  if (length >= recent) {
    let count = 0;
    for (let k = length - recent; k < length; k++) count += equal[k];
    if (3 * count > recent) return true;
  }
  return stagnates(history, 120 + (30 * dimension) / lambda);
}

function stagnates({ length, seen, best, median }: LossHistory, least: number): boolean {
  const span = Math.ceil(Math.min(Math.max(least, seen / 5), longest));
  // Sorting for medians costs: twenty looks in the time that the window takes to pass.
  if (length < span || seen % Math.ceil(span / 20) !== 0) return false;
  return noBetter(best, length - span, length) && noBetter(median, length - span, length);
}

function noBetter(values: Float64Array, from: number, to: number): boolean {
  const share = Math.ceil(0.3 * (to - from));
  return middle(values.slice(to - share, to)) >= middle(values.slice(from, from + share));
}

function middle(values: Float64Array): number {
  return values.sort()[values.length >> 1];
}
