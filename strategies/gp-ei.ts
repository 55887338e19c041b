/**
 * Efficient global optimization: Jones, Schonlau and Welch, "Efficient global optimization of expensive black-box functions" (1998,
 * https://doi.org/10.1023/A:1008306431147). A Gaussian process through all points so far says what loss to expect anywhere and how
 * surely; the next point is where the most improvement on the best loss is expected. For losses that take minutes, not microseconds:
 * a question at N points costs of the order of N^3 operations. Not the paper's: a Matern kernel by default, lengths fitted anew only
 * when the points have grown by a tenth, and a search from many points in place of branch and bound.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { log } from '../src/core/math.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import type { Space } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { mostImprovement } from './shared/acquisition.js';
import { addPoint, type GaussianProcess, gaussianProcess, type Prediction, predict, settle } from './shared/gaussian-process.js';
import { latinHypercube } from './shared/latin-hypercube.js';
import { fitLengths } from './shared/likelihood.js';

const defaultLimit = 200;

const options = z.strictObject({
  kernel: z
    .enum(['matern52', 'squared-exponential'])
    .default('matern52')
    .describe(
      'How the losses of two points go together: matern52, for losses with two derivatives; squared-exponential, for very smooth ones.',
    ),
  initialPoints: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('Points of the first Latin hypercube. 0 to 1,000; 0 means 10 for each coordinate plus one, as in the paper.'),
  batch: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe('Points of each later question; all after the first as if those before had met the best loss ("constant liar"). 1 to 64.'),
  nugget: z
    .number()
    .min(1e-12)
    .max(1)
    .default(1e-8)
    .describe('Noise of the losses, as a share of their variance. 1e-12 to 1; 1e-8 for exact losses, to keep the matrices well-behaved.'),
  fits: z.number().int().min(0).max(20).default(1).describe('Random lengths that each fit begins from, beside the last ones. 0 to 20.'),
  limit: z
    .number()
    .int()
    .min(10)
    .max(2000)
    .default(defaultLimit)
    .describe('Converged at this many evaluations, for work grows with their cube. 10 to 2,000.'),
  tolerance: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe(
      "Converged where the improvement expected is below this share of the best loss's size. 0 (never) to below 1; the paper's is 0.01.",
    ),
});

type Options = z.output<typeof options>;

interface State {
  readonly settings: Options;
  readonly space: Space;
  readonly designRng: Rng;
  readonly searchRng: Rng;
  readonly fitRng: Rng;
  readonly gp: GaussianProcess;
  /** Room for R^-1. */
  readonly inverse: Float64Array;
  readonly population: DensePopulation;
  count: number;
  phase: 'design' | 'search' | 'converged';
  /** The point of the least loss, in the unit cube, and that loss. */
  readonly best: Float64Array;
  least: number;
  /** Points whose evaluation failed, in the unit cube, row-major; those beyond the first success alone count. */
  readonly failed: Float64Array;
  failures: number;
  /** Points at which the lengths are fitted next. */
  nextFit: number;
  /** One point in the unit cube. */
  readonly point: Float64Array;
}

export const gpEi = defineStrategy<Options, State>({
  name: 'gp-ei',
  title: 'Gaussian process with expected improvement',
  family: 'model-based',
  reference: {
    authors: 'D. R. Jones, M. Schonlau, W. J. Welch',
    year: 1998,
    title: 'Efficient global optimization of expensive black-box functions',
    link: 'https://doi.org/10.1023/A:1008306431147',
  },
  card: {
    needs: 'losses',
    bounds: 'required',
    noise: 'misled',
    largestDimension: 20,
    largestBudget: defaultLimit,
    memory: (dimension) => 8 * (2 * defaultLimit ** 2 + defaultLimit * (2 * dimension + 6) + 12 * dimension * dimension),
    // at half of the points: a thousand predictions of N^2 each, and a fit of forty steps of N^3 for every tenth of N
    work: (dimension) => 1000 * (defaultLimit / 2) * (defaultLimit / 2 + 4 * dimension) + (40 * (defaultLimit / 2) ** 3) / 10,
    invariances: [],
  },
  options,

  start(space, settings, rng) {
    const n = space.dimension;
    const initial = Math.min(settings.initialPoints === 0 ? 10 * n + 1 : Math.max(settings.initialPoints, 2), settings.limit);
    const state: State = {
      settings,
      space,
      designRng: rng.fork('design'),
      searchRng: rng.fork('search'),
      fitRng: rng.fork('fit'),
      gp: gaussianProcess(n, settings.limit, settings.kernel, settings.nugget),
      inverse: new Float64Array(settings.limit ** 2),
      population: densePopulation(space, Math.max(initial, settings.batch)),
      count: initial,
      phase: 'design',
      best: new Float64Array(n),
      least: Infinity,
      failed: new Float64Array(settings.limit * n),
      failures: 0,
      nextFit: 0,
      point: new Float64Array(n),
    };
    layOut(state);
    return state;
  },

  ask: ({ population, count }) => ({ kind: 'losses', population: { ...population, size: count } }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`gp-ei asked for losses and was told a ${answer.kind}.`);
    if (state.phase === 'converged') return;
    take(state, answer.losses);
    if (state.gp.count >= 2) propose(state);
    else layOut(state); // two losses at least make a model
  },

  stop: ({ phase }) => (phase === 'converged' ? 'converged' : undefined),
});

