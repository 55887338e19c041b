/** MNIST: 60,000 handwritten digits for training, 10,000 for testing. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('mnist', { network: '784-32-10', activation: 'relu', batch: 256, standardize: false }, [
  'mnist',
  'mnist(784-128-10,batch=128)',
  'mnist(conv8k5-max2-10)',
  'mnist(train=1000)',
]);
