/**
 * The forward pass of a whole population, theta [P, D], on shared samples.
 *
 * Dense layers work on `rows` [P, samples, units] or `columns` [P, units, samples]; images are [samples, P * channels, height, width],
 * so that the first convolution is one with the filters of all members and the later ones are grouped by member.
 * What all members share has no axis P: the input, up to the first layer with parameters.
 * On the CPU provider convolutions are done in another form where that is possible: blocked-images.ts.
 */

import type { Layer, Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { count, layerShapes } from '../../../models/shapes.js';
import { activate } from './activation.js';
import { blockedFront, blockedImages, type FilterTensors } from './blocked-images.js';
import type { Graph, Tensor } from './graph.js';
import { add, concat, expand, matmul, mul, reshape, scale, split, swap, transpose } from './ops.js';
import { conv, pool } from './window-ops.js';

export type Layout = 'samples-last' | 'features-last';

interface Signal {
  readonly tensor: Tensor;
  readonly form: 'rows' | 'columns' | 'images';
  readonly shared: boolean;
}

export interface PopulationOptions {
  readonly population: number;
  readonly samples: number;
  readonly layout: Layout;
  /** True: one mask input for each dropout layer, shared by the population; false: outputs are scaled by (1 - rate). */
  readonly dropout: boolean;
  /** True: for a session with one thread. The bits are the same. */
  readonly oneThread: boolean;
  /** True: in place of `inputs` the input `columns`, as the first layer, which is dense, takes them: [features + 1, samples], ones last. */
  readonly prepared?: boolean;
  /** The length of the blocks of the CPU provider's convolution kernels (src/engine/convolution-block.ts); undefined: do without them. */
  readonly block?: number | undefined;
}

/**
 * The network's outputs for every member, [P, outputs, samples]; behind the last member there may be some that nobody asked for.
 * Makes the inputs `theta`, `inputs` and, for dropout, the masks.
 */
export function populationOutputs(graph: Graph, network: Network, options: PopulationOptions): Tensor {
  const { samples, block = 0, prepared = false } = options;
  const shapes = layerShapes(network);
  const front = block === 0 ? undefined : blockedFront(network, samples, block);
  const population = options.population === 1 ? 1 : roundedUp(options.population, front?.members ?? 1);
  const parameters = memberParameters(graph, network, options.population, population);
  const inputs = prepared
    ? graph.input('columns', 'float32', [network.input[0] + 1, samples])
    : graph.input('inputs', 'float32', [samples, ...network.input]);
  let signal: Signal = { tensor: inputs, form: prepared ? 'columns' : network.input.length === 1 ? 'rows' : 'images', shared: true };
  if (front !== undefined) {
    const tensor = blockedImages(network, front, inputs, parameters as FilterTensors[], population, block);
    signal = { tensor, form: 'columns', shared: false };
  }
  network.layers.forEach((layer, index) => {
    if (index < (front?.layers ?? 0)) return;
    const last = index === network.layers.length - 1;
    switch (layer.kind) {
      case 'dense': {
        const columns = last || options.layout === 'samples-last';
        const s = dense(flattened(signal, population), parameters[index], columns, options.oneThread);
        signal = { tensor: activate(layer.activation, s), form: columns ? 'columns' : 'rows', shared: false };
        break;
      }
      case 'conv':
        signal = {
          tensor: activate(layer.activation, convolution(signal, layer, parameters[index], population)),
          form: 'images',
          shared: false,
        };
        break;
      case 'max-pool':
      case 'average-pool':
        signal = { ...signal, tensor: pool(layer.kind === 'max-pool' ? 'MaxPool' : 'AveragePool', signal.tensor, layer) };
        break;
      case 'flatten':
        signal = flattened(signal, population);
        break;
      case 'dropout':
        signal = { ...signal, tensor: dropout(graph, signal, layer.rate, index, shapes[index], options) };
        break;
    }
  });
  const { tensor, form, shared } = flattened(signal, population);
  if (shared) throw new RangeError('A network without parameters has no population.');
  return form === 'columns' ? tensor : swap(tensor);
}

/** [P, inputs + 1, units] of a dense layer on shared inputs, whose last row is the biases; else weights and biases apart. */
type MemberParameters = { readonly joined: Tensor } | { readonly weights: Tensor; readonly biases: Tensor };

function roundedUp(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

/** By index of layer, of `given` members, with zeros for the rest. A layer's biases follow its weights, so that both together are one matrix. */
function memberParameters(graph: Graph, network: Network, given: number, population: number): MemberParameters[] {
  const { dimension, layout } = parametersOf(network);
  const input = graph.input('theta', 'float32', [given, dimension]);
  const rest = [population - given, dimension];
  const theta = rest[0] === 0 ? input : concat([input, graph.constant('float32', rest, new Float32Array(rest[0] * dimension))], 0);
  const sizes: number[] = [];
  const first = layout[0];
  const joins = network.layers[first?.layer]?.kind === 'dense';
  for (let i = 0; i < layout.length; i += 2) {
    if (i === 0 && joins) sizes.push(layout[i].length + layout[i + 1].length);
    else sizes.push(layout[i].length, layout[i + 1].length);
  }
  const parts = [...split(theta, 1, sizes)];
  const byLayer: MemberParameters[] = [];
  for (let i = 0; i < layout.length; i += 2) {
    const { layer, shape, units, fanIn } = layout[i];
    if (i === 0 && joins) {
      byLayer[layer] = { joined: reshape(parts.shift() as Tensor, [population, fanIn + 1, units]) };
      continue;
    }
    const [weights, biases] = parts.splice(0, 2);
    byLayer[layer] =
      network.layers[layer].kind === 'conv'
        ? { weights: reshape(weights, [population * units, ...shape.slice(1)]), biases: reshape(biases, [population * units]) }
        : { weights: reshape(weights, [population, fanIn, units]), biases };
  }
  return byLayer;
}

/** Inner extent up to which every product is summed in one step, whatever its rows (src/engine/thread-rule.ts). */
const oneStep = 128;

function dense({ tensor, form, shared }: Signal, parameters: MemberParameters, columns: boolean, oneThread: boolean): Tensor {
  if ('joined' in parameters) {
    if (!shared) throw new RangeError('Only the first layer with parameters works on shared inputs.');
    const samples = tensor.shape[form === 'columns' ? 1 : 0];
    const ones = (shape: readonly number[]) => tensor.graph.constant('float32', shape, new Float32Array(samples).fill(1));
    if (!columns) return matmul(concat([tensor, ones([samples, 1])], 1), parameters.joined);
    const [population, inner, units] = parameters.joined.shape;
    const transposed = swap(parameters.joined);
    const inputs = form === 'columns' ? tensor : concat([swap(tensor), ones([1, samples])], 0);
    // One product for all members. Several threads would share out the transposition of each small matrix, which takes longer than
    // the product; and a product with one row or one column, which has a summation of its own, stays one.
    if (oneThread && inner <= oneStep && units > 1 && samples > 1)
      return reshape(matmul(reshape(transposed, [population * units, inner]), inputs), [population, units, samples]);
    return matmul(transposed, inputs);
  }
  const { weights, biases } = parameters;
  const [population, , units] = weights.shape;
  if (!columns) return add(matmul(form === 'columns' ? swap(tensor) : tensor, weights), reshape(biases, [population, 1, units]));
  return add(matmul(swap(weights), form === 'columns' ? tensor : swap(tensor)), reshape(biases, [population, units, 1]));
}

function convolution(signal: Signal, layer: Layer & { kind: 'conv' }, parameters: MemberParameters, population: number): Tensor {
  if ('joined' in parameters) throw new RangeError('Filters and biases are kept apart.');
  const { stride, padding, groups = 1 } = layer;
  const whole = signal.shared && groups === 1; // all filters of all members see all channels
  const images = signal.shared && !whole ? repeated(signal.tensor, population) : signal.tensor;
  return conv(images, parameters.weights, parameters.biases, { stride, padding, group: whole ? 1 : population * groups });
}

/** Shared images once for every member, along the channels. */
function repeated(images: Tensor, population: number): Tensor {
  const [samples, channels, ...extents] = images.shape;
  const each = expand(reshape(images, [samples, 1, channels, ...extents]), [samples, population, channels, ...extents]);
  return reshape(each, [samples, population * channels, ...extents]);
}

/** Images as rows. */
function flattened(signal: Signal, population: number): Signal {
  const { tensor, form, shared } = signal;
  if (form !== 'images') return signal;
  const samples = tensor.shape[0];
  const features = count(tensor.shape.slice(1));
  if (shared) return { tensor: reshape(tensor, [samples, features]), form: 'rows', shared };
  return { tensor: transpose(reshape(tensor, [samples, population, features / population]), [1, 0, 2]), form: 'rows', shared };
}

/** Name of the mask input of the dropout layer with that index: float32 [samples, ...the layer's shape], 1 keeps a unit, 0 drops it. */
export function maskName(layer: number): string {
  return `mask${layer}`;
}

function dropout(graph: Graph, signal: Signal, rate: number, index: number, shape: readonly number[], options: PopulationOptions): Tensor {
  const { tensor, form, shared } = signal;
  if (!options.dropout) return scale(tensor, 1 - rate);
  const { samples, population } = options;
  const mask = graph.input(maskName(index), 'float32', [samples, ...shape]);
  if (shared) return mul(tensor, mask);
  if (form === 'images') {
    const units = count(shape);
    return reshape(mul(reshape(tensor, [samples, population, units]), reshape(mask, [samples, 1, units])), tensor.shape);
  }
  const rows = reshape(mask, [samples, count(shape)]);
  return mul(tensor, form === 'rows' ? rows : swap(rows));
}
