/** Exclusive or: four points that no single line parts. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('xor', { network: '2-3-2', activation: 'tanh', standardize: false }, ['xor', 'xor(2-2-2,logistic)']);
