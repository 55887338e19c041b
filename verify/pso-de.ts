/**
 * Particle swarms and differential evolution beside PSO (El-Abd and Kamel 2009, https://doi.org/10.1145/1570256.1570316) and
 * DE-PSO (García-Nieto, Alba and Apolloni 2009, https://doi.org/10.1145/1570256.1570332). DE-PSO is a hybrid of the two methods with
 * 2,000 evaluations for each coordinate, so its row is a scale for `de`, not the same algorithm.
 */
import { de } from '../strategies/de.js';
import { pso } from '../strategies/pso.js';
import { spso2011 } from '../strategies/spso-2011.js';
import { bbobRows, type VerificationRow } from './shared/bbob-rows.js';

const functions = [1, 2, 8, 10];
const dimensions = [5, 10];
const cases = functions.flatMap((f) => dimensions.map((dimension) => ({ function: f, dimension })));

/**
 * PSO's seven successes on f8 in 5-D took 433,661 to 487,315 evaluations of the 500,000 that it had (the archive's per-run data): a swarm
 * that is slower by the factor of f1 and f2 loses half of its runs to that budget.
 */
const cut =
  'the published runs that reached it took 434,000 to 487,000 of the 500,000 evaluations that they had, and 8 of 15 were cut off by that; on f1 and f2, where none are, the ratio is about 0.6';
const swarmCases = cases.map((entry) => (entry.function === 8 && entry.dimension === 5 ? { ...entry, note: cut } : entry));

/**
 * Its balls are round whatever the function: the cost grows with the condition number, here 10^6, as that of ONEFIFTH does. The
 * published PSO draws a factor for each coordinate, which suits f2, whose axes are the coordinates', and not f10, f2 turned.
 */
const round =
  'another program: PSO draws a factor for each coordinate, as `pso` here does, which solves f2 along its axes and not f10, the same turned; ours has moves that prefer no direction: on ellipsoids it takes 4e3 evaluations at condition 1, 1.5e5 at 10^4, and this is 10^6; ONEFIFTH, the (1+1)-ES of BBOB-2009, whose steps are as round, reached it in no run either';
const roundCases = swarmCases.map((entry) => (entry.function === 2 || entry.function === 10 ? { ...entry, note: round } : entry));

export const verification = {
  name: 'pso-de',
  async run(progress: (done: string) => void): Promise<VerificationRow[]> {
    return [
      ...(await bbobRows(pso, 'PSO', swarmCases, { runs: 15, budgetPerDimension: 100_000 }, progress)),
      ...(await bbobRows(spso2011, 'PSO', roundCases, { runs: 15, budgetPerDimension: 100_000 }, progress)),
      ...(await bbobRows(de, 'DE-PSO', cases, { runs: 15, budgetPerDimension: 20_000 }, progress)),
    ];
  },
};
