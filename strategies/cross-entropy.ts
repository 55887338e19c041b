/**
 * The cross-entropy method for continuous optimization: Rubinstein 1999 (https://doi.org/10.1023/A:1010091220143); with smoothing as
 * in de Boer, Kroese, Mannor and Rubinstein 2005 (https://doi.org/10.1007/s10479-005-5724-z), and dynamic smoothing of deviations
 * as in Kroese, Porotsky and Rubinstein 2006 (https://doi.org/10.1007/s11009-006-9753-0).
 *
 * N points from independent normals N(mu_i, sigma_i^2); of the best rho N the mean m_i and standard deviation s_i:
 *   mu_i <- alpha m_i + (1 - alpha) mu_i,   sigma_i <- beta_t s_i + (1 - beta_t) sigma_i,   beta_t = beta - beta (1 - 1/t)^q
 * beta_t falls with the generation t, so that sigma shrinks polynomially and not geometrically, which would stop short of an optimum;
 * constant smoothing (q = 0) is the older method. The model learns from points as they were evaluated.
 */
import { z } from 'zod';
import { StrategyError, UsageError } from '../src/core/errors.js';
import type { DensePopulation } from '../src/core/population.js';
import { rankByLoss } from '../src/core/ranking.js';
import { startMean, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';
import { residentArrays } from '../src/kernels/memory.js';

const options = z.strictObject({
  populationSize: z.int().min(4).max(1_000_000).default(100).describe('N, points of a generation. 4 to 1,000,000.'),
  elites: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('rho, share of the points that the next model is made of; two points at least. Above 0 to 1.'),
  smoothing: z.number().gt(0).max(1).default(0.7).describe('alpha, weight of the new mean. Above 0 to 1 (no smoothing).'),
  deviationSmoothing: z
    .number()
    .gt(0)
    .max(1)
    .default(0.6)
    .describe('beta, weight of the new deviation in the first generation. Above 0 to 1.'),
  dynamic: z
    .int()
    .min(0)
    .max(100)
    .default(7)
    .describe('q: how slowly beta_t falls with the generations; 5 to 10 in the paper. 0: it stays beta. 0 to 100.'),
  initialDeviation: z
    .number()
    .positive()
    .max(1e6)
    .default(1)
    .describe("sigma at first, in deviations of the start's distribution. Above 0 to 1,000,000."),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly population: DensePopulation;
  /** mu and sigma. */
  readonly mean: Vector;
  readonly sigma: Vector;
  /** Room for m. */
  readonly middle: Vector;
  readonly order: Int32Array;
  readonly lanes: Lanes;
  /** t, generations told so far. */
  generation: number;
  converged: boolean;
}

export const crossEntropy = defineStrategy<Options, State>({
  name: 'cross-entropy',
  title: 'Cross-entropy method',
  family: 'estimation of distribution',
  reference: {
    authors: 'P.-T. de Boer, D. P. Kroese, S. Mannor, R. Y. Rubinstein',
    year: 2005,
    title: 'A Tutorial on the Cross-Entropy Method',
    link: 'https://doi.org/10.1007/s10479-005-5724-z',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 10_000_000,
    memory: (dimension, population) => 8 * (population + 3) * dimension + 4 * population,
    work: (dimension, population) => 14 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension } = space;
    const size = settings.populationSize;
    if (size * dimension > 2 ** 31) {
      throw new UsageError(
        `cross-entropy: ${size} points of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize.`,
      );
    }
    const [values, mean, sigma, middle] = residentArrays(space, [size * dimension, dimension, dimension, dimension]);
    startMean(space, mean);
    startScale(space, sigma);
    for (let i = 0; i < dimension; i++) sigma[i] *= settings.initialDeviation;
    return {
      settings,
      population: { kind: 'dense', size, dimension, values },
      mean,
      sigma,
      middle,
      order: new Int32Array(size),
      lanes: seedLanes(rng.fork('points')),
      generation: 0,
      converged: false,
    };
  },

  ask({ population, mean, sigma, lanes }) {
    const { size, dimension, values } = population;
    fillNormal(lanes, values);
    for (let p = 0, j = 0; p < size; p++) for (let i = 0; i < dimension; i++, j++) values[j] = mean[i] + sigma[i] * values[j];
    return { kind: 'losses', population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`cross-entropy asked for losses and was told a ${answer.kind}.`);
    const { settings, population, mean, sigma, middle, order } = state;
    const { dimension, values, size } = population;
    rankByLoss(answer.losses, order);
    state.generation++;
    let elites = Math.max(2, Math.round(settings.elites * size));
    while (elites > 0 && answer.losses[order[elites - 1]] === Infinity) elites--;
    if (elites < 2) return;

    middle.fill(0);
    for (let e = 0; e < elites; e++) {
      const at = order[e] * dimension;
      for (let i = 0; i < dimension; i++) middle[i] += values[at + i] / elites;
    }
    const alpha = settings.smoothing;
    const beta = deviationWeight(settings, state.generation);
    let moved = false;
    for (let i = 0; i < dimension; i++) {
      let sum = 0;
      for (let e = 0; e < elites; e++) {
        const departure = values[order[e] * dimension + i] - middle[i];
        sum += departure * departure;
      }
      sigma[i] = beta * Math.sqrt(sum / elites) + (1 - beta) * sigma[i];
      mean[i] = alpha * middle[i] + (1 - alpha) * mean[i];
      moved ||= mean[i] + sigma[i] !== mean[i];
    }
    // no coordinate can change any more
    state.converged = !moved;
  },

  stop: ({ converged }) => (converged ? 'converged' : undefined),
});

/** beta_t = beta - beta (1 - 1/t)^q for t from 1; beta for q = 0. */
export function deviationWeight(
  { deviationSmoothing: beta, dynamic: q }: Pick<Options, 'deviationSmoothing' | 'dynamic'>,
  t: number,
): number {
  if (q === 0) return beta;
  let power = 1;
  for (let k = 0; k < q; k++) power *= 1 - 1 / t;
  return beta - beta * power;
}
