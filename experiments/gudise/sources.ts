/** What the experiment refers to. */
import type { Reference } from '../../src/core/strategy.js';

export const paper: Reference = {
  authors: 'V. G. Gudise, G. K. Venayagamoorthy',
  year: 2003,
  title: 'Comparison of particle swarm optimization and backpropagation as training algorithms for neural networks',
  link: 'https://doi.org/10.1109/SIS.2003.1202255',
};
