/**
 * DIRECT, dividing rectangles: Jones, Perttunen and Stuckman, "Lipschitzian optimization without the Lipschitz constant" (1993,
 * https://doi.org/10.1007/BF00941892), and its locally biased form DIRECT-L of Gablonsky and Kelley (2001,
 * https://doi.org/10.1023/A:1017930332101). The box of the bounds is divided into thirds, again and again; each round divides the
 * rectangles that could hold the minimum for some rate of change. Nothing is random: every seed gives the same run.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Space } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { file, longestLevel, openRectangles, potentiallyOptimal, type Rectangles, reserve, takeBest, third } from './shared/rectangles.js';

const options = z.strictObject({
  variant: z
    .enum(['direct', 'direct-l'])
    .default('direct')
    .describe(
      'direct: rectangles count as equally large by their diagonal, and all that tie are divided; direct-l: by their longest side, and one of each size is divided.',
    ),
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(1e-4)
    .describe('A rectangle is divided only where it may improve the best loss by this share of its size. 0 (most local) to 1.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly space: Space;
  readonly rectangles: Rectangles;
  /** Rows are asked; room for more than the largest question so far. */
  population: DensePopulation;
  count: number;
  /** The rectangles that are being divided, and how many; their points are asked in this order. */
  divided: Int32Array;
  dividing: number;
  /** Longest sides of one rectangle, the most promising first, and the lower of the two losses along each. */
  readonly sides: Int32Array;
  readonly promise: Float64Array;
  converged: boolean;
}

/**
 * Losses that differ by less than this share tie: points that are symmetric give sums in another order. With exact ties the runs on
 * Shekel 5 and the six-hump camel function depart from the counts reported for the paper.
 */
const tie = 1e-13;

export const direct = defineStrategy<Options, State>({
  name: 'direct',
  title: 'DIRECT and DIRECT-L',
  family: 'global deterministic',
  reference: {
    authors: 'D. R. Jones, C. D. Perttunen, B. E. Stuckman',
    year: 1993,
    title: 'Lipschitzian optimization without the Lipschitz constant',
    link: 'https://doi.org/10.1007/BF00941892',
  },
  card: {
    needs: 'losses',
    bounds: 'required',
    noise: 'misled',
    largestDimension: 500,
    // arrays that double when full: of the questions, and of 9 D + 12 bytes for each evaluation so far (here two questions' worth)
    memory: (dimension, population) => population * (35 * dimension + 64),
    work: (dimension, population) => 40 * dimension * population,
    invariances: [],
  },
  options,

  start(space, settings) {
    const { dimension } = space;
    const population = densePopulation(space, 2 * dimension);
    const rectangles = openRectangles(dimension, settings.variant === 'direct-l', space.precision === 'float32' ? 14 : 32);
    const state: State = {
      settings,
      space,
      rectangles,
      population,
      count: 1,
      divided: new Int32Array(16),
      dividing: 0,
      sides: new Int32Array(dimension),
      promise: new Float64Array(dimension),
      converged: false,
    };
    place(state, 0, rectangles.centres, 0, -1, 0);
    return state;
  },

  ask: ({ population, count }) => ({ kind: 'losses', population: { ...population, size: count } }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`direct asked for losses and was told a ${answer.kind}.`);
    if (state.converged) return;
    const { rectangles } = state;
    if (rectangles.count === 0) {
      rectangles.losses[0] = answer.losses[0];
      rectangles.count = 1;
      file(rectangles, 0);
    } else divide(state, answer.losses);
    choose(state);
  },

  stop: ({ converged }) => (converged ? 'converged' : undefined),
});

/** A centre in the unit cube, with coordinate `i` moved by `shift`, as a row of the population. */
function place({ space, population }: State, row: number, centres: Float64Array, at: number, i: number, shift: number): void {
  const n = space.dimension;
  const { values } = population;
  if (space.bounds === undefined) return;
  const { lower, upper } = space.bounds;
  for (let k = 0; k < n; k++) {
    const u = centres[at + k] + (k === i ? shift : 0);
    values[row * n + k] = lower[k] + u * (upper[k] - lower[k]);
  }
}

/** Takes the potentially optimal rectangles out, and asks for the two points of each of their longest sides. */
function choose(state: State): void {
  const { rectangles, settings, space } = state;
  const { groups } = rectangles;
  const n = space.dimension;
  state.dividing = 0;
  for (const index of potentiallyOptimal(rectangles, settings.epsilon)) {
    const { loss } = groups[index];
    do take(state, index);
    while (settings.variant === 'direct' && loss < Infinity && groups[index].loss - loss <= tie * Math.abs(loss));
  }
  let count = 0;
  for (let k = 0; k < state.dividing; k++) {
    const at = state.divided[k] * n;
    const level = longestLevel(rectangles, state.divided[k]);
    for (let i = 0; i < n; i++) if (rectangles.levels[at + i] === level) count += 2;
  }
  state.converged = count === 0;
  if (state.converged) return;
  if (count > state.population.size) state.population = densePopulation(space, Math.max(count, 2 * state.population.size));
  state.count = count;
  let row = 0;
  for (let k = 0; k < state.dividing; k++) {
    const at = state.divided[k] * n;
    const level = longestLevel(rectangles, state.divided[k]);
    for (let i = 0; i < n; i++) {
      if (rectangles.levels[at + i] !== level) continue;
      place(state, row++, rectangles.centres, at, i, third(level + 1));
      place(state, row++, rectangles.centres, at, i, -third(level + 1));
    }
  }
}

function take(state: State, index: number): void {
  if (state.dividing === state.divided.length) {
    const more = new Int32Array(2 * state.dividing);
    more.set(state.divided);
    state.divided = more;
  }
  state.divided[state.dividing++] = takeBest(state.rectangles, index);
}

/** Divides the rectangles along their longest sides, the most promising first, so that the best points get the largest parts. */
function divide(state: State, losses: Float64Array): void {
  const { rectangles, sides, promise, divided } = state;
  const n = rectangles.dimension;
  reserve(rectangles, losses.length);
  const { levels, centres } = rectangles;
  let first = 0;
  for (let k = 0; k < state.dividing; k++) {
    const rectangle = divided[k];
    const at = rectangle * n;
    const level = longestLevel(rectangles, rectangle);
    let count = 0;
    for (let i = 0; i < n; i++) {
      if (levels[at + i] !== level) continue;
      // w_i, and rows first + 2 count and the next; insertion keeps equal ones in the order of the coordinates
      const w = Math.min(losses[first + 2 * count], losses[first + 2 * count + 1]);
      let hole = count;
      for (; hole > 0 && w < promise[hole - 1]; hole--) {
        promise[hole] = promise[hole - 1];
        sides[hole] = sides[hole - 1];
      }
      promise[hole] = w;
      sides[hole] = i + n * count;
      count++;
    }
    for (let c = 0; c < count; c++) {
      const i = sides[c] % n;
      const row = first + 2 * Math.floor(sides[c] / n);
      levels[at + i] = level + 1;
      for (let side = 0; side < 2; side++) {
        const child = rectangles.count++;
        for (let m = 0; m < n; m++) {
          centres[child * n + m] = centres[at + m];
          levels[child * n + m] = levels[at + m];
        }
        centres[child * n + i] += side === 0 ? third(level + 1) : -third(level + 1);
        rectangles.losses[child] = losses[row + side];
        file(rectangles, child);
      }
    }
    file(rectangles, rectangle);
    first += 2 * count;
  }
}
