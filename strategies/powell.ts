/**
 * Powell's direction set: "An efficient method for finding the minimum of a function of several variables without calculating
 * derivatives" (1964, https://doi.org/10.1093/comjnl/7.2.155). Line searches along D directions; the way they led together becomes a
 * new direction. The basic procedure finds the minimum of a quadratic of D variables in D sets of line searches, for its directions
 * become conjugate.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { allocate, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';
import { type Line, openLine, tellLine } from './shared/line-search.js';

const options = z.strictObject({
  update: z
    .enum(['discard', 'basic'])
    .default('discard')
    .describe(
      "Which direction the new one replaces. discard: the one that brought most, and only where Powell's test says that the set becomes no more dependent; basic: always the oldest.",
    ),
  lineSearch: z.enum(['brent', 'golden']).default('brent').describe('brent: parabolas and golden sections; golden: golden sections alone.'),
  lineTolerance: z
    .number()
    .min(1e-12)
    .max(0.5)
    .default(0.01)
    .describe('Accuracy of a line search, as a share of how far it leads. 1e-12 to 0.5.'),
  initialStep: z
    .number()
    .gt(0)
    .max(1e6)
    .default(0.5)
    .describe('First step of the first line searches, in deviations of the start. Above 0 to 1,000,000.'),
  tolerance: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-10)
    .describe('Converged when a round moves no coordinate by more than this share of the first step. Above 0, below 1.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly epsilon: number;
  readonly population: DensePopulation;
  /** The best point so far and its loss. */
  readonly x: Vector;
  loss: number;
  /** D directions, row-major; the rows in the order of their use; the first step along each. */
  readonly directions: Float64Array;
  readonly order: Int32Array;
  readonly steps: Float64Array;
  /** First steps of the coordinates. */
  readonly small: Float64Array;
  phase: 'first' | 'line' | 'extrapolated' | 'converged';
  /** The line that is searched, and its place in the order; D for the new direction, -1 for the search before the first round. */
  line: Line | undefined;
  place: number;
  /** Where the round began, its loss, the largest gain of a line, and that line's place. */
  readonly roundStart: Vector;
  roundLoss: number;
  gain: number;
  gainPlace: number;
  /** The way of the round. */
  readonly way: Float64Array;
}

