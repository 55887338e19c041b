/** Network problems through the real engine, at points where the answers are known without it. */
import { describe, expect, test } from '@jest/globals';
import type { Objective } from '../../src/core/objective.js';
import { describeDatasets, loadDataset } from '../../src/datasets/catalog.js';
import { findProblem, problemFamilies } from '../../src/problems/registry.js';

const options = { seed: 1, provider: 'cpu', threads: 1 } as const;

async function opened<T>(id: string, use: (objective: Objective) => Promise<T>, seed = 1): Promise<T> {
  const objective = await (await findProblem(id)).open({ ...options, seed });
  try {
    return await use(objective);
  } finally {
    await objective.close?.();
  }
}

async function lossAt(objective: Objective, theta: Float32Array, step = 0): Promise<number> {
  const out = new Float64Array(1);
  await objective.losses({ kind: 'dense', size: 1, dimension: theta.length, values: theta }, step, out);
  return out[0];
}

describe('network problems on the engine', () => {
  test('every example of every built-in set opens and gives finite losses', async () => {
    for (const family of await problemFamilies()) {
      if (family.needsSettings || !describeDatasets().some((set) => set.name === family.name && set.get === undefined)) continue;
      for (const example of family.examples) {
        await opened(example, async (objective) => {
          const theta = Float32Array.from({ length: objective.space.dimension }, (_, i) => 0.1 * Math.sin(i));
          expect(Number.isFinite(await lossAt(objective, theta))).toBe(true);
        });
      }
    }
  });

  test.each([
    ['iris', 3],
    ['two-moons', 2],
    ['mnist(train=2000)', 10],
  ])('%s: all parameters zero give each class the same chance: the loss is ln %d', async (id, classes) => {
    await opened(id, async (objective) => {
      const zero = new Float32Array(objective.space.dimension);
      expect(await lossAt(objective, zero)).toBeCloseTo(Math.log(classes), 5);
      const metrics = await objective.metrics?.(zero);
      expect(metrics?.trainLoss).toBeCloseTo(Math.log(classes), 5);
      expect(metrics?.testLoss).toBeCloseTo(Math.log(classes), 5);
    });
  });

  test('parabola: all parameters zero give 0, so the loss is the mean square of the targets', async () => {
    const { parts } = await loadDataset('parabola');
    if ('pool' in parts) throw new Error('expected a published split');
    const { targets, count } = parts.train;
    let expected = 0;
    for (const y of targets) expected += (y * y) / count;
    await opened('parabola', async (objective) => {
      expect(await lossAt(objective, new Float32Array(objective.space.dimension))).toBeCloseTo(expected, 4);
    });
  });

  test('iris without hidden layer: the gradient of the output biases is the mean of (probability - target)', async () => {
    await opened('iris(4-3)', async (objective) => {
      const gradient = new Float32Array(15);
      expect(await objective.gradient?.(new Float32Array(15), 0, gradient)).toBeCloseTo(Math.log(3), 5);
      // 40 of each species: 1/3 - 40/120 = 0; the weights' gradient is -mean(x of the class) / 3, and the three add up to nothing
      for (const bias of gradient.subarray(12)) expect(bias).toBeCloseTo(0, 6);
      for (let i = 0; i < 4; i++) expect(gradient[3 * i] + gradient[3 * i + 1] + gradient[3 * i + 2]).toBeCloseTo(0, 6);
      expect(Math.hypot(...gradient)).toBeGreaterThan(0.1);
    });
  });

  test('minibatch losses over one epoch average to the loss over the training part', async () => {
    await opened('iris(batch=24)', async (objective) => {
      const theta = Float32Array.from({ length: objective.space.dimension }, (_, i) => Math.sin(i));
      let sum = 0;
      for (let step = 0; step < 5; step++) sum += await lossAt(objective, theta, step);
      expect(sum / 5).toBeCloseTo((await objective.metrics?.(theta))?.trainLoss ?? Number.NaN, 5);
    });
  });

  test('the same seed gives the same data order, another seed another', async () => {
    const theta = Float32Array.from({ length: 59 }, (_, i) => Math.sin(i));
    const first = (seed: number) => opened('iris(batch=8)', (objective) => lossAt(objective, theta), seed);
    expect(await first(3)).toBe(await first(3));
    expect(await first(3)).not.toBe(await first(4));
  });

  test('dropout changes the loss from step to step, and leaves metrics alone', async () => {
    await opened('iris(dropout=0.5)', async (objective) => {
      const theta = Float32Array.from({ length: 59 }, (_, i) => Math.sin(i));
      expect(await lossAt(objective, theta, 0)).toBe(await lossAt(objective, theta, 0));
      expect(await lossAt(objective, theta, 0)).not.toBe(await lossAt(objective, theta, 1));
      expect(await objective.metrics?.(theta)).toEqual(await objective.metrics?.(theta));
    });
  });

  test('an expression of x and the activation that it spells out give the same loss', async () => {
    const theta = Float32Array.from({ length: 59 }, (_, i) => Math.sin(i));
    const spelled = await opened('iris("x / (1 + exp(-x))")', (objective) => lossAt(objective, theta));
    expect(spelled).toBeCloseTo(await opened('iris(swish)', (objective) => lossAt(objective, theta)), 5);
  });

  test('squared error on classes wants 1 for the class and 0 for the others: at zero the loss is 1', async () => {
    await opened('iris(loss=squared-error)', async (objective) => {
      expect(await lossAt(objective, new Float32Array(59))).toBeCloseTo(1, 6);
    });
  });
});
