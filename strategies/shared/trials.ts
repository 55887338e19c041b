/**
 * What the strategies of differential evolution share (Storn and Price 1997, https://doi.org/10.1023/A:1008202821328):
 * parents, the trials that challenge them, crossover, and the duel of each trial with its parent.
 */
import { UsageError } from '../../src/core/errors.js';
import type { DensePopulation } from '../../src/core/population.js';
import type { Rng } from '../../src/core/rng.js';
import { allocate, type Space, sampleStart, startDeviation, startScale, type Vector } from '../../src/core/space.js';
import { crossDonor, type Donor, donated } from '../../src/kernels/difference.js';
import { residentArrays } from '../../src/kernels/memory.js';
import { copyRow } from '../../src/kernels/rows.js';

/** Parents and trials, one trial a parent; plain data. */
export interface Duels {
  /** Row i is the parent that trial i challenges. */
  parents: DensePopulation;
  /** Losses of the parents; Infinity before the first answer. */
  losses: Float64Array;
  /** The population that is asked. */
  trials: DensePopulation;
  /** More rows for donors to come from: beaten parents. Empty where they come from the parents alone. */
  archive: Vector;
  /** Answers told so far. */
  generation: number;
}

export type { Donor } from '../../src/kernels/difference.js';

export type Crossover = 'binomial' | 'exponential';

/** The first trials are the start's own points: every parent, its loss infinite, loses to them. `archiveRows`: room for beaten parents. */
export function openDuels(space: Space, size: number, owner: string, rng: Rng, archiveRows = 0): Duels {
  const { dimension } = space;
  if (size * dimension > 2 ** 31) {
    throw new UsageError(
      `${owner}: ${size} individuals of ${dimension} coordinates are more than the ${2 ** 31} numbers of the largest population; take a smaller populationSize.`,
    );
  }
  const length = size * dimension;
  const [from, into, archive] = residentArrays(space, [length, length, archiveRows * dimension]);
  const parents: DensePopulation = { kind: 'dense', size, dimension, values: from };
  const trials: DensePopulation = { kind: 'dense', size, dimension, values: into };
  for (let i = 0; i < size; i++) sampleStart(space, rng, trials.values, i * dimension);
  // Differences of equal numbers are zero: coordinates that start at a constant would never move.
  const deviation = allocate(space, dimension);
  const scale = allocate(space, dimension);
  startDeviation(space, deviation);
  startScale(space, scale);
  for (let j = 0; j < dimension; j++) {
    if (deviation[j] === 0) for (let i = 0; i < size; i++) trials.values[i * dimension + j] += scale[j] * rng.normal();
  }
  return { parents, losses: new Float64Array(size).fill(Infinity), trials, archive, generation: 0 };
}

/** A whole number from 0 to n - 1 that is none of the three; negative ones do not count. n must leave a choice. */
export function otherThan(rng: Rng, n: number, a: number, b = -1, c = -1): number {
  for (;;) {
    const draw = rng.below(n);
    if (draw !== a && draw !== b && draw !== c) return draw;
  }
}

/**
 * Writes trial `i`: coordinates of the donor where crossover takes them, of parent `i` elsewhere; at least one is the donor's.
 * binomial: each with probability CR; exponential: consecutive ones, going on with probability CR.
 */
export function breed({ parents, trials }: Duels, i: number, donor: Donor, crossover: Crossover, rng: Rng): void {
  const { dimension } = parents;
  const out = trials.values;
  const at = i * dimension;
  const first = rng.below(dimension);
  if (crossover === 'binomial') {
    crossDonor(rng, donor, parents.values, out, i, dimension);
    out[at + first] = donated(donor, parents.values, dimension, first);
    return;
  }
  copyRow(parents.values, i, out, i, dimension);
  let j = first;
  for (let taken = 0; taken < dimension; ) {
    out[at + j] = donated(donor, parents.values, dimension, j);
    j = j + 1 < dimension ? j + 1 : 0;
    taken++;
    if (rng.uniform() >= donor.crossoverRate) break;
  }
}

/** Whether trial `i` takes its parent's place: also where it is no worse, so that a population can cross a plateau. */
export function wins(duels: Duels, i: number, loss: number): boolean {
  return loss <= duels.losses[i];
}

/** Puts trial `i` in its parent's place. */
export function succeed({ parents, trials, losses }: Duels, i: number, loss: number): void {
  copyRow(trials.values, i, parents.values, i, parents.dimension);
  losses[i] = loss;
}

/** The parent with the lowest loss, the first among equals. */
export function bestParent(losses: Float64Array): number {
  let best = 0;
  for (let i = 1; i < losses.length; i++) if (losses[i] < losses[best]) best = i;
  return best;
}

/** Whether all parents lie within a few roundings of each other: then there are no differences left to move by. */
export function collapsed({ parents, generation }: Duels): boolean {
  if (generation === 0) return false;
  const { values, size, dimension } = parents;
  const rounding = values instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  for (let j = 0; j < dimension; j++) {
    let low = values[j];
    let high = low;
    for (let at = j + dimension; at < size * dimension; at += dimension) {
      if (values[at] < low) low = values[at];
      else if (values[at] > high) high = values[at];
    }
    if (high - low > 4 * rounding * Math.max(Math.abs(low), Math.abs(high))) return false;
  }
  return true;
}
