/**
 * L-SHADE: SHADE with a population that shrinks linearly over the budget. Tanabe and Fukunaga, CEC 2014.
 *
 *   N(used) = round((N_min - N_init) / maxEvaluations * used + N_init)   (equation 10)
 * The other steps are in shared/success-history.ts. The paper's text takes H = 6 and r_arc = 2.6; its authors' program, version
 * 1.0.1, takes H = 5 and r_arc = 1.4. The program's values are the defaults, since published results come from it.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { defineStrategy } from '../src/core/strategy.js';
import { challenge, historyBytes, openHistory, type SuccessHistory, settle, shrink } from './shared/success-history.js';
import { collapsed } from './shared/trials.js';

const options = z.strictObject({
  maxEvaluations: z
    .int()
    .min(1)
    .optional()
    .describe(
      'MAX_NFE: evaluations over which the population shrinks. At least 1. Absent: the budget of the run, and where that does not limit evaluations 10,000 for each coordinate, as in CEC competitions. Beyond it the search goes on with smallestPopulation.',
    ),
  populationSize: z
    .int()
    .min(4)
    .max(1_000_000)
    .optional()
    .describe(
      'N_init: individuals at first. 4 to 1,000,000. Absent: 18 for each coordinate, as in the paper for 10 to 100 of them; never more than 1,800, nor more than 10 million numbers in all.',
    ),
  smallestPopulation: z.int().min(4).max(1_000_000).default(4).describe('N_min: individuals at the end. 4 to 1,000,000.'),
  memorySize: z
    .int()
    .min(1)
    .max(10_000)
    .default(5)
    .describe("H: pairs of F and CR that are remembered. 1 to 10,000; 6 in the paper's text."),
  archiveRate: z
    .number()
    .min(0)
    .max(10)
    .default(1.4)
    .describe("r_arc: beaten parents that are kept to make differences with, in population sizes. 0 to 10; 2.6 in the paper's text."),
  pbestShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.11)
    .describe('p: share of the population that counts as best. Above 0 to 1; at least two individuals.'),
});

interface State extends SuccessHistory {
  readonly largest: number;
  readonly smallest: number;
  readonly maxEvaluations: number;
  /** Evaluations told. */
  used: number;
}

/** 18 D, within what one machine can keep and evaluate. */
export function initialPopulation(dimension: number): number {
  return Math.max(4, Math.min(18 * dimension, 1800, Math.floor(1e7 / dimension)));
}

export const lShade = defineStrategy<z.output<typeof options>, State>({
  name: 'l-shade',
  title: 'SHADE with linear population size reduction (L-SHADE)',
  family: 'differential evolution',
  reference: {
    authors: 'R. Tanabe, A. Fukunaga',
    year: 2014,
    title: 'Improving the search performance of SHADE using linear population size reduction',
    link: 'https://doi.org/10.1109/CEC.2014.6900380',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 1_000_000,
    memory: (dimension, population) => historyBytes(1.4, dimension, population),
    work: (dimension, population) => 15 * population * dimension + 40 * population * Math.log2(population + 1),
    invariances: ['translation'],
  },
  options,
  horizon: 'maxEvaluations',

  start(space, chosen, rng) {
    const { dimension } = space;
    const { memorySize, archiveRate, pbestShare } = chosen;
    const largest = chosen.populationSize ?? initialPopulation(dimension);
    return {
      ...openHistory(
        space,
        largest,
        { memorySize, archiveRate, leastShare: pbestShare, largestShare: pbestShare, crossoverMean: 'lehmer' },
        'l-shade',
        rng,
      ),
      largest,
      smallest: Math.min(chosen.smallestPopulation, largest),
      maxEvaluations: chosen.maxEvaluations ?? 10_000 * dimension,
      used: 0,
    };
  },

  ask(state) {
    if (state.generation > 0) challenge(state);
    return { kind: 'losses', population: state.trials };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`l-shade asked for losses and was told a ${answer.kind}.`);
    settle(state, answer.losses);
    state.used += answer.losses.length;
    const { largest, smallest, maxEvaluations, used } = state;
    const planned = Math.round(((smallest - largest) / maxEvaluations) * used + largest);
    shrink(state, Math.max(planned, smallest));
  },

  stop: (state) => (collapsed(state) ? 'converged' : undefined),
});
