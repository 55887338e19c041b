/** Nelder-Mead with restarts beside NELDER (Hansen 2009, https://doi.org/10.1145/1570256.1570335). */
import { nelderMeadRestarts } from '../strategies/nelder-mead-restarts.js';
import { bbobRows } from './shared/bbob-rows.js';

const alongAxes =
  'the local restarts of NELDER with a reshaped simplex favour this separable function: f10, the same one rotated, it solves in no run, and ours in as many evaluations as this one';

const cases = [1, 2, 8, 10].flatMap((f) =>
  [5, 10, 20].map((dimension) => ({ function: f, dimension, ...(f === 2 && dimension > 5 ? { note: alongAxes } : {}) })),
);

export const verification = {
  name: 'nelder-mead',
  run: (progress: (done: string) => void) =>
    bbobRows(nelderMeadRestarts, 'NELDER', cases, { runs: 15, budgetPerDimension: 10_000 }, progress),
};
