/**
 * Evolution strategy with low-rank noise: Sarkar, Fellows, Duque, Letcher and others (2025, https://arxiv.org/abs/2511.16652), mirrored
 * and with centred ranks as OpenAI's (Salimans and others 2017).
 *
 * The noise of a dense layer's weights [m, n] is E_k = A_k B_k' / sqrt(r), A_k [m, r] and B_k [n, r] standard normal; that of all
 * other coordinates is standard normal itself. P = 2n candidates theta +- sigma E_k, asked as a described population; utilities u:
 *   g = 1 / (P sigma) sum_k (u_k+ - u_k-) E_k,   theta <- theta + optimizer(g - weightDecay theta)
 * The entries of E_k are uncorrelated with variance 1, so that g estimates what it does with dense noise; as a sum over k it has
 * full rank. A candidate costs r (m + n) random numbers a layer instead of m n. A space without dense layers has dense noise.
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import { factorBlocks, type LowRankPopulation } from '../src/core/population.js';
import { sampleStart, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { addOuter } from '../src/kernels/estimate.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';
import { type Ascent, ascend, startAscent } from './shared/ascent.js';
import { adamDecays, ascentOptions, mirroredPopulation, shaping, sigmaDecay } from './shared/mirrored-options.js';
import { utilitiesOf } from './shared/utilities.js';

const options = z.strictObject({
  ...mirroredPopulation,
  rank: z.int().min(1).max(64).default(1).describe("r, rank of the noise of a dense layer's weights. 1 to 64."),
  sigma: z.number().positive().max(1e6).default(0.1).describe('Deviation of the noise, in units. Above 0 to 1,000,000.'),
  sigmaDecay,
  ...ascentOptions,
  ...adamDecays,
  shaping,
  weightDecay: z.number().min(0).max(1000).default(0).describe('Pull of the centre to 0. 0 to 1,000.'),
  units: z
    .enum(['start', 'absolute'])
    .default('start')
    .describe(
      "Whether sigma and learningRate count in deviations of the start, one each coordinate (each dense layer's weights share one), or in coordinates.",
    ),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  /** Its factors are the noise: row 2k holds A_k and sigma s B_k / sqrt(r), row 2k + 1 the same with B and the vectors negated. */
  readonly population: LowRankPopulation;
  readonly units: Vector;
  readonly ascent: Ascent;
  /** g */
  readonly estimate: Vector;
  /** One row a pair: fresh normal numbers in ask, A_k times the pair's weight in tell. */
  readonly scratch: Vector;
  readonly utilities: Float64Array;
  readonly order: Int32Array;
  readonly lanes: Lanes;
  sigma: number;
  learningRate: number;
}

