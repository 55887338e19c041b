/** Population losses and gradients against an independent float64 forward pass and its central differences. */
import { describe, expect, test } from '@jest/globals';
import { cnn } from '../../../models/cnn.js';
import { mlp } from '../../../models/mlp.js';
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { compileGradient, compileLosses } from '../../../src/engine/graph/compile.js';
import { caseOf, maskFeeds, masksOf, run } from './cases.js';
import { centralDifference, referenceLoss } from './reference.js';

const networks: Record<string, Network> = {
  'one dense layer': mlp([5, 3]),
  'a dense stack': mlp([4, 7, 3]),
  'two hidden layers': mlp([3, 6, 5, 4], { activation: 'logistic' }),
  'a wide hidden layer': mlp([6, 30, 3], { activation: 'tanh' }),
  'squared error, one output': mlp([1, 4, 1], { loss: 'squared-error', activation: 'logistic' }),
  'squared error, outputs with an activation': mlp([3, 5, 2], { loss: 'squared-error', output: 'tanh' }),
  'dropout between dense layers': mlp([4, 8, 6, 3], { dropout: 0.4 }),
  'a convolution': cnn([2, 6, 5], [{ conv: 3, kernel: 3 }, { dense: 4 }], { activation: 'tanh' }),
  'strided convolution with a remainder': cnn([1, 8, 8], [{ conv: 2, kernel: 3, stride: 3, padding: 1 }, { dense: 3 }], {
    activation: 'tanh',
  }),
  'convolutions and pools': cnn(
    [1, 8, 8],
    [{ conv: 3, kernel: 3 }, { maxPool: 2 }, { conv: 4, kernel: 3 }, { averagePool: 2 }, 'flatten', { dense: 5 }, { dense: 3 }],
    { activation: 'tanh' },
  ),
  'overlapping pools with padding': cnn(
    [2, 7, 7],
    [
      { conv: 3, kernel: 3, activation: 'identity' },
      { maxPool: 3, stride: 2, padding: 1 },
      { averagePool: 3, stride: 2, padding: 1 },
      { dense: 3 },
    ],
    { activation: 'tanh' },
  ),
  'convolutions in groups, the first on shared images': cnn(
    [4, 7, 7],
    [{ conv: 4, kernel: 3, stride: 2, groups: 2 }, { maxPool: 3, stride: 2, padding: 1 }, { conv: 6, kernel: 3, groups: 2 }, { dense: 3 }],
    { activation: 'tanh' },
  ),
  'pools before any parameters': cnn([1, 7, 7], [{ maxPool: 3, stride: 2 }, { averagePool: 2, stride: 1 }, { dense: 3 }]),
  'dropout of pixels, images and units': cnn(
    [1, 6, 6],
    [{ dropout: 0.2 }, { conv: 2, kernel: 3 }, { dropout: 0.3 }, { maxPool: 2 }, { dense: 6 }, { dropout: 0.5 }, { dense: 3 }],
    { activation: 'tanh' },
  ),
  'convolutions down to the outputs': cnn([1, 4, 4], [{ conv: 3, kernel: 3 }, { averagePool: 4 }, 'flatten'], { output: 'identity' }),
};

const samples = 12;
const members = 3;

describe.each(Object.keys(networks))('%s', (name) => {
  const network = networks[name];
  const { dimension } = parametersOf(network);
  const trained = network.layers.some(({ kind }) => kind === 'dropout') ? [false, true] : [false];

  test.each(trained)('every member of a population gets the reference loss in both layouts (dropout masks: %s)', async (dropout) => {
    const population = caseOf(network, samples, name, members);
    const masks = dropout ? masksOf(network, samples) : undefined;
    const expected = Array.from({ length: members }, (_, p) =>
      referenceLoss({ ...population, theta: population.theta.subarray(p * dimension, (p + 1) * dimension), ...(masks && { masks }) }),
    );
    const feeds = { ...population, ...maskFeeds(masks ?? {}) };
    for (const layout of ['samples-last', 'features-last'] as const) {
      const { loss } = await run(compileLosses(network, { population: members, samples, layout, dropout }), feeds as never);
      expect(loss).toHaveLength(members);
      loss.forEach((value, p) => {
        expect(Math.abs(value - expected[p]) / Math.abs(expected[p])).toBeLessThan(2e-6);
      });
    }
  });

  test.each(trained)('the gradient is that of central differences (dropout masks: %s)', async (dropout) => {
    const one = caseOf(network, samples, name);
    const masks = dropout ? masksOf(network, samples) : undefined;
    const problem = { ...one, ...(masks && { masks }) };
    const { loss, gradient } = await run(compileGradient(network, { samples, dropout }), { ...one, ...maskFeeds(masks ?? {}) } as never);
    expect(Math.abs(loss[0] / referenceLoss(problem) - 1)).toBeLessThan(2e-6);
    expect(gradient).toHaveLength(dimension);
    const differences = Array.from({ length: dimension }, (_, i) => centralDifference(problem, i));
    const scale = Math.max(...differences.map(Math.abs));
    gradient.forEach((value, i) => {
      expect(Math.abs(value - differences[i])).toBeLessThan(1e-5 * Math.max(1, scale));
    });
  });
});

test('cross-entropy stays finite and right where exponentials overflow', async () => {
  const network = mlp([1, 2]);
  // logits of sample x: (1000 x, -1000 x)
  const theta = Float32Array.of(1000, -1000, 0, 0);
  const feeds = { inputs: Float32Array.of(1, -1, 1, 0.5), targets: Int32Array.of(0, 0, 1, 0) };
  // losses 0, 2000, 2000, 0
  for (const layout of ['samples-last', 'features-last'] as const) {
    const graph = compileLosses(network, { population: 2, samples: 4, layout });
    const { loss } = await run(graph, { ...feeds, theta: Float32Array.of(...theta, ...theta) });
    expect(loss).toEqual([1000, 1000]);
  }
  const { loss, gradient } = await run(compileGradient(network, { samples: 4 }), { ...feeds, theta });
  expect(loss).toEqual([1000]);
  // samples 2 and 3 are wrong with probability 1: d loss / d s = (-1, 1) and (1, -1), over 4, times the inputs -1 and 1
  expect(gradient).toEqual([0.5, -0.5, 0, 0]);
});

test('many samples do not overflow the product that the logarithm is taken of', async () => {
  const network = mlp([1, 10]);
  const samples = 720;
  const feeds = { inputs: new Float32Array(samples), targets: new Int32Array(samples), theta: new Float32Array(20) };
  const { loss } = await run(compileLosses(network, { population: 1, samples }), feeds);
  expect(loss[0]).toBeCloseTo(Math.log(10), 6);
});