export const powell = defineStrategy<Options, State>({
  name: 'powell',
  title: "Powell's direction set",
  family: 'direct search',
  reference: {
    authors: 'M. J. D. Powell',
    year: 1964,
    title: 'An efficient method for finding the minimum of a function of several variables without calculating derivatives',
    link: 'https://doi.org/10.1093/comjnl/7.2.155',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 5000,
    memory: (dimension) => 8 * dimension * (dimension + 8) + 4 * dimension,
    work: (dimension) => 6 * dimension,
    invariances: ['translation'],
  },
  options,

  start(space, settings, rng) {
    const { dimension, bounds } = space;
    const { x, step } = firstPoint(space, rng, settings.initialStep);
    const directions = new Float64Array(dimension * dimension);
    for (let i = 0; i < dimension; i++) directions[i * dimension + i] = step[i];
    const population = densePopulation(space, 1);
    population.values.set(x);
    return {
      settings,
      lower: bounds?.lower.slice() ?? new Float64Array(dimension).fill(-Infinity),
      upper: bounds?.upper.slice() ?? new Float64Array(dimension).fill(Infinity),
      epsilon: resolution(space),
      population,
      x,
      loss: Infinity,
      directions,
      order: Int32Array.from({ length: dimension }, (_, i) => i),
      steps: new Float64Array(dimension).fill(1),
      small: step.map((s) => settings.tolerance * Math.abs(s)),
      phase: 'first',
      line: undefined,
      place: 0,
      roundStart: allocate(space, dimension),
      roundLoss: Infinity,
      gain: 0,
      gainPlace: 0,
      way: new Float64Array(dimension),
    };
  },

  ask: ({ population }) => ({ kind: 'losses', population }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`powell asked for losses and was told a ${answer.kind}.`);
    const [loss] = answer.losses;
    const { x, population, phase } = state;
    if (phase === 'first') {
      x.set(population.values);
      state.loss = loss;
      // Conjugacy needs a start that is a minimum along the last direction.
      if (state.settings.update === 'basic') search(state, -1);
      else beginRound(state);
    } else if (phase === 'line' && state.line !== undefined) tellLine(state.line, loss);
    else if (phase === 'extrapolated') {
      if (worthwhile(state, loss)) search(state, x.length);
      else beginRound(state);
    }
    while (state.line?.phase === 'done') finish(state, state.line);
    if (state.line === undefined) return;
    state.phase = 'line';
    write(state, state.line.u);
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

function beginRound(state: State): void {
  state.roundStart.set(state.x);
  state.roundLoss = state.loss;
  state.gain = 0;
  state.gainPlace = 0;
  search(state, 0);
}

/** The line at a place, from the best point on. */
function search(state: State, place: number): void {
  const { x, lower, upper, settings, epsilon } = state;
  const n = x.length;
  let low = -Infinity;
  let high = Infinity;
  let floor = Infinity;
  for (let i = 0; i < n; i++) {
    const d = component(state, place, i);
    if (d === 0) continue;
    const [toLower, toUpper] = [(lower[i] - x[i]) / d, (upper[i] - x[i]) / d];
    low = Math.max(low, Math.min(toLower, toUpper));
    high = Math.min(high, Math.max(toLower, toUpper));
    floor = Math.min(floor, Math.max((epsilon * Math.abs(x[i])) / Math.abs(d), 1e-300));
  }
  if (floor === Infinity) {
    // a coordinate that its bounds leave no room
    low = 0;
    high = 0;
    floor = 0;
  }
  state.place = place;
  state.line = openLine(state.loss, {
    step: Math.max(place === n ? 1 : state.steps[row(state, place)], 2 * floor),
    low,
    high,
    tolerance: settings.lineTolerance,
    floor,
    parabolas: settings.lineSearch === 'brent',
  });
}

/** The row of the direction at a place. */
function row({ order }: State, place: number): number {
  return order[place < 0 ? order.length - 1 : place];
}

function component(state: State, place: number, i: number): number {
  const n = state.x.length;
  return place === n ? state.way[i] : state.directions[row(state, place) * n + i];
}

/** Moves to what a line found, and opens the next line or asks for the extrapolated point. */
function finish(state: State, line: Line): void {
  const { place, x } = state;
  const n = x.length;
  const gain = state.loss - line.fx;
  if (gain > 0) {
    write(state, line.x);
    x.set(state.population.values);
    state.loss = line.fx;
  }
  const reach = gain > 0 ? Math.abs(line.x) : 0;
  state.line = undefined;
  if (place === n) {
    replaceDirection(state, reach);
    beginRound(state);
    return;
  }
  const used = row(state, place);
  state.steps[used] = Math.max(reach, state.steps[used] / 10);
  if (place < 0) {
    beginRound(state);
    return;
  }
  if (gain > state.gain) {
    state.gain = gain;
    state.gainPlace = place;
  }
  if (place + 1 < n) search(state, place + 1);
  else endRound(state);
}

/** The point of the current line at `u`, as the question. */
function write(state: State, u: number): void {
  const { x, lower, upper, population, place } = state;
  for (let i = 0; i < x.length; i++) {
    population.values[i] = Math.min(Math.max(x[i] + u * component(state, place, i), lower[i]), upper[i]);
  }
}

function endRound(state: State): void {
  const { x, roundStart, way, settings, lower, upper, population } = state;
  let moved = false;
  for (let i = 0; i < x.length; i++) {
    way[i] = x[i] - roundStart[i];
    moved ||= Math.abs(way[i]) > least(state, i);
  }
  if (!moved) {
    if (searchedClosely(state)) {
      population.values.set(x);
      state.phase = 'converged';
    } else beginRound(state);
  } else if (settings.update === 'basic') search(state, x.length);
  else {
    for (let i = 0; i < x.length; i++) population.values[i] = Math.min(Math.max(x[i] + way[i], lower[i]), upper[i]);
    state.phase = 'extrapolated';
  }
}

/** The least move of a coordinate that counts. */
function least({ small, epsilon, x }: State, i: number): number {
  return Math.max(small[i], 2 * epsilon * Math.abs(x[i]));
}

/** Whether every line was searched to within the least moves: first steps shrink from round to round until they are. */
function searchedClosely(state: State): boolean {
  const { x, directions, steps, settings } = state;
  const n = x.length;
  for (let k = 0; k < n; k++) {
    const accuracy = (steps[k] * settings.lineTolerance) / 10;
    for (let i = 0; i < n; i++) if (Math.abs(directions[k * n + i]) * accuracy > least(state, i)) return false;
  }
  return true;
}

/** Powell's test: the way leads on downhill, and what was gained came neither from one direction nor from a curve that is passed. */
function worthwhile({ roundLoss, loss, gain }: State, extrapolated: number): boolean {
  if (!(extrapolated < roundLoss)) return false;
  const curvature = 2 * (roundLoss - 2 * loss + extrapolated);
  return curvature * (roundLoss - loss - gain) ** 2 < gain * (roundLoss - extrapolated) ** 2;
}

/** Puts the way last, in place of the direction that goes. `reach` is how far on it led. */
function replaceDirection(state: State, reach: number): void {
  const { order, directions, way, settings, gainPlace, steps } = state;
  const n = way.length;
  const place = settings.update === 'basic' ? 0 : gainPlace;
  const gone = order[place];
  for (let k = place; k < n - 1; k++) order[k] = order[k + 1];
  order[n - 1] = gone;
  directions.set(way, gone * n);
  steps[gone] = Math.max(reach, 0.1);
}
