/** A network as data: an input shape, a list of layers, a loss. Everything else is derived from it. */
import type { LayoutSlice, StartSegment } from '../src/core/space.js';

/** A registered activation's name (with parameters: `leaky-relu(0.1)`) or a mathjs expression of `x`. */
export type ActivationName = string;

export type Initializer = 'lecture' | 'glorot' | 'lecun' | { readonly uniform: number } | { readonly laplace: number };

export type Layer =
  | { readonly kind: 'dense'; readonly units: number; readonly activation: ActivationName }
  | {
      readonly kind: 'conv';
      readonly filters: number;
      /** Square kernel, in pixels. */
      readonly kernel: number;
      readonly stride: number;
      /** Zeros added on every side. */
      readonly padding: number;
      /** Groups of channels, each seen by its own share of the filters alone. Default 1. */
      readonly groups?: number;
      readonly activation: ActivationName;
    }
  | { readonly kind: 'max-pool' | 'average-pool'; readonly kernel: number; readonly stride: number; readonly padding: number }
  | { readonly kind: 'flatten' }
  /** Drops with probability `rate` in training; outputs are scaled by (1 - rate) in use. */
  | { readonly kind: 'dropout'; readonly rate: number };

export interface Network {
  /** [features], or [channels, height, width]. */
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  /** Softmax cross-entropy on class numbers, or the mean over samples of the summed squared error. */
  readonly loss: 'cross-entropy' | 'squared-error';
  readonly initializer: Initializer;
}

/** How a network's parameters lie in one vector: layer by layer, weights then biases. */
export interface Parameters {
  readonly dimension: number;
  readonly layout: readonly LayoutSlice[];
  /** The initializer, as a starting distribution. */
  readonly start: readonly StartSegment[];
}
