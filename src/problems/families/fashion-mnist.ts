/** Fashion-MNIST: 70,000 pictures of clothes, ten kinds. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('fashion-mnist', { network: '784-32-10', activation: 'relu', batch: 256, standardize: false }, [
  'fashion-mnist',
  'fashion-mnist(784-128-10,batch=128)',
]);
