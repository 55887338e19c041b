/** The forward pass of one candidate, layer by layer: dense layers on [samples, units], images [samples, channels, height, width]. */
import type { Network } from '../../../models/network.js';
import { count, layerShapes } from '../../../models/shapes.js';
import { activate, isNonDecreasing } from './activation.js';
import type { Tensor } from './graph.js';
import { gemm, mul, reshape, scale } from './ops.js';
import { maskName } from './population.js';
import type { LayerParameters } from './theta.js';
import { conv, pool } from './window-ops.js';

export interface LayerTensors {
  /** The weighted input of a layer with parameters, before its activation. */
  readonly weighted?: Tensor;
  readonly output: Tensor;
}

/**
 * `from`: the layer that `inputs` go into, by default the first; the result begins with it. `dropout`: true makes one mask input for
 * each dropout layer; false scales outputs by (1 - rate). An activation follows a maximum instead of preceding it where that is the
 * same: it has less to do there.
 */
export function forward(
  network: Network,
  inputs: Tensor,
  parameters: ReadonlyMap<number, LayerParameters>,
  { dropout = false, flatten = flattenStatic, from = 0 }: { dropout?: boolean; flatten?: (images: Tensor) => Tensor; from?: number } = {},
): LayerTensors[] {
  const shapes = layerShapes(network);
  const layers: LayerTensors[] = [];
  let current = inputs;
  for (const [index, layer] of network.layers.entries()) {
    if (index < from) continue;
    let weighted: Tensor | undefined;
    if (layer.kind === 'dense' || layer.kind === 'conv') {
      const { weights, biases } = parameters.get(index) as LayerParameters;
      weighted =
        layer.kind === 'conv'
          ? conv(current, weights, biases, { ...layer, group: layer.groups ?? 1 })
          : gemm(asRows(current, flatten), weights, biases);
      current = activate(layer.activation, weighted);
    } else if (layer.kind === 'flatten') {
      current = asRows(current, flatten);
    } else if (layer.kind === 'dropout') {
      current = dropout
        ? mul(current, current.graph.input(maskName(index), 'float32', [inputs.shape[0], ...shapes[index]]))
        : scale(current, 1 - layer.rate);
    } else {
      const before = index > from ? network.layers[index - 1] : undefined;
      if (layer.kind === 'average-pool') current = pool('AveragePool', current, layer);
      else if (before?.kind === 'conv' && isNonDecreasing(before.activation))
        current = activate(before.activation, pool('MaxPool', layers[layers.length - 1].weighted as Tensor, layer));
      else current = pool('MaxPool', current, layer);
    }
    layers.push(weighted === undefined ? { output: current } : { weighted, output: current });
  }
  return layers;
}

function asRows(tensor: Tensor, flatten: (images: Tensor) => Tensor): Tensor {
  return tensor.shape.length === 2 ? tensor : flatten(tensor);
}

function flattenStatic(images: Tensor): Tensor {
  return reshape(images, [images.shape[0], count(images.shape.slice(1))]);
}
