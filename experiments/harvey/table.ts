/** One architecture, trained on a part of MNIST as M. Harvey's program does with Keras, and measured on parts it has not seen. */
import { availableParallelism } from 'node:os';
import { mlp } from '../../models/mlp.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { Rng } from '../../src/core/rng.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import type { Samples } from '../../src/datasets/dataset.js';
import { Minibatches } from '../../src/datasets/minibatches.js';
import { type Dataset, gatherInputs, gatherTargets } from '../../src/datasets/prepare.js';
import type { Batch, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { adam } from '../../strategies/adam.js';
import { rmsprop } from '../../strategies/rmsprop.js';
import { sgd } from '../../strategies/sgd.js';

/** Keras's optimizers with the defaults that they had in 2017; its NAdam also schedules beta1, ours does not. */
export const optimizers: Readonly<Record<string, readonly [AnyStrategy, object]>> = {
  rmsprop: [rmsprop, { learningRate: 0.001, meanDecay: 0.9 }],
  adam: [adam, { learningRate: 0.001 }],
  sgd: [sgd, { learningRate: 0.01 }],
  adagrad: [rmsprop, { variant: 'adagrad', learningRate: 0.01 }],
  adadelta: [rmsprop, { variant: 'adadelta', learningRate: 1, meanDecay: 0.95, epsilon: 1e-6 }],
  adamax: [adam, { variant: 'adamax', learningRate: 0.002 }],
  nadam: [adam, { variant: 'nadam', learningRate: 0.002 }],
};

export interface Parts {
  /** Images for training, for choosing, and, seen by no search, for judging; the test part is the set's own, cut to `test`. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly fresh: number;
}

export interface Scores {
  readonly validation: number;
  readonly test: number;
  readonly fresh: number;
}

/** Disjoint parts: all but the test part from MNIST's 60,000 training images, drawn once for all networks. */
export async function openParts(sizes: Parts): Promise<Readonly<Record<keyof Parts, Batch>>> {
  const raw = await loadDataset('mnist');
  if (!('train' in raw.parts) || raw.parts.test === undefined) throw new Error('MNIST comes with a test part');
  const { train, test } = raw.parts;
  const rng = Rng.seeded('harvey-architecture');
  const shuffled = (samples: Samples, label: string) => {
    const rows = Uint32Array.from({ length: samples.count }, (_, row) => row);
    rng.fork(label).shuffle(rows);
    return rows;
  };
  const batch = (samples: Samples, rows: Uint32Array): Batch => {
    const part = { samples, rows };
    const dataset: Dataset = { raw, train: part };
    const indices = Uint32Array.from(rows, (_, at) => at);
    const inputs = new Float32Array(784 * rows.length);
    const targets = new Int32Array(rows.length);
    gatherInputs(dataset, part, indices, inputs);
    gatherTargets(dataset, part, indices, targets);
    return { count: rows.length, inputs, targets };
  };
  const pool = shuffled(train, 'training images');
  const chosen = sizes.train + sizes.validation;
  return {
    train: batch(train, pool.slice(0, sizes.train)),
    validation: batch(train, pool.slice(sizes.train, chosen)),
    fresh: batch(train, pool.slice(chosen, chosen + sizes.fresh)),
    test: batch(test, shuffled(test, 'test images').slice(0, sizes.test)),
  };
}

/** Layers of equal width, dropout 0.2 behind each, softmax, cross-entropy; weights as Keras draws them (Glorot, uniform). */
export function openArchitecture(width: number, layers: number, activation: string): Promise<NetworkEngine> {
  const network = mlp([784, ...Array<number>(layers).fill(width), 10], { activation, dropout: 0.2, initializer: 'glorot' });
  return openNetworkEngine(network, { provider: 'cpu', threads: availableParallelism() });
}

/** Trains for so many epochs of minibatches, and measures the last weights. */
export async function trainAndScore(
  engine: NetworkEngine,
  optimizer: string,
  parts: Readonly<Record<keyof Parts, Batch>>,
  { epochs, batch }: { readonly epochs: number; readonly batch: number },
): Promise<Scores> {
  const [strategy, options] = optimizers[optimizer];
  const { dimension, start, layout } = engine.parameters;
  const run = new Optimizer(strategy, { dimension, precision: 'float32', start, layout }, { options });
  const { train } = parts;
  const schedule = new Minibatches(train.count, batch, Rng.seeded('harvey-architecture').fork('batches'));
  const inputs = new Float32Array(784 * batch);
  const targets = new Int32Array(batch);
  const gradient = new Float32Array(dimension);
  for (let step = 0; step < epochs * schedule.perEpoch; step++) {
    for (const [i, row] of schedule.at(step).entries()) {
      inputs.set(train.inputs.subarray(784 * row, 784 * (row + 1)), 784 * i);
      targets[i] = train.targets[row];
    }
    const query = run.ask();
    if (query.kind !== 'gradient') throw new Error(`${strategy.name} asks for gradients`);
    const loss = await engine.gradient(query.point as Float32Array, { count: batch, inputs, targets, dropoutSeed: `${step}` }, gradient);
    run.tell({ kind: 'gradient', loss, gradient });
  }
  const query = run.ask();
  const theta = (query as { point: Float32Array }).point;
  const accuracy = async (part: Batch) => (await engine.evaluate(theta, part)).accuracy ?? 0;
  return { validation: await accuracy(parts.validation), test: await accuracy(parts.test), fresh: await accuracy(parts.fresh) };
}
