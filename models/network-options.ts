/** What the builders of networks take beside the layers' sizes. */
import type { ActivationName, Initializer, Network } from './network.js';

export interface NetworkOptions {
  /** Of the hidden layers. Default `tanh` for dense networks, `relu` for convolutional ones. */
  readonly activation?: ActivationName;
  /** Of the last layer. Default `identity`: softmax belongs to the cross-entropy loss. */
  readonly output?: ActivationName;
  /** Default `cross-entropy`. */
  readonly loss?: Network['loss'];
  /** Default `lecture`. */
  readonly initializer?: Initializer;
  /** Rate of a dropout layer after every hidden dense layer; from 0 to below 1. Default 0: none. */
  readonly dropout?: number;
}
