/** iAMaLGaM beside iAMALGAM (Bosman, Grahl and Thierens 2009, https://doi.org/10.1145/1570256.1570313). */
import { amalgam } from '../strategies/amalgam.js';
import { bbobRows } from './shared/bbob-rows.js';

const cases = [1, 2, 8, 10].flatMap((f) => [5, 10, 20].map((dimension) => ({ function: f, dimension })));

export const verification = {
  name: 'amalgam',
  run: (progress: (done: string) => void) => bbobRows(amalgam, 'iAMALGAM', cases, { runs: 15, budgetPerDimension: 10_000 }, progress),
};
