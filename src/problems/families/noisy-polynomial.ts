/** Twenty noisy points of a cubic: a large network learns them by heart and errs between them. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('noisy-polynomial', { network: '1-64-1', activation: 'tanh', standardize: false }, [
  'noisy-polynomial',
  'noisy-polynomial(1-256-1,relu,l2=0.001)',
]);
