/** A network on a data set as an objective: the engine evaluates, this chooses what it sees. */
import type { Metrics, Objective, Regularization } from '../core/objective.js';
import type { Rng } from '../core/rng.js';
import type { Space, Vector } from '../core/space.js';
import { sizeOf } from '../datasets/dataset.js';
import { Minibatches } from '../datasets/minibatches.js';
import { type Dataset, gatherInputs, gatherTargets, type Part } from '../datasets/prepare.js';
import { canDescribe } from '../engine/graph/described.js';
import type { Batch, Evaluation, NetworkEngine } from '../engine/network-engine.js';

export interface NetworkObjectiveOptions {
  /** Samples in a minibatch; absent: every query sees the whole training part. */
  readonly batch?: number;
  readonly regularization?: Regularization;
  /** The run's stream for the order of minibatches and the dropout masks. */
  readonly rng: Rng;
}

/** Largest block of samples, in numbers, that is turned into floats at once when metrics are measured: 16 MB. */
const blockNumbers = 4_000_000;

/** The objective; closing it closes the engine. */
export function networkObjective(engine: NetworkEngine, dataset: Dataset, options: NetworkObjectiveOptions): Objective {
  const { network, parameters } = engine;
  const count = dataset.train.rows.length;
  const size = options.batch ?? count;
  const whole = size === count;
  const dropout = network.layers.some((layer) => layer.kind === 'dropout' && layer.rate > 0);
  const space: Space = { dimension: parameters.dimension, precision: 'float32', start: parameters.start, layout: parameters.layout };
  const schedule = whole ? undefined : new Minibatches(count, size, options.rng.fork('batches'));
  const staging = new SampleBuffer(dataset, network.loss, size);
  const dropoutPath = options.rng.fork('dropout').path;
  if (whole) staging.fill(dataset.train, 0, count);

  const batchAt = (step: number): Batch => {
    if (schedule) staging.gather(dataset.train, schedule.at(step));
    const { inputs, targets } = staging;
    return dropout ? { count: size, inputs, targets, dropoutSeed: `${dropoutPath}/${step}` } : { count: size, inputs, targets };
  };
  const trainMeter = new Meter(engine, dataset, dataset.train);
  const testMeter = dataset.test && new Meter(engine, dataset, dataset.test);

  return {
    space,
    passesPerEvaluation: size,
    deterministic: whole && !dropout,
    ...(options.regularization && { regularization: options.regularization }),
    losses: (population, step, out) => engine.losses(population.values as Float32Array, population.size, batchAt(step), out),
    ...(canDescribe(network) && { describedLosses: (population, step, out) => engine.describedLosses(population, batchAt(step), out) }),
    gradient: (point, step, out) => engine.gradient(point as Float32Array, batchAt(step), out as Float32Array),
    responses: (point, step) => engine.responses(point as Float32Array, batchAt(step)),
    async metrics(point: Vector): Promise<Metrics> {
      const train = await trainMeter.measure(point as Float32Array);
      const test = await testMeter?.measure(point as Float32Array);
      return {
        trainLoss: train.loss,
        ...(train.accuracy !== undefined && { trainAccuracy: train.accuracy }),
        ...(test && { testLoss: test.loss }),
        ...(test?.accuracy !== undefined && { testAccuracy: test.accuracy }),
      };
    },
    close: () => engine.close(),
  };
}

/** Room for samples as the engine takes them. */
class SampleBuffer {
  readonly inputs: Float32Array;
  readonly targets: Int32Array | Float32Array;
  readonly #dataset: Dataset;
  readonly #indices: Uint32Array;

  constructor(dataset: Dataset, loss: 'cross-entropy' | 'squared-error', rows: number) {
    this.#dataset = dataset;
    this.inputs = new Float32Array(rows * sizeOf(dataset.raw.inputShape));
    this.targets = loss === 'cross-entropy' ? new Int32Array(rows) : new Float32Array(rows * dataset.raw.outputs);
    this.#indices = new Uint32Array(rows);
  }

  gather(part: Part, indices: Uint32Array): void {
    gatherInputs(this.#dataset, part, indices, this.inputs);
    gatherTargets(this.#dataset, part, indices, this.targets);
  }

  /** Samples `from` to `to - 1` of the part. */
  fill(part: Part, from: number, to: number): void {
    for (let i = 0; i < to - from; i++) this.#indices[i] = from + i;
    this.gather(part, this.#indices.subarray(0, to - from));
  }
}

/** Measures a part, block by block where it is large; a part of one block is turned into floats only once. */
class Meter {
  readonly #engine: NetworkEngine;
  readonly #dataset: Dataset;
  readonly #part: Part;
  /** Samples of a block; all blocks but the last have as many. */
  readonly #rows: number;
  #buffer: SampleBuffer | undefined;

  constructor(engine: NetworkEngine, dataset: Dataset, part: Part) {
    this.#engine = engine;
    this.#dataset = dataset;
    this.#part = part;
    const count = part.rows.length;
    const blocks = Math.ceil((count * sizeOf(dataset.raw.inputShape)) / blockNumbers);
    this.#rows = Math.ceil(count / blocks);
  }

  async measure(theta: Float32Array): Promise<Evaluation> {
    const count = this.#part.rows.length;
    const fresh = this.#buffer === undefined;
    this.#buffer ??= new SampleBuffer(this.#dataset, this.#engine.network.loss, this.#rows);
    const buffer = this.#buffer;
    let loss = 0;
    let accuracy: number | undefined;
    for (let from = 0; from < count; from += this.#rows) {
      const to = Math.min(count, from + this.#rows);
      if (fresh || this.#rows < count) buffer.fill(this.#part, from, to);
      const inputs = buffer.inputs.subarray(0, ((to - from) * buffer.inputs.length) / this.#rows);
      const targets = buffer.targets.subarray(0, ((to - from) * buffer.targets.length) / this.#rows);
      const block = await this.#engine.evaluate(theta, { count: to - from, inputs, targets });
      const share = (to - from) / count;
      loss += block.loss * share;
      if (block.accuracy !== undefined) accuracy = (accuracy ?? 0) + block.accuracy * share;
    }
    return accuracy === undefined ? { loss } : { loss, accuracy };
  }
}
