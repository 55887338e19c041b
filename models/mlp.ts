/** Dense networks. */
import type { ActivationName, Initializer, Layer, Network } from './network.js';
import { validateNetwork } from './validate.js';

export interface NetworkOptions {
  /** Of the hidden layers. Default `tanh`. */
  readonly activation?: ActivationName;
  /** Of the last layer. Default `identity`: softmax belongs to the cross-entropy loss. */
  readonly output?: ActivationName;
  /** Default `cross-entropy`. */
  readonly loss?: Network['loss'];
  /** Default `lecture`. */
  readonly initializer?: Initializer;
  /** Rate of a dropout layer after every hidden layer with units; from 0 to below 1. Default 0: none. */
  readonly dropout?: number;
}

/** A stack of dense layers: `mlp([784, 128, 10], { activation: 'relu' })`. Throws UsageError. */
export function mlp(sizes: readonly number[], options: NetworkOptions = {}): Network {
  const { activation = 'tanh', output = 'identity', loss = 'cross-entropy', initializer = 'lecture', dropout = 0 } = options;
  const layers = sizes.slice(1).flatMap((units, i): Layer[] => {
    const last = i === sizes.length - 2;
    const dense: Layer = { kind: 'dense', units, activation: last ? output : activation };
    return last || dropout === 0 ? [dense] : [dense, { kind: 'dropout', rate: dropout }];
  });
  return validateNetwork({ input: sizes.slice(0, 1), layers, loss, initializer });
}
