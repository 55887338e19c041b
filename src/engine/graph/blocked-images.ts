/**
 * The convolutions and pools at the beginning of a network, of a whole population or of one candidate, on the CPU provider, in the
 * form that its direct convolution kernels are fast in: one wide image, whose columns are all samples' first columns, then their
 * second, and so on: [1, members * channels, height, width * samples]. Neighbours of a pixel lie `samples` columns apart, which is a
 * dilation, and every row is long, so that hardly any time goes into its ends.
 * One member of conv 8@5x5 and 16@5x5 on 28x28, one thread: 15 us a sample, where unfolding patches for a product takes 45.
 */
import type { Layer, Network } from '../../../models/network.js';
import { inputShapes } from '../../../models/shapes.js';
import { activate, isNonDecreasing } from './activation.js';
import { blockedConv, blockedOf, padColumns, unblocked } from './blocked-ops.js';
import { setConvDerivative, widePool } from './blocked-rules.js';
import type { Tensor } from './graph.js';
import { concat, expand, reshape, split, swap } from './ops.js';
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
 * The layers before the first dense one, if all can be done so: convolutions of stride 1, groups of members alone, filters in whole blocks
 * (of the first layer: those of one or two members), any pools. By the network's shape and the samples alone.
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

function fits(layer: Layer, [channels]: readonly number[], block: number, first: boolean): boolean {
  if (layer.kind === 'max-pool' || layer.kind === 'average-pool') return true;
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
  const samples = inputs.shape[0];
  const wide = wideOf(inputs);
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
    return togetherThrough(network, front, wide, own, { members: size, samples, block });
  });
  return concat(outputs, 0);
}

/** Samples that go through all layers together where a gradient comes back: 32 of 16 KB for each channel and 32 channels are 4 MB. */
const samplesTogether = 32;

/** Whether `blockedCandidate` can take the samples and layers: both samples and filters are whole blocks. */
export function canDifferentiate(network: Network, front: BlockedFront, samples: number, block: number): boolean {
  return (
    samples % block === 0 && network.layers.every((layer) => layer.kind !== 'conv' || layer.filters % block === 0) && front.members === 1
  );
}

/** The same for one candidate, to be differentiated: [1, features, samples]. */
export function blockedCandidate(
  network: Network,
  front: BlockedFront,
  inputs: Tensor,
  filters: readonly FilterTensors[],
  block: number,
): Tensor {
  const total = inputs.shape[0];
  const sizes = Array.from({ length: Math.ceil(total / samplesTogether) }, (_, i) =>
    Math.min(samplesTogether, total - i * samplesTogether),
  );
  const outputs = split(inputs, 0, sizes).map((part, i) => {
    const how = { members: 1, samples: sizes[i], block, differentiable: true };
    return togetherThrough(network, front, wideOf(part), filters, how);
  });
  return concat(outputs, 2);
}

/** [samples, channels, height, width] -> [1, channels, height, width * samples]. */
function wideOf(inputs: Tensor): Tensor {
  const [samples, channels, height, width] = inputs.shape;
  const columns = swap(reshape(inputs, [samples, channels * height * width]));
  return reshape(columns, [1, channels, height, width * samples]);
}

interface Together {
  readonly members: number;
  readonly samples: number;
  readonly block: number;
  /** True: the derivative will be asked for, so that activations follow maxima where that is the same. Default false. */
  readonly differentiable?: boolean;
}

/** The wide image of all samples through the layers, for some members. */
function togetherThrough(
  network: Network,
  front: BlockedFront,
  wideInputs: Tensor,
  parameters: readonly FilterTensors[],
  { members, samples, block, differentiable = false }: Together,
): Tensor {
  let images = wideInputs;
  /** Of the last convolution, where it still has to be done. */
  let activation: string | undefined;
  const channels = wideInputs.shape[1];
  /** Channels of a member. */
  let depth = channels;
  network.layers.slice(0, front.layers).forEach((layer, index) => {
    if (layer.kind === 'conv') {
      const { weights, biases } = parameters[index];
      const next = network.layers[index + 1];
      const late = differentiable && next.kind === 'max-pool' && isNonDecreasing(layer.activation);
      const relu = !late && layer.activation === 'relu';
      const shared = index === 0;
      // what the last layer gave is blocked; few channels are taken plain
      const source = shared || depth >= block ? images : unblocked(images, members * depth);
      const { padding } = layer;
      const padded = padColumns(source, padding * samples, depth >= block ? block : 1);
      const options = { block, padding, dilation: samples, group: shared ? 1 : members, relu };
      const s = blockedConv(padded, filled(weights, block), filled(biases, block), options);
      setConvDerivative(s, { images: source, padded, weights, biases }, { block, samples, padding, relu });
      images = relu || late ? s : activate(layer.activation, s);
      activation = late ? layer.activation : undefined;
      depth = layer.filters;
    } else if (layer.kind === 'max-pool' || layer.kind === 'average-pool') {
      images = widePool(layer.kind === 'max-pool', images, layer, { block, samples });
      if (activation !== undefined) images = activate(activation, images);
      activation = undefined;
    }
  });
  const [, , rows, wide] = images.shape;
  const plain = unblocked(images, members * depth);
  images.graph.derivatives.set(plain, { inputs: [images], adjoint: (adjoint) => blockedOf(expand(adjoint, plain.shape)) });
  return reshape(plain, [members, (depth * rows * wide) / samples, samples]);
}

/** Filters, or their biases, up to a whole block, with zeros: those of one member may be half of one. */
function filled(a: Tensor, block: number): Tensor {
  const [count, ...rest] = a.shape;
  if (count % block === 0) return a;
  const shape = [block - (count % block), ...rest];
  return concat([a, a.graph.constant('float32', shape, new Float32Array(sizeOf(shape)))], 0);
}
