/** The (1+1)-ES beside ONEFIFTH (Auger 2009), which reached no target of f2 and f10. */
import { onePlusOneEs } from '../strategies/one-plus-one-es.js';
import { bbobRows } from './shared/bbob-rows.js';

const cases = [
  ...[5, 10, 20].map((dimension) => ({ function: 1, dimension })),
  ...[5, 10].map((dimension) => ({ function: 8, dimension })),
];

export const verification = {
  name: 'one-plus-one-es',
  run: (progress: (done: string) => void) => bbobRows(onePlusOneEs, 'ONEFIFTH', cases, { runs: 15, budgetPerDimension: 100_000 }, progress),
};
