/** Trials of differential evolution with binomial crossover, a row a call; in place where all matrices are `residentArrays` of one call. */
import type { Rng } from '../core/rng.js';
import type { Vector } from '../core/space.js';
import { homeOf } from './memory.js';
import * as twin from './twins/difference.js';

export { type Donor, donated } from './twins/difference.js';

/** Writes row `row` of `trials`: a coordinate is the donor's with probability CR, else the parent's of that row; one draw of `rng` each. */
export function crossDonor(rng: Rng, donor: twin.Donor, parents: Vector, trials: Vector, row: number, n: number): void {
  const { base, toward, plus, minus, pool, scaleFactor, crossoverRate } = donor;
  const home = homeOf(trials);
  const whole = home !== undefined && home === homeOf(parents) && home === homeOf(pool) ? n & ~3 : 0;
  if (home !== undefined && whole > 0) {
    const from = parents.byteOffset;
    const bytes = 4 * n;
    home.lanes.set(rng.words);
    home.kernels.crossDonor(
      from + base * bytes,
      from + toward * bytes,
      from + plus * bytes,
      pool.byteOffset + minus * bytes,
      from + row * bytes,
      trials.byteOffset + row * bytes,
      whole,
      scaleFactor,
      crossoverRate * 4294967296,
    );
    for (let k = 0; k < 4; k++) rng.words[k] = home.lanes[k];
  }
  twin.crossDonor(rng, donor, parents, trials, row, n, whole);
}
