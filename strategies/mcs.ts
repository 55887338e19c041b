/**
 * Multilevel coordinate search: Huyer and Neumaier, "Global optimization by multilevel coordinate search" (1999,
 * https://doi.org/10.1023/A:1008382309369). The box of the bounds is split along one coordinate at a time; a box's level says how often
 * it was, and sweeps go through all levels, so that good boxes are split first and none is forgotten. From base points of boxes that
 * have reached the last level local searches start, unless they lie in a known valley. Nothing is random: every seed gives the same run.
 */
import { z } from 'zod';
import { limitsOf } from '../src/core/bounds.js';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { defineStrategy } from '../src/core/strategy.js';
import { between, type Comparison, type Found, isOver, openComparison, tellBetween } from './shared/basket.js';
import { type Boxes, boxBytes, makeWhole, openBoxes, openWhole, type Whole } from './shared/box-list.js';
import { bestOfList, byGain, byRank, firstBoxes, type Leave, type Lists, type Split, splitAt, splitByList } from './shared/box-split.js';
import { type LocalSearch, openLocal } from './shared/triple-model.js';
import { askLocal, beginLocal, tellLocal } from './shared/triple-search.js';

const options = z.strictObject({
  levels: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('s_max: at this level a box is too small to be split. 3 to 100,000; 0 means 5 for each coordinate plus 10, as in the paper.'),
  list: z
    .enum(['corners', 'inside'])
    .default('corners')
    .describe(
      'Where coordinates are split first. corners: the bounds and the middle between them; inside: a sixth, a half and five sixths.',
    ),
  localSearch: z.boolean().default(true).describe('Whether local searches start from the boxes of the last level.'),
  rounds: z.number().int().min(0).max(10_000).default(50).describe('Rounds of a local search at most. 0 to 10,000.'),
  gamma: z
    .number()
    .min(0)
    .max(1)
    .default(1e-18)
    .describe('A local search ends where the slope promises less than this share of what was gained since the start. 0 to 1.'),
});

type Options = z.output<typeof options>;

/** Losses count as no more than this, and failed evaluations as this, so that parabolas through them stay finite. */
const highest = 1e100;

interface State {
  readonly settings: Options;
  readonly single: boolean;
  readonly lastLevel: number;
  readonly lists: Lists;
  readonly boxes: Boxes;
  readonly whole: Whole;
  readonly local: LocalSearch;
  readonly population: DensePopulation;
  count: number;
  phase: 'start' | 'list' | 'split' | 'compare' | 'local' | 'converged';
  /** The best point of the first round, x*; the coordinate whose list is asked, as a place in `free`. */
  readonly star: Float64Array;
  starLoss: number;
  root: number;
  at: number;
  /** The least loss so far: f_best. */
  least: number;
  /** Least loss of the first round. */
  reference: number;
  /** For each level the number of its best box, -1 where there is none; the level of the sweep, and the box that is being split. */
  readonly record: Int32Array;
  level: number;
  box: number;
  split: Split;
  /** Base points of the last level, collected in this sweep; where local searches started; what they found. */
  candidates: Found[];
  readonly started: Float64Array[];
  readonly basket: Found[];
  comparison: Comparison | undefined;
}

