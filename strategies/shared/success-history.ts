/**
 * Differential evolution that learns F and CR from what succeeded: the common part of SHADE (Tanabe and Fukunaga 2013,
 * https://doi.org/10.1109/CEC.2013.6557555) and L-SHADE (2014, https://doi.org/10.1109/CEC.2014.6900380).
 *
 * A memory holds H pairs (M_F, M_CR). For every parent i one place r of it is drawn, and
 *   F_i = Cauchy(M_F[r], 0.1), drawn again while not above 0, cut to 1;   CR_i = Normal(M_CR[r], 0.1), cut to [0, 1]
 *   v = x_i + F_i (x_pbest - x_i) + F_i (x_r1 - x_r2)        r2: of the parents and the archive of beaten parents
 * then binomial crossover. Coordinates beyond a bound go half way from the parent to it. After each generation with a success
 * the next place of the memory takes means of the successful F and CR, weighted by how much each lowered the loss.
 */
import { type Limits, limitsOf } from '../../src/core/bounds.js';
import { rankByLoss } from '../../src/core/ranking.js';
import type { Rng } from '../../src/core/rng.js';
import type { Space, Vector } from '../../src/core/space.js';
import { copyRow } from '../../src/kernels/rows.js';
import { breed, type Donor, type Duels, openDuels, otherThan, succeed, wins } from './trials.js';

/** M_CR of a place that has learned that single coordinates succeed: CR = 0 for good ("terminal value", L-SHADE section II). */
const terminal = -1;

export interface SuccessSettings {
  /** H. */
  readonly memorySize: number;
  /** Most rows of the archive, in population sizes. */
  readonly archiveRate: number;
  /** Each trial draws the share of best parents it may follow from this interval; at least two parents count as best. */
  readonly leastShare: number;
  readonly largestShare: number;
  /** Mean of successful CR: SHADE's weighted arithmetic one, or L-SHADE's weighted Lehmer mean with the terminal value. */
  readonly crossoverMean: 'arithmetic' | 'lehmer';
}

export interface SuccessHistory extends Duels {
  readonly settings: SuccessSettings;
  /** M_F and M_CR, and the place that learns next. */
  readonly scaleFactorMemory: Float64Array;
  readonly crossoverMemory: Float64Array;
  next: number;
  /** F and CR of the trials. */
  readonly scaleFactors: Float64Array;
  readonly crossoverRates: Float64Array;
  /** By how much each trial lowered its parent's loss; 0 where it did not. */
  readonly improvements: Float64Array;
  /** Rows of the archive that count. */
  archived: number;
  /** Parents from best to worst. */
  order: Int32Array;
  readonly limits: Limits | undefined;
  readonly rng: Rng;
}

export function openHistory(space: Space, size: number, settings: SuccessSettings, owner: string, rng: Rng): SuccessHistory {
  const duels = openDuels(space, size, owner, rng.fork('positions'), archiveRows(settings, size));
  return {
    ...duels,
    settings,
    scaleFactorMemory: new Float64Array(settings.memorySize).fill(0.5),
    crossoverMemory: new Float64Array(settings.memorySize).fill(0.5),
    next: 0,
    scaleFactors: new Float64Array(size),
    crossoverRates: new Float64Array(size),
    improvements: new Float64Array(size),
    archived: 0,
    order: new Int32Array(size),
    limits: limitsOf(space),
    rng: rng.fork('trials'),
  };
}

function archiveRows({ archiveRate }: SuccessSettings, size: number): number {
  return Math.round(archiveRate * size);
}

/** Bytes of the state, for the cards. */
export function historyBytes(archiveRate: number, dimension: number, population: number): number {
  return 8 * (2 * population + Math.ceil(archiveRate * population)) * dimension + 16 * dimension + 36 * population;
}

/** Makes the trials of the next generation. */
export function challenge(state: SuccessHistory): void {
  const { settings, parents, trials, losses, order, rng } = state;
  const { size, dimension, values } = parents;
  const donor: Donor = { base: 0, toward: 0, plus: 0, minus: 0, pool: values, scaleFactor: 0, crossoverRate: 0 };
  rankByLoss(losses, order);
  for (let i = 0; i < size; i++) {
    const place = rng.below(settings.memorySize);
    const meanRate = state.crossoverMemory[place];
    const rate = meanRate === terminal ? 0 : Math.min(1, Math.max(0, meanRate + 0.1 * rng.normal()));
    let factor = 0;
    while (!(factor > 0)) factor = state.scaleFactorMemory[place] + 0.1 * cauchy(rng);
    donor.scaleFactor = state.scaleFactors[i] = Math.min(1, factor);
    donor.crossoverRate = state.crossoverRates[i] = rate;
    const { leastShare, largestShare } = settings;
    const share = leastShare === largestShare ? leastShare : leastShare + (largestShare - leastShare) * rng.uniform();
    donor.base = i;
    donor.toward = order[rng.below(Math.min(size, Math.max(2, Math.round(share * size))))];
    donor.plus = otherThan(rng, size, i);
    const r2 = otherThan(rng, size + state.archived, i, donor.plus);
    donor.pool = r2 < size ? values : state.archive;
    donor.minus = r2 < size ? r2 : r2 - size;
    breed(state, i, donor, 'binomial', rng);
    if (state.limits !== undefined) meetBounds(trials.values, values, i * dimension, state.limits);
  }
}

