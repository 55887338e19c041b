/**
 * The quadratic model of a triple search (Huyer and Neumaier 1999, https://doi.org/10.1023/A:1008382309369, section 5.1), around the best
 * point and coordinate by coordinate: two other places give slope and curvature, one point for each pair the rest of the Hessian.
 */
import { openProbing, type Probing } from './probing.js';

export interface LocalSearch {
  /** axis, axis-pairs: the first model, by line searches; step: towards the model's minimum; edge: away from a bound; pair, pairs: a model at small distances. */
  stage: 'axis' | 'axis-pairs' | 'step' | 'edge' | 'edge-line' | 'pair' | 'pairs' | 'done';
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Whether coordinates are rounded to single precision. */
  readonly single: boolean;
  /** Coordinates of which each has room for three places. */
  readonly free: readonly number[];
  readonly most: number;
  readonly gamma: number;
  /** Distance of the places of a small model, as a share of the coordinate: the cube root of the machine's accuracy. */
  readonly delta: number;
  /** The best point and its loss; the centre of the model. */
  readonly x: Float64Array;
  f: number;
  /** A better one that is seen while the model is built. */
  readonly next: Float64Array;
  nextLoss: number;
  /** Gradient and Hessian of the model. */
  readonly g: Float64Array;
  readonly G: Float64Array;
  /** The two other places of every coordinate; 1 in `modelled` where the model knows it. */
  readonly x1: Float64Array;
  readonly x2: Float64Array;
  readonly modelled: Uint8Array;
  /** The coordinates that the stage goes through, and where it is; pairs are asked with those before. */
  order: number[];
  at: number;
  readonly probing: Probing;
  /** The way of a line search, and what the model promises at its end. */
  readonly way: Float64Array;
  promised: number;
  /** The box of the model's minimum; r; loss at the beginning of the round; whether the last model was a full one; rounds. */
  readonly radius: Float64Array;
  r: number;
  before: number;
  full: boolean;
  rounds: number;
  /** Loss of the best of the first points, and the last centre. */
  reference: number;
  readonly last: Float64Array;
  bettered: boolean;
}

export function openLocal(
  low: Float64Array,
  high: Float64Array,
  single: boolean,
  free: readonly number[],
  most: number,
  gamma: number,
): LocalSearch {
  const n = low.length;
  return {
    stage: 'done',
    low,
    high,
    single,
    free,
    most,
    gamma,
    delta: single ? 2 ** (-23 / 3) : 2 ** (-52 / 3),
    x: new Float64Array(n),
    f: 0,
    next: new Float64Array(n),
    nextLoss: 0,
    g: new Float64Array(n),
    G: new Float64Array(n * n),
    x1: new Float64Array(n),
    x2: new Float64Array(n),
    modelled: new Uint8Array(n),
    order: [],
    at: 0,
    probing: openProbing(),
    way: new Float64Array(n),
    promised: 0,
    radius: new Float64Array(n),
    r: 0,
    before: 0,
    full: true,
    rounds: 0,
    reference: 0,
    last: new Float64Array(n),
    bettered: false,
  };
}

export const atEdge = ({ x, low, high }: LocalSearch, i: number) => x[i] <= low[i] || x[i] >= high[i];
export const stepOf = ({ x, delta }: LocalSearch, i: number) => (x[i] === 0 ? delta : delta * Math.abs(x[i]));

/** Rounded as it will be evaluated, and inside. */
export function put({ low, high, single }: LocalSearch, value: number, i: number): number {
  return Math.min(Math.max(single ? Math.fround(value) : value, low[i]), high[i]);
}

/** The coordinates before the current one that the model knows. */
export function partners({ order, at, modelled }: LocalSearch): number[] {
  return order.slice(0, at).filter((k) => modelled[k] === 1);
}

/** Of the two other places of a coordinate, the one where the model is lower. */
export function lower({ x, x1, x2, g, G }: LocalSearch, i: number): number {
  const n = x.length;
  const model = (place: number) => (place - x[i]) * (g[i] + (G[i * n + i] * (place - x[i])) / 2);
  return model(x1[i]) <= model(x2[i]) ? x1[i] : x2[i];
}

/** g_i and G_ii from the losses at the two other places; false where the places coincide. */
export function interpolate({ x, f, g, G, x1, x2 }: LocalSearch, i: number, f1: number, f2: number): boolean {
  const [a, b] = [x1[i] - x[i], x2[i] - x[i]];
  if (a === 0 || b === 0 || a === b) return false;
  const [s1, s2] = [(f1 - f) / a, (f2 - f) / b];
  const curvature = (s2 - s1) / (b - a);
  G[i * x.length + i] = 2 * curvature;
  g[i] = s1 - curvature * a;
  return true;
}

/** G_ik from one loss for each pair. */
export function interpolatePairs(search: LocalSearch, losses: Float64Array): void {
  const { x, f, g, G, order, at, next } = search;
  const n = x.length;
  const i = order[at];
  const a = lower(search, i) - x[i];
  let best = -1;
  partners(search).forEach((k, row) => {
    const b = lower(search, k) - x[k];
    const rest = losses[row] - f - a * (g[i] + (G[i * n + i] * a) / 2) - b * (g[k] + (G[k * n + k] * b) / 2);
    G[i * n + k] = rest / (a * b);
    G[k * n + i] = G[i * n + k];
    if (losses[row] < search.nextLoss) {
      search.nextLoss = losses[row];
      best = k;
    }
  });
  if (best >= 0) {
    next.set(x);
    next[i] = x[i] + a;
    next[best] = lower(search, best);
  }
}

/** The best point of this coordinate becomes the centre, and the model is written around it. */
export function settleCoordinate(search: LocalSearch): void {
  const { x, next, x1, x2, g, G, order, at } = search;
  const n = x.length;
  if (search.nextLoss < search.f) {
    for (const k of order.slice(0, at + 1)) {
      for (const l of order.slice(0, at + 1)) g[k] += G[k * n + l] * (next[l] - x[l]);
    }
    for (const k of order.slice(0, at + 1)) {
      if (next[k] === x[k]) continue;
      if (x1[k] === next[k]) x1[k] = x[k];
      else if (x2[k] === next[k]) x2[k] = x[k];
    }
    x.set(next);
    search.f = search.nextLoss;
  }
  next.set(x);
  search.nextLoss = search.f;
}
