/** CMA-ES and its restarts beside BIPOP-CMA-ES (Hansen 2009, https://doi.org/10.1145/1570256.1570333). */
import { bipopCmaEs } from '../strategies/bipop-cma-es.js';
import { cmaEs } from '../strategies/cma-es.js';
import { bbobRows } from './shared/bbob-rows.js';

const cases = (functions: readonly number[], dimensions: readonly number[], note?: string) =>
  functions.flatMap((f) => dimensions.map((dimension) => ({ function: f, dimension, ...(note === undefined ? {} : { note }) })));

const basins =
  'about a tenth of first runs end in the local minimum and are restarted; the longest published runs in 10-D and 20-D show no restart';

export const verification = {
  name: 'cma',
  async run(progress: (done: string) => void) {
    const settings = { runs: 15, budgetPerDimension: 100_000 };
    const single = await bbobRows(cmaEs, 'BIPOP-CMA-ES', cases([1, 2, 10], [5, 10, 20]), settings, progress);
    const rosenbrock = await bbobRows(bipopCmaEs, 'BIPOP-CMA-ES', cases([8], [5, 10, 20], basins), settings, progress);
    const rugged = await bbobRows(bipopCmaEs, 'BIPOP-CMA-ES', cases([15], [5, 10]), settings, progress);
    return [...single, ...rosenbrock, ...rugged];
  },
};
