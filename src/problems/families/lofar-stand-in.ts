/** The network of Montana and Davis (1989), 4-7-10-1, logistic throughout, 126 weights that start two-sided exponential, on a stand-in for their data. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily(
  'lofar-stand-in',
  { network: '4-7-10-1', activation: 'logistic', output: 'logistic', init: 'laplace(1)', standardize: false },
  ['lofar-stand-in', 'lofar-stand-in(4-5-1,init=lecture)'],
);
