/** DIRECT beside DIRECT (Posik 2009, https://doi.org/10.1145/1570256.1570323). */
import { direct } from '../strategies/direct.js';
import { bbobRows } from './shared/bbob-rows.js';

const cases = [
  { function: 1, dimension: 2 },
  { function: 1, dimension: 5 },
  { function: 2, dimension: 2 },
  { function: 8, dimension: 2 },
];

export const verification = {
  name: 'direct',
  run: (progress: (done: string) => void) => bbobRows(direct, 'DIRECT', cases, { runs: 15, budgetPerDimension: 10_000 }, progress),
};
