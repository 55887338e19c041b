/**
 * The rectangles of DIRECT (Jones, Perttunen and Stuckman 1993, https://doi.org/10.1007/BF00941892) in the unit cube, as plain data:
 * centres, how often each side was divided by three, losses at the centres, and for each size a heap with the best on top.
 */

/** Rectangles of one size. */
interface Group {
  /** The least loss; Infinity where the group is empty or all its losses are infinite. */
  loss: number;
  /** Numbers of the rectangles, a heap: the least loss on top, of equal ones the first. */
  heap: Int32Array;
  count: number;
}

export interface Rectangles {
  readonly dimension: number;
  /** Sizes are longest sides (DIRECT-L) rather than diagonals. */
  readonly local: boolean;
  /** Sides are divided this often at most: then thirds are lost in rounding. */
  readonly deepest: number;
  count: number;
  /** Row-major: one row a rectangle. */
  centres: Float64Array;
  levels: Uint8Array;
  losses: Float64Array;
  /** By size, the largest first: the sum of the levels, or for longest sides the least level. */
  readonly groups: Group[];
  /** Least and greatest finite loss so far. */
  least: number;
  greatest: number;
}

/** 3^-k; by division, so that it is the same on every machine. */
const thirds: readonly number[] = Array.from({ length: 40 }).reduce<number[]>((powers) => [...powers, powers[powers.length - 1] / 3], [1]);

export function third(level: number): number {
  return thirds[level];
}

/** No rectangles yet, and the centre of the cube as the row of the first one. */
export function openRectangles(dimension: number, local: boolean, deepest: number): Rectangles {
  const room = 4 * dimension;
  const centres = new Float64Array(room * dimension);
  centres.fill(1 / 2, 0, dimension);
  return {
    dimension,
    local,
    deepest,
    count: 0,
    centres,
    levels: new Uint8Array(room * dimension),
    losses: new Float64Array(room),
    groups: [],
    least: Infinity,
    greatest: -Infinity,
  };
}

/** Makes room for `more` rectangles. */
export function reserve(rectangles: Rectangles, more: number): void {
  const { dimension, count, losses } = rectangles;
  if (count + more <= losses.length) return;
  const room = Math.max(count + more, 2 * losses.length);
  const centres = new Float64Array(room * dimension);
  centres.set(rectangles.centres);
  rectangles.centres = centres;
  const levels = new Uint8Array(room * dimension);
  levels.set(rectangles.levels);
  rectangles.levels = levels;
  const grown = new Float64Array(room);
  grown.set(losses);
  rectangles.losses = grown;
}

/** Files a rectangle, whose row and loss are written, under its size. */
export function file(rectangles: Rectangles, rectangle: number): void {
  const { groups, losses } = rectangles;
  const index = sizeOf(rectangles, rectangle);
  while (groups.length <= index) groups.push({ loss: Infinity, heap: new Int32Array(4), count: 0 });
  const group = groups[index];
  if (group.count === group.heap.length) {
    const heap = new Int32Array(2 * group.count);
    heap.set(group.heap);
    group.heap = heap;
  }
  const { heap } = group;
  let hole = group.count++;
  for (let parent = (hole - 1) >> 1; hole > 0 && before(losses, rectangle, heap[parent]); parent = (hole - 1) >> 1) {
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = rectangle;
  group.loss = losses[heap[0]];
  const loss = losses[rectangle];
  if (loss < Infinity) {
    rectangles.least = Math.min(rectangles.least, loss);
    rectangles.greatest = Math.max(rectangles.greatest, loss);
  }
}

/** Takes the best rectangle of a group out of it. */
export function takeBest({ groups, losses }: Rectangles, index: number): number {
  const group = groups[index];
  const { heap } = group;
  const best = heap[0];
  const last = heap[--group.count];
  let hole = 0;
  for (let child = 1; child < group.count; child = 2 * hole + 1) {
    if (child + 1 < group.count && before(losses, heap[child + 1], heap[child])) child++;
    if (!before(losses, heap[child], last)) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = last;
  group.loss = group.count > 0 ? losses[heap[0]] : Infinity;
  return best;
}

function before(losses: Float64Array, a: number, b: number): boolean {
  return losses[a] < losses[b] || (losses[a] === losses[b] && a < b);
}

/** How often the longest sides of a rectangle were divided. */
export function longestLevel({ levels, dimension }: Rectangles, rectangle: number): number {
  let least = 255;
  for (let i = rectangle * dimension; i < (rectangle + 1) * dimension; i++) least = Math.min(least, levels[i]);
  return least;
}

function sizeOf(rectangles: Rectangles, rectangle: number): number {
  if (rectangles.local) return longestLevel(rectangles, rectangle);
  const { levels, dimension } = rectangles;
  let sum = 0;
  for (let i = rectangle * dimension; i < (rectangle + 1) * dimension; i++) sum += levels[i];
  return sum;
}

/**
 * Distance from centre to corner of the rectangles of a group; for longest sides, half of that. The levels of one rectangle differ
 * by one at most, because only longest sides are divided: their sum says how many are of which.
 */
export function radius({ dimension, local }: Rectangles, index: number): number {
  if (local) return third(index) / 2;
  const level = Math.floor(index / dimension);
  const shorter = index % dimension;
  const [long, short] = [third(level), third(level + 1)];
  return Math.sqrt((dimension - shorter) * long * long + shorter * short * short) / 2;
}

/**
 * The groups whose best rectangle is potentially optimal (definition 4.1 of the paper): for some rate K > 0 none has a lower bound
 * f - K d, and that bound is below the best loss f_min by epsilon |f_min|. Infinite losses count as the greatest finite one.
 */
export function potentiallyOptimal(rectangles: Rectangles, epsilon: number): number[] {
  const { groups, dimension, local, deepest, least, greatest } = rectangles;
  const known = least < Infinity;
  const goal = known ? least - epsilon * Math.abs(least) : 0;
  const loss = (g: number) => (groups[g].loss < Infinity ? groups[g].loss : known ? greatest : 0);
  const chosen: number[] = [];
  for (let j = 0; j < groups.length; j++) {
    if (groups[j].count === 0 || (local ? j : Math.floor(j / dimension)) >= deepest) continue;
    const [fj, dj] = [loss(j), radius(rectangles, j)];
    // K must be at least `low`, for smaller rectangles and the goal, and at most `high`, for larger ones
    let low = (fj - goal) / dj;
    let high = Infinity;
    for (let i = 0; i < groups.length; i++) {
      if (i === j || groups[i].count === 0) continue;
      const slope = (loss(i) - fj) / (radius(rectangles, i) - dj);
      if (i < j) high = Math.min(high, slope);
      else low = Math.max(low, slope);
    }
    if (high > 0 && low <= high) chosen.push(j);
  }
  return chosen;
}
