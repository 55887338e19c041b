/**
 * The shopping basket of multilevel coordinate search (Huyer and Neumaier 1999, section 5.4): what local searches found, and the check,
 * by two points between a candidate and each of them, whether both lie in one valley.
 */

export interface Found {
  readonly point: Float64Array;
  loss: number;
}

export interface Comparison {
  /** before: a candidate for a local search; after: its outcome. */
  kind: 'before' | 'after';
  /** The point that is compared, and its loss. */
  x: Float64Array;
  loss: number;
  /** Indices into the basket, the nearest first, and the one that is next. */
  order: number[];
  at: number;
  /** Loss a third of the way, when the second point is asked. */
  third: number | undefined;
}

/** Before a local search only points of the basket that are no worse count. */
export function openComparison(kind: 'before' | 'after', x: Float64Array, loss: number, basket: readonly Found[]): Comparison {
  const distance = (k: number) => basket[k].point.reduce((sum, value, i) => sum + (value - x[i]) ** 2, 0);
  const order = basket.map((_, k) => k).sort((a, b) => distance(a) - distance(b) || a - b);
  const comparison: Comparison = { kind, x: x.slice(), loss, order, at: 0, third: undefined };
  skip(comparison, basket);
  return comparison;
}

function skip(comparison: Comparison, basket: readonly Found[]): void {
  while (
    comparison.kind === 'before' &&
    comparison.at < comparison.order.length &&
    basket[comparison.order[comparison.at]].loss > comparison.loss
  ) {
    comparison.at++;
  }
}

export function isOver({ at, order }: Comparison): boolean {
  return at >= order.length;
}

/** The point asked: a third or two thirds of the way to the next point of the basket. */
export function between({ x, order, at, third }: Comparison, basket: readonly Found[], out: { [i: number]: number }): void {
  const { point } = basket[order[at]];
  const share = third === undefined ? 1 / 3 : 2 / 3;
  for (let i = 0; i < x.length; i++) out[i] = x[i] + share * (point[i] - x[i]);
}

/** Takes the loss at the asked point; true where nothing new is to be had: both lie in the valley of one point of the basket. */
export function tellBetween(comparison: Comparison, basket: readonly Found[], point: Float64Array, loss: number): boolean {
  const other = basket[comparison.order[comparison.at]];
  const next = () => {
    comparison.third = undefined;
    comparison.at++;
    skip(comparison, basket);
    return false;
  };
  const before = comparison.kind === 'before';
  if (comparison.third === undefined) {
    if (loss > (before ? comparison.loss : Math.max(comparison.loss, other.loss))) return next();
    comparison.third = loss;
    return false;
  }
  const { third } = comparison;
  const thirdPoint = comparison.x.map((value, i) => value + (other.point[i] - value) / 3);
  if (loss > Math.max(third, other.loss)) {
    if (before && third < comparison.loss) replace(comparison, thirdPoint, third);
    return next();
  }
  if (before) {
    if (!(Math.min(third, loss) < other.loss)) return true;
    if (third < loss) replace(comparison, thirdPoint, third);
    else replace(comparison, point, loss);
    return next();
  }
  // one valley: the lowest of the four stands for it
  const least = Math.min(comparison.loss, third, loss);
  if (least < other.loss) {
    other.loss = least;
    other.point.set(least === comparison.loss ? comparison.x : least === third ? thirdPoint : point);
  }
  return true;
}

function replace(comparison: Comparison, point: Float64Array, loss: number): void {
  comparison.x = point.slice();
  comparison.loss = loss;
}