/** A standard Cauchy number: the ratio of the coordinates of a point that is uniform in the unit disc. */
function cauchy(rng: Rng): number {
  for (;;) {
    const u = 2 * rng.uniform() - 1;
    const v = 2 * rng.uniform() - 1;
    if (u !== 0 && u * u + v * v <= 1) return v / u;
  }
}

/** Half way from the parent to the bound that was crossed. */
function meetBounds(trials: Vector, parents: Vector, at: number, { lower, upper }: Limits): void {
  for (let j = 0; j < lower.length; j++) {
    if (trials[at + j] < lower[j]) trials[at + j] = lower[j] / 2 + parents[at + j] / 2;
    else if (trials[at + j] > upper[j]) trials[at + j] = upper[j] / 2 + parents[at + j] / 2;
  }
}

/** The duels of one generation: winners take their parents' places, beaten parents go to the archive, the memory learns. */
export function settle(state: SuccessHistory, told: Float64Array): void {
  const { improvements, losses } = state;
  const first = state.generation === 0;
  let largest = 0;
  let excess = 0;
  for (let i = 0; i < told.length; i++) {
    improvements[i] = first ? 0 : losses[i] - told[i];
    if (!wins(state, i, told[i])) improvements[i] = 0;
    else {
      if (improvements[i] > 0) excess = store(state, i, excess);
      else improvements[i] = 0; // a draw; NaN where both have failed
      succeed(state, i, told[i]);
    }
    if (improvements[i] < Infinity) largest = Math.max(largest, improvements[i]);
  }
  learn(state, told.length, largest > 0 ? largest : 1);
  state.generation++;
}

/**
 * Adds parent `i` to the archive. What a generation adds beyond the archive's size drops as many at random, old or new, as in JADE
 * and the program of L-SHADE: the k-th that is too many is in a fair choice with probability size / (size + k), for one of the rest.
 */
function store(state: SuccessHistory, i: number, excess: number): number {
  const { archive, parents, settings, rng } = state;
  const capacity = archiveRows(settings, parents.size);
  if (state.archived < capacity) {
    copyRow(parents.values, i, archive, state.archived++, parents.dimension);
    return excess;
  }
  const row = rng.below(capacity + excess + 1);
  if (row < capacity) copyRow(parents.values, i, archive, row, parents.dimension);
  return excess + 1;
}

/** Writes the weighted means of one generation's successes into the next place of the memory. */
function learn(state: SuccessHistory, count: number, largest: number): void {
  const { improvements, scaleFactors, crossoverRates, scaleFactorMemory, crossoverMemory, next } = state;
  let weights = 0;
  let factors = 0;
  let factorSquares = 0;
  let rates = 0;
  let rateSquares = 0;
  for (let i = 0; i < count; i++) {
    if (improvements[i] === 0) continue;
    // Relative to the largest, so that no sum overflows; a parent that had failed counts as the largest finite improvement.
    const weight = Math.min(1, improvements[i] / largest);
    const F = scaleFactors[i];
    const CR = crossoverRates[i];
    weights += weight;
    factors += weight * F;
    factorSquares += weight * F * F;
    rates += weight * CR;
    rateSquares += weight * CR * CR;
  }
  if (weights === 0) return;
  scaleFactorMemory[next] = factorSquares / factors;
  if (state.settings.crossoverMean === 'arithmetic') crossoverMemory[next] = rates / weights;
  else crossoverMemory[next] = crossoverMemory[next] === terminal || rates === 0 ? terminal : rateSquares / rates;
  state.next = (next + 1) % scaleFactorMemory.length;
}

/** Keeps the best `size` parents, in their order, and as many archived ones, picked at random, as the archive then holds. */
export function shrink(state: SuccessHistory, size: number): void {
  const { parents, losses, settings, archive, rng } = state;
  const { dimension } = parents;
  if (size >= parents.size) return;
  rankByLoss(losses, state.order);
  const kept = state.order.subarray(0, size).sort();
  for (let k = 0; k < size; k++) {
    copyRow(parents.values, kept[k], parents.values, k, dimension);
    losses[k] = losses[kept[k]];
  }
  state.parents = { ...parents, size, values: parents.values.subarray(0, size * dimension) };
  state.trials = { ...state.trials, size, values: state.trials.values.subarray(0, size * dimension) };
  state.losses = losses.subarray(0, size);
  state.order = kept;
  const capacity = archiveRows(settings, size);
  while (state.archived > capacity) {
    const row = rng.below(state.archived--);
    copyRow(archive, state.archived, archive, row, dimension);
  }
  state.archive = archive.subarray(0, capacity * dimension);
}
