/**
 * Adam: steps along the running mean of the gradient, each coordinate scaled by the root of its running mean square.
 * Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1; AdaMax is their algorithm 2; NAdam: Dozat 2016.
 */
import { z } from 'zod';
import { defineStrategy } from '../src/core/strategy.js';
import { type Moments, momentOptions, moveByMoments, startMoments } from './shared/adaptive-moments.js';

const options = z.strictObject({
  ...momentOptions,
  variant: z
    .enum(['adam', 'adamax', 'nadam'])
    .default('adam')
    .describe(
      'adamax divides by a decaying largest gradient instead of the root of the mean square; nadam looks ahead by one step, as Nesterov does.',
    ),
});

type Options = z.infer<typeof options>;

export const adam = defineStrategy<Options, Moments<Options>>({
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
  start: startMoments,
  ask: ({ point }) => ({ kind: 'gradient', point }),
  tell(state, answer) {
    if (answer.kind === 'gradient') moveByMoments(state, answer.gradient, 0, state.options.variant);
  },
});
