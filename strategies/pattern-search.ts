/**
 * Search along the coordinates with steps that only shrink: Hooke and Jeeves, "'Direct Search' Solution of Numerical and
 * Statistical Problems" (1961, https://doi.org/10.1145/321062.321069), with Bell and Pike's memory of each coordinate's last good
 * sign (1966, https://doi.org/10.1145/365813.365825), and compass search as in Kolda, Lewis and Torczon (2003,
 * https://doi.org/10.1137/S003614450242889). Both ask no point outside the bounds and no point twice in a row.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { allocate, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';

const options = z.strictObject({
  method: z
    .enum(['hooke-jeeves', 'compass'])
    .default('hooke-jeeves')
    .describe(
      'hooke-jeeves: coordinate after coordinate, each improvement kept at once, then a leap by as much again; compass: the best of the points one step to either side of the current one.',
    ),
  initialStep: z
    .number()
    .gt(0)
    .max(1e6)
    .default(0.5)
    .describe('First step of each coordinate, in deviations of its start. Above 0 to 1,000,000.'),
  contraction: z.number().gt(0).lt(1).default(0.5).describe('Factor of the step when no neighbour is better. Above 0, below 1.'),
  expansion: z.number().min(1).max(10).default(1).describe('For compass: factor of the step when one is. 1 (none) to 10.'),
  pollSize: z
    .int()
    .min(1)
    .max(100_000)
    .default(1)
    .describe(
      'For compass: neighbours evaluated at once; the best better one is taken. 1 (the first better one) to 100,000; of at most 2 a coordinate.',
    ),
  tolerance: z.number().gt(0).lt(1).default(1e-10).describe('Converged when the step is below this share of the first. Above 0, below 1.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly epsilon: number;
  /** The base: the best point so far, and its loss. */
  readonly x: Vector;
  loss: number;
  /** First steps, signed: the side that is tried first. */
  readonly step: Float64Array;
  /** What the first steps are multiplied by now. */
  scale: number;
  phase: 'base' | 'poll' | 'explore' | 'pattern' | 'converged';
  readonly population: DensePopulation;
  /** Rows of the population that are asked. */
  count: number;
  /** Compass: directions tried since the last change, of 2 a coordinate, the first of them, and the best of them. */
  tried: number;
  first: number;
  readonly directions: Int32Array;
  /** Hooke-Jeeves: the point that is explored around, its loss, the coordinate and whether its other side is due. */
  readonly current: Vector;
  currentLoss: number;
  coordinate: number;
  otherSide: boolean;
  /** Whether the exploration began at the end of a leap. */
  leapt: boolean;
}

