/** Convolutions by the CPU provider's blocked kernels, against those that ONNX defines. */
import { describe, expect, test } from '@jest/globals';
import { cnn } from '../../../models/cnn.js';
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { convolutionBlock } from '../../../src/engine/convolution-block.js';
import { blockedFront, canDifferentiate } from '../../../src/engine/graph/blocked-images.js';
import { compileEvaluate, compileGradient, compileLosses, compilePredict } from '../../../src/engine/graph/compile.js';
import { batchFor, candidatesFor, networks } from '../networks.js';
import { caseOf, run } from './cases.js';
import { centralDifference, referenceLoss } from './reference.js';

const block = await convolutionBlock();

test('the processors that most people have compute convolutions in blocks of their vector length', () => {
  expect(process.arch === 'x64' ? [8, 16] : [undefined, 4, 8, 16]).toContain(block);
});

const named = (name: string): Network => networks.find(([what]) => what === name)?.[1] as Network;

describe.each(['convolutions in blocks', 'convolutions in blocks of channels too', 'convolutions and overlapping pools in blocks'])(
  '%s',
  (name) => {
    const network = named(name);

    test.each([1, 2, 5])('of %i members give the losses of plain convolutions', async (population) => {
      if (block === undefined) return;
      const samples = 21;
      expect(blockedFront(network, samples, block)).toBeDefined();
      const { inputs, targets } = batchFor(network, samples);
      const feeds = { inputs, targets, theta: candidatesFor(network, population) };
      const plain = await run(compileLosses(network, { population, samples }), feeds);
      const blocked = await run(compileLosses(network, { population, samples, block }), feeds);
      expect(blocked.loss).toHaveLength(population);
      for (let p = 0; p < population; p++) expect(Math.abs(Number(blocked.loss[p]) - Number(plain.loss[p]))).toBeLessThan(2e-6);
    });

    test('one candidate in use gives the loss, the hits and the outputs of plain convolutions', async () => {
      if (block === undefined) return;
      const samples = 21;
      const { inputs, targets } = batchFor(network, samples);
      const feeds = { inputs, targets, theta: candidatesFor(network, 1) };
      for (const compile of [compileEvaluate, compilePredict]) {
        const plain = await run(compile(network, { samples }), feeds);
        const blocked = await run(compile(network, { samples, block }), feeds);
        expect(Object.keys(blocked)).toEqual(Object.keys(plain));
        for (const [name, values] of Object.entries(plain)) expect(blocked[name]).toEqual(values.map((value) => expect.closeTo(value, 5)));
      }
    });
  },
);

describe('the gradient in blocks', () => {
  const pools = (activation: string) =>
    cnn(
      [2, 9, 7],
      [
        { conv: 16, kernel: 3, padding: 0, activation },
        { maxPool: 3, stride: 2, padding: 1 },
        { conv: 32, kernel: 3, activation },
        { averagePool: 3, stride: 2, padding: 1 },
        { conv: 16, kernel: 2, padding: 1, activation },
        { maxPool: 2, stride: 1 },
        { averagePool: 2 },
        { dense: 3 },
      ],
      { activation: 'tanh' },
    );

  test.each(['tanh', 'swish'])('is that of central differences: %s', async (activation) => {
    if (block === undefined) return;
    const network = pools(activation);
    const samples = 16;
    const front = blockedFront(network, samples, block);
    expect(front !== undefined && canDifferentiate(network, front, samples, block)).toBe(true);
    const problem = caseOf(network, samples, activation);
    const { loss, gradient } = await run(compileGradient(network, { samples, block }), problem as never);
    expect(Math.abs(loss[0] / referenceLoss(problem) - 1)).toBeLessThan(2e-6);
    const scale = Math.max(...gradient.map(Math.abs));
    // some of every layer's weights and biases: all would take minutes
    const places = parametersOf(network).layout.flatMap(({ offset, length }) =>
      [0.31, 0.77].map((share) => offset + Math.floor(share * length)),
    );
    for (const i of places) expect(Math.abs(gradient[i] - centralDifference(problem, i))).toBeLessThan(1e-5 * Math.max(1, scale));
  });

  test.each(['relu', 'tanh', 'gelu'])('is that of plain convolutions: %s', async (activation) => {
    if (block === undefined) return;
    const network = pools(activation);
    for (const samples of [16, 48]) {
      // 48 are more than go through all layers together
      const problem = caseOf(network, samples, activation);
      const plain = await run(compileGradient(network, { samples }), problem as never);
      const blocked = await run(compileGradient(network, { samples, block }), problem as never);
      expect(blocked.gradient).toHaveLength(plain.gradient.length);
      const scale = Math.max(...plain.gradient.map(Math.abs));
      const apart = plain.gradient.map((value, i) => Math.abs(value - blocked.gradient[i]));
      expect(Math.max(...apart)).toBeLessThan(3e-6 * scale);
    }
  });

  test('stays plain where samples or filters are no whole blocks', () => {
    const network = pools('relu');
    const can = (of: Network, samples: number, length: number) => {
      const front = blockedFront(of, samples, length);
      return front !== undefined && canDifferentiate(of, front, samples, length);
    };
    expect(can(network, 48, 16)).toBe(true);
    expect(can(network, 40, 16)).toBe(false);
    expect(can(network, 40, 8)).toBe(true);
    expect(can(named('convolutions in blocks'), 48, 16)).toBe(false);
  });
});

test('what the kernels do not fit stays plain: few samples, strides, groups, other counts of filters', () => {
  const network = named('convolutions in blocks');
  const changed = (index: number, change: object): Network => ({
    ...network,
    layers: network.layers.map((layer, i) => (i === index ? { ...layer, ...change } : layer)),
  });
  expect(blockedFront(network, 16, 16)).toEqual({ layers: 4, members: 2 });
  expect(blockedFront(network, 16, 8)).toEqual({ layers: 4, members: 1 });
  expect(blockedFront(network, 15, 16)).toBeUndefined();
  expect(blockedFront(changed(0, { stride: 2 }), 16, 16)).toBeUndefined();
  expect(blockedFront(changed(2, { groups: 2 }), 16, 16)).toBeUndefined();
  expect(blockedFront(changed(0, { filters: 4 }), 16, 16)).toBeUndefined();
  expect(blockedFront(changed(2, { filters: 24 }), 16, 16)).toBeUndefined();
  expect(blockedFront(named('tanh 4-7-3'), 16, 16)).toBeUndefined();
});
