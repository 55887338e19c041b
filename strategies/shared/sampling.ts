/**
 * What strategies that sample from one normal distribution have in common: x = m + sigma s y, y from a distribution that starts as
 * N(0, I). s is the deviation of the start, so that the search begins alike in all coordinates.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../../src/core/bounds.js';
import { type DensePopulation, densePopulation } from '../../src/core/population.js';
import type { Rng } from '../../src/core/rng.js';
import { allocate, type Space, sampleStart, startScale, type Vector } from '../../src/core/space.js';
import { type Lanes, seedLanes } from '../../src/kernels/lanes.js';
import { emptyHistory, exhausted, type LossHistory, remember } from './loss-history.js';
import { outside, rankPenalized } from './outside.js';
import { defaultPopulation } from './recombination.js';

export const samplingOptions = {
  populationSize: z
    .int()
    .min(4)
    .max(1_000_000)
    .optional()
    .describe('lambda: candidates a generation. 4 to 1,000,000. Absent: 4 + floor(3 ln n).'),
  initialStep: z
    .number()
    .positive()
    .max(1e6)
    .default(Math.sqrt(3) / 2)
    .describe(
      "sigma at the start, in deviations of the start's distribution. Above 0 to 1e6; the default is a quarter of a uniform start's range.",
    ),
  lossTolerance: z
    .number()
    .min(0)
    .default(1e-12)
    .describe('TolHistFun: converged when the best losses of the last 10 + 30 n / lambda generations differ by less. 0 or more.'),
};

export interface Sampling {
  readonly population: DensePopulation;
  readonly lanes: Lanes;
  /** Standard normal draws, lambda x n. */
  readonly z: Vector;
  /** m: the first is one draw from the starting distribution. */
  readonly mean: Float64Array;
  /** s: the unit of each coordinate. */
  readonly scale: Float64Array;
  /** The step size, in units of `scale`. */
  sigma: number;
  readonly firstSigma: number;
  /** Numbers of the candidates, best first. */
  readonly order: Int32Array;
  readonly edges: Limits | undefined;
  /** How far each point of the generation was sampled outside, squared; undefined without bounds. */
  readonly distances: Float64Array | undefined;
  readonly history: LossHistory;
  readonly lossTolerance: number;
  converged: boolean;
  /** Whether points are float32. */
  readonly single: boolean;
}

export interface SamplingChoice {
  readonly populationSize?: number | undefined;
  readonly initialStep: number;
  readonly lossTolerance: number;
}

export function openSampling(space: Space, chosen: SamplingChoice, rng: Rng): Sampling {
  const n = space.dimension;
  const lambda = chosen.populationSize ?? defaultPopulation(n);
  const mean = new Float64Array(n);
  const scale = new Float64Array(n);
  sampleStart(space, rng.fork('mean'), mean);
  startScale(space, scale);
  const edges = limitsOf(space);
  return {
    population: densePopulation(space, lambda),
    lanes: seedLanes(rng.fork('samples')),
    z: allocate(space, lambda * n),
    mean,
    scale,
    sigma: chosen.initialStep,
    firstSigma: chosen.initialStep,
    order: new Int32Array(lambda),
    edges,
    distances: edges === undefined ? undefined : new Float64Array(lambda),
    history: emptyHistory(),
    lossTolerance: chosen.lossTolerance,
    converged: false,
    single: space.precision === 'float32',
  };
}

/** Bytes of `Sampling` with bounds, its history's first room included. */
export function samplingBytes(dimension: number, population: number): number {
  return 16 * dimension * population + 32 * dimension + 12 * population + 1300;
}

/** Ranks the generation into `order`. False when no loss is finite: then there is nothing to learn. */
export function rankGeneration(state: Sampling, losses: Float64Array): boolean {
  rankPenalized(losses, state.distances, state.order);
  if (!(losses[state.order[0]] < Infinity)) return false;
  remember(state.history, losses, state.order);
  return true;
}

/**
 * Puts candidate `p` at m + sigma s y, y in `steps` from `at`, and notes how far outside that is, in deviations: sigma s, times
 * those of y where they are given.
 */
export function place(state: Sampling, p: number, steps: ArrayLike<number>, at: number, deviations?: Float64Array): void {
  const { population, mean, scale, sigma, edges, distances } = state;
  const { values, dimension: n } = population;
  const row = p * n;
  for (let i = 0; i < n; i++) values[row + i] = mean[i] + sigma * scale[i] * steps[at + i];
  if (edges === undefined || distances === undefined) return;
  let distance = 0;
  for (let i = 0; i < n; i++) {
    const deviation = sigma * scale[i] * (deviations === undefined ? 1 : deviations[i]);
    distance += outside(edges, i, mean[i] + sigma * scale[i] * steps[at + i], deviation);
  }
  distances[p] = distance;
}

/** Whether a step in units of `scale` is lost in the rounding of m_i. */
export function unchanged({ mean, scale, single }: Sampling, i: number, step: number): boolean {
  const moved = mean[i] + scale[i] * step;
  return single ? Math.fround(moved) === Math.fround(mean[i]) : moved === mean[i];
}

/** Smallest step size that is still a search, as a share of the first, and the largest: TolX and TolUpSigma of Hansen 2009. */
export const tolX = 1e-12;
const tolUpSigma = 1e20;

/** Whether the losses no longer say anything, or sigma has grown out of all proportion to the distribution's longest axis. */
export function settled(state: Sampling, longest = 1): boolean {
  const { history, mean, order, lossTolerance, sigma, firstSigma } = state;
  if (exhausted(history, mean.length, order.length, lossTolerance)) return true;
  return !(sigma < tolUpSigma * firstSigma * longest);
}

/** `settled`, or sigma too small: for strategies whose y keeps a length of about sqrt(n). */
export function stepsLost(state: Sampling): boolean {
  if (settled(state) || state.sigma < tolX * state.firstSigma) return true;
  for (let i = 0; i < state.mean.length; i++) if (!unchanged(state, i, 0.2 * state.sigma)) return false;
  return true;
}
