/** A trained network as a plain ONNX model: parameters inside, any number of samples. */
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { count } from '../../../models/shapes.js';
import { forward } from './forward.js';
import { Graph, type Tensor } from './graph.js';
import { serialize } from './onnx.js';
import { softmax } from './ops.js';
import { paired } from './theta.js';

/**
 * `input` float32 [samples, ...network.input] -> `output` float32 [samples, outputs]: class probabilities for cross-entropy,
 * values for squared error. Dropout layers scale by (1 - rate), as in use.
 */
export function exportModel(network: Network, theta: Float32Array): Uint8Array {
  const graph = new Graph();
  const { layout } = parametersOf(network);
  const constants = paired(layout, ({ offset, length, shape }) => graph.constant('float32', shape, theta.slice(offset, offset + length)));
  // one sample stands for any number: only its place in the shapes counts
  const input = graph.input('input', 'float32', [1, ...network.input]);
  const last = forward(network, input, constants, { flatten }).at(-1)?.output as Tensor;
  const outputs = last.shape.length === 2 ? last : flatten(last);
  const output = network.loss === 'cross-entropy' ? softmax(outputs) : outputs;
  return serialize(graph, { output }, 'samples');
}

/** Flattens without naming the number of samples, as Reshape would. */
function flatten(images: Tensor): Tensor {
  const [samples, ...shape] = images.shape;
  return images.graph.node('Flatten', [images], { axis: 1 }, { type: images.type, shape: [samples, count(shape)] })[0];
}
