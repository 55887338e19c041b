/**
 * CPU and WebGPU agree to 1e-4 on every graph of every kind of network. Runs where there is a WebGPU adapter; `npm run test:gpu`
 * requires one, and takes SwiftShader where there is no GPU. One file, so that one process has the device.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Network } from '../../models/network.js';
import type { Batch, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { tryProvider } from '../../src/engine/trial.js';
import { batchFor, candidatesFor, networks } from '../engine/networks.js';

const trial = await tryProvider('webgpu');
const required = process.env.ZEROTH_TEST_WEBGPU === 'required';
const on = trial.works ? describe : describe.skip;
if (!trial.works && !required) process.stderr.write(`WebGPU tests are skipped: ${trial.why}.\n`);

test('there is a WebGPU adapter where one is required', () => {
  expect(required && !trial.works ? trial.why : 'works').toBe('works');
});

const size = 3;

/** Everything that an engine answers, as named arrays. */
async function answers(engine: NetworkEngine, theta: Float32Array, batch: Batch): Promise<Map<string, ArrayLike<number>>> {
  const point = theta.subarray(0, theta.length / size);
  const losses = new Float64Array(size);
  await engine.losses(theta, size, batch, losses);
  const gradient = new Float32Array(point.length);
  const loss = await engine.gradient(point, batch, gradient);
  const evaluation = await engine.evaluate(point, batch);
  const named = new Map<string, ArrayLike<number>>([
    ['losses', losses],
    ['loss beside the gradient', [loss]],
    ['gradient', gradient],
    ['evaluated loss', [evaluation.loss]],
    ['accuracy', [evaluation.accuracy ?? 0]],
    ['predictions', await engine.predict(point, batch.inputs, batch.count)],
  ]);
  for (const { layer, values } of await engine.responses(point, batch)) named.set(`responses of layer ${layer}`, values);
  for (const { layer, values, signal, weightGradient } of await engine.probes(point, batch)) {
    named.set(`probed responses of layer ${layer}`, values);
    named.set(`signal of layer ${layer}`, signal);
    named.set(`weight gradient of layer ${layer}`, weightGradient);
  }
  return named;
}

/** Largest difference, relative to the largest value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let apart = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs(a[i]));
    const distance = Math.abs(a[i] - b[i]);
    apart = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : Math.max(apart, distance);
  }
  return apart / Math.max(largest, Number.MIN_VALUE);
}

on('WebGPU', () => {
  const engines: NetworkEngine[] = [];
  afterAll(async () => {
    for (const engine of engines) await engine.close();
  });
  const open = async (network: Network, provider: 'cpu' | 'webgpu') => {
    const engine = await openNetworkEngine(network, { provider, threads: 1 });
    engines.push(engine);
    return engine;
  };

  test.each(networks)('agrees with the CPU: %s', async (_, network, samples) => {
    const batch = batchFor(network, samples);
    const theta = candidatesFor(network, size);
    const expected = await answers(await open(network, 'cpu'), theta, batch);
    const got = await answers(await open(network, 'webgpu'), theta, batch);
    const apart = [...expected].map(([name, values]) => ({ name, difference: difference(values, got.get(name) ?? []) }));
    expect(apart.filter((one) => !(one.difference < 1e-4))).toEqual([]);
  });

  test('two engines that are asked at once take turns on the device', async () => {
    const both = networks.slice(0, 2).map(([, network, samples]) => ({
      network,
      batch: batchFor(network, samples),
      theta: candidatesFor(network, 1),
    }));
    const opened = [await open(both[0].network, 'webgpu'), await open(both[1].network, 'webgpu')];
    const evaluations = await Promise.all([0, 1, 0, 1].map((i) => opened[i].evaluate(both[i].theta, both[i].batch)));
    expect(evaluations[2]).toEqual(evaluations[0]);
    expect(evaluations[3]).toEqual(evaluations[1]);
  });
});
