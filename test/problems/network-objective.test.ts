/** What a network objective shows its engine, against an engine that is arithmetic on the samples: loss = theta_0 + mean of the inputs. */
import { describe, expect, test } from '@jest/globals';
import type { Network } from '../../models/network.js';
import { Rng } from '../../src/core/rng.js';
import { type RawDataset, sourceOf } from '../../src/datasets/dataset.js';
import { prepareDataset } from '../../src/datasets/prepare.js';
import type { Batch, NetworkEngine } from '../../src/engine/network-engine.js';
import { networkObjective } from '../../src/problems/network-objective.js';

const network: Network = {
  input: [2],
  layers: [{ kind: 'dense', units: 2, activation: 'identity' }],
  loss: 'cross-entropy',
  initializer: 'lecture',
};

interface Shown extends Batch {
  readonly rows: number[];
}

/** An engine that notes what it is shown. The first input of a sample is its number in the pool. */
function noting(net: Network = network): { engine: NetworkEngine; shown: Shown[]; closed: () => boolean } {
  const shown: Shown[] = [];
  let closed = false;
  const note = (batch: Batch) => {
    shown.push({ ...batch, rows: Array.from({ length: batch.count }, (_, i) => batch.inputs[2 * i]) });
    return shown[shown.length - 1].rows.reduce((sum, row) => sum + row, 0) / batch.count;
  };
  const engine: NetworkEngine = {
    network: net,
    parameters: { dimension: 3, layout: [], start: [{ offset: 0, length: 3, kind: 'constant', value: 0 }] },
    async losses(theta, size, batch, out) {
      const mean = note(batch);
      for (let p = 0; p < size; p++) out[p] = theta[p * 3] + mean;
    },
    async describedLosses(population, batch, out) {
      const mean = note(batch);
      for (let p = 0; p < population.size; p++) out[p] = population.factors[p * population.width] + mean;
    },
    async gradient(theta, batch, out) {
      out.fill(1);
      return theta[0] + note(batch);
    },
    predict: async () => new Float32Array(0),
    async evaluate(theta, batch) {
      return { loss: theta[0] + note(batch), accuracy: batch.count % 2 };
    },
    responses: async (_theta, batch) => {
      note(batch);
      return [];
    },
    probes: async () => [],
    toOnnx: () => new Uint8Array(0),
    async close() {
      closed = true;
    },
  };
  return { engine, shown, closed: () => closed };
}

/** `count` samples of two classes, each with its number as first input. */
function numbered(count: number, width = 2): RawDataset {
  const inputs = new Float32Array(count * width);
  for (let row = 0; row < count; row++) inputs[row * width] = row;
  const parts = { pool: { count, inputs, targets: Int32Array.from({ length: count }, (_, row) => row % 2) } };
  return { name: 'n', title: 'n', kind: 'classification', inputShape: [width], outputs: 2, parts, source: sourceOf('', [width], parts) };
}

const rng = () => Rng.seeded(4).fork('problem');
const prepare = (count: number) => prepareDataset(numbered(count), { standardize: false, testShare: 0.2 }, rng());
const population = (size: number) => ({ kind: 'dense', size, dimension: 3, values: new Float32Array(size * 3) }) as const;

