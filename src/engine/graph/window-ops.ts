/** Builders of the operators that move a window over images [samples, channels, height, width]: square windows, equal on both axes. */
import type { Tensor } from './graph.js';
import { shapeError } from './shape.js';

export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Zeros on every side. */
  readonly padding: number;
}

function square(value: number): readonly number[] {
  return [value, value];
}

function pads(padding: number): readonly number[] {
  return [padding, padding, padding, padding];
}

export function positions(extent: number, { kernel, stride, padding }: Window, dilation = 1): number {
  return Math.floor((extent + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

export interface ConvOptions {
  readonly stride: number;
  readonly padding: number;
  readonly dilation?: number;
  /** Groups of channels, each with its own share of the filters. */
  readonly group?: number;
}

/** Filters [filters, channels / group, kernel, kernel], biases [filters]. */
export function conv(images: Tensor, filters: Tensor, biases: Tensor | undefined, options: ConvOptions): Tensor {
  const { stride, padding, dilation = 1, group = 1 } = options;
  const [samples, channels, ...extents] = images.shape;
  const [count, depth, ...kernels] = filters.shape;
  if (channels !== depth * group || count % group !== 0 || kernels.length !== 2) throw shapeError('Conv', images.shape, filters.shape);
  const shape = [samples, count, ...extents.map((extent, i) => positions(extent, { kernel: kernels[i], stride, padding }, dilation))];
  const attributes = { kernel_shape: kernels, strides: square(stride), pads: pads(padding), dilations: square(dilation), group };
  return images.graph.node('Conv', biases === undefined ? [images, filters] : [images, filters, biases], attributes, {
    type: images.type,
    shape,
  })[0];
}

/** The adjoint of a convolution without groups: from its output's shape to `extents`, its input's height and width. Filters as in `conv`. */
export function convTranspose(
  images: Tensor,
  filters: Tensor,
  window: { stride: number; padding: number },
  extents: readonly number[],
): Tensor {
  const { stride, padding } = window;
  const [samples, count, ...from] = images.shape;
  const [given, channels, ...kernels] = filters.shape;
  if (count !== given) throw shapeError('ConvTranspose', images.shape, filters.shape);
  const rest = extents.map((extent, i) => extent - ((from[i] - 1) * stride + kernels[i] - 2 * padding));
  const attributes = { kernel_shape: kernels, strides: square(stride), pads: pads(padding), output_padding: rest };
  return images.graph.node('ConvTranspose', [images, filters], attributes, {
    type: images.type,
    shape: [samples, channels, ...extents],
  })[0];
}

/** Largest, or mean, of every window; padding counts as absent in the one and as zeros in the other. */
export function pool(op: 'MaxPool' | 'AveragePool', images: Tensor, window: Window): Tensor {
  const [samples, channels, ...extents] = images.shape;
  const shape = [samples, channels, ...extents.map((extent) => positions(extent, window))];
  const attributes = {
    kernel_shape: square(window.kernel),
    strides: square(window.stride),
    pads: pads(window.padding),
    ...(op === 'AveragePool' ? { count_include_pad: 1 } : {}),
  };
  return images.graph.node(op, [images], attributes, { type: images.type, shape })[0];
}
