/** Derivatives of convolutions and pools, composed of operators that CPU and GPU providers both run. */
import type { GraphNode, Tensor } from './graph.js';
import {
  cast,
  compare,
  concat,
  div,
  expand,
  matmul,
  mul,
  pad2d,
  padEnds,
  reduce,
  reshape,
  reversed,
  slice,
  split,
  swap,
  transpose,
} from './ops.js';
import { averageAdjoint, maximumAdjoint } from './pool-rules.js';
import { conv, convTranspose, type Window } from './window-ops.js';

function windowOf(node: GraphNode): Window {
  const first = (name: string) => (node.attributes[name] as readonly number[])[0];
  return { kernel: first('kernel_shape'), stride: first('strides'), padding: first('pads') };
}

/**
 * Images: the transposed convolution; with stride 1 as a convolution with the filters turned by 180 degrees, which takes half the
 * time. Filters: with stride 1 as matrix products; else a convolution of the images with the adjoint as filters, the batch and the
 * channel axes swapped and the stride become the dilation; rows that a stride left over are cut off. Biases: a sum.
 * Groups are differentiated one by one.
 */
export function convGradient(node: GraphNode, adjoint: Tensor, input: number, output: Tensor): Tensor {
  const [images, filters] = node.inputs;
  const window = windowOf(node);
  const full = expand(adjoint, output.shape);
  if (input === 2) return reshape(reduce('ReduceSum', full, [0, 2, 3]), [output.shape[1]]);
  const group = node.attributes.group as number;
  const parts = (tensor: Tensor, axis: number) => split(tensor, axis, new Array<number>(group).fill(tensor.shape[axis] / group));
  const [ofImages, ofFilters, ofFull] = [parts(images, 1), parts(filters, 0), parts(full, 1)];
  const derivatives = ofFull.map((part, g) => groupGradient(ofImages[g], ofFilters[g], part, window, input));
  return concat(derivatives, input === 0 ? 1 : 0);
}

/** Of one group, by its images (input 0) or its filters (input 1). */
function groupGradient(images: Tensor, filters: Tensor, full: Tensor, { stride, padding, kernel }: Window, input: number): Tensor {
  const swapped = [1, 0, 2, 3];
  if (input === 0) {
    if (stride > 1) return convTranspose(full, filters, { stride, padding }, images.shape.slice(2));
    const turned = reversed(reversed(transpose(filters, swapped), 2), 3);
    return conv(full, turned, undefined, { stride: 1, padding: kernel - 1 - padding });
  }
  if (stride === 1) return filterGradient(images, full, padding, kernel);
  const product = conv(transpose(images, swapped), transpose(full, swapped), undefined, { stride: 1, padding, dilation: stride });
  return transpose(slice(product, [2, 3], [0, 0], [kernel, kernel], [1, 1]), swapped);
}

/** Columns that a product is filled up to: fewer leave it idle, and gathering more costs copies. */
const columnsPerProduct = 32;

/**
 * Filters of a convolution of stride 1, as matrix products. With padded images and adjoints as rows of the same length, laid out one
 * behind the other, a place in the filter is a shift: its derivative is the product of the adjoints [filters, positions] with the
 * shifted images [positions, channels], summed over samples. What a shift moves across the end of a row meets zeros.
 */
function filterGradient(images: Tensor, full: Tensor, padding: number, kernel: number): Tensor {
  const [samples, channels] = images.shape;
  const [, filters, rows] = full.shape;
  const padded = pad2d(images, padding, 0, 1);
  const [, , height, width] = padded.shape;
  const positions = rows * width;
  const shifted = reshape(padded, [samples, channels, height * width]);
  const adjoints = reshape(padEnds(full, [0, 0], [0, kernel - 1], 0), [samples, filters, positions]);
  const shifts = Array.from({ length: kernel ** 2 }, (_, place) => Math.floor(place / kernel) * width + (place % kernel));
  const together = Math.max(1, Math.floor(columnsPerProduct / channels));
  const parts: Tensor[] = [];
  for (let from = 0; from < shifts.length; from += together) {
    const places = shifts.slice(from, from + together);
    const columns = concat(
      places.map((shift) => slice(shifted, [2], [shift], [shift + positions], [1])),
      1,
    );
    const product = reduce('ReduceSum', matmul(adjoints, swap(columns)), [0]);
    parts.push(reshape(product, [filters, places.length, channels]));
  }
  return reshape(transpose(concat(parts, 1), [0, 2, 1]), [filters, channels, kernel, kernel]);
}

/** Maximum: to the largest elements, ties share equally; average: an equal part to every element of the window. */
export function poolGradient(node: GraphNode, adjoint: Tensor, _input: number, output: Tensor): Tensor {
  const [images] = node.inputs;
  const window = windowOf(node);
  const full = expand(adjoint, output.shape);
  // without transposes, which would be moved to where GPUs do not do them: behind comparisons
  const lone = (tensor: Tensor) => reshape(tensor, [tensor.shape[0] * tensor.shape[1], ...tensor.shape.slice(2), 1]);
  if (node.op === 'AveragePool') return reshape(averageAdjoint(lone(full), lone(images).shape, window), images.shape);
  if (tiled(images, window)) return tiledMax(images, output, full, window.kernel);
  return reshape(maximumAdjoint(lone(images), lone(output), lone(full), window), images.shape);
}

/** Windows that lie side by side and cover the image. */
function tiled(images: Tensor, { kernel, stride, padding }: Window): boolean {
  return kernel === stride && padding === 0 && images.shape.slice(2).every((extent) => extent % kernel === 0);
}

/**
 * Every window is a block of the image. The places within a block are moved in front, so that comparing them with the maxima
 * repeats long runs: repeating along the last axes costs ten times as much.
 */
function tiledMax(images: Tensor, maxima: Tensor, adjoint: Tensor, kernel: number): Tensor {
  const [samples, channels, height, width] = images.shape;
  const rows = (samples * channels * height) / kernel;
  const columns = width / kernel;
  const blocks = reshape(transpose(reshape(images, [rows, kernel, columns, kernel]), [1, 3, 0, 2]), [kernel ** 2, rows * columns]);
  const mask = cast(compare('Equal', blocks, reshape(maxima, [1, rows * columns])), 'float32');
  const shared = div(reshape(adjoint, [1, rows * columns]), reduce('ReduceSum', mask, [0]));
  const routed = reshape(mul(mask, shared), [kernel, kernel, rows, columns]);
  return reshape(transpose(routed, [2, 0, 3, 1]), images.shape);
}
