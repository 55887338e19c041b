/** Convolutional networks. */
import { UsageError } from '../src/core/errors.js';
import { shown } from '../src/core/settings-check.js';
import type { ActivationName, Layer, Network } from './network.js';
import type { NetworkOptions } from './network-options.js';
import { validateNetwork } from './validate.js';

/** One layer, short; what is left out comes from the network's options or the defaults named here. */
export type CnnLayer =
  /** `stride` 1, `padding` (kernel - 1) / 2: an odd kernel keeps the image's size; `groups` 1. */
  | {
      readonly conv: number;
      readonly kernel: number;
      readonly stride?: number;
      readonly padding?: number;
      readonly groups?: number;
      readonly activation?: ActivationName;
    }
  /** `stride` = the window's size, `padding` 0. */
  | { readonly maxPool: number; readonly stride?: number; readonly padding?: number }
  | { readonly averagePool: number; readonly stride?: number; readonly padding?: number }
  | { readonly dense: number; readonly activation?: ActivationName }
  | { readonly dropout: number }
  | 'flatten';

/**
 * `cnn([1, 28, 28], [{ conv: 8, kernel: 5 }, { maxPool: 2 }, { dense: 10 }], { activation: 'relu' })`.
 * Dense layers take images as if flattened. The last layer has the activation `options.output`. The default activation is `relu`;
 * dropout follows hidden dense layers, not convolutions. Throws UsageError.
 */
export function cnn(input: readonly number[], layers: readonly CnnLayer[], options: NetworkOptions = {}): Network {
  if (!Array.isArray(layers)) throw new UsageError(`cnn takes the input's shape and a list of layers; the layers are ${shown(layers)}.`);
  const { activation = 'relu', output = 'identity', loss = 'cross-entropy', initializer = 'lecture', dropout = 0 } = options;
  const full = layers.flatMap((layer, i): Layer[] => {
    const last = i === layers.length - 1;
    const made = complete(layer, last ? output : activation);
    return !last && dropout !== 0 && made.kind === 'dense' ? [made, { kind: 'dropout', rate: dropout }] : [made];
  });
  return validateNetwork({ input, layers: full, loss, initializer });
}

function complete(layer: CnnLayer, activation: ActivationName): Layer {
  if (layer === 'flatten') return { kind: 'flatten' };
  if ('dense' in layer) return { kind: 'dense', units: layer.dense, activation: layer.activation ?? activation };
  if ('dropout' in layer) return { kind: 'dropout', rate: layer.dropout };
  if ('conv' in layer) {
    const { conv: filters, kernel, stride = 1, padding = Math.floor((kernel - 1) / 2), groups } = layer;
    const grouped = groups === undefined ? {} : { groups };
    return { kind: 'conv', filters, kernel, stride, padding, ...grouped, activation: layer.activation ?? activation };
  }
  const kernel = 'maxPool' in layer ? layer.maxPool : layer.averagePool;
  return { kind: 'maxPool' in layer ? 'max-pool' : 'average-pool', kernel, stride: layer.stride ?? kernel, padding: layer.padding ?? 0 };
}
