/** A trained network as a plain ONNX model: parameters and scaling inside, any number of samples, raw data in. */
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { count } from '../../../models/shapes.js';
import { UsageError } from '../../core/errors.js';
import { forward } from './forward.js';
import { Graph, type Tensor } from './graph.js';
import { serialize } from './onnx.js';
import { add, div, mul, softmax, sub } from './ops.js';
import { paired } from './theta.js';

/** How raw numbers became what the network was trained on: value -> (value - mean) * factor, for each number of a sample. */
export interface ModelScaling {
  readonly mean: ArrayLike<number>;
  readonly factor: ArrayLike<number>;
}

export interface ExportOptions {
  /** Of the inputs, before the first layer: a scaling, or one number that all are divided by. */
  readonly input?: ModelScaling | { readonly divisor: number };
  /** Of the targets: undone after the last layer. */
  readonly target?: ModelScaling;
  /** Written into the model's `metadata_props`. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * `input` float32 [samples, ...network.input] -> `output` float32 [samples, outputs]: class probabilities for cross-entropy,
 * values for squared error. Dropout layers scale by (1 - rate), as in use. Throws UsageError where `theta` is not as long as the
 * network has parameters.
 */
export function exportModel(network: Network, theta: ArrayLike<number>, options: ExportOptions = {}): Uint8Array {
  const { layout, dimension } = parametersOf(network);
  if (theta.length !== dimension) {
    throw new UsageError(`A model of this network takes ${dimension} parameters, weights and biases together; got ${theta.length}.`);
  }
  const values = Float32Array.from(theta);
  const graph = new Graph();
  const constants = paired(layout, ({ offset, length, shape }) => graph.constant('float32', shape, values.slice(offset, offset + length)));
  // one sample stands for any number: only its place in the shapes counts
  const input = graph.input('input', 'float32', [1, ...network.input]);
  const last = forward(network, scaled(input, options.input), constants, { flatten }).at(-1)?.output as Tensor;
  const outputs = last.shape.length === 2 ? last : flatten(last);
  const output = network.loss === 'cross-entropy' ? softmax(outputs) : unscaled(outputs, options.target);
  return serialize(graph, { output }, { batch: 'samples', metadata: options.metadata ?? {} });
}

/**
 * A mean is taken off in two float32 numbers, the second what the first has lost in rounding: where the mean is much larger than the
 * deviation, one alone would be off by more than the network was trained to see.
 */
function scaled(input: Tensor, scaling: ExportOptions['input']): Tensor {
  if (scaling === undefined) return input;
  if ('divisor' in scaling) return div(input, input.graph.scalar(scaling.divisor));
  const { graph, shape } = input;
  const constant = (of: ArrayLike<number>) => graph.constant('float32', shape.slice(1), Float32Array.from(of));
  const lost = Array.from(scaling.mean, (mean) => mean - Math.fround(mean));
  return mul(sub(sub(input, constant(scaling.mean)), constant(lost)), constant(scaling.factor));
}

/** value / factor + mean; a target that was constant (factor 0) is its mean. */
function unscaled(outputs: Tensor, scaling: ModelScaling | undefined): Tensor {
  if (scaling === undefined) return outputs;
  const { graph, shape } = outputs;
  const constant = (of: ArrayLike<number>) => graph.constant('float32', shape.slice(1), Float32Array.from(of));
  const deviations = Array.from(scaling.factor, (factor) => (factor === 0 ? 0 : 1 / factor));
  return add(mul(outputs, constant(deviations)), constant(scaling.mean));
}

/** Flattens without naming the number of samples, as Reshape would. */
function flatten(images: Tensor): Tensor {
  const [samples, ...shape] = images.shape;
  return images.graph.node('Flatten', [images], { axis: 1 }, { type: images.type, shape: [samples, count(shape)] })[0];
}
