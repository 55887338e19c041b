/** Iris: 150 flowers, four measures, three species; the whole set in every query. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('iris', { network: '4-7-3', activation: 'tanh' }, [
  'iris',
  'iris(4-16-16-3,relu)',
  'iris(batch=16,l2=0.001)',
]);
