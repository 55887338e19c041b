/**
 * A real-coded generational genetic algorithm (Holland 1975; for real genes: Eshelman and Schaffer 1993,
 * https://doi.org/10.1016/B978-0-08-094832-4.50018-0): select two parents, cross them, mutate the child; the elite lives on.
 * Mutation steps of mixed sizes, mutationScale 2^-k, follow Mühlenbein and Schlierkamp-Voosen (1993,
 * https://doi.org/10.1162/evco.1993.1.1.25): coarse and fine search at once, without a schedule.
 * Simulated binary crossover: Deb and Agrawal (1995, Complex Systems 9, 115-148); polynomial mutation: Deb and Goyal (1996, Computer
 * Science and Informatics 26, 30-45); niching by clearing: Pétrowski (1996).
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import type { DensePopulation } from '../src/core/population.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Rng } from '../src/core/rng.js';
import { type Bounds, sampleStart, startMean, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { crossRows, type Mixing } from '../src/kernels/crossover.js';
import { type HitStream, hitBatch, mutateRow, openHits, polynomialRow, resetRow } from '../src/kernels/hits.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';
import { copyRow } from '../src/kernels/rows.js';
import { clearNiches } from './shared/clearing.js';
import { selectRank, spinWeights } from './shared/selection.js';

const options = z.strictObject({
  populationSize: z.int().min(2).max(1_000_000).default(50).describe('Individuals. 2 to 1,000,000.'),
  selection: z
    .enum(['tournament', 'rank', 'truncation', 'roulette'])
    .default('tournament')
    .describe(
      'How a parent is chosen. tournament: the best of tournamentSize drawn with replacement; rank: linear in the rank, by selectionPressure; truncation: any of the best truncationShare; roulette: in proportion to how far it is below the worst finite loss.',
    ),
  tournamentSize: z.int().min(1).max(1000).default(3).describe('Individuals in one tournament. 1 (no selection) to 1,000.'),
  selectionPressure: z
    .number()
    .min(1)
    .max(2)
    .default(2)
    .describe('For rank: expected copies of the best among as many draws as individuals. 1 (no selection) to 2.'),
  truncationShare: z.number().gt(0).max(1).default(0.5).describe('For truncation: the share that may become parents. Above 0 to 1.'),
  crossover: z
    .enum(['uniform', 'blend', 'simulated-binary', 'arithmetic', 'one-point', 'none'])
    .default('uniform')
    .describe(
      "uniform: each gene from either parent; blend: each gene uniform in the parents' interval widened by blendAlpha; simulated-binary (SBX): each gene, with probability 1/2, beside either parent by the spread that one-point crossover of binary numbers would give, else the first parent's; arithmetic: one random weighted mean; one-point: head of one, tail of the other; none: a copy of the first parent.",
    ),
  crossoverRate: z.number().min(0).max(1).default(0.9).describe('Share of children with two parents; the others start as a copy. 0 to 1.'),
  blendAlpha: z.number().min(0).max(2).default(0.5).describe('For blend: widening at each end, as a share of the interval. 0 to 2.'),
  crossoverIndex: z
    .number()
    .min(0)
    .max(1000)
    .default(2)
    .describe('For simulated-binary: eta_c; the larger, the closer children stay to their parents. 0 to 1,000.'),
  mutation: z
    .enum(['gaussian', 'polynomial', 'uniform-reset'])
    .default('gaussian')
    .describe(
      'gaussian: adds a normal number; polynomial: adds a step of the density (1 - |step|)^mutationIndex, up to the bounds where a gene has both, else up to mutationScale deviations of its start; uniform-reset: replaces the gene by a uniform one within sqrt(3) deviations of the start (for a uniform start, its range).',
    ),
  mutationRate: z.number().min(0).max(1).default(0.1).describe('Probability of each gene to mutate. 0 to 1.'),
  mutationScale: z
    .number()
    .min(0)
    .max(1e6)
    .default(2)
    .describe(
      "Deviation of a gaussian mutation, in deviations of the gene's start (where that is a constant: the least of the others). 0 to 1,000,000.",
    ),
  mutationIndex: z
    .number()
    .min(0)
    .max(1000)
    .default(20)
    .describe('For polynomial: eta_m; the larger, the smaller the steps. 0 (uniform) to 1,000.'),
  polynomialReach: z
    .enum(['bounds', 'scale'])
    .default('bounds')
    .describe(
      'For polynomial: how far steps may go. bounds: to the bounds of the gene where it has both; scale: mutationScale deviations everywhere.',
    ),
  mutationSteps: z
    .enum(['mixed', 'one-fifth', 'fixed'])
    .default('mixed')
    .describe(
      'How the deviation of a gaussian mutation departs from mutationScale. mixed: each child draws one of mutationScale 2^-k, k = 0 to 15; one-fifth: it grows while more than a fifth of the children beat their better parent, to 10 mutationScale at most, and shrinks else; fixed: it stays, but for mutationDecay.',
    ),
  mutationDecay: z
    .number()
    .gt(0)
    .max(1)
    .default(1)
    .describe('For fixed steps: mutationScale is multiplied by it after each generation. Above 0 to 1 (no decay).'),
  niching: z
    .enum(['none', 'clearing'])
    .default('none')
    .describe(
      'none: the best take over; clearing: of individuals closer than nicheRadius only the nicheCapacity best may become parents, so that several optima are kept. As many elites as optima keep the best of each. It compares every individual with the best of all niches.',
    ),
  nicheRadius: z
    .number()
    .gt(0)
    .max(1e6)
    .default(0.5)
    .describe(
      'For clearing: distance within a niche, the root mean square over the genes, in deviations of their starts; two first points are at about 1.4. Above 0 to 1,000,000.',
    ),
  nicheCapacity: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .describe('For clearing: individuals of a niche that may become parents. 1 to 1,000,000.'),
  elites: z
    .int()
    .min(0)
    .max(1000)
    .default(1)
    .describe('Best individuals that enter the next generation unchanged, and are evaluated again. 0 to 1,000, below populationSize.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  /** The generation that was evaluated last, with its losses and its order from best to worst. */
  parents: DensePopulation;
  readonly losses: Float64Array;
  readonly order: Int32Array;
  /** For clearing: room to mark those that are cleared; else empty. */
  readonly cleared: Int32Array;
  /** How many of the best ranks may become parents: all, but for clearing. */
  pool: number;
  /** For roulette: sums of weights up to each rank; else empty. */
  readonly wheel: Float64Array;
  /** The generation that is asked. */
  children: DensePopulation;
  /** For each child that is not an elite, the loss of its better parent. */
  readonly parentLosses: Float64Array;
  /** Mean and scale of the start, one each a coordinate. */
  readonly centres: Vector;
  readonly deviations: Vector;
  /** For polynomial mutation up to the bounds. */
  readonly bounds?: Bounds;
  /** Largest deviation of a mutation at present, in deviations of the start. */
  scale: number;
  /** Generations told so far. */
  generation: number;
  readonly rng: Rng;
  readonly lanes: Lanes;
  readonly hits: HitStream;
}

