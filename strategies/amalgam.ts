/**
 * iAMaLGaM: the incremental Adapted Maximum-Likelihood Gaussian Model, with a full covariance. Bosman, Grahl and Thierens 2009
 * (AMaLGaM IDEAs in noiseless black-box optimization benchmarking, https://doi.org/10.1145/1570256.1570313) and 2013
 * (Benchmarking parameter-free AMaLGaM on functions with and without noise, https://doi.org/10.1162/EVCO_a_00094).
 *
 * The best tau n of n points S give by maximum likelihood a mean mu and a covariance about it; the covariance is smoothed over
 * generations by eta_Sigma, the shift of the mean by eta_shift. The next points are normal with c_mult times that covariance, some
 * of them moved on along the shift (anticipated mean shift); the best point stays. c_mult grows when improvements lie further than
 * theta_SDR deviations from the mean, and shrinks when there are none. The model learns from points as they were evaluated.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import { rankByLoss } from '../src/core/ranking.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { fillNormal } from '../src/kernels/fill.js';
import { type Lanes, seedLanes } from '../src/kernels/lanes.js';
import { cholesky, solveLower } from './shared/cholesky.js';

const options = z.strictObject({
  populationSize: z
    .int()
    .min(6)
    .max(1_000_000)
    .optional()
    .describe('n, points of a generation. 6 to 1,000,000. Absent: 10 sqrt(D), at least 6.'),
});

type Options = z.output<typeof options>;

interface State {
  readonly space: Space;
  readonly size: number;
  /** The new points: n at first, then n - 1 beside the elite. */
  population: DensePopulation;
  /** Losses of the new points, then the elite's. */
  readonly losses: Float64Array;
  readonly order: Int32Array;
  readonly elite: Vector;
  eliteLoss: number;
  /** mu and its smoothed shift. */
  readonly mean: Float64Array;
  readonly shift: Float64Array;
  /** Sigma, and L with L L' = Sigma. */
  readonly covariance: Float64Array;
  readonly factor: Float64Array;
  /** c_mult */
  multiplier: number;
  /** NIS, generations in a row without improvement. */
  stretch: number;
  /** Models made so far. */
  generation: number;
  readonly work: Float64Array;
  readonly normals: Float64Array;
  readonly starts: Rng;
  readonly lanes: Lanes;
}

/** tau, eta_DEC, theta_SDR and delta_AMS. */
const selected = 0.35;
const decrease = 0.9;
const ratioThreshold = 1;
const anticipation = 2;

/** eta = 1 - exp(a |S|^b / D^c), as fitted by the authors (2009, table 1). */
export function learningRate(a: number, b: number, c: number, selection: number, dimension: number): number {
  return 1 - exp(a * exp(b * log(selection) - c * log(dimension)));
}

export const amalgam = defineStrategy<Options, State>({
  name: 'amalgam',
  title: 'iAMaLGaM',
  family: 'estimation of distribution',
  reference: {
    authors: 'P. A. N. Bosman, J. Grahl, D. Thierens',
    year: 2013,
    title: 'Benchmarking parameter-free AMaLGaM on functions with and without noise',
    link: 'https://doi.org/10.1162/EVCO_a_00094',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 500,
    memory: (dimension, population) => 16 * dimension * dimension + 16 * (population + 1) * dimension + 48 * dimension + 12 * population,
    work: (dimension, population) => dimension ** 3 / 3 + 3 * population * dimension * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, { populationSize }, rng) {
    const { dimension: n } = space;
    const size = populationSize ?? Math.max(6, Math.floor(10 * Math.sqrt(n)));
    const state: State = {
      space,
      size,
      population: densePopulation(space, size),
      losses: new Float64Array(size),
      order: new Int32Array(size),
      elite: allocate(space, n),
      eliteLoss: Infinity,
      mean: new Float64Array(n),
      shift: new Float64Array(n),
      covariance: new Float64Array(n * n),
      factor: new Float64Array(n * n),
      multiplier: 1,
      stretch: 0,
      generation: 0,
      work: new Float64Array(n),
      normals: new Float64Array(size * n),
      starts: rng.fork('starts'),
      lanes: seedLanes(rng.fork('normals')),
    };
    return state;
  },

  ask(state) {
    if (state.generation > 0) sample(state);
    else for (let p = 0; p < state.size; p++) sampleStart(state.space, state.starts, state.population.values, p * state.space.dimension);
    return { kind: 'losses', population: state.population };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`amalgam asked for losses and was told a ${answer.kind}.`);
    const { population, losses, order, size } = state;
    losses.set(answer.losses);
    if (state.generation > 0) {
      losses[size - 1] = state.eliteLoss;
      adaptMultiplier(state, population.size);
    }
    rankByLoss(losses, order);
    // an all-failed first generation is drawn anew
    if (losses[order[0]] === Infinity) return;
    estimate(state);
    state.population = { ...population, size: size - 1 };
    state.generation++;
  },

  stop: ({ multiplier }) => (multiplier < 1e-10 ? 'converged' : undefined),
});

