/** Small networks on exclusive or and on the two spirals, one for each activation. */
import { mlp } from '../../models/mlp.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { adam } from '../../strategies/adam.js';
import type { Samples } from '../shared/samples.js';
import { startingSpace } from '../shared/starts.js';
import { collapsed } from './linear.js';

export interface TrainingSettings {
  readonly hidden: readonly number[];
  readonly updates: number;
  readonly learningRate: number;
}

export interface Trained {
  readonly accuracy: number;
  /** The probability of class 1 over the plane, row-major from the lower left. */
  readonly field: readonly number[];
  /** The largest difference between its outputs and those of the single layer that it collapses to; of identity networks. */
  readonly collapse?: number;
}

export interface Plane {
  readonly least: number;
  readonly most: number;
  readonly cells: number;
}

export async function train(
  activation: string,
  samples: Samples,
  plane: Plane,
  seed: number,
  settings: TrainingSettings,
): Promise<Trained> {
  const network = mlp([2, ...settings.hidden, 2], { activation });
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
  try {
    const space = startingSpace(network, 'lecture');
    const optimizer = new Optimizer(adam, space, { seed, options: { learningRate: settings.learningRate } });
    const gradient = new Float32Array(space.dimension);
    for (let step = 0; step < settings.updates; step++) {
      const query = optimizer.ask();
      if (query.kind !== 'gradient') throw new Error('adam asks for gradients alone');
      const loss = await engine.gradient(query.point as Float32Array, samples, gradient);
      optimizer.tell({ kind: 'gradient', loss, gradient });
    }
    const theta = Float32Array.from(optimizer.best.point);
    const { accuracy = 0 } = await engine.evaluate(theta, samples);
    const { least, most, cells } = plane;
    const at = (cell: number) => least + ((cell + 0.5) / cells) * (most - least);
    const inputs = Float32Array.from({ length: 2 * cells * cells }, (_, i) =>
      i % 2 === 0 ? at((i / 2) % cells) : at(Math.floor(i / 2 / cells)),
    );
    const outputs = await engine.predict(theta, inputs, cells * cells);
    const field = Array.from({ length: cells * cells }, (_, i) => outputs[2 * i + 1]);
    return { accuracy, field, ...(activation === 'identity' && { collapse: await difference(theta) }) };

    async function difference(deep: Float32Array): Promise<number> {
      const single = await openNetworkEngine(mlp([2, 2], { activation }), { provider: 'cpu', threads: 1 });
      try {
        const alone = await single.predict(collapsed(space.layout ?? [], deep), inputs, cells * cells);
        return outputs.reduce((worst, value, i) => Math.max(worst, Math.abs(value - alone[i])), 0);
      } finally {
        await single.close();
      }
    }
  } finally {
    await engine.close();
  }
}
