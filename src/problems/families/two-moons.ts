/** Two moons: two interleaved half circles with noise. */
import { networkFamily } from '../network-problem.js';

export const family = networkFamily('two-moons', { network: '2-8-2', activation: 'tanh' }, ['two-moons', 'two-moons(2-16-2,relu)']);