export const patternSearch = defineStrategy<Options, State>({
  name: 'pattern-search',
  title: 'Pattern search (Hooke-Jeeves, compass)',
  family: 'direct search',
  reference: {
    authors: 'R. Hooke, T. A. Jeeves',
    year: 1961,
    title: '"Direct Search" Solution of Numerical and Statistical Problems',
    link: 'https://doi.org/10.1145/321062.321069',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * dimension * (population + 5) + 4 * population,
    work: (dimension, population) => 3 * dimension * population,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension, bounds } = space;
    const { x, step } = firstPoint(space, rng, settings.initialStep);
    const size = settings.method === 'compass' ? Math.min(settings.pollSize, 2 * dimension) : 1;
    const population = densePopulation(space, size);
    population.values.set(x);
    return {
      settings,
      lower: bounds?.lower.slice() ?? new Float64Array(dimension).fill(-Infinity),
      upper: bounds?.upper.slice() ?? new Float64Array(dimension).fill(Infinity),
      epsilon: resolution(space),
      x,
      loss: Infinity,
      step,
      scale: 1,
      phase: 'base',
      population,
      count: 1,
      tried: 0,
      first: 0,
      directions: new Int32Array(size),
      current: allocate(space, dimension),
      currentLoss: Infinity,
      coordinate: 0,
      otherSide: false,
      leapt: false,
    };
  },

  ask({ population, count }) {
    return { kind: 'losses', population: { ...population, size: count } };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`pattern-search asked for losses and was told a ${answer.kind}.`);
    const { losses } = answer;
    if (state.phase === 'base') {
      moveTo(state, 0, losses[0]);
      if (state.settings.method === 'compass') poll(state);
      else {
        state.current.set(state.x);
        state.currentLoss = state.loss;
        lookAround(state, false);
      }
    } else if (state.phase === 'poll') tellPoll(state, losses);
    else if (state.phase === 'pattern') {
      state.current.set(state.population.values);
      state.currentLoss = losses[0];
      lookAround(state, true);
    } else if (state.phase === 'explore') tellNeighbour(state, losses[0]);
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

/** Takes a row of the population, as it was evaluated, as the base. */
function moveTo(state: State, row: number, loss: number): void {
  const { x, population } = state;
  const at = row * x.length;
  for (let i = 0; i < x.length; i++) x[i] = population.values[at + i];
  state.loss = loss;
}

/**
 * Writes `from` with coordinate `i` moved by `sign` steps into a row. False where that is no other point: at a bound, or where the
 * step is lost in rounding.
 */
function neighbour(state: State, from: Vector, i: number, sign: number, row: number): boolean {
  const { population, lower, upper, step, scale } = state;
  const at = row * from.length;
  const { values } = population;
  values[at + i] = Math.min(Math.max(from[i] + sign * scale * step[i], lower[i]), upper[i]);
  if (values[at + i] === from[i]) return false;
  const moved = values[at + i];
  for (let k = 0; k < from.length; k++) values[at + k] = from[k];
  values[at + i] = moved;
  return true;
}

/** Shrinks the steps. False, and the search is over, when they are below the tolerance or lost in rounding everywhere. */
function contract(state: State): boolean {
  const { settings, x, step, epsilon } = state;
  state.scale *= settings.contraction;
  let lost = true;
  for (let i = 0; i < x.length && lost; i++) lost = Math.abs(state.scale * step[i]) <= epsilon * Math.abs(x[i]);
  if (state.scale >= settings.tolerance && !lost) return true;
  state.phase = 'converged';
  state.population.values.set(x);
  state.count = 1;
  return false;
}

/** Compass: fills the population with the next untried neighbours. Directions 2i and 2i + 1 are the two sides of coordinate i. */
function poll(state: State): void {
  const { x, population, directions } = state;
  state.phase = 'poll';
  state.count = 0;
  for (;;) {
    while (state.tried < 2 * x.length && state.count < population.size) {
      const direction = (state.first + state.tried++) % (2 * x.length);
      if (neighbour(state, x, direction >> 1, direction & 1 ? -1 : 1, state.count)) directions[state.count++] = direction;
    }
    if (state.count > 0) return;
    state.tried = 0;
    if (!contract(state)) return;
  }
}

function tellPoll(state: State, losses: Float64Array): void {
  let best = -1;
  for (let row = 0; row < state.count; row++) if (losses[row] < (best < 0 ? state.loss : losses[best])) best = row;
  if (best >= 0) {
    moveTo(state, best, losses[best]);
    state.first = state.directions[best];
    state.tried = 0;
    state.scale = Math.min(state.scale * state.settings.expansion, 1e6);
  }
  poll(state);
}

/** Hooke-Jeeves: begins with the first neighbour of the current point. */
function lookAround(state: State, leapt: boolean): void {
  state.leapt = leapt;
  state.coordinate = 0;
  state.otherSide = false;
  nextNeighbour(state);
}

/** Asks for the next neighbour of the current point that is a point of its own; after the last one, decides what comes next. */
function nextNeighbour(state: State): void {
  const { current, x, population } = state;
  state.phase = 'explore';
  for (;;) {
    while (state.coordinate < x.length) {
      if (neighbour(state, current, state.coordinate, state.otherSide ? -1 : 1, 0)) return;
      skip(state);
    }
    if (state.currentLoss < state.loss) {
      // leap: as far again as from the old base to the new one
      const { lower, upper } = state;
      let moved = false;
      for (let i = 0; i < x.length; i++) {
        population.values[i] = Math.min(Math.max(2 * current[i] - x[i], lower[i]), upper[i]);
        x[i] = current[i];
        moved ||= population.values[i] !== x[i];
      }
      state.loss = state.currentLoss;
      if (moved) {
        state.phase = 'pattern';
        return;
      }
    } else if (!state.leapt && !contract(state)) return;
    current.set(x);
    state.currentLoss = state.loss;
    state.leapt = false;
    state.coordinate = 0;
    state.otherSide = false;
  }
}

function tellNeighbour(state: State, loss: number): void {
  if (loss < state.currentLoss) {
    state.current.set(state.population.values);
    state.currentLoss = loss;
    if (state.otherSide) state.step[state.coordinate] *= -1;
    state.coordinate++;
    state.otherSide = false;
  } else skip(state);
  nextNeighbour(state);
}

/** On to the other side, and from there to the next coordinate. */
function skip(state: State): void {
  if (state.otherSide) state.coordinate++;
  state.otherSide = !state.otherSide;
}
