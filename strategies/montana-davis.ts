/**
 * The genetic algorithm of D. J. Montana and L. Davis, "Training Feedforward Neural Networks Using Genetic Algorithms", IJCAI 1989:
 * a genome is the list of a network's weights, and operators know its neurons. Steady state: one operator makes one child at a time;
 * of the population and the child the worst dies. The parent of rank k is chosen in proportion to parentScalar^k.
 * Details that its text leaves open here are of accounts of it (M. Mitchell 1996, section 2.3) and ours; the options say them.
 * Where the text draws from the distribution of first weights, exp(-|x|), a draw is two-sided exponential of the start's deviation:
 * the same for a network that starts so (init=laplace(1)).
 */
import { z } from 'zod';
import { UsageError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, sampleStart, startMean, startScale, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { rowOf } from '../src/kernels/rows.js';
import {
  climb,
  crossFeatures,
  crossNodes,
  crossWeights,
  type Genetics,
  hiddenNeurons,
  lobotomize,
  mutateNodes,
  mutateWeakest,
  mutateWeights,
} from './shared/network-operators.js';
import { answersOf, mostPlaces, neuronLayers } from './shared/neurons.js';

const share = (what: string, initial: number) =>
  z.number().min(0).max(1e6).default(initial).describe(`How often ${what}, in relation to the other operators. 0 (never) to 1,000,000.`);

const operators = {
  unbiasedMutateWeights: share('weights are replaced by draws, each with mutationRate', 0),
  biasedMutateWeights: share('draws are added to weights, each with mutationRate', 0),
  mutateNodes: share("draws are added to all weights that come into some of the network's neurons", 1),
  mutateWeakestNodes: share(
    'draws are added to all weights of the neurons without which the loss would be lowest, or put in their place where it would be lower than with them; costs an evaluation for each hidden neuron; networks only',
    0,
  ),
  crossoverWeights: share('each weight is taken from either parent', 0),
  crossoverNodes: share('all weights that come into a neuron are taken from either parent', 1),
  crossoverFeatures: share(
    "the second parent's neurons are first put in the order of the first's, by what they answer to the samples, and then crossed as nodes; costs a pass through both networks; networks only",
    0,
  ),
  hillclimb: share('a parent takes a step of stepSize down the gradient, which costs a gradient', 0),
};

type Operator = keyof typeof operators;

const options = z.strictObject({
  populationSize: z.int().min(2).max(1_000_000).default(50).describe('Individuals. 2 to 1,000,000.'),
  parentScalar: z
    .number()
    .gt(0)
    .max(1)
    .default(0.92)
    .describe('Chance of a parent in proportion to that of the next better one. Above 0 to 1 (no selection).'),
  ...operators,
  mutationRate: z.number().min(0).max(1).default(0.1).describe('Probability of a weight to mutate. 0 to 1.'),
  mutatedNodes: z.int().min(1).max(1000).default(2).describe('Neurons of mutateNodes. 1 to 1,000.'),
  weakestNodes: z.int().min(1).max(1000).default(1).describe('Neurons of mutateWeakestNodes. 1 to 1,000.'),
  stepSize: z
    .number()
    .positive()
    .max(1e6)
    .default(1)
    .describe('First step of hillclimb, in root mean square deviations of the start. Above 0 to 1,000,000.'),
  stepSizeDecay: z.number().gt(0).max(1).default(0.4).describe('Its factor after a step that led to no lower loss. Above 0 to 1.'),
  stepSizeExpand: z.number().min(1).max(100).default(1.4).describe('Its factor after a step that did. 1 to 100.'),
});

type Options = z.output<typeof options>;

interface State extends Genetics {
  readonly settings: Options;
  readonly population: DensePopulation;
  readonly losses: Float64Array;
  readonly order: Int32Array;
  readonly child: DensePopulation;
  /** For mutateWeakestNodes: the first parent without each of its hidden neurons in turn. */
  readonly lobotomized: DensePopulation | undefined;
  /** The parent that is asked about. */
  readonly point: Vector;
  /** What is asked. */
  phase: 'first' | 'operator' | 'weakest' | 'first responses' | 'second responses' | 'gradient' | 'child';
  operator: Operator;
  /** The parents: rows of the population. */
  first: number;
  second: number;
  /** What the first parent's neurons answer, for each hidden layer. */
  answers: Float32Array[];
  /** Length of a step of hillclimb. */
  step: number;
  /** Where the next one begins, to see whether it led down. */
  above: number;
}

const operatorNames = Object.keys(operators) as Operator[];

export const montanaDavis = defineStrategy<Options, State>({
  name: 'montana-davis',
  title: 'Genetic algorithm over neurons (Montana and Davis)',
  family: 'genetic',
  reference: {
    authors: 'D. J. Montana, L. Davis',
    year: 1989,
    title: 'Training Feedforward Neural Networks Using Genetic Algorithms',
    link: 'https://www.ijcai.org/Proceedings/89-1/Papers/122.pdf',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    settles: 'region',
    largestDimension: 10_000_000,
    // Questions after the first hold one child; the population is of populationSize.
    memory: (dimension, population) => 8 * (Math.max(population, 50) + 5) * dimension + 12 * Math.max(population, 50),
    work: (dimension, population) => 10 * population * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, settings, rng) {
    const { dimension } = space;
    const size = settings.populationSize;
    const layers = neuronLayers(space);
    for (const name of ['mutateWeakestNodes', 'crossoverFeatures'] as const) {
      if (settings[name] > 0 && hiddenNeurons(layers) === 0) {
        throw new UsageError(`montana-davis.${name} works on the hidden neurons of a network, and here are none: set it to 0.`);
      }
    }
    const hidden = hiddenNeurons(layers);
    const most = Math.max(size, settings.mutateWeakestNodes > 0 ? hidden : 0);
    if (most * dimension > 2 ** 31) {
      throw new UsageError(
        `montana-davis: ${most} networks of ${dimension} weights are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize, or mutateWeakestNodes=0, which tries the network without each of its hidden neurons.`,
      );
    }
    if (operatorNames.every((name) => settings[name] === 0)) {
      throw new UsageError(`montana-davis needs an operator: set one of ${operatorNames.join(', ')} above 0.`);
    }
    const population = densePopulation(space, size);
    const positions = rng.fork('positions');
    for (let p = 0; p < size; p++) sampleStart(space, positions, population.values, p * dimension);
    const [means, scales] = [allocate(space, dimension), allocate(space, dimension)];
    startMean(space, means);
    startScale(space, scales);
    let squares = 0;
    for (let i = 0; i < dimension; i++) {
      squares += scales[i] * scales[i];
      scales[i] /= Math.SQRT2; // a two-sided exponential's deviation is sqrt(2) times its mean absolute value
    }
    return {
      settings,
      layers,
      population,
      losses: new Float64Array(size),
      order: new Int32Array(size),
      child: densePopulation(space, 1),
      lobotomized: settings.mutateWeakestNodes > 0 ? densePopulation(space, hidden) : undefined,
      point: allocate(space, dimension),
      means,
      scales,
      places: new Int32Array(mostPlaces(layers)),
      phase: 'first',
      operator: 'mutateNodes',
      first: 0,
      second: 0,
      answers: [],
      step: settings.stepSize * Math.sqrt(squares / dimension),
      above: Infinity,
      rng: rng.fork('operators'),
    };
  },

  ask(state) {
    if (state.phase === 'operator') begin(state);
    switch (state.phase) {
      case 'first':
        return { kind: 'losses', population: state.population };
      case 'weakest':
        return { kind: 'losses', population: state.lobotomized as DensePopulation };
      case 'gradient':
        return { kind: 'gradient', point: state.point };
      case 'first responses':
      case 'second responses':
        return { kind: 'responses', point: state.point };
      default:
        return { kind: 'losses', population: state.child };
    }
  },

  tell(state, answer) {
    const { losses, order, point, layers, settings } = state;
    const child = state.child.values;
    if (answer.kind === 'responses') {
      const answers = layers.slice(0, -1).map((layer) => answersOf(layer, answer.layers));
      if (state.phase === 'first responses') {
        state.answers = answers;
        point.set(individual(state, state.second));
        state.phase = 'second responses';
        return;
      }
      crossFeatures(state, individual(state, state.first), point, state.answers, answers, child);
      state.answers = [];
      state.phase = 'child';
    } else if (answer.kind === 'gradient') {
      climb(point, answer.gradient, state.step, child);
      state.above = answer.loss;
      state.phase = 'child';
    } else if (state.phase === 'weakest') {
      child.set(individual(state, state.first));
      mutateWeakest(state, child, losses[state.first], answer.losses, settings.weakestNodes);
      state.phase = 'child';
    } else {
      if (state.phase === 'first') {
        losses.set(answer.losses);
        rankByLoss(losses, order);
      } else {
        admit(state, answer.losses[0]);
      }
      state.phase = 'operator';
    }
  },
});

/** Chooses an operator and its parents, and makes the child or the first question on the way to it. */
function begin(state: State): void {
  const { settings, order, point, rng, lobotomized } = state;
  state.operator = operatorOf(settings, rng);
  const size = order.length;
  const best = rankOf(size, settings.parentScalar, rng);
  const other = rankOf(size - 1, settings.parentScalar, rng); // of all but the first
  state.first = order[best];
  state.second = order[other < best ? other : other + 1];
  const child = state.child.values;
  const [first, second] = [individual(state, state.first), individual(state, state.second)];
  state.phase = 'child';
  switch (state.operator) {
    case 'crossoverWeights':
      crossWeights(state, first, second, child);
      break;
    case 'crossoverNodes':
      crossNodes(state, first, second, child);
      break;
    case 'crossoverFeatures':
      point.set(first);
      state.phase = 'first responses';
      break;
    case 'hillclimb':
      point.set(first);
      state.phase = 'gradient';
      break;
    case 'mutateWeakestNodes':
      if (lobotomized !== undefined) lobotomize(state, first, lobotomized.values);
      state.phase = 'weakest';
      break;
    default:
      child.set(first);
      if (state.operator === 'mutateNodes') mutateNodes(state, child, settings.mutatedNodes);
      else mutateWeights(state, child, settings.mutationRate, state.operator === 'biasedMutateWeights' ? 'biased' : 'unbiased');
  }
}

/** One operator, each by its share. */
function operatorOf(settings: Options, rng: Rng): Operator {
  let at = rng.uniform() * operatorNames.reduce((sum, name) => sum + settings[name], 0);
  let chosen: Operator = 'mutateNodes';
  for (const name of operatorNames) {
    if (settings[name] === 0) continue;
    chosen = name;
    at -= settings[name];
    if (at < 0) break;
  }
  return chosen;
}

/** A rank below `size`, k in proportion to scalar^k: of a geometric distribution, cut off. */
export function rankOf(size: number, scalar: number, rng: Rng): number {
  if (scalar === 1) return rng.below(size);
  const reach = 1 - exp(size * log(scalar));
  return Math.min(Math.floor(log(1 - rng.uniform() * reach) / log(scalar)), size - 1);
}

/** The child takes the place of the worst, unless it is worse. */
function admit(state: State, loss: number): void {
  const { losses, order, settings } = state;
  if (state.operator === 'hillclimb') state.step *= loss < state.above ? settings.stepSizeExpand : settings.stepSizeDecay;
  let rank = order.length - 1;
  const place = order[rank];
  if (loss > losses[place]) return;
  individual(state, place).set(state.child.values);
  losses[place] = loss;
  for (; rank > 0 && losses[order[rank - 1]] > loss; rank--) order[rank] = order[rank - 1];
  order[rank] = place;
}

function individual({ population }: State, place: number): Vector {
  return rowOf(population.values, population.dimension, place);
}
