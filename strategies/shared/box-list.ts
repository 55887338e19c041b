/**
 * The boxes of multilevel coordinate search (Huyer and Neumaier 1999, https://doi.org/10.1023/A:1008382309369, sections 3 and 4): plain
 * data. A box lies between its base point, where the loss is known, and its opposite point. Only the coordinate in which it differs
 * from its parent is kept; the rest is found by going up the history.
 */

/** In the unit of the paper: q, the golden section ratio. */
const q = (Math.sqrt(5) - 1) / 2;

export interface Boxes {
  readonly dimension: number;
  count: number;
  /** -1 for the root. */
  parent: Int32Array;
  /** The coordinate by whose splitting it came, its base point's and its opposite point's value there. */
  coordinate: Int32Array;
  base: Float64Array;
  opposite: Float64Array;
  loss: Float64Array;
  /** 0 once it has been split or has left for the basket. */
  level: Int32Array;
  /** 1 where no gain was expected: it waits to be split by rank. */
  waits: Uint8Array;
  /** Where it was split, three numbers a box (the third is NaN where there are two), and the losses there. */
  places: Float64Array;
  losses: Float64Array;
}

/** Bytes of one box. */
export const boxBytes = 4 + 4 + 8 + 8 + 8 + 4 + 1 + 24 + 24;

export function openBoxes(dimension: number, room: number): Boxes {
  return {
    dimension,
    count: 0,
    parent: new Int32Array(room),
    coordinate: new Int32Array(room),
    base: new Float64Array(room),
    opposite: new Float64Array(room),
    loss: new Float64Array(room),
    level: new Int32Array(room),
    waits: new Uint8Array(room),
    places: new Float64Array(3 * room),
    losses: new Float64Array(3 * room),
  };
}

export function addBox(
  boxes: Boxes,
  parent: number,
  coordinate: number,
  base: number,
  opposite: number,
  loss: number,
  level: number,
): number {
  if (boxes.count === boxes.parent.length) grow(boxes);
  const box = boxes.count++;
  boxes.parent[box] = parent;
  boxes.coordinate[box] = coordinate;
  boxes.base[box] = base;
  boxes.opposite[box] = opposite;
  boxes.loss[box] = loss;
  boxes.level[box] = level;
  return box;
}

function grow(boxes: Boxes): void {
  const room = 2 * boxes.parent.length;
  const longer = <A extends Float64Array | Int32Array | Uint8Array>(array: A, length: number): A => {
    const copy = new (array.constructor as new (length: number) => A)(length);
    copy.set(array);
    return copy;
  };
  boxes.parent = longer(boxes.parent, room);
  boxes.coordinate = longer(boxes.coordinate, room);
  boxes.base = longer(boxes.base, room);
  boxes.opposite = longer(boxes.opposite, room);
  boxes.loss = longer(boxes.loss, room);
  boxes.level = longer(boxes.level, room);
  boxes.waits = longer(boxes.waits, room);
  boxes.places = longer(boxes.places, 3 * room);
  boxes.losses = longer(boxes.losses, 3 * room);
}

/** The golden section point between two places: the part of the lower loss is the larger. */
export function goldenPoint(x1: number, x2: number, f1: number, f2: number): number {
  return x1 + (f1 <= f2 ? q : q * q) * (x2 - x1);
}

/** Whether what lies beyond a new place is no smaller than the smaller part of the golden section before it. */
export function wide(base: number, place: number, opposite: number): boolean {
  return Math.abs(opposite - place) > q * q * Math.abs(place - base);
}

/** Equation 4: an end that is not too far from x. */
export function nearEnd(x: number, y: number): number {
  if (1000 * Math.abs(x) < 1) return Math.abs(y) > 1000 ? Math.sign(y) : y;
  return Math.abs(y) > 1000 * Math.abs(x) ? 10 * Math.sign(y) * Math.abs(x) : y;
}

/** The parabola through (x0, f0), (x1, f1) and (x2, f2): where it is least within [low, high], and its value there. */
export function leastOfParabola(
  x: readonly [number, number, number],
  f: readonly [number, number, number],
  low: number,
  high: number,
): { place: number; value: number } {
  const first = (f[1] - f[0]) / (x[1] - x[0]);
  const second = ((f[2] - f[1]) / (x[2] - x[1]) - first) / (x[2] - x[0]);
  const value = (z: number) => f[0] + (z - x[0]) * (first + second * (z - x[1]));
  let place = value(low) < value(high) ? low : high;
  if (second > 0) {
    const bottom = (x[0] + x[1]) / 2 - first / (2 * second);
    if (bottom >= low && bottom <= high) place = bottom;
  }
  return { place, value: value(place) };
}

/** A box made whole, and the separable model of the losses around its base point. */
export interface Whole {
  /** Base and opposite point. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How often each coordinate was split. */
  readonly splits: Int32Array;
  /** Two places of each coordinate, and by how much the loss is expected to change there: e_i. How many are known so far. */
  readonly places: Float64Array;
  readonly changes: Float64Array;
  readonly known: Uint8Array;
  /** e_i at the base of the ancestor that is looked at. */
  readonly offset: Float64Array;
}

export function openWhole(n: number): Whole {
  return {
    x: new Float64Array(n),
    y: new Float64Array(n),
    splits: new Int32Array(n),
    places: new Float64Array(2 * n),
    changes: new Float64Array(2 * n),
    known: new Uint8Array(n),
    offset: new Float64Array(n),
  };
}

/**
 * Goes up the history of a box. Losses that were seen at one split differ by what that coordinate changes alone, if losses are
 * separable; two splits of a coordinate have a place in common, by which their changes are added up.
 * `x` and `y` begin as the root's, and the model of coordinates that were never split is left to the caller.
 */
export function makeWhole(boxes: Boxes, box: number, whole: Whole): void {
  const { x, y, splits, known, offset } = whole;
  splits.fill(0);
  known.fill(0);
  offset.fill(0);
  for (let m = box; boxes.parent[m] >= 0; m = boxes.parent[m]) {
    const i = boxes.coordinate[m];
    const own = boxes.base[m];
    if (splits[i]++ === 0) {
      x[i] = own;
      y[i] = boxes.opposite[m];
    }
    const at = 3 * boxes.parent[m];
    const three = !Number.isNaN(boxes.places[at + 2]);
    let here = boxes.losses[at];
    for (let k = 1; k < (three ? 3 : 2); k++) if (boxes.places[at + k] === own) here = boxes.losses[at + k];
    // the nearest first
    for (let round = 0; round < 2 && known[i] < 2; round++) {
      let nearest = -1;
      for (let k = 0; k < (three ? 3 : 2); k++) {
        const place = boxes.places[at + k];
        if (place === x[i] || (known[i] === 1 && place === whole.places[2 * i])) continue;
        if (nearest < 0 || Math.abs(place - x[i]) < Math.abs(boxes.places[at + nearest] - x[i])) nearest = k;
      }
      if (nearest < 0) break;
      whole.places[2 * i + known[i]] = boxes.places[at + nearest];
      whole.changes[2 * i + known[i]] = offset[i] + boxes.losses[at + nearest] - here;
      known[i]++;
    }
    // a list has the parent's base point in the middle, a pair has it first
    offset[i] += boxes.losses[at + (three ? 1 : 0)] - here;
  }
}
