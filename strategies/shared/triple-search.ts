/**
 * The local search of multilevel coordinate search (Huyer and Neumaier 1999, https://doi.org/10.1023/A:1008382309369, section 5): a
 * quadratic model from three values of every coordinate, a line search towards where the model is least, again until nothing is gained.
 * Not the paper's: the line search and the minimizer of quadratics, which it takes from programs of its authors.
 * An explicit state machine over plain data: `askLocal` writes a question, `tellLocal` takes the answer.
 */
import { lowWithinBox } from './box-quadratic.js';
import { nextPlace, sorted } from './probing.js';
import { atEdge, interpolate, interpolatePairs, type LocalSearch, lower, partners, put, settleCoordinate, stepOf } from './triple-model.js';

/** Begins at a point of known loss. `reference`: the least loss of the first points of the whole search. */
export function beginLocal(search: LocalSearch, x: Float64Array, loss: number, reference: number): void {
  search.x.set(x);
  search.next.set(x);
  search.last.set(x);
  search.f = loss;
  search.nextLoss = loss;
  search.before = loss;
  search.reference = reference;
  search.g.fill(0);
  search.G.fill(0);
  search.modelled.fill(0);
  search.full = true;
  search.rounds = 0;
  search.order = [...search.free];
  search.at = -1;
  nextAxis(search);
}

/** Writes the points that are asked into `rows`, row-major; returns how many. */
export function askLocal(search: LocalSearch, rows: Float64Array | Float32Array): number {
  const { stage, x, x1, x2, order, at } = search;
  const n = x.length;
  if (stage === 'axis' || stage === 'step' || stage === 'edge-line') {
    const place = nextPlace(search.probing) ?? 0;
    for (let i = 0; i < n; i++) rows[i] = put(search, x[i] + place * search.way[i], i);
    return 1;
  }
  const i = order[at];
  if (stage === 'pair' || stage === 'edge') {
    const count = stage === 'pair' ? 2 : 1;
    for (let k = 0; k < count; k++) rows.set(x, k * n);
    rows[i] = x1[i];
    if (count === 2) rows[n + i] = x2[i];
    return count;
  }
  let count = 0;
  for (const k of partners(search)) {
    rows.set(x, count * n);
    rows[count * n + i] = lower(search, i);
    rows[count * n + k] = lower(search, k);
    count++;
  }
  return count;
}

export function tellLocal(search: LocalSearch, losses: Float64Array): void {
  const { stage, probing } = search;
  if (stage === 'axis' || stage === 'step' || stage === 'edge-line') {
    probing.places[probing.count] = nextPlace(probing) ?? 0;
    probing.losses[probing.count++] = losses[0];
    if (nextPlace(probing) !== undefined) return;
    if (stage === 'axis') endAxis(search);
    else if (stage === 'step') endStep(search);
    else {
      moveAlong(search);
      nextEdge(search);
    }
  } else if (stage === 'pair') endPair(search, losses);
  else if (stage === 'edge') endEdge(search, losses[0]);
  else endPairs(search, losses);
}

/** A line search from the best point along `way`; `known` is the loss at 0. */
function probe(search: LocalSearch, first: number, most: number, kind: 'wide' | 'cautious' | 'plain'): void {
  const { probing, x, way, low, high } = search;
  let [from, to] = [-Infinity, Infinity];
  for (let i = 0; i < x.length; i++) {
    if (way[i] === 0) continue;
    const [toLow, toHigh] = [(low[i] - x[i]) / way[i], (high[i] - x[i]) / way[i]];
    from = Math.max(from, Math.min(toLow, toHigh));
    to = Math.min(to, Math.max(toLow, toHigh));
  }
  probing.low = Math.min(from, 0);
  probing.high = Math.max(to, 0);
  probing.first = Math.min(Math.max(first, probing.low), probing.high);
  probing.most = most;
  probing.cautious = kind === 'cautious';
  probing.wide = kind === 'wide';
  probing.count = 1;
  probing.places[0] = 0;
  probing.losses[0] = search.f;
}

/** The best point of the line becomes the centre. */
function moveAlong(search: LocalSearch): void {
  const { probing, x, way } = search;
  let best = 0;
  for (let k = 1; k < probing.count; k++) if (probing.losses[k] < probing.losses[best]) best = k;
  if (best === 0) return;
  for (let i = 0; i < x.length; i++) x[i] = put(search, x[i] + probing.places[best] * way[i], i);
  search.f = probing.losses[best];
}

