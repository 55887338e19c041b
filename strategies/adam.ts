/**
 * Adam: steps along the running mean of the gradient, each coordinate scaled by the root of its running mean square.
 * Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1.
 */
import { z } from 'zod';
import { allocate, sampleStart, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';

const options = z.strictObject({
  learningRate: z.number().positive().max(1e6).default(0.001).describe('alpha, about the largest change of a coordinate in one step.'),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the running mean of the gradient.'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the running mean of the squared gradient.'),
  epsilon: z.number().positive().max(1).default(1e-8).describe('Added to the root, against division by zero.'),
});

type Options = z.infer<typeof options>;

interface State {
  readonly options: Options;
  /** theta */
  readonly point: Vector;
  /** m, the running mean of the gradient. */
  readonly mean: Vector;
  /** v, the running mean of the squared gradient. */
  readonly square: Vector;
  /** beta1^t and beta2^t, kept as products: a power could differ in the last bit between machines. */
  power1: number;
  power2: number;
}

export const adam = defineStrategy<Options, State>({
  name: 'adam',
  title: 'Adam',
  family: 'gradient',
  reference: {
    authors: 'D. P. Kingma, J. Ba',
    year: 2015,
    title: 'Adam: A Method for Stochastic Optimization',
    link: 'https://arxiv.org/abs/1412.6980',
  },
  card: {
    needs: 'gradient',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 100_000_000,
    memory: (dimension) => 24 * dimension,
    work: (dimension) => 14 * dimension,
    invariances: ['translation'],
  },
  options,
  start(space, given, rng) {
    const point = allocate(space, space.dimension);
    sampleStart(space, rng, point);
    const zeros = () => allocate(space, space.dimension);
    return { options: given, point, mean: zeros(), square: zeros(), power1: 1, power2: 1 };
  },
  ask: ({ point }) => ({ kind: 'gradient', point }),
  tell(state, answer) {
    if (answer.kind !== 'gradient') return;
    const { gradient } = answer;
    const { point, mean, square } = state;
    const { learningRate, beta1, beta2, epsilon } = state.options;
    state.power1 *= beta1;
    state.power2 *= beta2;
    const scale1 = 1 / (1 - state.power1); // bias corrections of m and v
    const scale2 = 1 / (1 - state.power2);
    for (let i = 0; i < point.length; i++) {
      const g = gradient[i];
      mean[i] = beta1 * mean[i] + (1 - beta1) * g;
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      point[i] -= (learningRate * mean[i] * scale1) / (Math.sqrt(square[i] * scale2) + epsilon);
    }
  },
});
