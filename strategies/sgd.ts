/**
 * Gradient descent along the gradients of minibatches: plain, with momentum, or with Nesterov's look-ahead.
 * Robbins and Monro 1951 (plain); Polyak 1964 (momentum); Nesterov 1983, in the form of Sutskever et al. 2013, equations 1 to 4.
 */
import { z } from 'zod';
import { allocate, type Space, sampleStart, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { descend } from '../src/kernels/descent.js';
import { rateAt, scheduleOptions } from './shared/schedule.js';

const options = z.strictObject({
  learningRate: z.number().positive().max(1e6).default(0.01).describe('Step along the negative gradient.'),
  momentum: z.number().min(0).lt(1).default(0).describe('Share of the last step that is kept; 0 is plain gradient descent.'),
  nesterov: z.boolean().default(false).describe('Takes the gradient where momentum alone would lead. Changes nothing without momentum.'),
  ...scheduleOptions,
});

type Options = z.infer<typeof options>;

interface State {
  readonly options: Options;
  /** The asked point. With `nesterov` it is theta + mu v, the point ahead. */
  readonly point: Vector;
  /** v, the last step; empty without momentum. */
  readonly velocity: Vector;
  /** Steps made. */
  step: number;
}

export const sgd = defineStrategy<Options, State>({
  name: 'sgd',
  title: 'Stochastic gradient descent',
  family: 'gradient',
  reference: {
    authors: 'H. Robbins, S. Monro; momentum: B. T. Polyak 1964; look-ahead: I. Sutskever, J. Martens, G. Dahl, G. Hinton 2013',
    year: 1951,
    title: 'A Stochastic Approximation Method',
    link: 'https://doi.org/10.1214/aoms/1177729586',
  },
  card: {
    needs: 'gradient',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 100_000_000,
    memory: (dimension) => 16 * dimension,
    work: (dimension) => 6 * dimension,
    invariances: ['translation', 'rotation'],
  },
  options,
  start(space: Space, given, rng) {
    const point = allocate(space, space.dimension);
    sampleStart(space, rng, point);
    return { options: given, point, velocity: allocate(space, given.momentum > 0 ? space.dimension : 0), step: 0 };
  },
  ask: ({ point }) => ({ kind: 'gradient', point }),
  tell(state, answer) {
    if (answer.kind !== 'gradient') return;
    const { gradient } = answer;
    const { point, velocity } = state;
    const { momentum, nesterov } = state.options;
    const learningRate = rateAt(state.options, state.step++);
    if (momentum === 0) {
      descend(point, gradient, learningRate);
      return;
    }
    for (let i = 0; i < point.length; i++) {
      const last = velocity[i];
      const step = momentum * last - learningRate * gradient[i]; // v' = mu v - eta g (equations 1 and 3)
      velocity[i] = step;
      // Plain: theta' = theta + v'. Ahead: theta' + mu v' = (theta + mu v) - mu v + v' + mu v'.
      point[i] += nesterov ? (1 + momentum) * step - momentum * last : step;
    }
  },
});