export const lowRankEs = defineStrategy<Options, State, LowRankPopulation>({
  name: 'low-rank-es',
  title: 'Evolution strategy with low-rank noise',
  family: 'evolution strategy',
  reference: {
    authors: 'B. Sarkar, M. Fellows, J. A. Duque, A. Letcher and others',
    year: 2025,
    title: 'Evolution Strategies at the Hyperscale',
    link: 'https://arxiv.org/abs/2511.16652',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region',
    largestDimension: 10_000_000,
    // of dense noise, as in spaces without layers; a network's is about 12 P r (m + n) bytes a layer and 40 bytes a parameter
    memory: (dimension, population) => 8 * dimension * (1.5 * population + 5) + 12 * population,
    work: (dimension, population) => 8 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { populationSize: size, rank, optimizer: kind, momentum, beta1, beta2 } = settings;
    const { dimension } = space;
    const { blocks, width } = factorBlocks(space, rank);
    if (size * width > 2 ** 31) {
      throw new UsageError(
        `low-rank-es: ${size} candidates of ${width} numbers are more than the ${2 ** 31} of the largest population; take a smaller populationSize or rank.`,
      );
    }
    const [centre, units, estimate, factors, scratch] = residentArrays(space, [
      dimension,
      dimension,
      dimension,
      size * width,
      8 * Math.ceil((size * width) / 16),
    ]);
    sampleStart(space, rng.fork('centre'), centre);
    if (settings.units === 'start') startScale(space, units);
    else units.fill(1);
    for (const block of blocks) {
      if (block.kind === 'matrix') units.fill(units[block.offset], block.offset, block.offset + block.rows * block.columns);
    }
    return {
      settings,
      population: { kind: 'low-rank', size, dimension, centre, rank, blocks, width, factors },
      units,
      ascent: startAscent(space, { kind, momentum, beta1, beta2, epsilon: 1e-8, maxSpeed: 0 }),
      estimate,
      scratch,
      utilities: new Float64Array(size),
      order: new Int32Array(size),
      lanes: seedLanes(rng.fork('noise')),
      sigma: settings.sigma,
      learningRate: settings.learningRate,
    };
  },

  ask(state) {
    fillNormal(state.lanes, state.scratch);
    describe(state);
    return { kind: 'losses', population: state.population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`low-rank-es asked for losses and was told a ${answer.kind}.`);
    const { settings, population, units, ascent, estimate, utilities, order } = state;
    const { centre } = population;
    utilitiesOf(answer.losses, settings.shaping, order, utilities);
    estimate.fill(0);
    addWeighted(state);
    // what was summed are the departures, sigma units E
    for (let i = 0; i < estimate.length; i++) estimate[i] /= state.sigma * units[i];
    const decay = settings.weightDecay;
    if (decay > 0) for (let i = 0; i < centre.length; i++) estimate[i] -= decay * units[i] * centre[i];
    ascend(ascent, state.learningRate, estimate, centre, units);
    state.sigma *= settings.sigmaDecay;
    state.learningRate *= settings.learningRateDecay;
  },

  centre: ({ population }) => population.centre,
});

/** The normal numbers in `scratch` as the factors of the pairs. */
function describe({ population, units, scratch, sigma }: State): void {
  const { size, blocks, width, rank, factors } = population;
  for (let k = 0; k < size / 2; k++) {
    const from = k * width;
    const plus = 2 * k * width;
    const minus = plus + width;
    for (const block of blocks) {
      if (block.kind === 'vector') {
        for (let i = 0; i < block.length; i++) {
          const step = sigma * units[block.offset + i] * scratch[from + block.at + i];
          factors[plus + block.at + i] = step;
          factors[minus + block.at + i] = -step;
        }
        continue;
      }
      const right = block.at + rank * block.rows;
      const end = right + rank * block.columns;
      const scale = (sigma * units[block.offset]) / Math.sqrt(rank);
      for (let i = block.at; i < right; i++) {
        factors[plus + i] = scratch[from + i];
        factors[minus + i] = scratch[from + i];
      }
      for (let i = right; i < end; i++) {
        const step = scale * scratch[from + i];
        factors[plus + i] = step;
        factors[minus + i] = -step;
      }
    }
  }
}

/** estimate += sum of weight_k departure_k+, weight_k = (u_k+ - u_k-) / (P sigma). */
function addWeighted({ population, estimate, scratch, utilities, sigma }: State): void {
  const { size, blocks, width, rank, factors } = population;
  for (let k = 0; k < size / 2; k++) {
    const weight = (utilities[2 * k] - utilities[2 * k + 1]) / (size * sigma);
    const from = 2 * k * width;
    for (const block of blocks) {
      if (block.kind === 'vector') {
        for (let i = 0; i < block.length; i++) estimate[block.offset + i] += weight * factors[from + block.at + i];
      } else {
        for (let i = block.at; i < block.at + rank * block.rows; i++) scratch[k * width + i] = weight * factors[from + i];
      }
    }
  }
  for (const block of blocks) {
    if (block.kind === 'vector') continue;
    const { offset, at, rows, columns } = block;
    for (let r = 0; r < rank; r++) {
      const a = { values: scratch, at: at + r * rows, step: width };
      const b = { values: factors, at: at + rank * rows + r * columns, step: 2 * width };
      addOuter(estimate, offset, a, b, rows, columns, size / 2);
    }
  }
}