function layOut(state: State): void {
  const { settings, gp, failures } = state;
  const n = state.space.dimension;
  state.count = Math.min(state.count, settings.limit - gp.count - failures);
  if (state.count <= 0) {
    stopHere(state);
    return;
  }
  const design = latinHypercube(state.count, n, state.designRng);
  for (let row = 0; row < state.count; row++) place(state, row, design, row * n);
}

/** A point of the unit cube as a row of the population. */
function place({ space, population }: State, row: number, cube: Float64Array, at: number): void {
  const n = space.dimension;
  if (space.bounds === undefined) return;
  const { lower, upper } = space.bounds;
  for (let i = 0; i < n; i++) population.values[row * n + i] = Math.min(lower[i] + cube[at + i] * (upper[i] - lower[i]), upper[i]);
}

/** Adds what was seen; nothing while no evaluation has succeeded. */
function take(state: State, losses: Float64Array): void {
  const { gp, space, population, count, point, failed } = state;
  if (space.bounds === undefined) return;
  const n = space.dimension;
  const { lower, upper } = space.bounds;
  if (state.least === Infinity && !losses.some((loss) => loss < Infinity)) return;
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < n; i++) {
      const width = upper[i] - lower[i];
      point[i] = width > 0 ? (population.values[row * n + i] - lower[i]) / width : 0;
    }
    if (losses[row] === Infinity) {
      failed.set(point, state.failures++ * n);
      continue;
    }
    if (losses[row] < state.least) {
      state.least = losses[row];
      state.best.set(point);
    }
    addPoint(gp, point, losses[row]);
  }
}

/**
 * Adds the failed points, each at what the model of all others expects there plus one deviation: unlike one high loss for all of them,
 * this leaves the losses around a failure as they are, and still no improvement is expected at it (Forrester, Sobester and Keane 2006,
 * https://doi.org/10.1098/rspa.2005.1608).
 */
function impute(state: State): void {
  const { gp, failed, failures, point, least } = state;
  const n = gp.dimension;
  const prediction: Prediction = { mean: 0, deviation: 0, meanSlope: new Float64Array(n), deviationSlope: new Float64Array(n) };
  for (let k = 0; k < failures; k++) {
    predict(gp, failed, k * n, prediction, false);
    for (let i = 0; i < n; i++) point[i] = failed[k * n + i];
    addPoint(gp, point, Math.max(prediction.mean + prediction.deviation, least));
    settle(gp);
  }
}

/** The points of the next question. */
function propose(state: State): void {
  const { gp, settings, searchRng, best, point, least } = state;
  const known = gp.count;
  const told = known + state.failures;
  state.count = Math.min(settings.batch, settings.limit - told);
  if (state.count <= 0) {
    stopHere(state);
    return;
  }
  if (known >= state.nextFit) {
    fitLengths(gp, state.inverse, state.fitRng, settings.fits);
    state.nextFit = Math.ceil(1.1 * known);
  } else settle(gp);
  impute(state);
  for (let row = 0; row < state.count; row++) {
    const expected = mostImprovement(gp, least, best, searchRng, point);
    if (row === 0 && settings.tolerance > 0 && expected < log(Math.max(settings.tolerance * Math.abs(least), 1e-300))) {
      stopHere(state);
      return;
    }
    place(state, row, point, 0);
    if (row + 1 === state.count) break;
    addPoint(gp, point, least);
    settle(gp);
  }
  gp.count = known;
  state.phase = 'search';
}

/** No further questions: the best point is what would be asked. */
function stopHere(state: State): void {
  state.phase = 'converged';
  state.count = 1;
  place(state, 0, state.best, 0);
}
