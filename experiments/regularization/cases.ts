/** What `regularization` trains: remedies, strategies, and data where most inputs say nothing. */
import { mlp } from '../../models/mlp.js';
import type { Regularization } from '../../src/core/objective.js';
import { Rng } from '../../src/core/rng.js';
import type { Samples } from '../../src/datasets/dataset.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { networkObjective } from '../../src/problems/network-objective.js';
import { findStrategy } from '../../src/study/strategy-registry.js';
import { batchOf, ownDataset } from '../shared/own-data.js';
import { Training } from '../shared/training.js';

export const remedies = ['none', 'dropout', 'L2', 'L1', 'max-norm'] as const;
export type Remedy = (typeof remedies)[number];

export interface Contestant {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Questions: gradients, or populations. */
  readonly steps: number;
  /** The penalty's factors: for a gradient strategy the shares of the decoupled update, else the factors of the added terms. */
  readonly l1: number;
  readonly l2: number;
  /** L1 for the selection of inputs: stronger, above the noise of a useless input's gradient, about 1/2 / sqrt(300) = 0.03. */
  readonly selection: number;
}

const learningRate = 0.3;
const penalty = { l1: 0.003, l2: 0.02, selection: 0.05 };

/**
 * The lecture's decoupled update shrinks by lambda itself, not by learning rate times lambda: with lambda = learning rate times the
 * factor of the added term both pull alike.
 */
export const contestants: readonly Contestant[] = [
  {
    name: 'sgd',
    options: { learningRate },
    steps: 3000,
    l1: learningRate * penalty.l1,
    l2: learningRate * penalty.l2,
    selection: learningRate * penalty.selection,
  },
  { name: 'openai-es', options: { populationSize: 50, learningRate: 0.2 }, steps: 800, ...penalty },
  { name: 'pso', options: { swarmSize: 40 }, steps: 1000, ...penalty },
  { name: 'snes', options: { populationSize: 40 }, steps: 1000, ...penalty },
];

export interface DataSettings {
  readonly inputs: number;
  /** The first so many inputs decide the class. */
  readonly useful: number;
  readonly train: number;
  readonly test: number;
  /** Share of wrong labels, in training and test. */
  readonly wrong: number;
  readonly hidden: number;
}

/** The lecture's dropout rate and norm. */
const dropout = 1 / 3;
const maxNorm = 3;

export interface Outcome {
  readonly trainLoss: number;
  readonly testLoss: number;
  readonly testError: number;
  /** All weights, without biases, where asked for. */
  readonly weights?: readonly number[];
}

/** Standard normal inputs; the class is the sign of the sum of the useful ones, their signs alternating. */
export function plantedData(count: number, { inputs: features, useful, wrong }: DataSettings, rng: Rng): Samples {
  const inputs = new Float32Array(count * features);
  const targets = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < features; j++) {
      const x = rng.normal();
      inputs[i * features + j] = x;
      if (j < useful) sum += j % 2 === 0 ? x : -x;
    }
    const label = sum > 0 ? 1 : 0;
    targets[i] = rng.chance(wrong) ? 1 - label : label;
  }
  return { count, inputs, targets };
}

/** `hidden` 0: inputs-2, no hidden layer, for the selection of inputs. */
export async function trainCase(
  { name, options, steps, l1, l2, selection }: Contestant,
  remedy: Remedy,
  data: DataSettings,
  seed: number,
  { withWeights = false, signal }: { readonly withWeights?: boolean; readonly signal: AbortSignal },
): Promise<Outcome> {
  const rng = Rng.seeded(seed).fork('planted');
  const [train, test] = (['train', 'test'] as const).map((part) => plantedData(data[part], data, rng.fork(part)));
  const dataset = ownDataset({ name: 'planted inputs', kind: 'classification', features: data.inputs, outputs: 2, train, test });
  const sizes = data.hidden > 0 ? [data.inputs, data.hidden, 2] : [data.inputs, 2];
  const network = mlp(sizes, { activation: 'tanh', dropout: remedy === 'dropout' ? dropout : 0 });
  const regularization: Record<Remedy, Regularization> = {
    none: {},
    dropout: {},
    L1: { l1: data.hidden > 0 ? l1 : selection },
    L2: { l2 },
    'max-norm': { maxNorm },
  };
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
  try {
    const objective = networkObjective(engine, dataset, { rng: Rng.seeded(seed), regularization: regularization[remedy] });
    const training = Training.start(objective, await findStrategy(name), { seed, options });
    await training.advanceTo(steps, signal);
    const theta = training.point;
    const inTraining = await engine.evaluate(theta, batchOf(dataset, dataset.train));
    const inTest = await engine.evaluate(theta, batchOf(dataset, dataset.test ?? dataset.train));
    const weights = engine.parameters.layout.flatMap(({ role, offset, length }) =>
      role === 'weights' ? Array.from(theta.subarray(offset, offset + length)) : [],
    );
    const outcome = { trainLoss: inTraining.loss, testLoss: inTest.loss, testError: 1 - (inTest.accuracy ?? 0) };
    return withWeights ? { ...outcome, weights } : outcome;
  } finally {
    await engine.close();
  }
}

/** Of a network inputs-2: the 2-norm of the weights that leave each input. */
export function inputNorms(weights: readonly number[], inputs: number): number[] {
  return Array.from({ length: inputs }, (_, i) => Math.hypot(weights[2 * i], weights[2 * i + 1]));
}