/** x = mu + sqrt(c_mult) L z; the first alpha_AMS (n - 1) = tau n / 2 of them + delta_AMS c_mult shift. */
function sample({ population, size, mean, shift, factor, multiplier, normals, lanes }: State): void {
  const n = mean.length;
  const { values } = population;
  const spread = Math.sqrt(multiplier);
  const moved = Math.floor(0.5 * selected * size);
  fillNormal(lanes, normals);
  for (let p = 0; p < population.size; p++) {
    const at = p * n;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k <= i; k++) sum += factor[i * n + k] * normals[at + k];
      const x = mean[i] + spread * sum;
      values[at + i] = p < moved ? x + anticipation * multiplier * shift[i] : x;
    }
  }
}

/** c_mult after a generation, by whether and where it improved on the elite. */
function adaptMultiplier(state: State, fresh: number): void {
  const longest = 25 + state.mean.length;
  const ratio = deviationRatio(state, fresh);
  if (ratio !== undefined) {
    state.stretch = 0;
    state.multiplier = Math.max(1, state.multiplier);
    if (ratio > ratioThreshold) state.multiplier /= decrease;
    return;
  }
  if (state.multiplier <= 1) state.stretch++;
  if (state.multiplier > 1 || state.stretch >= longest) state.multiplier *= decrease;
  if (state.multiplier < 1 && state.stretch < longest) state.multiplier = 1;
}

/** SDR: how far the mean of the improvements lies from mu along an axis of the sampled distribution, in deviations; undefined without any. */
function deviationRatio({ population, losses, eliteLoss, mean, factor, multiplier, work }: State, fresh: number): number | undefined {
  const n = mean.length;
  let improvements = 0;
  work.fill(0);
  for (let p = 0; p < fresh; p++) {
    if (!(losses[p] < eliteLoss)) continue;
    improvements++;
    for (let i = 0; i < n; i++) work[i] += population.values[p * n + i];
  }
  if (improvements === 0) return undefined;
  for (let i = 0; i < n; i++) work[i] = work[i] / improvements - mean[i];
  solveLower(factor, work);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(work[i]));
  return largest / Math.sqrt(multiplier);
}

/** mu, the shift, Sigma and L from the selection; the new elite. */
function estimate(state: State): void {
  const { population, losses, order, elite, mean, shift, covariance, factor, work, generation, size } = state;
  const n = mean.length;
  const { values } = population;
  let selection = Math.floor(selected * size);
  while (losses[order[selection - 1]] === Infinity) selection--;
  const eliteRow = generation > 0 ? size - 1 : -1;
  // the elite takes part in the selection as it was
  const coordinate = (row: number, i: number) => (row === eliteRow ? elite[i] : values[row * n + i]);

  const best = order[0];
  for (let i = 0; i < n; i++) {
    let next = 0;
    if (state.multiplier < 1) next = coordinate(best, i);
    else for (let s = 0; s < selection; s++) next += coordinate(order[s], i) / selection;
    work[i] = next;
  }
  const size0 = Math.floor(selected * size);
  const towards = generation === 1 ? 1 : learningRate(-1.2, 0.31, 0.5, size0, n);
  for (let i = 0; i < n; i++) {
    if (generation > 0) shift[i] += towards * (work[i] - mean[i] - shift[i]);
    mean[i] = work[i];
  }
  const rate = learningRate(-1.1, 1.2, 1.6, size0, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let s = 0; s < selection; s++) sum += (coordinate(order[s], i) - mean[i]) * (coordinate(order[s], j) - mean[j]);
      const at = i * n + j;
      // the first covariance is a diagonal one
      if (generation > 0) covariance[at] += rate * (sum / selection - covariance[at]);
      else covariance[at] = i === j ? sum / selection : 0;
    }
  }
  if (!cholesky(covariance, factor, n)) {
    factor.fill(0);
    for (let i = 0; i < n; i++) factor[i * n + i] = Math.sqrt(Math.max(covariance[i * n + i], Number.MIN_VALUE));
  }
  if (best !== eliteRow) {
    for (let i = 0; i < n; i++) elite[i] = values[best * n + i];
    state.eliteLoss = losses[best];
  }
}
