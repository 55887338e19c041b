/** The quadratic trust region, begun anew where it has converged, beside NEWUOA (Ros 2009, "Benchmarking the NEWUOA on the BBOB-2009 function testbed"). */
import { quadraticTrustRegion } from '../strategies/quadratic-trust-region.js';
import { bbobRows } from './shared/bbob-rows.js';

const stall =
  'three of the first five searches stall at 1.2e-8, just above the target, where the losses at neighbouring points differ by less than their rounding, and begin anew, which doubles their time';
const cases = [1, 2, 8, 10].flatMap((f) =>
  (f === 1 || f === 8 ? [5, 10, 20] : [5, 10]).map((dimension) => ({
    function: f,
    dimension,
    ...(f === 10 && dimension === 10 && { note: stall }),
  })),
);

/** Evaluations for each coordinate: nearly twice what the longest published run took (274,038 on f2 in 10-D), so that none is cut off early. */
const budgetPerDimension = 50_000;

export const verification = {
  name: 'quadratic-trust-region',
  run: (progress: (done: string) => void) => bbobRows(quadraticTrustRegion, 'NEWUOA', cases, { runs: 15, budgetPerDimension }, progress),
};