/** A line search of six points along the next coordinate; after the last, the first step. */
function nextAxis(search: LocalSearch): void {
  const { x, low, high, way, order } = search;
  search.at++;
  if (search.at === order.length) {
    firstStep(search);
    return;
  }
  const i = order[search.at];
  way.fill(0);
  way[i] = 1;
  search.stage = 'axis';
  if (atEdge(search, i)) probe(search, x[i] <= low[i] ? stepOf(search, i) : -stepOf(search, i), 6, 'cautious');
  else {
    const scale = x[i] === 0 ? 1 : Math.abs(x[i]);
    const [ahead, behind] = [Math.min(scale, high[i] - x[i]), Math.min(scale, x[i] - low[i])];
    probe(search, ahead >= behind ? ahead : -behind, 6, 'wide');
  }
}

/** The three places of a coordinate out of its line search: the best, the centre, and the nearest that is left. */
function endAxis(search: LocalSearch): void {
  const { x, x1, x2, order, at, probing, modelled, next } = search;
  const i = order[at];
  const points = sorted(probing);
  let best = points.findIndex(({ place }) => place === 0);
  points.forEach(({ loss }, k) => {
    if (loss < points[best].loss) best = k;
  });
  const found = points[best];
  const least = stepOf(search, i) / 2;
  const others = points.filter(
    ({ place }) => Math.abs(place - found.place) >= least && put(search, x[i] + place, i) !== put(search, x[i] + found.place, i),
  );
  const before = others.filter(({ place }) => place < found.place).reverse();
  const after = others.filter(({ place }) => place > found.place);
  const alone = partners(search).length === 0;
  const towards = found.place > 0 ? [after, before] : [before, after];
  let pair = [before[0] ?? after[1], after[0] ?? before[1]];
  const old = x[i];
  if (alone || found.place === 0) {
    x[i] = put(search, old + found.place, i);
    search.f = found.loss;
    next.set(x);
  } else {
    pair = [found, [...towards[0], ...towards[1]].find(({ place }) => place !== 0) ?? found];
    next.set(x);
    next[i] = put(search, old + found.place, i);
  }
  search.nextLoss = found.loss;
  if (pair[0] === undefined || pair[1] === undefined || pair[0] === pair[1]) {
    x.set(next);
    search.f = found.loss;
    nextAxis(search);
    return;
  }
  x1[i] = put(search, old + pair[0].place, i);
  x2[i] = put(search, old + pair[1].place, i);
  if (!interpolate(search, i, pair[0].loss, pair[1].loss)) {
    nextAxis(search);
    return;
  }
  if (partners(search).length > 0) search.stage = 'axis-pairs';
  else settleCoordinate(search);
  modelled[i] = 1;
  if (search.stage === 'axis') nextAxis(search);
}

function endPairs(search: LocalSearch, losses: Float64Array): void {
  const { stage, order, at, modelled } = search;
  interpolatePairs(search, losses);
  const i = order[at];
  modelled[i] = 1;
  settleCoordinate(search);
  if (stage === 'axis-pairs') nextAxis(search);
  else nextPair(search);
}

/** Step 2: d, no larger than to the nearest bound or a quarter of one plus the way from the box's smallest point. */
function firstStep(search: LocalSearch): void {
  const { x, low, high, radius } = search;
  for (let i = 0; i < x.length; i++) {
    const smallest = Math.min(Math.max(low[i], 0), high[i]);
    radius[i] = Math.min(high[i] - x[i], x[i] - low[i], 0.25 * (1 + Math.abs(x[i] - smallest)));
  }
  step(search);
}

/** Towards where the model is least, with a line search; a round ends at once where that is here. */
function step(search: LocalSearch): void {
  const { x, low, high, g, G, way, radius } = search;
  const n = x.length;
  const from = x.map((value, i) => Math.max(-radius[i], low[i] - value));
  const to = x.map((value, i) => Math.min(radius[i], high[i] - value));
  lowWithinBox(g, G, from, to, way);
  let moved = false;
  search.promised = search.f;
  for (let i = 0; i < n; i++) {
    moved ||= put(search, x[i] + way[i], i) !== x[i];
    search.promised += g[i] * way[i];
    for (let k = 0; k < n; k++) search.promised += (way[i] * G[i * n + k] * way[k]) / 2;
  }
  search.last.set(x);
  if (!moved) {
    if (search.f === search.before) search.r = 0;
    control(search);
    return;
  }
  search.stage = 'step';
  probe(search, 1, 15, 'plain');
}

