/**
 * How multilevel coordinate search begins and how it splits a box (Huyer and Neumaier 1999, sections 3 and 4): by a list of three values
 * where a coordinate is split for the first time, later at one place and a golden section point.
 */
import { addBox, type Boxes, goldenPoint, leastOfParabola, nearEnd, type Whole, wide } from './box-list.js';

/** The three values x_i^1, x_i^2, x_i^3 of every coordinate; the search begins at the middle ones. */
export interface Lists {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly places: Float64Array;
  /** The losses that the first round found there. */
  readonly losses: Float64Array;
  /** Coordinates with room for three values, and the rank of their variability: 0 is the highest. */
  readonly free: number[];
  readonly rank: Int32Array;
  readonly variability: Float64Array;
}

/** What becomes of a child whose level is the last: its base point is a candidate for a local search. */
export type Leave = (coordinate: number, base: number, loss: number) => void;

/** Splits by the list of a coordinate; `losses` are those at its three places. Returns the first child. */
export function splitByList(
  boxes: Boxes,
  box: number,
  i: number,
  level: number,
  lists: Lists,
  losses: ArrayLike<number>,
  last: number,
  leave: Leave,
): number {
  const first = boxes.count;
  const place = (k: number) => lists.places[3 * i + k];
  const child = (base: number, opposite: number, loss: number, at: number) => {
    if (at < last) addBox(boxes, box, i, base, opposite, loss, at);
    else leave(i, base, loss);
  };
  for (let k = 0; k < 3; k++) {
    boxes.places[3 * box + k] = place(k);
    boxes.losses[3 * box + k] = losses[k];
  }
  if (place(0) > lists.low[i]) child(place(0), lists.low[i], losses[0], level + 1);
  for (let k = 0; k < 2; k++) {
    const between = goldenPoint(place(k), place(k + 1), losses[k], losses[k + 1]);
    const lower = losses[k] <= losses[k + 1];
    child(place(k), between, losses[k], level + (lower ? 1 : 2));
    child(place(k + 1), between, losses[k + 1], level + (lower ? 2 : 1));
  }
  if (place(2) < lists.high[i]) child(place(2), lists.high[i], losses[2], level + 1);
  boxes.level[box] = 0;
  return first;
}

/** Splits at one place, where the loss is `loss`, and at the golden section point before it. */
export function splitAt(
  boxes: Boxes,
  box: number,
  i: number,
  level: number,
  whole: Whole,
  place: number,
  loss: number,
  last: number,
  leave: Leave,
): void {
  const base = whole.x[i];
  const opposite = whole.y[i];
  const own = boxes.loss[box];
  const child = (from: number, to: number, its: number, at: number) => {
    if (at < last) addBox(boxes, box, i, from, to, its, at);
    else leave(i, from, its);
  };
  boxes.places[3 * box] = base;
  boxes.places[3 * box + 1] = place;
  boxes.places[3 * box + 2] = Number.NaN;
  boxes.losses[3 * box] = own;
  boxes.losses[3 * box + 1] = loss;
  const between = goldenPoint(base, place, own, loss);
  child(base, between, own, level + (own <= loss ? 1 : 2));
  child(place, between, loss, level + (own <= loss ? 2 : 1));
  if (place !== opposite) child(place, opposite, loss, level + (wide(base, place, opposite) ? 1 : 2));
  boxes.level[box] = 0;
}

/** The first boxes out of the losses at the lists: each coordinate splits the box of the best point so far. */
export function firstBoxes(boxes: Boxes, lists: Lists, root: number, last: number, leave: Leave): void {
  let current = addBox(boxes, -1, -1, 0, 0, root, 1);
  for (const i of lists.free) {
    const losses = lists.losses.subarray(3 * i, 3 * i + 3);
    const x: [number, number, number] = [lists.places[3 * i], lists.places[3 * i + 1], lists.places[3 * i + 2]];
    const f: [number, number, number] = [losses[0], losses[1], losses[2]];
    const bottom = leastOfParabola(x, f, lists.low[i], lists.high[i]);
    const top = leastOfParabola(x, [-f[0], -f[1], -f[2]], lists.low[i], lists.high[i]);
    lists.variability[i] = -top.value - bottom.value;
    const star = x[bestOfList(losses)];
    const from = splitByList(boxes, current, i, boxes.level[current], lists, losses, last, leave);
    // of the two boxes at the best place, the one with the minimum of the parabola; else the one there is
    let chosen = -1;
    for (let box = from; box < boxes.count; box++) {
      if (boxes.base[box] !== star) continue;
      const behind = boxes.opposite[box] < star;
      if (chosen < 0 || behind === bottom.place < star) chosen = box;
    }
    if (chosen < 0) return; // all have left: there are too few levels
    current = chosen;
  }
  const order = [...lists.free].sort((a, b) => lists.variability[b] - lists.variability[a] || a - b);
  order.forEach((i, k) => {
    lists.rank[i] = k;
  });
}

/** The index of the best of three: the middle one, unless another is lower. */
export function bestOfList(losses: ArrayLike<number>): number {
  let best = 1;
  for (const k of [0, 2]) if (losses[k] < losses[best]) best = k;
  return best;
}

/** Where to split a box: a coordinate, and a place; no place where it is to be split by its list. */
export interface Split {
  readonly coordinate: number;
  readonly place: number | undefined;
}

/** By rank: the coordinate split least often, of these the one of highest variability. */
export function byRank(lists: Lists, whole: Whole): Split {
  let coordinate = lists.free[0];
  for (const i of lists.free) {
    const fewer = whole.splits[i] - whole.splits[coordinate];
    if (fewer < 0 || (fewer === 0 && lists.rank[i] < lists.rank[coordinate])) coordinate = i;
  }
  if (whole.splits[coordinate] === 0) return { coordinate, place: undefined };
  const x = whole.x[coordinate];
  return { coordinate, place: x + (2 / 3) * (nearEnd(x, whole.y[coordinate]) - x) };
}

/** By expected gain: the coordinate and place where the separable model falls most, and by how much. */
export function byGain(lists: Lists, whole: Whole): Split & { readonly gain: number } {
  let best: Split & { gain: number } = { coordinate: lists.free[0], place: undefined, gain: Infinity };
  for (const i of lists.free) {
    if (whole.splits[i] === 0) {
      const losses = lists.losses.subarray(3 * i, 3 * i + 3);
      const gain = Math.min(losses[0], losses[1], losses[2]) - losses[1];
      if (gain < best.gain) best = { coordinate: i, place: undefined, gain };
      continue;
    }
    const x = whole.x[i];
    const end = nearEnd(x, whole.y[i]);
    const start = x + (end - x) / 10;
    const places: [number, number, number] = [x, whole.places[2 * i], whole.places[2 * i + 1]];
    const changes: [number, number, number] = [0, whole.changes[2 * i], whole.changes[2 * i + 1]];
    const { place, value } = leastOfParabola(places, changes, Math.min(start, end), Math.max(start, end));
    if (value < best.gain) best = { coordinate: i, place, gain: value };
  }
  return best;
}
