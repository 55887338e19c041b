/** The parabola y = 2 x^2 + 1, learned by a small network. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('parabola', { network: '1-4-1', activation: 'logistic', standardize: false }, [
  'parabola',
  'parabola(1-8-1,tanh)',
]);
