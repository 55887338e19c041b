/**
 * Subplex: Rowan, "Functional Stability Analysis of Numerical Algorithms" (thesis, University of Texas at Austin, 1990). Nelder-Mead
 * in subspaces of a few coordinates each, chosen anew every cycle so that coordinates which moved alike are searched together. It
 * suits many coordinates that are loosely tied; a curved valley through more of them than a subspace holds (Rosenbrock's in five and
 * more dimensions) it follows slowly or not at all, as NLopt's does (verify/direct-search.ts).
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { allocate, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';
import { asked, openSimplex, type Simplex, standardCoefficients, takeLosses } from './shared/simplex.js';

const options = z.strictObject({
  simplexReduction: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.25)
    .describe('psi: a subspace is left when its simplex is this share of its first size. Above 0, below 1.'),
  stepReduction: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('omega: the steps change by at most this factor, or its inverse, from cycle to cycle. Above 0, below 1.'),
  smallestSubspace: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('nsmin: coordinates of the smallest subspace. 1 to 5; at most the dimension.'),
  largestSubspace: z
    .int()
    .min(1)
    .max(20)
    .default(5)
    .describe(
      'nsmax: coordinates of the largest subspace. 1 to 20, and at least twice the smallest less one, so that every dimension can be divided.',
    ),
  initialStep: z.number().gt(0).max(1e6).default(0.5).describe('First steps, in deviations of the start. Above 0 to 1,000,000.'),
  tolerance: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-10)
    .describe('Converged when a cycle moves, and the next would begin with, no more than this share of the first steps. Above 0, below 1.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly epsilon: number;
  readonly population: DensePopulation;
  count: number;
  phase: 'first' | 'search' | 'converged';
  /** The best point, its loss, and where the cycle began. */
  readonly x: Vector;
  loss: number;
  readonly cycleStart: Vector;
  readonly steps: Float64Array;
  readonly small: Float64Array;
  /** Coordinates in the order of how far they moved; sizes of the subspaces, that many; the one that is searched and its first place. */
  readonly order: Int32Array;
  readonly sizes: Int32Array;
  subspaces: number;
  subspace: number;
  from: number;
  /** One simplex for each size of a subspace. */
  readonly simplices: Simplex[];
  /** Losses of a whole simplex. */
  readonly losses: Float64Array;
  /** The distance between the best and the worst vertex at which the subspace is left; 0 before it is known. */
  enough: number;
}

