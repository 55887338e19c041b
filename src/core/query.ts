/** The three questions that a strategy can put to an objective, and their answers. */
import type { DensePopulation, Population } from './population.js';
import type { Vector } from './space.js';

/** `Asked`: the kinds of population that may be asked; all but a few strategies ask dense ones. */
export type Query<Asked extends Population = DensePopulation> =
  /** P candidates, one loss each. */
  | { readonly kind: 'losses'; readonly population: Asked }
  /** One candidate, its loss and gradient. */
  | { readonly kind: 'gradient'; readonly point: Vector }
  /** Networks only: every unit's output on the shown inputs. */
  | { readonly kind: 'responses'; readonly point: Vector };

/** Outputs of every unit of one layer on the shown inputs, row-major [samples, units]. */
export interface LayerResponses {
  readonly layer: number;
  readonly samples: number;
  readonly units: number;
  readonly values: Float32Array;
}

/** Losses and gradients never hold NaN; a failed evaluation is +Infinity. The arrays are reused by the next answer. */
export type Answer =
  | { readonly kind: 'losses'; readonly losses: Float64Array }
  | { readonly kind: 'gradient'; readonly loss: number; readonly gradient: Vector }
  | { readonly kind: 'responses'; readonly layers: readonly LayerResponses[] };