export const mcs = defineStrategy<Options, State>({
  name: 'mcs',
  title: 'Multilevel coordinate search',
  family: 'global deterministic',
  reference: {
    authors: 'W. Huyer, A. Neumaier',
    year: 1999,
    title: 'Global optimization by multilevel coordinate search',
    link: 'https://doi.org/10.1023/A:1008382309369',
  },
  card: {
    needs: 'losses',
    bounds: 'required',
    noise: 'misled',
    largestDimension: 100,
    // at the start; boxes take about 250 bytes more for each evaluation so far, and arrays double when full
    memory: (dimension) => 16 * dimension * dimension + boxBytes * (16 * dimension + 64) + 300 * dimension,
    // a box's history, and the scan of all boxes that a sweep begins with, shared by its evaluations
    work: (dimension, population) => 200 * dimension * population,
    invariances: [],
  },
  options,

  start(space, settings) {
    const n = space.dimension;
    const single = space.precision === 'float32';
    const limits = limitsOf(space);
    const low = Float64Array.from(limits?.lower ?? []);
    const high = Float64Array.from(limits?.upper ?? []);
    const places = new Float64Array(3 * n);
    const share = settings.list === 'corners' ? 0 : 1 / 6;
    const free: number[] = [];
    for (let i = 0; i < n; i++) {
      const inside = (u: number) => {
        const x = low[i] + u * (high[i] - low[i]);
        return Math.min(Math.max(single ? Math.fround(x) : x, low[i]), high[i]);
      };
      places.set([inside(share), inside(1 / 2), inside(1 - share)], 3 * i);
      if (places[3 * i] < places[3 * i + 1] && places[3 * i + 1] < places[3 * i + 2]) free.push(i);
    }
    const lastLevel = settings.levels === 0 ? 5 * n + 10 : Math.max(settings.levels, 3);
    const star = Float64Array.from({ length: n }, (_, i) => places[3 * i + 1]);
    const population = densePopulation(space, Math.max(n, 2));
    population.values.set(star);
    return {
      settings,
      single,
      lastLevel,
      lists: { low, high, places, losses: new Float64Array(3 * n), free, rank: new Int32Array(n), variability: new Float64Array(n) },
      boxes: openBoxes(n, 16 * n + 64),
      whole: openWhole(n),
      local: openLocal(low, high, single, free, settings.rounds, settings.gamma),
      population,
      count: 1,
      phase: 'start',
      star,
      starLoss: highest,
      root: highest,
      at: -1,
      least: highest,
      reference: highest,
      record: new Int32Array(lastLevel).fill(-1),
      level: 0,
      box: -1,
      split: { coordinate: 0, place: undefined },
      candidates: [],
      started: [],
      basket: [],
      comparison: undefined,
    };
  },

  ask: ({ population, count }) => ({ kind: 'losses', population: { ...population, size: count } }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`mcs asked for losses and was told a ${answer.kind}.`);
    if (state.phase === 'converged') return;
    const losses = answer.losses.map((loss) => Math.min(loss, highest));
    for (const loss of losses) state.least = Math.min(state.least, loss);
    if (state.phase === 'start') {
      state.starLoss = losses[0];
      state.root = losses[0];
      nextList(state);
    } else if (state.phase === 'list') takeList(state, losses);
    else if (state.phase === 'split') takeSplit(state, losses);
    else if (state.phase === 'compare' && state.comparison !== undefined) takeComparison(state, state.comparison, losses[0]);
    else {
      tellLocal(state.local, losses);
      if (state.local.stage === 'done') compare(state, 'after', state.local.x, state.local.f);
      else askLocally(state);
    }
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

/** The two other values of the next coordinate's list; after the last, the first boxes and the first sweep. */
function nextList(state: State): void {
  const { lists, star, population, boxes, lastLevel } = state;
  state.at++;
  if (state.at < lists.free.length) {
    const i = lists.free[state.at];
    for (let row = 0; row < 2; row++) {
      population.values.set(star, row * star.length);
      population.values[row * star.length + i] = lists.places[3 * i + 2 * row];
    }
    state.count = 2;
    state.phase = 'list';
    return;
  }
  state.reference = state.least;
  if (lists.free.length === 0) {
    state.phase = 'converged';
    return;
  }
  // levels may be so few that some of the first boxes are at the last one: they wait for no local search
  firstBoxes(boxes, lists, state.root, lastLevel, () => {});
  sweep(state);
}

function takeList(state: State, losses: Float64Array): void {
  const { lists, star } = state;
  const i = lists.free[state.at];
  const found = [losses[0], state.starLoss, losses[1]];
  lists.losses.set(found, 3 * i);
  const best = bestOfList(found);
  star[i] = lists.places[3 * i + best];
  state.starLoss = found[best];
  nextList(state);
}

/** Step 1: the best box of every level. */
function sweep(state: State): void {
  const { record, boxes } = state;
  record.fill(-1);
  state.level = state.lastLevel;
  for (let box = 0; box < boxes.count; box++) {
    const level = boxes.level[box];
    if (level === 0) continue;
    state.level = Math.min(state.level, level);
    enter(state, box);
  }
  if (state.level === state.lastLevel) stopHere(state);
  else visit(state);
}

/** A box as the best of its level, if it is strictly better. */
function enter({ record, boxes }: State, box: number): void {
  const best = record[boxes.level[box]];
  if (best < 0 || boxes.loss[box] < boxes.loss[best]) record[boxes.level[box]] = box;
}

/** Steps 2 and 3: goes up the levels to the next box that is to be split, and asks for what that takes. */
function visit(state: State): void {
  const { record, boxes, whole, lists, star, lastLevel } = state;
  const n = star.length;
  for (; state.level < lastLevel; state.level++) {
    const box = record[state.level];
    if (box < 0) continue;
    for (let i = 0; i < n; i++) {
      whole.x[i] = lists.places[3 * i + 1];
      whole.y[i] = lists.high[i]; // the middle is as far from both
    }
    makeWhole(boxes, box, whole);
    state.box = box;
    const split = chosen(state);
    if (split !== undefined) {
      state.split = split;
      question(state);
      return;
    }
    // not split: it goes up by one
    if (state.level + 1 < lastLevel) {
      boxes.level[box] = state.level + 1;
      enter(state, box);
    } else {
      boxes.level[box] = 0;
      state.candidates.push({ point: whole.x.slice(), loss: boxes.loss[box] });
    }
  }
  state.candidates.sort((a, b) => a.loss - b.loss);
  nextCandidate(state);
}

/** How the box is split: by rank if it has waited long, else by the expected gain, if that leads below the best loss. */
function chosen(state: State): Split | undefined {
  const { boxes, box, whole, lists, level, least, single } = state;
  let fewest = Infinity;
  for (const i of lists.free) fewest = Math.min(fewest, whole.splits[i]);
  let split: Split;
  if (level > 2 * lists.free.length * (fewest + 1)) split = byRank(lists, whole);
  else {
    if (boxes.waits[box] === 1) return undefined;
    const gain = byGain(lists, whole);
    if (!(boxes.loss[box] + gain.gain < least)) {
      boxes.waits[box] = 1;
      return undefined;
    }
    split = gain;
  }
  const { coordinate: i } = split;
  if (split.place === undefined) return split;
  const place = Math.min(Math.max(single ? Math.fround(split.place) : split.place, lists.low[i]), lists.high[i]);
  return place === whole.x[i] ? undefined : { coordinate: i, place };
}

function question(state: State): void {
  const { whole, split, population, lists } = state;
  const n = whole.x.length;
  const { coordinate: i, place } = split;
  const places = place === undefined ? [lists.places[3 * i], lists.places[3 * i + 2]] : [place];
  places.forEach((value, row) => {
    population.values.set(whole.x, row * n);
    population.values[row * n + i] = value;
  });
  state.count = places.length;
  state.phase = 'split';
}

function takeSplit(state: State, losses: Float64Array): void {
  const { boxes, box, whole, split, level, lastLevel, lists, candidates } = state;
  const first = boxes.count;
  const leave: Leave = (i, base, loss) => {
    const point = whole.x.slice();
    point[i] = base;
    candidates.push({ point, loss });
  };
  const { coordinate, place } = split;
  if (place === undefined) splitByList(boxes, box, coordinate, level, lists, [losses[0], boxes.loss[box], losses[1]], lastLevel, leave);
  else splitAt(boxes, box, coordinate, level, whole, place, losses[0], lastLevel, leave);
  for (let child = first; child < boxes.count; child++) enter(state, child);
  state.level++;
  visit(state);
}

/** The best candidate from which no local search has started yet; without any, the next sweep. */
function nextCandidate(state: State): void {
  const { candidates, started, settings } = state;
  for (let next = candidates.shift(); next !== undefined; next = candidates.shift()) {
    const { point, loss } = next;
    if (!settings.localSearch || loss >= highest || started.some((other) => other.every((value, i) => value === point[i]))) continue;
    started.push(point);
    compare(state, 'before', point, loss);
    return;
  }
  sweep(state);
}

function compare(state: State, kind: 'before' | 'after', x: Float64Array, loss: number): void {
  state.comparison = openComparison(kind, x, loss, state.basket);
  state.phase = 'compare';
  goOn(state, state.comparison);
}

/** The next point between the candidate and the basket; after the last, the local search, or a place in the basket. */
function goOn(state: State, comparison: Comparison): void {
  const { basket, population, local } = state;
  if (!isOver(comparison)) {
    between(comparison, basket, population.values);
    state.count = 1;
    return;
  }
  state.comparison = undefined;
  if (comparison.kind === 'after') {
    basket.push({ point: comparison.x.slice(), loss: comparison.loss });
    nextCandidate(state);
    return;
  }
  beginLocal(local, comparison.x, comparison.loss, state.reference);
  state.phase = 'local';
  askLocally(state);
}

function takeComparison(state: State, comparison: Comparison, loss: number): void {
  const point = Float64Array.from(state.population.values.subarray(0, comparison.x.length));
  if (tellBetween(comparison, state.basket, point, loss)) {
    state.comparison = undefined;
    nextCandidate(state);
  } else goOn(state, comparison);
}

function askLocally(state: State): void {
  state.count = askLocal(state.local, state.population.values);
}

/** All levels but the last are empty: the best point of the basket is what would be asked. */
function stopHere(state: State): void {
  const { basket, population, star } = state;
  state.phase = 'converged';
  state.count = 1;
  let best = 0;
  for (let k = 1; k < basket.length; k++) if (basket[k].loss < basket[best].loss) best = k;
  population.values.set(basket.length > 0 ? basket[best].point : star);
}
