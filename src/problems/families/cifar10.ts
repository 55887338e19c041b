/** CIFAR-10: 50,000 colour pictures of ten kinds of things for training, 10,000 for testing. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('cifar10', { network: '3072-64-10', activation: 'relu', batch: 256, standardize: false }, [
  'cifar10',
  'cifar10(conv8k5-max2-conv16k5-max2-10,batch=128)',
]);
