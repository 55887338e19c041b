/**
 * The convolutions and pools at the beginning of a network, for a whole population on the CPU provider, in the form that its
 * direct convolution kernels are fast in: one wide image, whose columns are all samples' first columns, then their second, and
 * so on: [1, members * channels, height, width * samples]. Neighbours of a pixel lie `samples` columns apart, which is a dilation,
 * and every row is long, so that hardly any time goes into its ends.
 * One member of conv 8@5x5 and 16@5x5 on 28x28, one thread: 15 us a sample, where unfolding patches for a product takes 45.
 */
import type { Layer, Network } from '../../../models/network.js';
import { inputShapes } from '../../../models/shapes.js';
import { activate } from './activation.js';
import { blockedConv, blockedRowPool, padRuns, unblocked } from './blocked-ops.js';
import type { Tensor } from './graph.js';
import { concat, reshape, split, swap } from './ops.js';
import { sizeOf } from './shape.js';

export interface BlockedFront {
  /** How many layers it takes. */
  readonly layers: number;
  /** A population must be a multiple of this, or one. */
  readonly members: number;
}

/** Padding a population up to a larger multiple could cost more than is won. */
const mostMembers = 2;

/** Rows of fewer samples are too short to gain. */
const leastSamples = 16;

/**
 * The layers before the first dense one, if all can be done so: windows of stride 1, groups of members alone, filters in whole blocks
 * (of the first layer: those of one or two members), pools of windows side by side. By the network's shape and the samples alone.
 */
export function blockedFront(network: Network, samples: number, block: number): BlockedFront | undefined {
  const shapes = inputShapes(network);
  const end = network.layers.findIndex(({ kind }) => kind === 'flatten' || kind === 'dense');
  const front = network.layers.slice(0, Math.max(end, 0));
  const first = front[0];
  if (samples < leastSamples || first?.kind !== 'conv' || network.input[0] >= block) return undefined;
  const members = [1, mostMembers].find((count) => (count * first.filters) % block === 0);
  if (members === undefined || !front.every((layer, i) => fits(layer, shapes[i], block, i === 0))) return undefined;
  return { layers: front.length, members };
}

function fits(layer: Layer, [channels, , width]: readonly number[], block: number, first: boolean): boolean {
  if (layer.kind === 'max-pool' || layer.kind === 'average-pool')
    return layer.kernel === layer.stride && layer.padding === 0 && width % layer.kernel === 0;
  if (layer.kind !== 'conv' || layer.stride !== 1 || (layer.groups ?? 1) !== 1) return false;
  return first || (layer.filters % block === 0 && (channels < block || channels % block === 0));
}

export interface FilterTensors {
  /** [members * filters, channels, kernel, kernel] and [members * filters]. */
  readonly weights: Tensor;
  readonly biases: Tensor;
}

/** Members that go through all layers together, so that what passes from one to the next stays in the caches: 10 to 20 % faster. */
const membersTogether = 4;

/** From `inputs` [samples, channels, height, width] to the outputs of layer `front.layers` - 1, [members, features, samples]. */
export function blockedImages(
  network: Network,
  front: BlockedFront,
  inputs: Tensor,
  parameters: readonly FilterTensors[],
  members: number,
  block: number,
): Tensor {
  const [samples, channels, height, width] = inputs.shape;
  const columns = swap(reshape(inputs, [samples, channels * height * width]));
  const wide = reshape(columns, [1, channels, height, width * samples]);
  const sizes = Array.from({ length: Math.ceil(members / membersTogether) }, (_, i) =>
    Math.min(membersTogether, members - i * membersTogether),
  );
  const cut = (tensor: Tensor) => {
    const each = tensor.shape[0] / members;
    return split(
      tensor,
      0,
      sizes.map((size) => size * each),
    );
  };
  const cuts = parameters.slice(0, front.layers).map((layer) => layer && { weights: cut(layer.weights), biases: cut(layer.biases) });
  const outputs = sizes.map((size, i) => {
    const own = cuts.map((layer) => layer && { weights: layer.weights[i], biases: layer.biases[i] });
    return togetherThrough(network, front, wide, own, size, samples, block);
  });
  return concat(outputs, 0);
}

/** The wide image of all samples through the layers, for some members. */
function togetherThrough(
  network: Network,
  front: BlockedFront,
  wideInputs: Tensor,
  parameters: readonly FilterTensors[],
  members: number,
  samples: number,
  block: number,
): Tensor {
  let images = wideInputs;
  const channels = wideInputs.shape[1];
  /** Channels of a member. */
  let depth = channels;
  network.layers.slice(0, front.layers).forEach((layer, index) => {
    if (layer.kind === 'conv') {
      const { weights, biases } = parameters[index];
      const relu = layer.activation === 'relu';
      const shared = index === 0;
      // what the last layer gave is blocked; few channels are taken plain
      const source = shared || depth >= block ? images : unblocked(images, members * depth);
      const { padding } = layer;
      const padded = padColumns(source, padding * samples, depth >= block ? block : 1);
      const options = { block, padding, dilation: samples, group: shared ? 1 : members, relu };
      const s = blockedConv(padded, filled(weights, block), filled(biases, block), options);
      images = relu ? s : activate(layer.activation, s);
      depth = layer.filters;
    } else if (layer.kind === 'max-pool' || layer.kind === 'average-pool') {
      images = squarePool(layer.kind === 'max-pool' ? 'MaxPool' : 'AveragePool', images, layer.kernel, samples);
    }
  });
  const [, , rows, wide] = images.shape;
  return reshape(unblocked(images, members * depth), [members, (depth * rows * wide) / samples, samples]);
}

/** Filters, or their biases, up to a whole block, with zeros: those of one member may be half of one. */
function filled(a: Tensor, block: number): Tensor {
  const [count, ...rest] = a.shape;
  if (count % block === 0) return a;
  const shape = [block - (count % block), ...rest];
  return concat([a, a.graph.constant('float32', shape, new Float32Array(sizeOf(shape)))], 0);
}

/** `amount` columns of zeros on the left and on the right; `run` numbers lie together in each column. */
function padColumns(images: Tensor, amount: number, run: number): Tensor {
  if (amount === 0) return images;
  const [samples, channels, height, width] = images.shape;
  return reshape(padRuns(images, width * run, amount * run), [samples, channels, height, width + 2 * amount]);
}

/** Pools rows, then, with a row for each column of the samples, columns. */
function squarePool(op: 'MaxPool' | 'AveragePool', images: Tensor, size: number, samples: number): Tensor {
  const byRows = blockedRowPool(op, images, size);
  const [, channels, height, wide] = byRows.shape;
  const byColumns = blockedRowPool(op, reshape(byRows, [1, channels, (height * wide) / samples, samples]), size);
  return reshape(byColumns, [1, channels, height, wide / size]);
}
