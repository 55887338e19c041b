/**
 * What the reverse sweep needs of the convolutions and pools of blocked-images.ts: derivatives by the same kernels. Of a wide image
 * [1, channels, height, width * samples] the numbers lie as [channels / block, height, width, samples, block]; of a plain one the
 * block is 1.
 */
import { blockedConv, blockedOf, blockedRowPool, directConv, padColumns } from './blocked-ops.js';
import type { Tensor } from './graph.js';
import { above, expand, mul, reshape, reversed, scale, transpose } from './ops.js';
import { averageAdjoint, maximumAdjoint } from './pool-rules.js';
import type { Window } from './window-ops.js';

export interface WideConv {
  readonly block: number;
  readonly samples: number;
  readonly padding: number;
}

/** To the images, without their padding. Filters [filters, channels, kernel, kernel]; both counts are multiples of the block. */
function wideImagesAdjoint(adjoint: Tensor, filters: Tensor, { block, samples, padding }: WideConv): Tensor {
  const outside = filters.shape[2] - 1 - padding;
  const turned = reversed(reversed(transpose(filters, [1, 0, 2, 3]), 2), 3);
  const padded = padColumns(adjoint, outside * samples, block);
  return blockedConv(padded, turned, undefined, { block, padding: outside, dilation: samples, group: 1, relu: false });
}

/**
 * To the filters [filters, channels, kernel, kernel]: a convolution whose channels are the samples, whose images are the images'
 * channels, side by side as a dilation, and whose window is the whole adjoint. `padded`: the images with their columns padded, in
 * blocks, or plain if they have fewer channels. The samples are a multiple of the block.
 */
function wideFiltersAdjoint(padded: Tensor, adjoint: Tensor, filters: readonly number[], options: WideConv): Tensor {
  const { block, samples, padding } = options;
  const [count, channels, kernel] = filters;
  const [, , height, wide] = padded.shape;
  const [, , rows, columns] = adjoint.shape;
  const plain = channels < block;
  const groups = samples / block;
  const blocks = count / block;
  const places = (height * wide) / samples;
  const window = [rows, columns / samples];
  const byFilters = transpose(reshape(adjoint, [blocks, (rows * columns) / samples, groups, block * block]), [0, 2, 1, 3]);
  const arranged = reshape(byFilters, [count, samples, ...window]);
  const pads = [padding, 0, padding, 0];
  if (plain) {
    const side = transpose(reshape(padded, [channels, places, groups, block]), [2, 1, 0, 3]);
    const images = reshape(side, [1, samples, height, (wide / samples) * channels]);
    const found = directConv(images, arranged, undefined, {
      shape: [1, count, kernel, kernel * channels],
      window,
      pads,
      dilation: channels,
    });
    return reshape(transpose(reshape(found, [blocks, kernel ** 2, channels, block]), [0, 3, 2, 1]), filters);
  }
  const each = blockedOf(reshape(padded, [(channels / block) * places * groups, block, block, 1]));
  const side = transpose(reshape(each, [channels / block, places, groups, block * block]), [0, 2, 1, 3]);
  const images = reshape(side, [channels / block, samples, height, (wide / samples) * block]);
  const shape = [channels / block, count, kernel, kernel * block];
  const found = directConv(images, arranged, undefined, { shape, window, pads, dilation: block });
  return reshape(transpose(reshape(found, [channels / block, blocks, kernel ** 2, block, block]), [1, 4, 0, 3, 2]), filters);
}

/** To the biases [filters]: sums over samples, then over places, as means. */
function wideBiasesAdjoint(adjoint: Tensor, samples: number): Tensor {
  const [, filters, rows, wide] = adjoint.shape;
  const columns = wide / samples;
  const means = blockedRowPool('AveragePool', reshape(adjoint, [1, filters, rows * columns * samples, 1]), {
    kernel: samples,
    stride: samples,
    padding: 0,
  });
  const mean = blockedRowPool('AveragePool', means, { kernel: rows * columns, stride: rows * columns, padding: 0 });
  return scale(reshape(mean, [filters]), rows * wide);
}

export interface WideConvTensors {
  readonly images: Tensor;
  /** The images with their columns padded. */
  readonly padded: Tensor;
  /** [filters, channels, kernel, kernel] and [filters]. */
  readonly weights: Tensor;
  readonly biases: Tensor;
}

/** Tells the reverse sweep of a convolution `y` of one candidate, of whole blocks; `relu`: with that activation in it. */
export function setConvDerivative(
  y: Tensor,
  { images, padded, weights, biases }: WideConvTensors,
  options: WideConv & { readonly relu: boolean },
): void {
  y.graph.derivatives.set(y, {
    inputs: [images, weights, biases],
    adjoint: (adjoint, input) => {
      const full = expand(options.relu ? mul(adjoint, above(y, y.graph.scalar(0))) : adjoint, y.shape);
      if (input === 0) return wideImagesAdjoint(full, weights, options);
      return input === 1 ? wideFiltersAdjoint(padded, full, weights.shape, options) : wideBiasesAdjoint(full, options.samples);
    },
  });
}

/** The pool of wide images: rows, then, with each row an image of one row for each column, columns. */
export function widePool(
  maximum: boolean,
  images: Tensor,
  window: Window,
  { block, samples }: { readonly block: number; readonly samples: number },
): Tensor {
  const op = maximum ? 'MaxPool' : 'AveragePool';
  const byRows = blockedRowPool(op, images, window);
  const [, channels, rows, wide] = byRows.shape;
  const byColumns = blockedRowPool(op, reshape(byRows, [(channels / block) * rows, block, wide / samples, samples]), window);
  const output = reshape(byColumns, [1, channels, rows, byColumns.shape[2] * samples]);
  const runs = (tensor: Tensor) => {
    const [, channels, height, wide] = tensor.shape;
    return reshape(tensor, [channels / block, height, wide / samples, samples * block]);
  };
  const adjoint = (of: Tensor) => {
    const full = runs(expand(of, output.shape));
    const source = runs(images);
    return reshape(maximum ? maximumAdjoint(source, runs(output), full, window) : averageAdjoint(full, source.shape, window), images.shape);
  };
  images.graph.derivatives.set(output, { inputs: [images], adjoint });
  return output;
}
