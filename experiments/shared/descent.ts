/** Plain gradient descent on minibatches, looked at while it goes. */
import { Optimizer } from '../../src/core/optimizer.js';
import { Rng } from '../../src/core/rng.js';
import type { Space } from '../../src/core/space.js';
import { Minibatches } from '../../src/datasets/minibatches.js';
import type { NetworkEngine } from '../../src/engine/network-engine.js';
import { sgd } from '../../strategies/sgd.js';
import { relativeMovement } from './movement.js';
import { type Samples, someOf } from './samples.js';

export interface DescentSettings {
  readonly updates: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Numbers of updates after which it is looked at. */
  readonly marks: readonly number[];
}

export interface Descent {
  /** At each mark: the movement of each layer's weights since the start. */
  readonly movement: readonly (readonly number[])[];
  /** Over all samples, after the last update. */
  readonly loss: number;
  readonly accuracy: number;
  /** Where it ended. */
  readonly theta: Float32Array;
}

export async function descend(engine: NetworkEngine, space: Space, samples: Samples, settings: DescentSettings): Promise<Descent> {
  const { updates, batch, learningRate, seed, marks } = settings;
  const optimizer = new Optimizer(sgd, space, { seed, options: { learningRate } });
  const batches = new Minibatches(samples.count, batch, Rng.seeded(seed).fork('batches'));
  const gradient = new Float32Array(space.dimension);
  const movement: number[][] = [];
  let first: Float32Array | undefined;
  let theta = new Float32Array(space.dimension);
  for (let step = 0; step <= updates; step++) {
    const query = optimizer.ask();
    if (query.kind !== 'gradient') throw new Error('sgd asks for gradients alone');
    theta = query.point as Float32Array<ArrayBuffer>;
    first ??= theta.slice();
    if (marks.includes(step)) movement.push(relativeMovement(space.layout ?? [], first, theta));
    if (step === updates) break;
    const loss = await engine.gradient(theta, someOf(samples, batches.at(step)), gradient);
    optimizer.tell({ kind: 'gradient', loss, gradient });
  }
  const { loss, accuracy = 0 } = await engine.evaluate(theta, samples);
  return { movement, loss, accuracy, theta: theta.slice() };
}
