/** One network, ready to be evaluated: populations, gradients, predictions and probes over ONNX Runtime sessions. */

import type { Network, Parameters } from '../../models/network.js';
import type { LowRankPopulation } from '../core/population.js';
import type { LayerResponses } from '../core/query.js';
import type { Provider } from './provider.js';

export interface EngineOptions {
  readonly provider: Provider;
  /** Threads inside one session. Does not change results. */
  readonly threads: number;
  /** Memory that one evaluation may use; a population that needs more is evaluated in chunks. Does not change results. */
  readonly memoryBytes?: number;
}

/** Samples to evaluate on. */
export interface Batch {
  readonly count: number;
  /** Row-major [count, ...network.input]. */
  readonly inputs: Float32Array;
  /** Class numbers [count] for cross-entropy, values [count, outputs] for squared error. */
  readonly targets: Int32Array | Float32Array;
  /** Chooses the dropout mask, the same for a whole population; absent: the network is in use, outputs scaled by (1 - rate). */
  readonly dropoutSeed?: string;
}

export interface Evaluation {
  /** Mean over the samples. */
  readonly loss: number;
  /** Share of samples whose largest output is the target; absent for squared error. */
  readonly accuracy?: number;
}

/** What passes through one layer at one point: for the pictures of vanishing gradients. Row-major [samples, units]. */
export interface LayerProbe extends LayerResponses {
  /** dLoss/ds, s the layer's weighted input before its activation. */
  readonly signal: Float32Array;
  /** dLoss/dw, in the order of the layer's weights slice. */
  readonly weightGradient: Float32Array;
}

export interface NetworkEngine {
  readonly network: Network;
  readonly parameters: Parameters;
  /** Losses of `size` candidates, row-major in `theta`, into `out[0 .. size)`. */
  losses(theta: Float32Array, size: number, batch: Batch, out: Float64Array): Promise<void>;
  /**
   * Losses of a described population into `out[0 .. size)`, without building its candidates where the network allows that: all
   * parameters in dense layers of two units or more, two samples or more. Throws UsageError when it is not of this network.
   */
  describedLosses(population: LowRankPopulation, batch: Batch, out: Float64Array): Promise<void>;
  /** Loss at `theta`; its gradient into `out`. */
  gradient(theta: Float32Array, batch: Batch, out: Float32Array): Promise<number>;
  /** Outputs [count, outputs]: class probabilities for cross-entropy, values for squared error. */
  predict(theta: Float32Array, inputs: Float32Array, count: number): Promise<Float32Array>;
  /** Loss and accuracy over any number of samples, in use (no dropout), in batches of its own choosing. */
  evaluate(theta: Float32Array, batch: Batch): Promise<Evaluation>;
  responses(theta: Float32Array, batch: Batch): Promise<LayerResponses[]>;
  probes(theta: Float32Array, batch: Batch): Promise<LayerProbe[]>;
  /** The network with these parameters as a plain ONNX model: input `input` [samples, ...], output `output`. */
  toOnnx(theta: Float32Array): Uint8Array;
  close(): Promise<void>;
}
