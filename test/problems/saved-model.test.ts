/** Saved models on raw data, run by onnxruntime-node alone, beside the engine on what the network saw. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { mlp } from '../../models/mlp.js';
import type { Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { Rng } from '../../src/core/rng.js';
import { type Space, sampleStart } from '../../src/core/space.js';
import { datasetShape, loadDataset } from '../../src/datasets/catalog.js';
import { readCsv } from '../../src/datasets/csv.js';
import { gatherInputs, prepareDataset } from '../../src/datasets/prepare.js';
import { describeModel } from '../../src/engine/graph/description.js';
import { exportModel } from '../../src/engine/graph/export.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { parseSettings } from '../../src/problems/id-syntax.js';
import { defaultSettings } from '../../src/problems/network-problem.js';
import { readSettings } from '../../src/problems/network-settings.js';
import { networkOf } from '../../src/problems/network-text.js';
import { findProblem } from '../../src/problems/registry.js';
import { minimize } from '../../src/study/minimize.js';

const folder = mkdtempSync(join(tmpdir(), 'zeroth-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function predict(model: Uint8Array, inputs: Float32Array, shape: readonly number[]): Promise<number[]> {
  const session = await InferenceSession.create(model);
  const count = inputs.length / shape.reduce((product, length) => product * length, 1);
  const { output } = await session.run({ input: new Tensor('float32', inputs, [count, ...shape]) });
  await session.release();
  return Array.from(output.data as Float32Array);
}

/** A file of `count` rows; the features lie far from 0 and differ in scale, so that a float32 mean alone would lose digits. */
function csvFile(name: string, count: number, label: (a: number, b: number) => string): { path: string; rows: number[][] } {
  const rng = Rng.seeded(4);
  const rows = Array.from({ length: count }, () => [
    Math.fround(100_000 + 3 * rng.normal()),
    Math.fround(-0.02 + 0.001 * rng.normal()),
    7, // constant: it says nothing
  ]);
  const path = join(folder, name);
  writeFileSync(path, `height,width,always,answer\n${rows.map(([a, b, c]) => `${a},${b},${c},${label(a, b)}\n`).join('')}`);
  return { path, rows };
}

const large = (a: number, b: number) => a - 100_000 > (b + 0.02) * 3000;

test('a classification of a CSV file takes its rows as they are and reaches the accuracy of the run', async () => {
  const { path, rows } = csvFile('sizes.csv', 200, (a, b) => (large(a, b) ? 'large' : 'small'));
  const problem = `csv(3-6-2,tanh,file=${path},label=answer)`;
  const result = await minimize(problem, 'adam', {
    budget: { evaluations: 300 },
    seed: 2,
    provider: 'cpu',
    options: { learningRate: 0.1 },
  });
  const model = await result.toOnnx();
  const outputs = await predict(model, Float32Array.from(rows.flat()), [3]);
  const description = describeModel(model);
  expect(description).toMatchObject({
    task: 'classification',
    features: ['height', 'width', 'always'],
    classes: ['large', 'small'],
    seed: 2,
  });
  expect(description).toMatchObject({ strategy: 'adam', ...metricsOf(result.metrics), loss: result.best.loss });
  const right = rows.filter(([a, b], i) => outputs[2 * i] > outputs[2 * i + 1] === large(a, b)).length;
  // 160 rows were trained on, 40 held out
  const { trainAccuracy = 0, testAccuracy = 0 } = result.metrics ?? {};
  expect(right).toBe(Math.round(160 * trainAccuracy) + Math.round(40 * testAccuracy));
  expect(trainAccuracy).toBeGreaterThan(0.9);

  // the engine, on the features as the data preparation scales them
  const raw = readCsv(path, { label: 'answer' });
  const dataset = prepareDataset(raw, { standardize: true }, Rng.seeded(2).fork('problem').fork('data'));
  const part = { samples: dataset.train.samples, rows: Uint32Array.from(rows, (_, row) => row) };
  const scaled = new Float32Array(3 * rows.length);
  gatherInputs(dataset, part, part.rows, scaled);
  const engine = await openNetworkEngine(mlp([3, 6, 2], { activation: 'tanh' }), { provider: 'cpu', threads: 1 });
  const expected = await engine.predict(result.best.point as Float32Array, scaled, rows.length);
  await engine.close();
  for (let i = 0; i < expected.length; i++) expect(Math.abs(outputs[i] - expected[i])).toBeLessThan(1e-6);
});