export const subplex = defineStrategy<Options, State>({
  name: 'subplex',
  title: 'Subplex',
  family: 'direct search',
  reference: {
    authors: 'T. H. Rowan',
    year: 1990,
    title: 'Functional Stability Analysis of Numerical Algorithms',
    link: 'https://www.netlib.org/opt/subplex.tgz',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 1_000_000,
    memory: (dimension) => 8 * dimension * (5 + 6) + 8 * dimension,
    work: (dimension, population) => 2 * dimension * population + 50,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension, bounds } = space;
    const largest = Math.min(Math.max(settings.largestSubspace, 2 * settings.smallestSubspace - 1), dimension);
    const { x, step } = firstPoint(space, rng, settings.initialStep);
    const population = densePopulation(space, largest);
    population.values.set(x);
    return {
      settings: { ...settings, largestSubspace: largest, smallestSubspace: Math.min(settings.smallestSubspace, dimension) },
      lower: bounds?.lower.slice() ?? new Float64Array(dimension).fill(-Infinity),
      upper: bounds?.upper.slice() ?? new Float64Array(dimension).fill(Infinity),
      epsilon: resolution(space),
      population,
      count: 1,
      phase: 'first',
      x,
      loss: Infinity,
      cycleStart: x.slice(),
      steps: step,
      small: step.map((s) => settings.tolerance * Math.abs(s)),
      order: new Int32Array(dimension),
      sizes: new Int32Array(dimension),
      subspaces: 0,
      subspace: 0,
      from: 0,
      simplices: Array.from({ length: largest }, (_, k) => openSimplex(k + 1, standardCoefficients, (length) => allocate(space, length))),
      losses: new Float64Array(largest + 1),
      enough: 0,
    };
  },

  ask: ({ population, count }) => ({ kind: 'losses', population: { ...population, size: count } }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`subplex asked for losses and was told a ${answer.kind}.`);
    const { phase, x, population } = state;
    if (phase === 'converged') return;
    if (phase === 'first') {
      for (let i = 0; i < x.length; i++) x[i] = population.values[i];
      state.loss = answer.losses[0];
      // nothing has moved yet: the coordinates are as far apart as their steps
      beginCycle(state, state.steps);
    } else advance(state, answer.losses);
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

/** Divides the coordinates into subspaces by how far they moved, and begins with the first. */
function beginCycle(state: State, moves: ArrayLike<number>): void {
  const { settings, order, sizes, x, cycleStart } = state;
  state.subspaces = partition(moves, settings.smallestSubspace, settings.largestSubspace, order, sizes);
  cycleStart.set(x);
  state.subspace = 0;
  state.from = 0;
  openSubspace(state);
}

/**
 * Rowan's section 5.3.3: writes the coordinates into `order`, farthest moves first, and the sizes of consecutive subspaces into `sizes`;
 * returns how many. Each next subspace has the size that makes the mean move in it exceed the mean move of what is left the most, among
 * sizes from `smallest` to `largest` that leave a rest which can be divided.
 */
export function partition(moves: ArrayLike<number>, smallest: number, largest: number, order: Int32Array, sizes: Int32Array): number {
  const n = order.length;
  for (let i = 0; i < n; i++) order[i] = i;
  order.sort((a, b) => Math.abs(moves[b]) - Math.abs(moves[a]) || a - b);
  let rest = 0;
  for (let i = 0; i < n; i++) rest += Math.abs(moves[i]);
  let count = 0;
  for (let from = 0; from < n; count++) {
    const left = n - from;
    let inside = 0;
    let best = -Infinity;
    let bestInside = 0;
    for (let size = 1; size <= Math.min(largest, left); size++) {
      inside += Math.abs(moves[order[from + size - 1]]);
      const after = left - size;
      if (size < smallest || smallest * Math.ceil(after / largest) > after) continue;
      const gap = inside / size - (after > 0 ? (rest - inside) / after : 0);
      if (!(gap > best)) continue;
      best = gap;
      bestInside = inside;
      sizes[count] = size;
    }
    rest -= bestInside;
    from += sizes[count];
  }
  return count;
}

/** The first simplex of a subspace: the best point, and one step from it along each coordinate. Its loss is known. */
function openSubspace(state: State): void {
  const { simplices, sizes, subspace, x, steps, order, from, lower, upper } = state;
  const n = sizes[subspace];
  const simplex = simplices[n - 1];
  simplex.phase = 'vertices';
  for (let row = 0; row <= n; row++) for (let k = 0; k < n; k++) simplex.vertices[row * n + k] = x[order[from + k]];
  for (let k = 0; k < n; k++) {
    const i = order[from + k];
    const y = x[i] + steps[i];
    simplex.vertices[(k + 1) * n + k] = y >= lower[i] && y <= upper[i] ? y : x[i] - steps[i];
  }
  state.enough = 0;
  state.phase = 'search';
  present(state, simplex);
}

/** The simplex's points, as points of the whole space. */
function present(state: State, simplex: Simplex): void {
  const { population, x, order, from } = state;
  const { phase, vertices, trial, n } = simplex;
  // of a first simplex, row 0 is the best point, whose loss is known
  const first = phase === 'vertices' ? 1 : 0;
  state.count = asked(simplex) - first;
  for (let row = 0; row < state.count; row++) {
    const at = row * x.length;
    population.values.set(x, at);
    for (let k = 0; k < n; k++) {
      population.values[at + order[from + k]] = phase === 'vertices' || phase === 'shrink' ? vertices[(row + first) * n + k] : trial[k];
    }
  }
}

function advance(state: State, answered: Float64Array): void {
  const { simplices, sizes, subspace, population, order, from, x, losses, settings } = state;
  const n = sizes[subspace];
  const simplex = simplices[n - 1];
  const { phase, vertices, trial } = simplex;
  const whole = phase === 'vertices';
  // points enter where they were evaluated
  for (let row = 0; row < state.count; row++) {
    for (let k = 0; k < n; k++) {
      const y = population.values[row * x.length + order[from + k]];
      if (whole || phase === 'shrink') vertices[(whole ? row + 1 : row) * n + k] = y;
      else trial[k] = y;
    }
  }
  if (whole) losses[0] = state.loss;
  for (let row = 0; row < state.count; row++) losses[whole ? row + 1 : row] = answered[row];
  takeLosses(simplex, losses.subarray(0, whole ? n + 1 : state.count));
  if (simplex.phase === 'reflect') {
    const size = spread(simplex);
    if (state.enough === 0) state.enough = settings.simplexReduction * size;
    if (size <= state.enough || lost(state, simplex)) {
      closeSubspace(state, simplex);
      return;
    }
  }
  present(state, simplex);
}

/** The distance between the worst and the best vertex. */
function spread({ n, vertices, order }: Simplex): number {
  let square = 0;
  for (let k = 0; k < n; k++) {
    const difference = vertices[order[n] * n + k] - vertices[order[0] * n + k];
    square += difference * difference;
  }
  return Math.sqrt(square);
}

/** Whether the simplex is lost in rounding along every coordinate. */
function lost({ epsilon }: State, { n, vertices, order }: Simplex): boolean {
  for (let k = 0; k < n; k++) {
    const y = vertices[order[0] * n + k];
    if (Math.abs(vertices[order[n] * n + k] - y) > 2 * epsilon * Math.abs(y)) return false;
  }
  return true;
}

/** Moves to the best vertex, and on to the next subspace or cycle. */
function closeSubspace(state: State, simplex: Simplex): void {
  const { x, order, from } = state;
  const { n, vertices } = simplex;
  const best = simplex.order[0];
  for (let k = 0; k < n; k++) x[order[from + k]] = vertices[best * n + k];
  state.loss = simplex.losses[best];
  state.from += n;
  if (++state.subspace < state.subspaces) openSubspace(state);
  else endCycle(state);
}

function endCycle(state: State): void {
  const { x, cycleStart, steps, settings, small, epsilon, population } = state;
  let moved = 0;
  let length = 0;
  for (let i = 0; i < x.length; i++) {
    cycleStart[i] = x[i] - cycleStart[i];
    moved += Math.abs(cycleStart[i]);
    length += Math.abs(steps[i]);
  }
  // one subspace: the steps shrink as its simplex did; several: they follow the moves
  const { simplexReduction: psi, stepReduction: omega } = settings;
  const scale = state.subspaces > 1 ? Math.min(Math.max(moved / length, omega), 1 / omega) : psi;
  let going = false;
  for (let i = 0; i < x.length; i++) {
    steps[i] = scale * (cycleStart[i] === 0 ? -steps[i] : cycleStart[i] > 0 ? Math.abs(steps[i]) : -Math.abs(steps[i]));
    going ||= Math.max(Math.abs(cycleStart[i]), psi * Math.abs(steps[i])) > Math.max(small[i], 2 * epsilon * Math.abs(x[i]));
  }
  if (going) beginCycle(state, cycleStart);
  else {
    state.phase = 'converged';
    state.count = 1;
    population.values.set(x);
  }
}
