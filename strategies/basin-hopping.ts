/**
 * Basin hopping: Wales and Doye, "Global Optimization by Basin-Hopping and the Lowest Energy Structures of Lennard-Jones Clusters
 * Containing up to 110 Atoms" (1997, https://doi.org/10.1021/jp970984n), after Li and Scheraga's Monte Carlo minimization (1987). From
 * a local minimum every coordinate is displaced at random, a local search leads to the next minimum, and Metropolis' law decides which
 * of the two the search goes on from. The displacement follows the accepted share.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp } from '../src/core/math.js';
import type { DensePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, startScale, type Vector } from '../src/core/space.js';
import { type AnyStrategy, defineStrategy } from '../src/core/strategy.js';
import { nelderMead } from './nelder-mead.js';
import { patternSearch } from './pattern-search.js';
import { powell } from './powell.js';

const locals: Readonly<Record<'powell' | 'nelder-mead' | 'pattern-search', AnyStrategy>> = {
  powell,
  'nelder-mead': nelderMead,
  'pattern-search': patternSearch,
};

const options = z.strictObject({
  localSearch: z.enum(['powell', 'nelder-mead', 'pattern-search']).default('powell').describe('What leads to the next local minimum.'),
  localTolerance: z
    .number()
    .gt(0)
    .lt(1)
    .default(1e-7)
    .describe('The tolerance of the local search, as a share of its first steps. Above 0, below 1.'),
  temperature: z
    .number()
    .min(0)
    .max(1e300)
    .default(1)
    .describe('T, in units of the loss: about the difference between neighbouring minima. 0 (never uphill) or more.'),
  displacement: z
    .number()
    .gt(0)
    .max(1e6)
    .default(1)
    .describe('Largest first displacement of a coordinate, in deviations of its start. Above 0 to 1,000,000.'),
  acceptance: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe('The share of accepted minima that the displacement is adjusted to. Above 0, below 1.'),
  adjustEvery: z.int().min(1).max(10_000).default(50).describe('Hops between two adjustments of the displacement. 1 to 10,000.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly space: Space;
  readonly rng: Rng;
  /** Deviations of the start. */
  readonly scale: Float64Array;
  /** What displacements are now multiplied by. */
  size: number;
  /** The local search, its question, and the best point that it has asked. */
  local: unknown;
  asked: DensePopulation | undefined;
  readonly found: Vector;
  foundLoss: number;
  /** The minimum that hops begin at. */
  readonly x: Vector;
  loss: number;
  hops: number;
  accepted: number;
}

export const basinHopping = defineStrategy<Options, State>({
  name: 'basin-hopping',
  title: 'Basin hopping',
  family: 'annealing',
  reference: {
    authors: 'D. J. Wales, J. P. K. Doye',
    year: 1997,
    title: 'Global Optimization by Basin-Hopping and the Lowest Energy Structures of Lennard-Jones Clusters Containing up to 110 Atoms',
    link: 'https://doi.org/10.1021/jp970984n',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 5000,
    // with powell
    memory: (dimension, population) => powell.card.memory(dimension, population) + 40 * dimension,
    work: (dimension, population) => powell.card.work(dimension, population) + 4 * dimension,
    invariances: ['translation'],
  },
  options,

  start(space, settings, rng) {
    const scale = new Float64Array(space.dimension);
    startScale(space, scale);
    const state: State = {
      settings,
      space,
      rng: rng.fork('acceptance'),
      scale,
      size: settings.displacement,
      local: undefined,
      asked: undefined,
      found: allocate(space, space.dimension),
      foundLoss: Infinity,
      x: allocate(space, space.dimension),
      loss: Infinity,
      hops: 0,
      accepted: 0,
    };
    search(state, space);
    return state;
  },

  ask(state) {
    const query = locals[state.settings.localSearch].ask(state.local);
    if (query.kind === 'losses' && query.population.kind === 'dense') state.asked = query.population;
    return query;
  },

  tell(state, answer) {
    if (answer.kind !== 'losses' || state.asked === undefined) {
      throw new StrategyError(`basin-hopping asked for losses and was told a ${answer.kind}.`);
    }
    const { losses } = answer;
    const { values, dimension } = state.asked;
    for (let p = 0; p < losses.length; p++) {
      if (losses[p] >= state.foundLoss) continue;
      state.foundLoss = losses[p];
      for (let i = 0; i < dimension; i++) state.found[i] = values[p * dimension + i];
    }
    const local = locals[state.settings.localSearch];
    local.tell(state.local, answer);
    if (local.stop?.(state.local) !== undefined) hop(state);
  },
});

/** A local search that begins at a point drawn from `around`. */
function search(state: State, around: Space): void {
  const { settings, rng, hops } = state;
  const local = locals[settings.localSearch];
  state.local = local.start(around, local.options.parse({ tolerance: settings.localTolerance }), rng.fork(`hop ${hops}`));
  state.foundLoss = Infinity;
}

/** A local minimum was found: takes it or goes back, and sets out from there. */
function hop(state: State): void {
  const { settings, rng, x, found, foundLoss, space, scale } = state;
  const first = state.hops++ === 0;
  if (first || foundLoss <= state.loss || rng.uniform() < exp((state.loss - foundLoss) / settings.temperature)) {
    x.set(found);
    state.loss = foundLoss;
    if (!first) state.accepted++;
  }
  if (state.hops % settings.adjustEvery === 0) {
    state.size *= state.accepted > settings.acceptance * settings.adjustEvery ? 1 / 0.9 : 0.9;
    state.accepted = 0;
  }
  const start: Space['start'] = Array.from(x, (xi, offset) => {
    const reach = state.size * scale[offset];
    return { offset, length: 1, kind: 'uniform', low: xi - reach, high: xi + reach };
  });
  search(state, { ...space, start });
}
