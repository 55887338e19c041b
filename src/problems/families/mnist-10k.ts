/** Ten thousand of MNIST's digits, for quick trials: a small download, split by the seed. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('mnist-10k', { network: '784-32-10', activation: 'relu', batch: 256, standardize: false }, [
  'mnist-10k',
  'mnist-10k(784-64-10,batch=64)',
]);
