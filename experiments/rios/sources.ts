/** What `rios-sahinidis` rests on. */
import type { Published } from '../../src/lab/experiment.js';

export const review = {
  authors: 'L. M. Rios, N. V. Sahinidis',
  year: 2013,
  title: 'Derivative-free optimization: a review of algorithms and comparison of software implementations',
  link: 'https://doi.org/10.1007/s10898-012-9951-y',
};

export const moreWildPaper = {
  authors: 'J. J. Moré, S. M. Wild',
  year: 2009,
  title: 'Benchmarking derivative-free optimization algorithms',
  link: 'https://doi.org/10.1137/080724083',
};

const stated = (value: string): Published => ({ value, source: review, mark: 'V' });

/** Read in the abstract. */
export const published = {
  size: stated('ability of all solvers diminishes with size'),
  quality: stated('best: MULTIMIN, GLCCLUSTER, MCS, LGO'),
  convex: stated('global solvers better even here'),
  refine: stated('best: OQNLP, NEWUOA, MULTIMIN'),
};
