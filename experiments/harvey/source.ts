/** What the experiment refers to. */
import type { Reference } from '../../src/core/strategy.js';

export const program: Reference = {
  authors: 'M. Harvey',
  year: 2017,
  title: 'neural-network-genetic-algorithm (program), with the article "Let’s evolve a neural network with a genetic algorithm"',
  link: 'https://github.com/harvitronix/neural-network-genetic-algorithm',
};
