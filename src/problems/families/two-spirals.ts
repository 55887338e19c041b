/** Two spirals: two interlocked classes, hard for small networks. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('two-spirals', { network: '2-16-16-2', activation: 'tanh' }, [
  'two-spirals',
  'two-spirals(2-32-32-2,relu)',
]);
