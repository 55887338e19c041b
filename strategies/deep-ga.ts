/**
 * The genetic algorithm of Such, Madhavan, Conti, Lehman, Stanley and Clune (2017, https://arxiv.org/abs/1712.06567): truncation
 * selection, Gaussian mutation of every gene, no crossover, one elite.
 *
 *   theta_child = theta_parent + sigma eps,   the parent any of the best T, eps standard normal, sigma the mutation power
 *
 * eps is read from a table of noise that is drawn once, so that a genome is a list of numbers: the first point that its line comes
 * from, then one place in the table for each mutation. `replay` makes its point of it, bit for bit; only the T parents are kept
 * as points. Genomes are what was drawn, also where bounds changed the candidate that was evaluated.
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import type { DensePopulation } from '../src/core/population.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, startScale, takeFirst, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(2)
    .max(1_000_000)
    .default(100)
    .describe('Individuals, the elite among them; 1,000 in the paper. 2 to 1,000,000.'),
  truncation: z
    .int()
    .min(1)
    .max(100_000)
    .default(20)
    .describe('T, the best that may become parents, at most as many as individuals. 1 to 100,000.'),
  mutationPower: z
    .number()
    .positive()
    .max(1e6)
    .default(0.05)
    .describe('sigma, deviation of a mutation, in units; 0.002 in absolute ones in the paper. Above 0 to 1,000,000.'),
  noiseTable: z
    .int()
    .min(1024)
    .max(500_000_000)
    .default(1_000_000)
    .describe('Numbers in the table of noise, in addition to one for each coordinate. 1,024 to 500,000,000.'),
  units: z
    .enum(['start', 'absolute'])
    .default('start')
    .describe('Whether mutationPower counts in deviations of the start, one each coordinate, or in coordinates as the paper does.'),
});

type Options = z.output<typeof options>;

/** The number of its first point, then the places of its mutations in the table. */
export type Genome = readonly number[];

interface State {
  readonly space: Space;
  readonly population: DensePopulation;
  /** sigma times the unit of each coordinate. */
  readonly deviations: Vector;
  readonly noise: Vector;
  /** The T parents, best first: [T, dimension], and room for the next. */
  parents: Vector;
  spare: Vector;
  genomes: Genome[];
  /** Of each individual, its parent and the place of its mutation; -1 for the elite, which has none. */
  readonly parentOf: Int32Array;
  readonly places: Int32Array;
  readonly order: Int32Array;
  generation: number;
  readonly origins: Rng;
  /** The run's given start, individual 0. */
  readonly first: Float64Array | undefined;
  readonly choices: Rng;
}

export const deepGa = defineStrategy<Options, State>({
  name: 'deep-ga',
  title: 'Genetic algorithm for deep networks',
  family: 'genetic',
  reference: {
    authors: 'F. P. Such, V. Madhavan, E. Conti, J. Lehman, K. O. Stanley, J. Clune',
    year: 2017,
    title:
      'Deep Neuroevolution: Genetic Algorithms Are a Competitive Alternative for Training Deep Neural Networks for Reinforcement Learning',
    link: 'https://arxiv.org/abs/1712.06567',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * dimension * (population + 2 * Math.min(population, 20) + 4) + 12 * population + 8_000_000,
    work: (dimension, population) => 2 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, { populationSize: size, truncation, mutationPower, noiseTable, units }, rng) {
    const { dimension } = space;
    const kept = Math.min(truncation, size);
    if ((size + 2 * kept) * dimension > 2 ** 31) {
      throw new UsageError(
        `deep-ga: ${size} individuals and ${kept} parents of ${dimension} genes are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize.`,
      );
    }
    const [values, noise, deviations] = residentArrays(space, [size * dimension, 8 * Math.ceil((noiseTable + dimension) / 8), dimension]);
    fillNormal(seedLanes(rng.fork('noise')), noise);
    if (units === 'start') startScale(space, deviations);
    else deviations.fill(1);
    for (let i = 0; i < dimension; i++) deviations[i] *= mutationPower;
    return {
      space,
      population: { kind: 'dense', size, dimension, values },
      deviations,
      noise,
      parents: allocate(space, kept * dimension),
      spare: allocate(space, kept * dimension),
      genomes: [],
      parentOf: new Int32Array(size),
      places: new Int32Array(size),
      order: new Int32Array(size),
      generation: 0,
      origins: rng.fork('origins'),
      first: takeFirst(space),
      choices: rng.fork('choices'),
    };
  },

  ask(state) {
    const { population, parents, parentOf, places, noise, genomes, choices } = state;
    const { size, dimension, values } = population;
    for (let p = 0; p < size; p++) {
      if (state.generation === 0) {
        origin(state, p, values, p * dimension);
        continue;
      }
      parentOf[p] = p === 0 ? 0 : choices.below(genomes.length);
      places[p] = p === 0 ? -1 : choices.below(noise.length - dimension + 1);
      breed(state, parents, parentOf[p], places[p], values, p);
    }
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`deep-ga asked for losses and was told a ${answer.kind}.`);
    const { population, parents, spare, genomes, parentOf, places, order } = state;
    rankByLoss(answer.losses, order);
    const kept = spare.length / population.dimension;
    const next: Genome[] = [];
    for (let t = 0; t < kept; t++) {
      const p = order[t];
      if (state.generation === 0) {
        origin(state, p, spare, t * population.dimension);
        next.push([p]);
      } else {
        breed(state, parents, parentOf[p], places[p], spare, t);
        next.push(places[p] < 0 ? genomes[parentOf[p]] : [...genomes[parentOf[p]], places[p]]);
      }
    }
    state.parents = spare;
    state.spare = parents;
    state.genomes = next;
    state.generation++;
  },
});

/** First point number `p`, to `out[at ..]`. */
function origin({ space, origins, first }: State, p: number, out: Vector, at: number): void {
  if (p === 0 && first !== undefined) out.set(first, at);
  else sampleStart(space, origins.fork(String(p)), out, at);
}

/** Row `child` of `out`: row `parent` of `parents` and, if `place` is not -1, the mutation from there. */
function breed({ population, deviations, noise }: State, parents: Vector, parent: number, place: number, out: Vector, child: number): void {
  const n = population.dimension;
  const from = parent * n;
  const to = child * n;
  if (place < 0) for (let i = 0; i < n; i++) out[to + i] = parents[from + i];
  else for (let i = 0; i < n; i++) out[to + i] = parents[from + i] + deviations[i] * noise[place + i];
}

/** The point of a genome, into `out`. */
export function replay(state: State, [first, ...mutations]: Genome, out: Vector): void {
  origin(state, first, out, 0);
  for (const place of mutations) breed(state, out, 0, place, out, 0);
}
