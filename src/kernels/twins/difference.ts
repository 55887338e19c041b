/** The plain twin of a trial of differential evolution. */
import type { Rng } from '../../core/rng.js';
import type { Vector } from '../../core/space.js';

/** v = x_base + F (x_toward - x_base) + F (x_plus - x_minus), by rows; `toward` equal to `base` adds nothing. */
export interface Donor {
  base: number;
  toward: number;
  plus: number;
  /** Row of `pool`. */
  minus: number;
  /** The parents, or the matrix of an archive, with as many coordinates a row. */
  pool: Vector;
  scaleFactor: number;
  crossoverRate: number;
}

const draws = new Int32Array(1024);

/** Coordinates `from` to `n - 1` of row `row` of `trials`: the donor's where a draw is below CR, else the parent's of that row. */
export function crossDonor(rng: Rng, donor: Donor, parents: Vector, trials: Vector, row: number, n: number, from = 0): void {
  const { pool, scaleFactor } = donor;
  const threshold = donor.crossoverRate * 4294967296;
  const base = donor.base * n;
  const toward = donor.toward * n;
  const plus = donor.plus * n;
  const minus = donor.minus * n;
  for (let start = from; start < n; start += draws.length) {
    const count = Math.min(draws.length, n - start);
    rng.draws(draws, count);
    for (let k = 0, i = start; k < count; k++, i++) {
      const x = parents[base + i];
      const donated = x + scaleFactor * (parents[toward + i] - x + (parents[plus + i] - pool[minus + i]));
      trials[row * n + i] = draws[k] >>> 0 < threshold ? donated : parents[row * n + i];
    }
  }
}

/** Coordinate `i` of the donor; rows have `n` coordinates. */
export function donated({ base, toward, plus, minus, pool, scaleFactor }: Donor, parents: Vector, n: number, i: number): number {
  const x = parents[base * n + i];
  return x + scaleFactor * (parents[toward * n + i] - x + (parents[plus * n + i] - pool[minus * n + i]));
}