function endStep(search: LocalSearch): void {
  const old = search.f;
  moveAlong(search);
  search.r = search.f === old ? 0 : old === search.promised ? 0.5 : (old - search.f) / (old - search.promised);
  control(search);
}

/** Step 3: on, or not. */
function control(search: LocalSearch): void {
  const { x, last, g, free, gamma, reference } = search;
  const inside = free.every((i) => !atEdge(search, i));
  let slope = 0;
  for (let i = 0; i < x.length; i++) slope += Math.abs(g[i]) * Math.max(Math.abs(x[i]), Math.abs(last[i]));
  const fulfilled = !(search.before - search.f > 0) || slope < gamma * (reference - search.f);
  if (search.rounds++ >= search.most || (inside && search.full && fulfilled)) {
    search.stage = 'done';
    return;
  }
  search.before = search.f;
  if (!inside && fulfilled) {
    search.order = free.filter((i) => atEdge(search, i));
    search.at = -1;
    search.bettered = false;
    nextEdge(search);
  } else model(search, Math.abs(search.r - 1) > 0.25 || fulfilled);
}

/** Step 4: a small step from the next bound inwards. */
function nextEdge(search: LocalSearch): void {
  const { x, low, order, x1 } = search;
  search.at++;
  if (search.at === order.length) {
    if (search.bettered) model(search, true);
    else search.stage = 'done';
    return;
  }
  const i = order[search.at];
  x1[i] = put(search, x[i] + (x[i] <= low[i] ? stepOf(search, i) : -stepOf(search, i)), i);
  search.stage = 'edge';
}

function endEdge(search: LocalSearch, loss: number): void {
  const { x, x1, order, at, way, probing } = search;
  if (!(loss < search.f)) {
    nextEdge(search);
    return;
  }
  search.bettered = true;
  const i = order[at];
  way.fill(0);
  way[i] = 1;
  search.stage = 'edge-line';
  probe(search, x1[i] - x[i], 6, 'plain');
  probing.places[1] = probing.first;
  probing.losses[1] = loss;
  probing.count = 2;
}

/** Step 5: a model of the coordinates that are not at a bound, at small distances; a full one, or its diagonal alone. */
function model(search: LocalSearch, full: boolean): void {
  const { x, g, G, free, modelled, next } = search;
  const n = x.length;
  search.full = full;
  search.order = free.filter((i) => !atEdge(search, i));
  modelled.fill(0);
  g.fill(0);
  for (const i of free) {
    if (!atEdge(search, i)) continue;
    for (let k = 0; k < n; k++) {
      G[i * n + k] = 0;
      G[k * n + i] = 0;
    }
  }
  next.set(x);
  search.nextLoss = search.f;
  search.at = -1;
  nextPair(search);
}

function nextPair(search: LocalSearch): void {
  const { x, x1, x2, order, radius, r, low, high } = search;
  search.at++;
  if (search.at < order.length) {
    const i = order[search.at];
    x1[i] = put(search, x[i] - stepOf(search, i), i);
    x2[i] = put(search, x[i] + stepOf(search, i), i);
    search.stage = 'pair';
    return;
  }
  for (let i = 0; i < x.length; i++) {
    if (r < 0.25) radius[i] /= 2;
    else if (r > 0.75) radius[i] *= 2;
    if (radius[i] === 0) radius[i] = Math.min(0.25 * (1 + Math.abs(x[i])), high[i] - low[i]);
  }
  step(search);
}

function endPair(search: LocalSearch, losses: Float64Array): void {
  const { x, x1, x2, order, at, next, modelled } = search;
  const i = order[at];
  const better = losses[0] <= losses[1] ? 0 : 1;
  if (losses[better] < search.nextLoss) {
    search.nextLoss = losses[better];
    next.set(x);
    next[i] = better === 0 ? x1[i] : x2[i];
  }
  if (interpolate(search, i, losses[0], losses[1])) {
    if (search.full && partners(search).length > 0) {
      search.stage = 'pairs';
      return;
    }
    modelled[i] = 1;
  }
  settleCoordinate(search);
  nextPair(search);
}
