/** Checks of a network that came from outside. */
import { UsageError } from '../src/core/errors.js';
import { activationNames, isMisspelt, unknownActivation } from './activations.js';
import type { Initializer, Layer, Network } from './network.js';
import { count, outputShape } from './shapes.js';

const kinds = ['dense', 'conv', 'max-pool', 'average-pool', 'flatten', 'dropout'] as const;
const losses = ['cross-entropy', 'squared-error'] as const;

/**
 * The network itself, when it makes sense: known kinds, whole positive sizes, windows that fit, at least one layer with parameters,
 * two classes or more for cross-entropy. Throws UsageError that names the field. Activations are looked at only as far as
 * they are no expression.
 */
export function validateNetwork(network: Network): Network {
  if (typeof network !== 'object' || network === null) {
    throw new UsageError(`A network is needed, for example mlp([4, 7, 3]); got ${show(network)}.`);
  }
  const { input, layers, loss, initializer } = network;
  if (!Array.isArray(input) || (input.length !== 1 && input.length !== 3)) {
    throw new UsageError(`network.input must be [features] or [channels, height, width]; got ${show(input)}.`);
  }
  input.forEach((extent, i) => {
    whole(extent, 1, `network.input[${i}]`);
  });
  if (!Array.isArray(layers) || layers.length === 0) throw new UsageError('network.layers must list at least one layer; got none.');
  if (!losses.includes(loss)) throw new UsageError(`network.loss must be ${losses.join(' or ')}; got ${show(loss)}.`);
  checkInitializer(initializer);
  let shape: readonly number[] = input;
  layers.forEach((layer: Layer, i: number) => {
    const path = `network.layers[${i}]`;
    checkLayer(layer, path, shape);
    shape = outputShape(layer, shape);
  });
  if (!layers.some((layer: Layer) => layer.kind === 'dense' || layer.kind === 'conv')) {
    throw new UsageError('network.layers must hold at least one dense or conv layer: there is nothing to train.');
  }
  if (loss === 'cross-entropy' && count(shape) < 2) {
    throw new UsageError(
      'A network with the loss cross-entropy needs at least 2 outputs, one for each class; this one has 1. Two classes take 2 outputs, or use squared-error.',
    );
  }
  return network;
}

function checkLayer(layer: Layer, path: string, input: readonly number[]): void {
  if (typeof layer !== 'object' || layer === null || !kinds.includes(layer.kind)) {
    const kind = (layer as { kind?: unknown } | null)?.kind;
    throw new UsageError(`${path}.kind must be one of ${kinds.join(', ')}; got ${show(kind)}.`);
  }
  switch (layer.kind) {
    case 'dense':
      whole(layer.units, 1, `${path}.units`);
      checkActivation(layer.activation, `${path}.activation`);
      break;
    case 'dropout':
      if (!(layer.rate >= 0 && layer.rate < 1)) throw new UsageError(`${path}.rate must be from 0 to below 1; got ${show(layer.rate)}.`);
      break;
    case 'flatten':
      break;
    default:
      if (input.length !== 3) {
        throw new UsageError(
          `${path} is a ${layer.kind} layer, which needs images [channels, height, width]; what reaches it is [${input}].`,
        );
      }
      if (layer.kind === 'conv') {
        whole(layer.filters, 1, `${path}.filters`);
        checkGroups(layer.groups, layer.filters, input[0], path);
        checkActivation(layer.activation, `${path}.activation`);
      }
      checkWindow(layer, path, input);
  }
}

function checkWindow(layer: Layer & { kernel: number; stride: number; padding: number }, path: string, input: readonly number[]): void {
  const { kernel, stride, padding } = layer;
  whole(kernel, 1, `${path}.kernel`);
  whole(stride, 1, `${path}.stride`);
  whole(padding, 0, `${path}.padding`);
  if (padding >= kernel) throw new UsageError(`${path}.padding must be smaller than the kernel, ${kernel}; got ${padding}.`);
  const smallest = Math.min(input[1], input[2]) + 2 * padding;
  if (kernel > smallest) {
    throw new UsageError(`${path}.kernel must be at most ${smallest}, the image's size with its padding; got ${kernel}.`);
  }
}

function checkGroups(groups: number | undefined, filters: number, channels: number, path: string): void {
  if (groups === undefined) return;
  whole(groups, 1, `${path}.groups`);
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new UsageError(`${path}.groups must divide the ${channels} channels that reach it and its ${filters} filters; got ${groups}.`);
  }
}

function checkActivation(name: unknown, path: string): void {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new UsageError(`${path} must be one of ${activationNames.join(', ')}, or an expression of x; got ${show(name)}.`);
  }
  if (isMisspelt(name)) throw unknownActivation(name, `${path}: `);
}

function checkInitializer(initializer: Initializer): void {
  if (initializer === 'lecture' || initializer === 'glorot' || initializer === 'lecun') return;
  if (typeof initializer === 'object' && initializer !== null) {
    const scale = 'uniform' in initializer ? initializer.uniform : 'laplace' in initializer ? initializer.laplace : Number.NaN;
    if (Number.isFinite(scale) && scale > 0) return;
  }
  throw new UsageError(
    `network.initializer must be lecture, glorot, lecun, { uniform: a } or { laplace: a } with a positive number a; got ${show(initializer)}.`,
  );
}

function whole(value: unknown, least: number, path: string): void {
  if (!Number.isSafeInteger(value) || (value as number) < least) {
    throw new UsageError(`${path} must be a whole number from ${least}; got ${show(value)}.`);
  }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
