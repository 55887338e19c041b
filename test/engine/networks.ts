/** One network of every kind, with seeded data: what the engine's tests run over. */
import { cnn } from '../../models/cnn.js';
import { mlp } from '../../models/mlp.js';
import type { Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { count, outputCount } from '../../models/shapes.js';
import { Rng } from '../../src/core/rng.js';
import type { Batch } from '../../src/engine/network-engine.js';

const mixed: Network = {
  input: [2, 8, 8],
  layers: [
    { kind: 'conv', filters: 3, kernel: 3, stride: 1, padding: 1, activation: 'relu' },
    { kind: 'max-pool', kernel: 2, stride: 2, padding: 0 },
    { kind: 'conv', filters: 4, kernel: 3, stride: 2, padding: 1, activation: 'tanh' },
    { kind: 'average-pool', kernel: 2, stride: 1, padding: 0 },
    { kind: 'flatten' },
    { kind: 'dropout', rate: 0.25 },
    { kind: 'dense', units: 3, activation: 'identity' },
  ],
  loss: 'cross-entropy',
  initializer: 'lecture',
};

/** [what, network, samples]; the samples of some are odd on purpose, so that vectorized loops have tails. */
export const networks: readonly (readonly [string, Network, number])[] = [
  ['tanh 4-7-3', mlp([4, 7, 3]), 151],
  ['logistic 5-9-4', mlp([5, 9, 4], { activation: 'logistic' }), 37],
  ['relu 300-40-10, wide and long', mlp([300, 40, 10], { activation: 'relu' }), 29],
  ['relu 200-130-10, more units than samples', mlp([200, 130, 10], { activation: 'relu' }), 16],
  ['leaky relu 6-8-3', mlp([6, 8, 3], { activation: 'leaky-relu(0.1)' }), 33],
  ['elu 6-30-3', mlp([6, 30, 3], { activation: 'elu' }), 33],
  ['softsign 6-8-3', mlp([6, 8, 3], { activation: 'softsign' }), 33],
  ['gelu 6-30-3', mlp([6, 30, 3], { activation: 'gelu' }), 33],
  ['swish 6-8-3', mlp([6, 8, 3], { activation: 'swish' }), 33],
  ['50 classes', mlp([6, 30, 50]), 23],
  ['squared error 2-16-2', mlp([2, 16, 2], { loss: 'squared-error' }), 41],
  ['squared error 150-90-1', mlp([150, 90, 1], { loss: 'squared-error' }), 67],
  ['dropout 10-30-3', mlp([10, 30, 3], { dropout: 0.3 }), 21],
  ['one sample', mlp([200, 30, 4]), 1],
  ['convolutions, pools and dropout', mixed, 7],
  [
    'convolutions in groups',
    cnn(
      [4, 9, 9],
      [
        { conv: 6, kernel: 3, stride: 2, groups: 2 },
        { maxPool: 3, stride: 2 },
        { conv: 6, kernel: 3, groups: 3, activation: 'tanh' },
        { dense: 3 },
      ],
    ),
    6,
  ],
  [
    'convolutions in blocks',
    cnn([1, 12, 12], [{ conv: 8, kernel: 5 }, { maxPool: 2 }, { conv: 16, kernel: 3 }, { maxPool: 3 }, { dense: 10 }]),
    70,
  ],
  [
    'convolutions in blocks of channels too',
    cnn(
      [3, 8, 8],
      [
        { conv: 16, kernel: 3, activation: 'tanh' },
        { averagePool: 2 },
        { conv: 32, kernel: 3, padding: 0 },
        { conv: 16, kernel: 1 },
        { dense: 30 },
        { dropout: 0.2 },
        { dense: 4 },
      ],
    ),
    19,
  ],
  [
    'convolutions and overlapping pools in blocks',
    cnn(
      [3, 9, 7],
      [
        { conv: 16, kernel: 5, activation: 'relu' },
        { maxPool: 3, stride: 2, padding: 1 },
        { conv: 32, kernel: 3, activation: 'relu' },
        { averagePool: 3, stride: 2, padding: 1 },
        { conv: 16, kernel: 3, activation: 'tanh' },
        { maxPool: 2, stride: 1 },
        { dense: 6 },
        { dropout: 0.2 },
        { dense: 4 },
      ],
      { activation: 'tanh' },
    ),
    48,
  ],
  ['convolutions by name', cnn([1, 8, 8], [{ conv: 4, kernel: 3 }, { maxPool: 2 }, { dense: 3 }]), 5],
];

/** A batch of normal inputs and every class or normal targets; with a dropout seed where the network drops. */
export function batchFor(network: Network, samples: number): Batch {
  const rng = Rng.seeded(`batch ${samples}`);
  const outputs = outputCount(network);
  return {
    count: samples,
    inputs: Float32Array.from({ length: samples * count(network.input) }, () => rng.normal()),
    targets:
      network.loss === 'cross-entropy'
        ? Int32Array.from({ length: samples }, (_, i) => i % outputs)
        : Float32Array.from({ length: samples * outputs }, () => rng.normal()),
    ...(network.layers.some(({ kind }) => kind === 'dropout') ? { dropoutSeed: 'mask' } : {}),
  };
}

/** Normal parameters of `size` candidates that keep units away from saturation. */
export function candidatesFor(network: Network, size: number): Float32Array {
  const rng = Rng.seeded(`candidates ${size}`);
  const { dimension, layout } = parametersOf(network);
  const theta = new Float32Array(size * dimension);
  for (let p = 0; p < size; p++) {
    for (const { offset, length, role, fanIn } of layout) {
      const deviation = role === 'biases' ? 0.1 : 1 / Math.sqrt(fanIn);
      for (let i = 0; i < length; i++) theta[p * dimension + offset + i] = deviation * rng.normal();
    }
  }
  return theta;
}