/** Number of step sizes in a mixture. */
const stepSizes = 16;

export const ga = defineStrategy<Options, State>({
  name: 'ga',
  title: 'Genetic algorithm',
  family: 'genetic',
  reference: {
    authors: 'L. J. Eshelman, J. D. Schaffer',
    year: 1993,
    title: 'Real-coded genetic algorithms and interval-schemata',
    link: 'https://doi.org/10.1016/B978-0-08-094832-4.50018-0',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * (2 * population + 2) * dimension + 28 * population + 9000,
    work: (dimension, population) => 30 * population * dimension + 20 * population * Math.log2(population + 1),
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const size = settings.populationSize;
    const { dimension } = space;
    if (settings.elites >= size) {
      throw new UsageError(
        `ga.elites must be below ga.populationSize; got ${settings.elites} of ${size}. Take fewer elites or a larger population.`,
      );
    }
    if (size * dimension > 2 ** 31) {
      throw new UsageError(
        `ga: ${size} individuals of ${dimension} genes are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize.`,
      );
    }
    const lengths = [size * dimension, size * dimension, dimension, dimension, hitBatch, hitBatch];
    const [first, second, centres, deviations, ...room] = residentArrays(space, lengths);
    const children: DensePopulation = { kind: 'dense', size, dimension, values: first };
    const positions = rng.fork('positions');
    for (let p = 0; p < size; p++) sampleStart(space, positions, children.values, p * dimension);
    startMean(space, centres);
    startScale(space, deviations);
    return {
      settings,
      parents: { kind: 'dense', size, dimension, values: second },
      losses: new Float64Array(size),
      order: new Int32Array(size),
      cleared: new Int32Array(settings.niching === 'clearing' ? size : 0),
      pool: size,
      wheel: new Float64Array(settings.selection === 'roulette' ? size : 0),
      children,
      parentLosses: new Float64Array(size),
      centres,
      deviations,
      ...(space.bounds !== undefined &&
        settings.mutation === 'polynomial' &&
        settings.polynomialReach === 'bounds' && { bounds: space.bounds }),
      scale: settings.mutationScale,
      generation: 0,
      rng: rng.fork('selection'),
      lanes: seedLanes(rng.fork('crossover')),
      hits: openHits(rng.fork('mutation'), settings.mutationRate, settings.mutation === 'gaussian' ? 'normal' : 'uniform', room),
    };
  },

  ask(state) {
    if (state.generation > 0) breed(state);
    return { kind: 'losses', population: state.children };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`ga asked for losses and was told a ${answer.kind}.`);
    const { settings, losses, order } = state;
    if (settings.mutationSteps === 'one-fifth' && state.generation > 0) adapt(state, answer.losses);
    if (settings.mutationSteps === 'fixed') state.scale *= settings.mutationDecay;
    losses.set(answer.losses);
    rankByLoss(losses, order);
    if (settings.niching === 'clearing') {
      const niches = { capacity: settings.nicheCapacity, radius: settings.nicheRadius, units: state.deviations };
      state.pool = clearNiches(state.children, losses, order, niches, state.cleared);
    }
    if (settings.selection === 'roulette') spinWeights(losses, order, state.pool, state.wheel);
    const told = state.children;
    state.children = state.parents;
    state.parents = told;
    state.generation++;
  },
});