function metricsOf(metrics: object | undefined): object {
  const { trainLoss: _, ...others } = (metrics ?? {}) as Record<string, unknown>;
  return others;
}

test('a regression answers in the units of its label', async () => {
  const { path, rows } = csvFile('lengths.csv', 100, (a, b) => String(5000 + 40 * (a - 100_000) + 9000 * (b + 0.02)));
  const problem = `csv(3-1,file=${path},label=answer,kind=regression)`;
  const result = await minimize(problem, 'adam', { budget: { evaluations: 2000 }, provider: 'cpu', options: { learningRate: 0.05 } });
  const model = await result.toOnnx();
  const outputs = await predict(model, Float32Array.from(rows.flat()), [3]);
  rows.forEach(([a, b], i) => {
    // a linear network on a linear law; the label's deviation is about 120
    expect(Math.abs(outputs[i] - (5000 + 40 * (a - 100_000) + 9000 * (b + 0.02)))).toBeLessThan(0.5);
  });
  expect(describeModel(model)).toMatchObject({ task: 'regression', targets: ['answer'], classes: [], lossFunction: 'squared-error' });
});

describe('against the engine on scaled data', () => {
  test.each(['mnist(784-8-10,relu)', 'mnist(conv2k3-max4-10)'])(
    '%s takes bytes from 0 to 255',
    async (id) => {
      const problem = await findProblem(id);
      const objective = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
      const theta = startOf(objective.space);
      await objective.close?.();
      const set = await loadDataset('mnist');
      const { test: digits } = set.parts as { test: { inputs: Uint8Array } };
      const raw = Float32Array.from(digits.inputs.subarray(0, 50 * 784));
      const shape = id.includes('conv') ? [1, 28, 28] : [784];
      const model = (await problem.toOnnx?.(theta)) as Uint8Array;
      const outputs = await predict(model, raw, shape);
      // the engine takes a network alone; the model without a scaling is that network
      const engine = await openNetworkEngine(digitsNetwork(id), { provider: 'cpu', threads: 1 });
      const expected = await engine.predict(
        theta,
        raw.map((byte) => byte / 255),
        50,
      );
      await engine.close();
      for (let i = 0; i < expected.length; i++) expect(Math.abs(outputs[i] - expected[i])).toBeLessThan(1e-6);
      const { input, classes } = describeModel(model);
      expect(input).toBe(
        `float32 [samples, ${shape.join(', ')}]: pixels from 0 to 255, 28 rows of 28, from the top left; the model divides them by 255 itself`,
      );
      expect(classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    },
    60_000,
  );
});

/** The network of an id of MNIST. */
function digitsNetwork(id: string): Network {
  const settings = readSettings(id, parseSettings(id, id), defaultSettings('classification', { network: '784-8-10', activation: 'relu' }));
  return networkOf(id, datasetShape('mnist'), settings);
}

function startOf(space: Space): Float32Array {
  const theta = new Float32Array(space.dimension);
  sampleStart(space, Rng.seeded(8), theta);
  return theta;
}

test('parameters may be any list of numbers, of the right length', async () => {
  const network = mlp([2, 1], { activation: 'tanh', loss: 'squared-error' });
  expect(parametersOf(network).dimension).toBe(3);
  const lists = [[2, -1, 0.5], Float64Array.of(2, -1, 0.5), Float32Array.of(2, -1, 0.5)];
  for (const theta of lists) {
    // 2 * 3 - 1 * 4 + 0.5
    expect(await predict(exportModel(network, theta), Float32Array.of(3, 4), [2])).toEqual([2.5]);
  }
  expect(() => exportModel(network, [1, 2])).toThrow('takes 3 parameters, weights and biases together; got 2.');
});

test('what holds no description is told in words', async () => {
  expect(() => describeModel(exportModel(mlp([1, 2]), [1, 2, 3, 4]))).toThrow('holds no description');
  expect(() => describeModel(Uint8Array.of(255, 255, 255))).toThrow('are no ONNX model');
  const result = await minimize('sphere:d2', 'random-search', { budget: { evaluations: 5 } });
  await expect(result.toOnnx()).rejects.toThrow('is a function, not a network');
});