describe('a network objective', () => {
  test('full batch: every query sees the whole training part, and is deterministic', async () => {
    const { engine, shown } = noting();
    const dataset = prepare(50);
    const objective = networkObjective(engine, dataset, { rng: rng() });
    const out = new Float64Array(2);
    await objective.losses({ ...population(2), values: Float32Array.of(1, 0, 0, 5, 0, 0) }, 3, out);
    await objective.gradient?.(new Float32Array(3), 9, new Float32Array(3));
    expect(objective).toMatchObject({ passesPerEvaluation: 40, deterministic: true, space: { dimension: 3, precision: 'float32' } });
    expect(shown[0].rows).toEqual([...dataset.train.rows]);
    expect(shown[1].rows).toEqual(shown[0].rows);
    expect([...shown[0].targets]).toEqual(shown[0].rows.map((row) => row % 2));
    expect(shown[0].dropoutSeed).toBeUndefined();
    expect(out[1] - out[0]).toBeCloseTo(4, 12);
  });

  test('minibatches: the same step shows the same samples to losses, gradient and responses; an epoch shows each once', async () => {
    const { engine, shown } = noting();
    const dataset = prepare(50);
    const objective = networkObjective(engine, dataset, { batch: 8, rng: rng() });
    expect(objective).toMatchObject({ passesPerEvaluation: 8, deterministic: false });
    const out = new Float64Array(1);
    for (let step = 0; step < 5; step++) await objective.losses(population(1), step, out);
    await objective.gradient?.(new Float32Array(3), 2, new Float32Array(3));
    await objective.responses?.(new Float32Array(3), 2);
    expect(
      shown
        .slice(0, 5)
        .flatMap(({ rows }) => rows)
        .sort((a, b) => a - b),
    ).toEqual([...dataset.train.rows]);
    expect(shown[5].rows).toEqual(shown[2].rows);
    expect(shown[6].rows).toEqual(shown[2].rows);
    expect([...shown[2].targets]).toEqual(shown[2].rows.map((row) => row % 2));
  });

  test('another seed shows other minibatches', async () => {
    const dataset = prepare(50);
    const seen = async (seed: number) => {
      const { engine, shown } = noting();
      const objective = networkObjective(engine, dataset, { batch: 8, rng: Rng.seeded(seed) });
      await objective.losses(population(1), 0, new Float64Array(1));
      return shown[0].rows;
    };
    expect(await seen(1)).toEqual(await seen(1));
    expect(await seen(1)).not.toEqual(await seen(2));
  });

  test('dropout: each step has a mask of its own, the same at every visit; metrics have none', async () => {
    const { engine, shown } = noting({ ...network, layers: [{ kind: 'dropout', rate: 0.5 }, ...network.layers] });
    const objective = networkObjective(engine, prepare(50), { rng: rng() });
    expect(objective.deterministic).toBe(false);
    const out = new Float64Array(1);
    for (const step of [0, 1, 0]) await objective.losses(population(1), step, out);
    await objective.metrics?.(new Float32Array(3));
    const seeds = shown.map((batch) => batch.dropoutSeed);
    expect(seeds[0]).toBeDefined();
    expect(seeds[1]).not.toBe(seeds[0]);
    expect(seeds[2]).toBe(seeds[0]);
    expect(seeds.slice(3)).toEqual([undefined, undefined]);
  });

  test('metrics go over the whole of both parts', async () => {
    const { engine, shown } = noting();
    const dataset = prepare(50);
    const objective = networkObjective(engine, dataset, { batch: 8, rng: rng() });
    const mean = (rows: Uint32Array) => rows.reduce((sum, row) => sum + row, 0) / rows.length;
    const theta = Float32Array.of(2, 0, 0);
    for (let visit = 0; visit < 2; visit++) {
      const metrics = await objective.metrics?.(theta);
      expect(metrics?.trainLoss).toBeCloseTo(2 + mean(dataset.train.rows), 12);
      expect(metrics?.testLoss).toBeCloseTo(2 + mean(dataset.test?.rows ?? new Uint32Array(1)), 12);
      expect(metrics).toMatchObject({ trainAccuracy: 0, testAccuracy: 0 });
    }
    expect(shown.map((batch) => batch.count)).toEqual([40, 10, 40, 10]);
  });

  test('metrics of a part too large for one block are means weighted by samples', async () => {
    const wide = prepareDataset(numbered(3000, 3000), { standardize: false, testShare: 0.001 }, rng());
    const counts: number[] = [];
    const { engine } = noting();
    const objective = networkObjective(
      {
        ...engine,
        async evaluate(_theta, batch) {
          counts.push(batch.count);
          let sum = 0;
          for (let i = 0; i < batch.count; i++) sum += batch.inputs[i * 3000];
          return { loss: sum / batch.count };
        },
      },
      wide,
      { batch: 8, rng: rng() },
    );
    const metrics = await objective.metrics?.(new Float32Array(3));
    expect(counts.length).toBeGreaterThan(2);
    expect(metrics?.trainLoss).toBeCloseTo(wide.train.rows.reduce((sum, row) => sum + row, 0) / wide.train.rows.length, 8);
    expect(metrics).not.toHaveProperty('trainAccuracy');
  });

  test('nothing held out: metrics have no test part', async () => {
    const raw = numbered(4);
    const { engine } = noting();
    const parts = { train: 'pool' in raw.parts ? raw.parts.pool : raw.parts.train };
    const objective = networkObjective(engine, prepareDataset({ ...raw, parts }, { standardize: false }, rng()), { rng: rng() });
    expect(Object.keys((await objective.metrics?.(new Float32Array(3))) ?? {})).toEqual(['trainLoss', 'trainAccuracy']);
  });

  test('regularization is passed on; closing closes the engine', async () => {
    const { engine, closed } = noting();
    const objective = networkObjective(engine, prepare(50), { regularization: { l2: 0.1 }, rng: rng() });
    expect(objective.regularization).toEqual({ l2: 0.1 });
    await objective.close?.();
    expect(closed()).toBe(true);
  });
});
