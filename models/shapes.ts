/** The shape that every layer of a network gives, for one sample. */
import type { Layer, Network } from './network.js';

/** Output shapes, one for each layer: [units] or [channels, height, width]. Expects a valid network. */
export function layerShapes(network: Network): (readonly number[])[] {
  let shape = network.input;
  const shapes: (readonly number[])[] = [];
  for (const layer of network.layers) {
    shape = outputShape(layer, shape);
    shapes.push(shape);
  }
  return shapes;
}

/** Input shapes, one for each layer. */
export function inputShapes(network: Network): (readonly number[])[] {
  return [network.input, ...layerShapes(network)].slice(0, network.layers.length);
}

/** Number of values that the network gives for one sample: classes, or outputs of a regression. */
export function outputCount(network: Network): number {
  return count(layerShapes(network).at(-1) ?? network.input);
}

/** Number of elements of a shape. */
export function count(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** The shape that `layer` makes of `input`; dense layers take images as if flattened. */
export function outputShape(layer: Layer, input: readonly number[]): readonly number[] {
  switch (layer.kind) {
    case 'dense':
      return [layer.units];
    case 'flatten':
      return [count(input)];
    case 'dropout':
      return input;
    case 'conv':
      return [layer.filters, ...input.slice(1).map((extent) => positions(extent, layer))];
    case 'max-pool':
    case 'average-pool':
      return [input[0], ...input.slice(1).map((extent) => positions(extent, layer))];
  }
}

/** Positions of a window along one axis; a remainder that does not fill a window is left out. */
export function positions(extent: number, window: { readonly kernel: number; readonly stride: number; readonly padding: number }): number {
  return Math.floor((extent + 2 * window.padding - window.kernel) / window.stride) + 1;
}
