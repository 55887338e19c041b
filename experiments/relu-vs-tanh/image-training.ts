/** Image networks trained by minibatch gradients for `relu-vs-tanh`: what is built, what an epoch leaves behind. */
import { cnn } from '../../models/cnn.js';
import type { Initializer, Network } from '../../models/network.js';
import type { Objective } from '../../src/core/objective.js';
import { Rng } from '../../src/core/rng.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import { sizeOf } from '../../src/datasets/dataset.js';
import { type Dataset, gatherInputs, gatherTargets, prepareDataset } from '../../src/datasets/prepare.js';
import type { NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { networkObjective } from '../../src/problems/network-objective.js';
import { sgd } from '../../strategies/sgd.js';
import { type Saved, Training } from '../shared/training.js';

/**
 * First weights. own: by the rule made for the activation, He's for ReLUs (the lecture's), Glorot's for tanh. small: of 2012, when
 * neither rule was in use: a standard deviation of 0.01 in every layer, that of AlexNet's weights (drawn uniformly, biases too).
 */
export type Start = 'own' | 'small';

/**
 * Four learned layers, as layers-19pct of cuda-convnet (dnouri/cuda-convnet, example-layers) without its weight decay: three 5x5
 * convolutions of w, w and 2w filters, each with a 3x3 pool of stride 2 behind it, the first a maximum, and a dense layer. At
 * w = 32 on 32x32x3: 2,432 + 25,632 + 51,264 + 10,250 = 89,578 parameters.
 */
export function fourLayers(input: readonly number[], classes: number, width: number, activation: string, start: Start = 'own'): Network {
  const pool = { stride: 2, padding: 1 };
  const layers = [
    { conv: width, kernel: 5 },
    { maxPool: 3, ...pool },
    { conv: width, kernel: 5 },
    { averagePool: 3, ...pool },
    { conv: 2 * width, kernel: 5 },
    { averagePool: 3, ...pool },
    { dense: classes },
  ];
  return cnn(input, layers, { activation, initializer: initializerOf(activation, start) });
}

function initializerOf(activation: string, start: Start): Initializer {
  if (start === 'small') return { uniform: 0.01 * Math.sqrt(3) };
  return activation === 'relu' ? 'lecture' : 'glorot';
}

/** `train` images of the set, drawn by the seed, every pixel with mean 0 and deviation 1. Throws DataError, with the command that gets the set. */
export async function loadImages(name: string, train: number): Promise<Dataset> {
  return prepareDataset(await loadDataset(name), { standardize: true, train }, Rng.seeded('images'));
}

export interface EpochResult {
  /** Share of wrong answers on the training images that are looked at. */
  readonly trainError: number;
  readonly testError: number;
  readonly state: Saved;
}

export interface ImageTraining {
  readonly engine: NetworkEngine;
  readonly parameters: number;
  /** Trains so many epochs further, from what earlier ones left, and measures once. */
  epochs(count: number, from: Saved | undefined, signal: AbortSignal): Promise<EpochResult>;
  close(): Promise<void>;
}

export interface ImageTrainingSettings {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly batch: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly seed: number;
  /** Images of each part that errors are measured on: the first so many. */
  readonly measured: number;
}

export async function openImageTraining(settings: ImageTrainingSettings): Promise<ImageTraining> {
  const { network, dataset, batch, learningRate, momentum, seed, measured } = settings;
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 2 });
  const objective: Objective = networkObjective(engine, dataset, { batch, rng: Rng.seeded(seed).fork('problem') });
  const epochSteps = Math.floor(dataset.train.rows.length / batch);
  const options = { learningRate, momentum };
  return {
    engine,
    parameters: engine.parameters.dimension,
    async epochs(count, from, signal) {
      const training = from === undefined ? Training.start(objective, sgd, { options, seed }) : Training.restore(objective, sgd, from);
      await training.advanceTo((from?.step ?? 0) + count * epochSteps, signal);
      const theta = training.point;
      return {
        trainError: await errorOn(engine, theta, dataset, 'train', measured),
        testError: await errorOn(engine, theta, dataset, 'test', measured),
        state: training.save(),
      };
    },
    close: () => engine.close(),
  };
}

const block = 1000;

/** Share of wrong answers on the first `count` images of a part; 1 where the point is not finite. */
async function errorOn(
  engine: NetworkEngine,
  theta: Float32Array,
  dataset: Dataset,
  name: 'train' | 'test',
  count: number,
): Promise<number> {
  const part = dataset[name];
  if (part === undefined) throw new RangeError(`${dataset.raw.name} has no ${name} part.`);
  const total = Math.min(count, part.rows.length);
  let right = 0;
  for (let from = 0; from < total; from += block) {
    const size = Math.min(block, total - from);
    const indices = Uint32Array.from({ length: size }, (_, i) => from + i);
    const inputs = new Float32Array(size * sizeOf(dataset.raw.inputShape));
    const targets = new Int32Array(size);
    gatherInputs(dataset, part, indices, inputs);
    gatherTargets(dataset, part, indices, targets);
    right += ((await engine.evaluate(theta, { count: size, inputs, targets })).accuracy ?? 0) * size;
  }
  return 1 - right / total;
}
