/** The parameter vector, cut into the tensors of its layers. */

import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import type { LayoutSlice } from '../../core/space.js';
import type { Graph, Tensor } from './graph.js';
import { reshape, split } from './ops.js';

export interface LayerParameters {
  /** Dense: [inputs, units]; conv: [filters, channels, kernel, kernel]; of a population, one after the other along a first axis P. */
  readonly weights: Tensor;
  /** [units]; of a population [P, units]. */
  readonly biases: Tensor;
}

/** Of one candidate: `theta [D]`, as input. Keys are indices of layers. */
export function candidate(graph: Graph, network: Network): { theta: Tensor; layers: Map<number, LayerParameters> } {
  const { dimension, layout } = parametersOf(network);
  const theta = graph.input('theta', 'float32', [dimension]);
  const parts = split(
    theta,
    0,
    layout.map(({ length }) => length),
  );
  return { theta, layers: paired(layout, (slice, i) => reshape(parts[i], slice.shape)) };
}

/** Of one candidate: one input for each slice of the layout, `theta<i>`, in the slice's shape. */
export function sliced(graph: Graph, network: Network): Map<number, LayerParameters> {
  return paired(parametersOf(network).layout, ({ shape }, i) => graph.input(`theta${i}`, 'float32', shape));
}

/** Weights and biases of every layer, whose slices follow each other. */
export function paired(
  layout: readonly LayoutSlice[],
  tensorOf: (slice: LayoutSlice, index: number) => Tensor,
): Map<number, LayerParameters> {
  const layers = new Map<number, LayerParameters>();
  for (let i = 0; i < layout.length; i += 2) {
    layers.set(layout[i].layer, { weights: tensorOf(layout[i], i), biases: tensorOf(layout[i + 1], i + 1) });
  }
  return layers;
}
