/**
 * AdamW: Adam whose weights decay beside the step along the gradient, not through it, so that all decay at the same rate whatever
 * the size of their gradients. Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
 * The decay of a step is the learning rate times `weightDecay`, as is usual in libraries; in the paper alpha is not in that product.
 */
import { z } from 'zod';
import { defineStrategy } from '../src/core/strategy.js';
import { type Moments, momentOptions, moveByMoments, startMoments } from './shared/adaptive-moments.js';

const options = z.strictObject({
  ...momentOptions,
  weightDecay: z
    .number()
    .min(0)
    .max(1e6)
    .default(0.01)
    .describe('Share of every coordinate that a step takes away, in learning rates; with 0 it is Adam. 0 to 1,000,000.'),
});

type Options = z.infer<typeof options>;

export const adamw = defineStrategy<Options, Moments<Options>>({
  name: 'adamw',
  title: 'AdamW',
  family: 'gradient',
  reference: {
    authors: 'I. Loshchilov, F. Hutter',
    year: 2019,
    title: 'Decoupled Weight Decay Regularization',
    link: 'https://arxiv.org/abs/1711.05101',
  },
  card: {
    needs: 'gradient',
    bounds: 'respected',
    noise: 'tolerates',
    settles: 'region', // beside the optimum, on the side of 0: the decay never ends
    largestDimension: 100_000_000,
    memory: (dimension) => 24 * dimension,
    work: (dimension) => 15 * dimension,
    invariances: [],
  },
  options,
  start: startMoments,
  ask: ({ point }) => ({ kind: 'gradient', point }),
  tell(state, answer) {
    if (answer.kind === 'gradient') moveByMoments(state, answer.gradient, state.options.weightDecay);
  },
});
