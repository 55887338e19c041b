/** Predictions, evaluation, responses, probes and exported models against the independent forward pass. */
import { describe, expect, test } from '@jest/globals';
import * as ort from 'onnxruntime-node';
import { cnn } from '../../../models/cnn.js';
import { mlp } from '../../../models/mlp.js';
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { layerShapes } from '../../../models/shapes.js';
import {
  compileEvaluate,
  compileGradient,
  compileLosses,
  compilePredict,
  compileProbes,
  compileResponses,
} from '../../../src/engine/graph/compile.js';
import { exportModel } from '../../../src/engine/graph/export.js';
import { caseOf, run } from './cases.js';
import { type Case, centralDifference, referenceLayers, referenceLoss } from './reference.js';

const networks: Record<string, Network> = {
  dense: mlp([4, 7, 3], { dropout: 0.25 }),
  regression: mlp([3, 6, 2], { loss: 'squared-error', activation: 'swish' }),
  convolutional: cnn(
    [1, 8, 8],
    [
      { conv: 3, kernel: 3 },
      { maxPool: 2 },
      { conv: 4, kernel: 3, stride: 2 },
      { averagePool: 2 },
      { dense: 6 },
      { dropout: 0.5 },
      { dense: 3 },
    ],
    { activation: 'tanh' },
  ),
  'convolutional to the end': cnn([2, 4, 4], [{ conv: 3, kernel: 3 }, { averagePool: 4 }]),
};
const samples = 9;

const softmax = (s: readonly number[]) => {
  const e = s.map((value) => Math.exp(value - Math.max(...s)));
  const sum = e.reduce((a, b) => a + b);
  return e.map((value) => value / sum);
};

function expectClose(got: readonly number[], wanted: readonly number[], tolerance = 3e-6): void {
  expect(got).toHaveLength(wanted.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  got.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThan(tolerance * scale);
  });
}

describe.each(Object.keys(networks))('%s', (name) => {
  const network = networks[name];
  const problem = caseOf(network, samples, name);
  const layers = Array.from({ length: samples }, (_, sample) => referenceLayers(problem, sample));
  const outputs = layers.map((all) => Array.from(all[all.length - 1].values));
  const predictions = outputs.flatMap((s) => (network.loss === 'cross-entropy' ? softmax(s) : s));

  test('predictions are probabilities, or values', async () => {
    const { output } = await run(compilePredict(network, { samples }), problem as never);
    expectClose(output, predictions);
  });

  test('evaluation gives the loss, and for classes the number of right answers', async () => {
    const { loss, correct } = await run(compileEvaluate(network, { samples }), problem as never);
    expectClose(loss, [referenceLoss(problem)]);
    if (network.loss === 'squared-error') expect(correct).toBeUndefined();
    else expect(correct).toEqual([outputs.filter((s, i) => s.indexOf(Math.max(...s)) === problem.targets[i]).length]);
  });

  test('responses are the outputs of every layer', async () => {
    const graph = compileResponses(network, { samples });
    const results = await run(graph, problem as never);
    layerShapes(network).forEach((shape, index) => {
      expect(graph.outputs[index].shape).toEqual([samples, ...shape]);
      expectClose(
        results[`layer${index}`],
        layers.flatMap((all) => Array.from(all[index].values)),
      );
    });
  });

  test('an exported model alone gives the same predictions for any number of samples', async () => {
    const session = await ort.InferenceSession.create(exportModel(network, problem.theta), { logSeverityLevel: 3 });
    expect(session.inputNames).toEqual(['input']);
    for (const count of [1, samples]) {
      const inputs = problem.inputs.slice(0, (problem.inputs.length / samples) * count);
      const { output } = await session.run({ input: new ort.Tensor('float32', inputs, [count, ...network.input]) });
      expect(output.dims).toEqual([count, outputs[0].length]);
      expectClose(Array.from(output.data as Float32Array), predictions.slice(0, count * outputs[0].length));
    }
    await session.release();
  });
});

test('probes give each layer its outputs, its signal and its weight gradient', async () => {
  const network = networks.convolutional;
  const problem = caseOf(network, samples, 'probes');
  const results = await run(compileProbes(network, { samples }), problem as never);
  const { gradient } = await run(compileGradient(network, { samples }), problem as never);
  expectClose(results.loss, [referenceLoss(problem)]);
  for (const { role, layer, offset, length, units } of parametersOf(network).layout) {
    const derivative = gradient.slice(offset, offset + length);
    if (role === 'weights') expectClose(results[`weights${layer}`], derivative);
    else {
      // a bias is added to the weighted input, so its gradient is the sum of its unit's signal
      const signal = results[`signal${layer}`];
      const places = signal.length / samples / units;
      const sums = Array.from({ length: units }, (_, unit) =>
        signal.reduce((sum, value, i) => (Math.floor(i / places) % units === unit ? sum + value : sum), 0),
      );
      expectClose(sums, derivative);
    }
  }
});

test('one signal is the derivative that a change of one weighted input makes', async () => {
  // with the identity between, d loss / d s of the first layer is what a bias of that unit does to one sample
  const network = mlp([2, 3, 2], { activation: 'tanh' });
  const problem: Case = caseOf(network, 1, 'signal');
  const { signal0 } = await run(compileProbes(network, { samples: 1 }), problem as never);
  expectClose(
    signal0,
    [6, 7, 8].map((bias) => centralDifference(problem, bias)),
    1e-6,
  );
});

test('a tie counts for the first class only', async () => {
  const network = mlp([1, 3]);
  const feeds = { theta: new Float32Array(6), inputs: Float32Array.of(1, 2, 3), targets: Int32Array.of(0, 1, 2) };
  expect((await run(compileEvaluate(network, { samples: 3 }), feeds)).correct).toEqual([1]);
});

test('a sample whose outputs are no numbers is not right', async () => {
  // input x, outputs x * (1, 1, 1): of NaN none is largest, of 1 all are and the first counts
  const feeds = {
    theta: Float32Array.of(1, 1, 1, 0, 0, 0),
    inputs: Float32Array.of(Number.NaN, 1, Number.NaN),
    targets: Int32Array.of(0, 0, 2),
  };
  expect((await run(compileEvaluate(mlp([1, 3]), { samples: 3 }), feeds)).correct).toEqual([1]);
  // an overflow: outputs infinity, 0 and 0 by infinity times 0 are no numbers either
  const infinite = { theta: Float32Array.of(3e38, 0, 0, 3e38, 0, 0), inputs: Float32Array.of(9), targets: Int32Array.of(1) };
  expect((await run(compileEvaluate(mlp([1, 3]), { samples: 1 }), infinite)).correct).toEqual([0]);
});

test('equal requests give equal hashes, others do not', () => {
  const network = mlp([4, 7, 3]);
  const hash = (population: number) => compileLosses(network, { population, samples: 5 }).hash;
  expect(hash(3)).toBe(hash(3));
  expect(hash(3)).not.toBe(hash(4));
  expect(hash(3)).toMatch(/^[0-9a-f]{32}$/);
});
