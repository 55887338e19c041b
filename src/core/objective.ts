/** What is minimized. */
import type { DensePopulation, LowRankPopulation } from './population.js';
import type { LayerResponses } from './query.js';
import type { Space, Vector } from './space.js';

export interface Metrics {
  /** Mean loss over the whole training part. */
  readonly trainLoss: number;
  /** Share of the training part that is classified right, 0 to 1. */
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
}

/** The lecture's penalties; zero or absent means none. Dropout belongs to the network itself. */
export interface Regularization {
  /** Adds l1 * sum |theta_i| to the loss; a strategy that follows gradients gets theta_i -= l1 * sign(theta_i) at every update. */
  readonly l1?: number;
  /** Adds l2 / 2 * sum theta_i^2 to the loss; a strategy that follows gradients gets theta_i -= l2 * theta_i at every update. */
  readonly l2?: number;
  /** Largest 2-norm of one unit's incoming weights; longer vectors are scaled back to it. */
  readonly maxNorm?: number;
}

type Awaitable<T> = T | Promise<T>;

/**
 * `step` is the number of the query within its run, from 0. An objective that works on minibatches picks its batch by it
 * and by nothing else, so that an answer is a function of (point, step): that is what makes a saved run resume bit for bit.
 */
export interface Objective {
  readonly space: Space;
  /** Sample-passes that one evaluation costs: the batch size for networks, 1 for functions. */
  readonly passesPerEvaluation: number;
  /** True when every step sees the same data: then the best loss seen is the best candidate. */
  readonly deterministic: boolean;
  /** The least possible loss, where it is known. */
  readonly optimum?: number;
  /** Where it takes that value: one such point, where one is known. */
  readonly optimumAt?: Float64Array;
  /** The starting point that was published with it, within the bounds. */
  readonly publishedStart?: Float64Array;
  readonly regularization?: Regularization;
  /** Writes one loss for each candidate into `out[0 .. size)`. NaN and infinities are allowed: the harness ranks them last. */
  losses(population: DensePopulation, step: number, out: Float64Array): Awaitable<void>;
  /** The same for a described population. Where it is missing, the harness writes such populations out. */
  describedLosses?(population: LowRankPopulation, step: number, out: Float64Array): Awaitable<void>;
  /** Writes the gradient at `point` into `out` and returns the loss. */
  gradient?(point: Vector, step: number, out: Vector): Awaitable<number>;
  responses?(point: Vector, step: number): Awaitable<readonly LayerResponses[]>;
  /** Losses and accuracies on all data; not counted as cost. */
  metrics?(point: Vector): Awaitable<Metrics>;
  /** In words, why evaluations failed so far; undefined where none did, or their losses say it all. */
  failures?(): string | undefined;
  /** Frees sessions and files. */
  close?(): Awaitable<void>;
}
