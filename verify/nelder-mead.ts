/** Nelder-Mead with restarts beside NELDER (Hansen 2009, https://doi.org/10.1145/1570256.1570335). */
import { nelderMeadRestarts } from '../strategies/nelder-mead-restarts.js';
import { bbobRows } from './shared/bbob-rows.js';

const separable =
  'probably because the local restarts of NELDER reshape its simplex along the axes of this separable function: f10, the same one rotated, it reached in no run, ours in about as many evaluations as this one';
const coefficients = 'in part the adaptive coefficients: with the standard ones 4,189 in 10 runs';

const noteOf = (f: number, dimension: number) => {
  if (f === 2 && dimension === 20) return { note: separable };
  return f === 8 && dimension === 10 ? { note: coefficients } : {};
};

const cases = [1, 2, 8, 10].flatMap((f) => [5, 10, 20].map((dimension) => ({ function: f, dimension, ...noteOf(f, dimension) })));

export const verification = {
  name: 'nelder-mead',
  run: (progress: (done: string) => void) =>
    bbobRows(nelderMeadRestarts, 'NELDER', cases, { runs: 15, budgetPerDimension: 10_000 }, progress),
};
