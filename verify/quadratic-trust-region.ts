/** The quadratic trust region, begun anew where it has converged, beside NEWUOA (Ros 2009, "Benchmarking the NEWUOA on the BBOB-2009 function testbed"). */
import { quadraticTrustRegion } from '../strategies/quadratic-trust-region.js';
import { bbobRows } from './shared/bbob-rows.js';

const cases = [1, 2, 8, 10].flatMap((f) => (f === 1 || f === 8 ? [5, 10, 20] : [5, 10]).map((dimension) => ({ function: f, dimension })));

/** Evaluations for each coordinate: nearly twice what the longest published run took (274,038 on f2 in 10-D), so that none is cut off early. */
const budgetPerDimension = 50_000;

export const verification = {
  name: 'quadratic-trust-region',
  run: (progress: (done: string) => void) =>
    bbobRows(quadraticTrustRegion, 'NEWUOA', cases, { runs: 15, budgetPerDimension }, progress),
};
