/**
 * Mesh adaptive direct search with orthogonal directions: Abramson, Audet, Dennis and Le Digabel, "OrthoMADS: A Deterministic MADS
 * Instance with Orthogonal Directions" (2009, https://doi.org/10.1137/080716980). Each poll looks along a basis made from one Halton
 * point, whose directions become dense on the sphere as the mesh becomes fine; points outside the bounds are left out (the extreme
 * barrier). Coordinates are in units of their first steps: the mesh is v + Delta_m z, v any point
 * evaluated so far, z whole numbers.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';
import { adjustedHalton, firstPrimes, halton } from './shared/halton.js';

const options = z.strictObject({
  initialStep: z
    .number()
    .gt(0)
    .max(1e6)
    .default(0.5)
    .describe('First poll size of each coordinate, in deviations of its start. Above 0 to 1,000,000.'),
  pollSize: z
    .int()
    .min(1)
    .max(20_000)
    .default(1)
    .describe(
      'Poll points evaluated at once; the best better one is taken. 1 (the first better one) to 20,000; there are at most 2 a coordinate.',
    ),
  dynamicSearch: z
    .boolean()
    .default(true)
    .describe('After a success, first tries a point four times as far in the same direction (Audet and Dennis 2006).'),
  tolerance: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-10)
    .describe('Converged when the poll size is below this share of the first. Above 0, below 1.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly epsilon: number;
  readonly population: DensePopulation;
  count: number;
  phase: 'first' | 'search' | 'poll' | 'converged';
  /** The incumbent, its loss, and where the last successful poll began. */
  readonly x: Vector;
  loss: number;
  readonly before: Vector;
  /** Units of the coordinates. */
  readonly unit: Float64Array;
  /** l_k: the mesh index. Delta_m = min(1, 4^-l), Delta_p = 2^-l. */
  meshIndex: number;
  /** The finest mesh so far, and the largest Halton index. */
  finest: number;
  lastHalton: number;
  readonly primes: Int32Array;
  /** u_t: the Halton point; q: the whole-number direction near 2u - e; its squared length. */
  readonly u: Float64Array;
  readonly q: Float64Array;
  square: number;
  /** Directions of this poll that were tried, of 2D: H's columns, then their opposites. */
  tried: number;
}

/** Beyond this mesh index directions get no finer: 2^50 is what whole numbers hold exactly in their squares. */
const finestDirections = 50;

export const mads = defineStrategy<Options, State>({
  name: 'mads',
  title: 'Mesh adaptive direct search (OrthoMADS)',
  family: 'direct search',
  reference: {
    authors: 'M. A. Abramson, C. Audet, J. E. Dennis, S. Le Digabel',
    year: 2009,
    title: 'OrthoMADS: A Deterministic MADS Instance with Orthogonal Directions',
    link: 'https://doi.org/10.1137/080716980',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 10_000,
    memory: (dimension, population) => 8 * dimension * (population + 7) + 4 * dimension,
    work: (dimension, population) => 4 * dimension * population + 40 * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension, bounds } = space;
    const { x, step } = firstPoint(space, rng, settings.initialStep);
    const population = densePopulation(space, Math.min(settings.pollSize, 2 * dimension));
    population.values.set(x);
    const primes = firstPrimes(dimension);
    return {
      settings,
      lower: bounds?.lower.slice() ?? new Float64Array(dimension).fill(-Infinity),
      upper: bounds?.upper.slice() ?? new Float64Array(dimension).fill(Infinity),
      epsilon: resolution(space),
      population,
      count: 1,
      phase: 'first',
      x,
      loss: Infinity,
      before: x.slice(),
      unit: step.map(Math.abs),
      meshIndex: 0,
      finest: -1,
      // t_0 = p_D, so that the first points of the larger bases, which lie on a line, are left out
      lastHalton: primes[dimension - 1],
      primes,
      u: new Float64Array(dimension),
      q: new Float64Array(dimension),
      square: 0,
      tried: 0,
    };
  },

  ask: ({ population, count }) => ({ kind: 'losses', population: { ...population, size: count } }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`mads asked for losses and was told a ${answer.kind}.`);
    if (state.phase === 'converged') return;
    const { losses } = answer;
    let best = -1;
    for (let row = 0; row < state.count; row++) if (losses[row] < (best < 0 ? state.loss : losses[best])) best = row;
    if (state.phase === 'first') {
      moveTo(state, 0, losses[0]);
      beginPoll(state);
    } else if (best >= 0) {
      moveTo(state, best, losses[best]);
      state.meshIndex--;
      if (!state.settings.dynamicSearch || !search(state)) beginPoll(state);
    } else if (state.phase === 'search') beginPoll(state);
    else poll(state);
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

/** By multiplication, so that it is the same on every machine. */
function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let k = 0; k < Math.abs(exponent); k++) power *= exponent < 0 ? 0.5 : 2;
  return power;
}

