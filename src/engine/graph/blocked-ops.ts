/**
 * Builders of the operators behind ONNX Runtime's own rewriting of convolutional models (domain com.microsoft.nchwc; CPU provider
 * only, kernels in onnxruntime/core/mlas/lib/snchwc.cpp). A blocked tensor keeps the channels of a pixel in blocks of `block`, the
 * processor's vector length: [samples, channels / block, height, width, block], under the shape [samples, channels, height, width].
 * `src/engine/convolution-block.ts` finds out the length.
 */
import type { Tensor } from './graph.js';
import { indices, reshape, transpose } from './ops.js';
import { shapeError } from './shape.js';
import { positions, type Window } from './window-ops.js';

/** The domain's operators are written with it in front. */
export const blockedDomain = 'com.microsoft.nchwc';

export interface BlockedConvOptions {
  readonly block: number;
  /** Rows of zeros above and below. Columns are not padded. */
  readonly padding: number;
  /** Columns from one place of the window to the next. */
  readonly dilation: number;
  readonly group: number;
  readonly relu: boolean;
}

/**
 * Stride 1. Filters [filters, channels / group, kernel, kernel], biases [filters]; the filters of a group, or of all groups if there is
 * one, are a multiple of the block. Images with fewer channels in a group than a block are plain, others blocked; the result is blocked.
 */
export function blockedConv(images: Tensor, filters: Tensor, biases: Tensor | undefined, options: BlockedConvOptions): Tensor {
  const { block, padding, dilation, group, relu } = options;
  const [samples, channels, height, width] = images.shape;
  const [count, depth, kernel] = filters.shape;
  const plain = depth < block;
  if (channels !== depth * group || (!plain && depth % block !== 0) || (count / group) % block !== 0)
    throw shapeError('A blocked convolution', images.shape, filters.shape);
  const shape = [samples, count, height + 2 * padding - kernel + 1, width - dilation * (kernel - 1)];
  const arranged = plain ? byOutputs(filters, block) : byInputsAndOutputs(filters, block);
  const pads = [padding, 0, padding, 0];
  return directConv(images, arranged, biases, { shape, window: [kernel, kernel], pads, dilation, group, relu });
}

export interface DirectConvOptions {
  /** Of the result. */
  readonly shape: readonly number[];
  /** Rows and columns of the window. */
  readonly window: readonly number[];
  /** Above, left, below, right. */
  readonly pads: readonly number[];
  /** Of columns. */
  readonly dilation: number;
  readonly group?: number;
  readonly relu?: boolean;
}

/** The same with filters that are arranged already. */
export function directConv(images: Tensor, arranged: Tensor, biases: Tensor | undefined, options: DirectConvOptions): Tensor {
  const { shape, window, pads, dilation, group = 1, relu = false } = options;
  const attributes = { kernel_shape: window, pads, dilations: [1, dilation], group, ...(relu ? { activation: 'Relu' } : {}) };
  const inputs = biases === undefined ? [images, arranged] : [images, arranged, biases];
  return images.graph.node(`${blockedDomain}/Conv`, inputs, attributes, { type: images.type, shape })[0];
}

/** Each weight for the filters of a block, one after the other. */
function byOutputs(filters: Tensor, block: number): Tensor {
  const [count, depth, kernel] = filters.shape;
  const blocks = reshape(filters, [count / block, block, depth * kernel ** 2]);
  return reshape(transpose(blocks, [0, 2, 1]), filters.shape);
}

/** The same, and at each place of the window the channels of a block together. */
function byInputsAndOutputs(filters: Tensor, block: number): Tensor {
  const [count, depth, kernel] = filters.shape;
  const blocks = reshape(filters, [count / block, block, depth / block, block, kernel ** 2]);
  return reshape(transpose(blocks, [0, 2, 4, 3, 1]), filters.shape);
}

/** Over the rows of blocked images alone; padding counts as absent in a maximum and as zeros in an average. */
export function blockedRowPool(op: 'MaxPool' | 'AveragePool', images: Tensor, window: Window): Tensor {
  const [samples, channels, height, width] = images.shape;
  const { kernel, stride, padding } = window;
  const attributes = {
    kernel_shape: [kernel, 1],
    strides: [stride, 1],
    pads: [padding, 0, padding, 0],
    ...(op === 'AveragePool' ? { count_include_pad: 1 } : {}),
  };
  const shape = [samples, channels, positions(height, window), width];
  return images.graph.node(`${blockedDomain}/${op}`, [images], attributes, { type: images.type, shape })[0];
}

/** The plain tensor of a blocked one; without its last channels, fewer than a block, where fewer `channels` are asked for. */
export function unblocked(images: Tensor, channels = images.shape[1]): Tensor {
  const [samples, , ...extents] = images.shape;
  const shape = [samples, channels, ...extents];
  return images.graph.node(`${blockedDomain}/ReorderOutput`, [images], { channels }, { type: images.type, shape })[0];
}

/** The blocked tensor of a plain one, whose channels are a multiple of the block. */
export function blockedOf(images: Tensor): Tensor {
  return images.graph.node(`${blockedDomain}/ReorderInput`, [images], {}, images)[0];
}

/** `amount` columns of zeros on the left and on the right; `run` numbers lie together in each column. */
export function padColumns(images: Tensor, amount: number, run: number): Tensor {
  if (amount === 0) return images;
  const [samples, channels, height, width] = images.shape;
  return reshape(padRuns(images, width * run, amount * run), [samples, channels, height, width + 2 * amount]);
}

/** Zeros before and behind every row of `length` numbers. */
function padRuns(a: Tensor, length: number, amount: number): Tensor {
  const runs = reshape(a, [a.shape.reduce((product, extent) => product * extent, 1) / length, length]);
  const shape = [runs.shape[0], length + 2 * amount];
  return runs.graph.node(
    'Pad',
    [runs, indices(a, [0, amount, 0, amount]), a.graph.scalar(0)],
    { mode: 'constant' },
    { type: a.type, shape },
  )[0];
}
