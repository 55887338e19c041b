/** A strategy of one's own is given to `minimize` as it is. */
import { minimize } from 'zeroth';
import { shrinkingSteps } from './own-strategy.js';

const { best } = await minimize('rastrigin:d5', shrinkingSteps, { budget: { evaluations: 20_000 }, seed: 3 });
console.log(`loss ${best.loss}`);
