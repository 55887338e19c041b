/**
 * RMSprop: the gradient divided by the root of its running mean square, coordinate by coordinate. Tieleman and Hinton, "Lecture 6.5",
 * Neural Networks for Machine Learning, 2012: MeanSquare(w, t) = 0.9 MeanSquare(w, t-1) + 0.1 g(t)^2. Momentum, where wanted, as in
 * Graves 2013 (https://arxiv.org/abs/1308.0850, equation 42). Its kin: AdaGrad (Duchi, Hazan and Singer 2011, JMLR 12, 2121-2159)
 * divides by the root of the sum of all squares; AdaDelta (Zeiler 2012, https://arxiv.org/abs/1212.5701, algorithm 1) puts the root
 * of the running mean square of its own steps in the place of a rate: dx = -sqrt((E[dx^2] + eps) / (E[g^2] + eps)) g.
 */
import { z } from 'zod';
import { allocate, sampleStart, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { rateAt, scheduleOptions } from './shared/schedule.js';

const options = z.strictObject({
  learningRate: z.number().positive().max(1e6).default(0.001).describe('Change of a coordinate in one step while its gradient is steady.'),
  meanDecay: z.number().min(0).lt(1).default(0.9).describe('Decay of the running means of squares; rho in AdaDelta.'),
  momentum: z.number().min(0).lt(1).default(0).describe('Share of the last step that is kept.'),
  epsilon: z.number().positive().max(1).default(1e-8).describe('Added to the root, against division by zero.'),
  variant: z
    .enum(['rmsprop', 'adagrad', 'adadelta'])
    .default('rmsprop')
    .describe(
      'adagrad: the sum of all squares instead of their running mean, so that steps shrink as 1 / sqrt(t); adadelta: steps as large as the last ones were, times learningRate, which is 1 in its paper, with epsilon, there 1e-6, inside the roots.',
    ),
  ...scheduleOptions,
});

type Options = z.infer<typeof options>;

interface State {
  readonly options: Options;
  readonly point: Vector;
  /** Running mean of the squared gradient, from 0; for AdaGrad, the sum. */
  readonly square: Vector;
  /** For AdaDelta, the running mean of its squared steps, from 0; else empty. */
  readonly stepSquare: Vector;
  /** The last step; empty without momentum. */
  readonly velocity: Vector;
  /** Steps made. */
  step: number;
}

export const rmsprop = defineStrategy<Options, State>({
  name: 'rmsprop',
  title: 'RMSprop',
  family: 'gradient',
  reference: {
    authors: 'T. Tieleman, G. Hinton',
    year: 2012,
    title: 'Lecture 6.5-rmsprop: Divide the gradient by a running average of its recent magnitude',
    link: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
  },
  card: {
    needs: 'gradient',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region', // its steps do not shrink with the gradient, so at a constant rate it ends up hopping about the optimum
    largestDimension: 100_000_000,
    memory: (dimension) => 16 * dimension,
    work: (dimension) => 9 * dimension,
    invariances: ['translation'],
  },
  options,
  start(space, given, rng) {
    const { dimension } = space;
    const point = allocate(space, dimension);
    sampleStart(space, rng, point);
    const velocity = allocate(space, given.momentum > 0 ? dimension : 0);
    const stepSquare = allocate(space, given.variant === 'adadelta' ? dimension : 0);
    return { options: given, point, square: allocate(space, dimension), stepSquare, velocity, step: 0 };
  },
  ask: ({ point }) => ({ kind: 'gradient', point }),
  tell(state, answer) {
    if (answer.kind !== 'gradient') return;
    const { gradient } = answer;
    const { point, square, stepSquare, velocity } = state;
    const { meanDecay, momentum, epsilon, variant } = state.options;
    const share = variant === 'adagrad' ? 1 : 1 - meanDecay;
    const keep = variant === 'adagrad' ? 1 : meanDecay;
    const rate = rateAt(state.options, state.step++);
    for (let i = 0; i < point.length; i++) {
      const g = gradient[i];
      square[i] = keep * square[i] + share * g * g;
      let step: number;
      if (variant === 'adadelta') {
        const own = -g * Math.sqrt((stepSquare[i] + epsilon) / (square[i] + epsilon));
        stepSquare[i] = meanDecay * stepSquare[i] + (1 - meanDecay) * own * own;
        step = rate * own;
      } else {
        step = (-rate * g) / (Math.sqrt(square[i]) + epsilon);
      }
      if (momentum > 0) {
        step += momentum * velocity[i];
        velocity[i] = step;
      }
      point[i] += step;
    }
  },
});
