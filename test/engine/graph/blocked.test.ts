/** Convolutions by the CPU provider's blocked kernels, against those that ONNX defines. */
import { describe, expect, test } from '@jest/globals';
import type { Network } from '../../../models/network.js';
import { convolutionBlock } from '../../../src/engine/convolution-block.js';
import { blockedFront } from '../../../src/engine/graph/blocked-images.js';
import { compileEvaluate, compileLosses, compilePredict } from '../../../src/engine/graph/compile.js';
import { batchFor, candidatesFor, networks } from '../networks.js';
import { run } from './cases.js';

const block = await convolutionBlock();

test('the processors that most people have compute convolutions in blocks of their vector length', () => {
  expect(process.arch === 'x64' ? [8, 16] : [undefined, 4, 8, 16]).toContain(block);
});

const named = (name: string): Network => networks.find(([what]) => what === name)?.[1] as Network;

describe.each(['convolutions in blocks', 'convolutions in blocks of channels too'])('%s', (name) => {
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
});

test('what the kernels do not fit stays plain: few samples, strides, groups, other counts of filters, overlapping pools', () => {
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
  expect(blockedFront(changed(1, { stride: 1 }), 16, 16)).toBeUndefined();
  expect(blockedFront(changed(1, { kernel: 5, stride: 5 }), 16, 16)).toBeUndefined();
  expect(blockedFront(named('tanh 4-7-3'), 16, 16)).toBeUndefined();
});
