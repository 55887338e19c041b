/** What callers without types hand to the public functions by mistake is answered in words. */
import { describe, expect, test } from '@jest/globals';
import {
  boxSpace,
  cnn,
  functionObjective,
  minimize as minimizeTyped,
  mlp,
  openNetworkEngine,
  parametersOf,
  resolveProvider,
  UsageError,
} from '../src/index.js';

// biome-ignore lint/suspicious/noExplicitAny: callers without types hand over anything
type Anything = any;
const minimize: Anything = minimizeTyped;

const space = boxSpace(2, -1, 1);
const budget = { evaluations: 20 };
const sphere = (x: Float64Array) => x[0] ** 2 + x[1] ** 2;
const made: Anything = { mlp, cnn, functionObjective, openNetworkEngine, resolveProvider };

test.each<[what: string, call: () => unknown, told: string]>([
  [
    'a model of a function given as code',
    async () => (await minimize(sphere, 'pso', { space, budget })).toOnnx(),
    'has no ONNX model; the',
  ],
  ['a model of a function', async () => (await minimize('sphere:d2', 'pso', { budget })).toOnnx(), 'sphere:d2 is a function, not a'],
  ['an unknown provider for a function', () => minimize('sphere:d2', 'pso', { budget, provider: 'gpu' }), 'Unknown provider "gpu".'],
  ['no provider', () => made.resolveProvider(), 'Unknown provider "undefined". There are auto, cpu'],
  ['sizes as text', () => made.mlp('4-7-3'), 'as in mlp([4, 7, 3]); got "4-7-3".'],
  ['no layers', () => made.cnn([1, 8, 8]), 'the layers are undefined.'],
  [
    'no network',
    () => made.openNetworkEngine(undefined, { provider: 'cpu', threads: 1 }),
    'A network is needed, for example mlp([4, 7, 3])',
  ],
  ['no engine options', () => made.openNetworkEngine(mlp([4, 7, 3])), 'openNetworkEngine needs options.provider, one of cpu'],
  ['no function', () => made.functionObjective(undefined, space), 'The objective must be a function; got null.'],
  ['no space', () => made.functionObjective(sphere), 'A search space is needed, for example boxSpace(10, -5, 5)'],
  ['an option of no objective', () => made.functionObjective(sphere, space, { gradients: 1 }), 'Did you mean gradient?'],
])('%s', async (_, call, told) => {
  const refusal = await new Promise((resolve) => resolve(call())).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(UsageError);
  expect((refusal as Error).message).toContain(told);
});

describe('an engine refuses', () => {
  const network = mlp([4, 7, 3]);
  const theta = new Float32Array(parametersOf(network).dimension);
  const batch = { count: 2, inputs: new Float32Array(8), targets: Int32Array.of(0, 2) };
  test.each<[what: string, args: readonly Anything[], told: string]>([
    ['no batch', [theta], 'A batch is needed: { count, inputs, targets }; got undefined.'],
    ['a class that the network has not', [theta, { ...batch, targets: Int32Array.of(0, 3) }], 'targets[1] must be a class of the network'],
    ['a class below 0', [theta, { ...batch, targets: Int32Array.of(-1, 0) }], "network's 3, from 0 to 2; got -1."],
    ['parameters in float64', [new Float64Array(theta.length), batch], 'The parameters must be a Float32Array; got a Float64Array'],
    ['no inputs', [theta, { ...batch, inputs: undefined }], 'The inputs must be a Float32Array; got undefined.'],
  ])('%s', async (_, args, told) => {
    const engine: Anything = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
    try {
      expect(await engine.evaluate(theta, batch)).toHaveProperty('accuracy');
      await expect(engine.evaluate(...args)).rejects.toThrow(told);
    } finally {
      await engine.close();
    }
  });
});