function moveTo(state: State, row: number, loss: number): void {
  const { x, before, population } = state;
  if (state.phase !== 'search') before.set(x);
  for (let i = 0; i < x.length; i++) x[i] = population.values[row * x.length + i];
  state.loss = loss;
}

/** Asks for before + 4 (x - before): on the mesh around `before`, which each success makes at most four times as coarse. */
function search(state: State): boolean {
  const { x, before, population, lower, upper } = state;
  for (let i = 0; i < x.length; i++) {
    const y = before[i] + 4 * (x[i] - before[i]);
    if (!(y >= lower[i] && y <= upper[i])) return false;
    population.values[i] = y;
  }
  state.phase = 'search';
  state.count = 1;
  return true;
}

/** A new basis for the present mesh index, and the first of its points. */
function beginPoll(state: State): void {
  const { meshIndex, primes, u, q } = state;
  // The finest mesh so far takes t_0 + l, so that these polls use consecutive Halton points; all others take new ones.
  let t = state.lastHalton + 1;
  if (meshIndex > state.finest) {
    state.finest = meshIndex;
    t = primes[primes.length - 1] + meshIndex;
  }
  state.lastHalton = Math.max(state.lastHalton, t);
  halton(t, primes, u);
  state.square = adjustedHalton(u, powerOfTwo(Math.min(Math.abs(meshIndex), finestDirections)), q);
  state.tried = 0;
  poll(state);
}

/** Asks for the next points of the poll that lie within the bounds; when there are none left, goes to the next finer mesh. */
function poll(state: State): void {
  const { x, population, settings, unit, epsilon } = state;
  state.phase = 'poll';
  state.count = 0;
  while (state.tried < 2 * x.length && state.count < population.size) {
    if (pollPoint(state, state.tried++, state.count)) state.count++;
  }
  if (state.count > 0) return;
  state.meshIndex++;
  let lost = true;
  const pollSize = powerOfTwo(-state.meshIndex);
  for (let i = 0; i < x.length && lost; i++) lost = pollSize * unit[i] <= epsilon * Math.abs(x[i]);
  if (pollSize >= settings.tolerance && !lost) beginPoll(state);
  else {
    state.phase = 'converged';
    state.count = 1;
    population.values.set(x);
  }
}

/**
 * x + Delta_m times column k of [H, -H], H = |q|^2 I - 2 q q', into a row. False where it is outside the bounds, or no other point.
 * Columns are orthogonal, of length |q|^2 <= 2^|l|: the points are at most Delta_p away.
 */
function pollPoint(state: State, k: number, row: number): boolean {
  const { x, q, square, unit, lower, upper, population, meshIndex } = state;
  const n = x.length;
  const { values } = population;
  const column = k < n ? k : k - n;
  const mesh = (k < n ? 1 : -1) * Math.min(1, powerOfTwo(-2 * meshIndex));
  let moved = false;
  for (let i = 0; i < n; i++) {
    const h = (i === column ? square : 0) - 2 * q[i] * q[column];
    const y = x[i] + mesh * unit[i] * h;
    if (!(y >= lower[i] && y <= upper[i])) return false;
    values[row * n + i] = y;
    moved ||= values[row * n + i] !== x[i];
  }
  return moved;
}
