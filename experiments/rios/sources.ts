/** What `rios-sahinidis` rests on. */
import type { Published } from '../../src/lab/experiment.js';
import type { Text } from '../../src/lab/text.js';

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

const stated = (value: Text): Published => ({ value, source: review, mark: 'V' });

/** Read in the abstract. */
export const published = {
  size: stated({ en: 'ability of all solvers diminishes with size', zh: '所有求解器的能力都随规模下降' }),
  quality: stated({ en: 'best: MULTIMIN, GLCCLUSTER, MCS, LGO', zh: '最好的是 MULTIMIN、GLCCLUSTER、MCS、LGO' }),
  convex: stated({ en: 'global solvers better even here', zh: '在凸问题上全局求解器也更好' }),
  refine: stated({ en: 'best: OQNLP, NEWUOA, MULTIMIN', zh: '最好的是 OQNLP、NEWUOA、MULTIMIN' }),
};