function breed(state: State): void {
  const { settings, parents, children, order } = state;
  const { size, dimension } = parents;
  for (let p = 0; p < settings.elites; p++) copyRow(parents.values, order[p], children.values, p, dimension);
  for (let p = settings.elites; p < size; p++) makeChild(state, p);
}

function makeChild(state: State, p: number): void {
  const { settings, parents, children, losses, order, pool, parentLosses, rng, hits, deviations } = state;
  const { dimension } = parents;
  const at = p * dimension;
  const first = order[selectRank(settings, state.wheel, pool, rng)];
  const crossed = settings.crossover !== 'none' && rng.chance(settings.crossoverRate);
  const second = crossed ? order[selectRank(settings, state.wheel, pool, rng)] : first;
  parentLosses[p] = Math.min(losses[first], losses[second]);
  if (first === second || settings.crossover === 'none') copyRow(parents.values, first, children.values, p, dimension);
  else cross(state, settings.crossover, first, second, p);
  hits.scale = settings.mutationSteps === 'mixed' ? state.scale / (1 << rng.below(stepSizes)) : state.scale;
  if (settings.mutation === 'gaussian') mutateRow(hits, children.values, at, dimension, deviations);
  else if (settings.mutation === 'polynomial') {
    polynomialRow(hits, children.values, at, dimension, settings.mutationIndex, settings.mutationScale, deviations, state.bounds);
  } else resetRow(hits, children.values, at, dimension, state.centres, Math.sqrt(3), deviations);
}

function cross(state: State, kind: Mixing | 'one-point', first: number, second: number, child: number): void {
  const { settings, parents, children, rng, lanes } = state;
  const n = parents.dimension;
  if (kind === 'one-point') {
    // at least one gene of each parent, where there are two genes
    copyRow(parents.values, first, children.values, child, n);
    const cut = n > 1 ? 1 + rng.below(n - 1) : 0;
    for (let i = cut; i < n; i++) children.values[child * n + i] = parents.values[second * n + i];
    return;
  }
  crossRows(lanes, kind, mixingAmount(kind, settings, rng), parents.values, first, second, children.values, child, n);
}

/** What crossRows is to know of that kind. */
function mixingAmount(kind: Mixing, settings: Options, rng: Rng): number {
  switch (kind) {
    case 'uniform':
      return 0;
    case 'blend':
      return settings.blendAlpha;
    case 'simulated-binary':
      return settings.crossoverIndex;
    case 'arithmetic':
      return rng.uniform();
  }
}

/** Rechenberg's one-fifth rule (1973): times 1.5 above a fifth of successes, times 1.5^(-1/4) at or below it. */
function adapt(state: State, losses: Float64Array): void {
  const { settings, parentLosses } = state;
  let successes = 0;
  for (let p = settings.elites; p < parentLosses.length; p++) if (losses[p] < parentLosses[p]) successes++;
  const many = 5 * successes > parentLosses.length - settings.elites;
  state.scale = Math.min(state.scale * (many ? 1.5 : 1 / Math.sqrt(Math.sqrt(1.5))), 10 * settings.mutationScale);
}
