import { afterEach, describe, expect, test } from '@jest/globals';
import * as ort from 'onnxruntime-node';
import { mlp } from '../../models/mlp.js';
import type { Network } from '../../models/network.js';
import { EngineError, UsageError } from '../../src/core/errors.js';
import { Rng } from '../../src/core/rng.js';
import type { Batch, EngineOptions, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { openSessions } from '../../src/engine/sessions.js';
import { batchFor, candidatesFor, networks } from './networks.js';

const engines: NetworkEngine[] = [];

async function open(network: Network, options: Partial<EngineOptions> = {}): Promise<NetworkEngine> {
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1, ...options });
  engines.push(engine);
  return engine;
}

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  expect(openSessions()).toBe(0);
});

/** y = a x + b: everything about it is known. */
const line = mlp([1, 1], { loss: 'squared-error' });

describe('a straight line', () => {
  const batch = { count: 3, inputs: Float32Array.of(0, 1, 2), targets: Float32Array.of(1, 0, 3) };

  test('has the losses of the sums written out', async () => {
    const engine = await open(line);
    const losses = new Float64Array(3);
    await engine.losses(Float32Array.of(0, 0, 1, 0, 2, -1), 3, batch, losses);
    // (1 + 0 + 9) / 3, ((0-1)^2 + (1-0)^2 + (2-3)^2) / 3, ((-1-1)^2 + (1-0)^2 + (3-3)^2) / 3
    expect(Array.from(losses, (loss) => loss * 3)).toEqual([10, 3, 5].map((sum) => expect.closeTo(sum, 5)));
  });

  test('has the gradient 2/n sum (a x + b - y) (x, 1)', async () => {
    const engine = await open(line);
    const gradient = new Float32Array(2);
    const loss = await engine.gradient(Float32Array.of(1, 0), batch, gradient);
    // residuals -1, 1, -1: by a 2/3 (0 + 1 - 2), by b 2/3 (-1)
    expect(loss).toBeCloseTo(1, 6);
    expect(Array.from(gradient)).toEqual([expect.closeTo(-2 / 3, 6), expect.closeTo(-2 / 3, 6)]);
  });

  test('predicts a x + b', async () => {
    const engine = await open(line);
    expect(Array.from(await engine.predict(Float32Array.of(2, 0.5), Float32Array.of(-1, 0, 4), 3))).toEqual([-1.5, 0.5, 8.5]);
  });

  test('shows its responses and what passes back', async () => {
    const engine = await open(line);
    const theta = Float32Array.of(1, 0);
    expect(await engine.responses(theta, batch)).toEqual([{ layer: 0, samples: 3, units: 1, values: Float32Array.of(0, 1, 2) }]);
    const [probe] = await engine.probes(theta, batch);
    // dLoss/ds of sample i is 2/3 times its residual
    expect(Array.from(probe.signal, (signal) => signal * 1.5)).toEqual([-1, 1, -1].map((value) => expect.closeTo(value, 6)));
    expect(probe.weightGradient[0]).toBeCloseTo(-2 / 3, 6);
  });
});

test.each([
  ['tanh 4-7-3', 150],
  ['300-40-10', 29],
])('a batch that is filled again in place is seen: %s', async (name, samples) => {
  const network = mlp(name === 'tanh 4-7-3' ? [4, 7, 3] : [300, 40, 10]);
  const engine = await open(network);
  const theta = candidatesFor(network, 2);
  const [one, other] = [batchFor(network, samples), batchFor(network, samples + 1)];
  const filled = { count: samples, inputs: Float32Array.from(one.inputs), targets: Int32Array.from(one.targets) };
  const lossesOn = async (batch: Batch) => {
    const losses = new Float64Array(2);
    await engine.losses(theta, 2, batch, losses);
    return Array.from(losses);
  };
  const before = await lossesOn(filled);
  expect(await lossesOn(one)).toEqual(before);
  filled.inputs.set(other.inputs.subarray(0, filled.inputs.length));
  const inputsChanged = await lossesOn(filled);
  filled.targets.reverse();
  const bothChanged = await lossesOn(filled);
  const fresh = await open(network, { threads: 2 });
  const expected = new Float64Array(2);
  await fresh.losses(theta, 2, { count: samples, inputs: other.inputs, targets: Int32Array.from(one.targets).reverse() }, expected);
  expect(bothChanged).toEqual(Array.from(expected));
  expect(new Set([before[0], inputsChanged[0], bothChanged[0]]).size).toBe(3);
});

describe('evaluation over many samples', () => {
  const network = mlp([3, 8, 4]);
  const batch = batchFor(network, 5003);
  const theta = candidatesFor(network, 1);

  test('is the mean over all of them, whatever the blocks', async () => {
    const engine = await open(network);
    const probabilities = await engine.predict(theta, batch.inputs, batch.count);
    let loss = 0;
    let right = 0;
    for (let i = 0; i < batch.count; i++) {
      const own = probabilities.subarray(4 * i, 4 * i + 4);
      loss -= Math.log(own[batch.targets[i]]) / batch.count;
      if (own.indexOf(Math.max(...own)) === batch.targets[i]) right++;
    }
    const evaluation = await engine.evaluate(theta, batch);
    expect(evaluation.loss).toBeCloseTo(loss, 5);
    expect(evaluation.accuracy).toBe(right / batch.count);
  });

  test('takes the first of equal outputs: a network of zeros calls everything class 0', async () => {
    const engine = await open(network);
    // targets run through the 4 classes: 1,251 of 5,003 are class 0
    expect((await engine.evaluate(new Float32Array(theta.length), batch)).accuracy).toBe(1251 / 5003);
  });

  test('has no accuracy for squared error', async () => {
    const engine = await open(line);
    expect(Object.keys(await engine.evaluate(Float32Array.of(1, 0), batchFor(line, 5)))).toEqual(['loss']);
  });
});

test('a batch beyond one block has the mean loss and gradient of its blocks', async () => {
  const network = mlp([2, 4, 2]);
  const batch = batchFor(network, 8194);
  const theta = candidatesFor(network, 1);
  const engine = await open(network);
  const halves = [0, 4097].map((from) => ({
    count: 4097,
    inputs: batch.inputs.subarray(2 * from, 2 * (from + 4097)),
    targets: batch.targets.subarray(from, from + 4097),
  }));
  const [whole, first, second] = [new Float32Array(22), new Float32Array(22), new Float32Array(22)];
  const loss = await engine.gradient(theta, batch, whole);
  const mean = (await engine.gradient(theta, halves[0], first)) / 2 + (await engine.gradient(theta, halves[1], second)) / 2;
  expect(loss).toBeCloseTo(mean, 6);
  for (let i = 0; i < 22; i++) expect(whole[i]).toBeCloseTo((first[i] + second[i]) / 2, 6);
  const losses = new Float64Array(1);
  await engine.losses(theta, 1, batch, losses);
  expect(losses[0]).toBeCloseTo(mean, 5);
});

describe('dropout', () => {
  // one weight of 1 from each of 1,000 inputs of 1: the output counts the units that stay
  const counting: Network = {
    input: [1000],
    layers: [
      { kind: 'dropout', rate: 0.3 },
      { kind: 'dense', units: 1, activation: 'identity' },
    ],
    loss: 'squared-error',
    initializer: 'lecture',
  };
  const theta = new Float32Array(1001).fill(1);
  theta[1000] = 0;
  const batch = { count: 1, inputs: new Float32Array(1000).fill(1), targets: new Float32Array(1) };
  const kept = async (engine: NetworkEngine, dropoutSeed: string) => {
    const losses = new Float64Array(2);
    const both = new Float32Array(2002);
    both.set(theta);
    both.set(theta, 1001);
    await engine.losses(both, 2, { ...batch, dropoutSeed }, losses);
    expect(losses[0]).toBe(losses[1]);
    return Math.sqrt(losses[0]);
  };

  test('keeps 1 - rate of the units, chosen by the seed, the same for a whole population and for the gradient', async () => {
    const engine = await open(counting);
    const first = await kept(engine, 'a');
    // 700 +- 4.5 standard deviations of a binomial, sqrt(1000 0.3 0.7) = 14.5
    expect(Math.abs(first - 700)).toBeLessThan(65);
    expect(await kept(engine, 'b')).not.toBe(first);
    expect(await kept(engine, 'a')).toBe(first);
    const loss = await engine.gradient(theta, { ...batch, dropoutSeed: 'a' }, new Float32Array(1001));
    expect(Math.sqrt(loss)).toBe(first);
  });

  test('scales by 1 - rate in use', async () => {
    const engine = await open(counting);
    expect((await engine.predict(theta, batch.inputs, 1))[0]).toBeCloseTo(700, 1);
    // evaluation is use, whatever seed the batch carries
    expect(Math.sqrt((await engine.evaluate(theta, { ...batch, dropoutSeed: 'a' })).loss)).toBeCloseTo(700, 1);
  });
});

describe('sessions', () => {
  test('are made once for each shape and used again', async () => {
    const network = mlp([4, 7, 3]);
    const engine = await open(network);
    const theta = candidatesFor(network, 6);
    const losses = new Float64Array(6);
    const batch = batchFor(network, 10);
    for (let generation = 0; generation < 5; generation++) {
      await engine.losses(theta, 6, batch, losses);
      await engine.losses(theta, 4, batch, losses);
    }
    expect(openSessions()).toBe(2);
  });

  test('are no more than a limit, and the results stay right', async () => {
    const network = mlp([2, 3, 2]);
    const engine = await open(network);
    const theta = candidatesFor(network, 40);
    const all = new Float64Array(40);
    const batch = batchFor(network, 4);
    await engine.losses(theta, 40, batch, all);
    for (let size = 1; size < 40; size++) {
      const some = new Float64Array(size);
      await engine.losses(theta, size, batch, some);
      expect(Array.from(some)).toEqual(Array.from(all.subarray(0, size), (loss) => expect.closeTo(loss, 5)));
    }
    expect(openSessions()).toBeLessThanOrEqual(24);
  });
});

test('calls that are made at once wait for each other', async () => {
  const network = mlp([4, 7, 3]);
  const engine = await open(network);
  const batch = batchFor(network, 10);
  const points = [candidatesFor(network, 1), candidatesFor(network, 2), candidatesFor(network, 3)].map((theta) => theta.slice(0, 59));
  const alone: number[] = [];
  for (const point of points) alone.push((await engine.evaluate(point, batch)).loss);
  const together = await Promise.all(points.map((point) => engine.evaluate(point, batch)));
  expect(together.map(({ loss }) => loss)).toEqual(alone);
});

describe('refuses in words', () => {
  const network = mlp([4, 7, 3]);
  const batch = batchFor(network, 10);
  const theta = candidatesFor(network, 1);
  const out = new Float64Array(1);

  test.each([
    [
      'too few parameters',
      () => ({ theta: theta.subarray(1), batch }),
      UsageError,
      /parameters need 59 numbers \(1 candidates of 59\); got 58/,
    ],
    [
      'too few inputs',
      () => ({ theta, batch: { ...batch, inputs: batch.inputs.subarray(1) } }),
      UsageError,
      /inputs need 40 numbers.*got 39/,
    ],
    ['too few targets', () => ({ theta, batch: { ...batch, targets: batch.targets.subarray(1) } }), UsageError, /targets need 10 numbers/],
    [
      'values for classes',
      () => ({ theta, batch: { ...batch, targets: new Float32Array(10) } }),
      UsageError,
      /class numbers in an Int32Array/,
    ],
    ['no samples', () => ({ theta, batch: { ...batch, count: 0 } }), UsageError, /whole number of samples from 1; got 0/],
  ])('%s', async (_, given, kind, message) => {
    const engine = await open(network);
    const { theta: point, batch: samples } = given();
    const refusal = engine.losses(point, 1, samples, out);
    await expect(refusal).rejects.toThrow(kind);
    await expect(refusal).rejects.toThrow(message);
    // and goes on working
    await engine.losses(theta, 1, batch, out);
    expect(out[0]).toBeGreaterThan(0);
  });

  test('a candidate that does not fit into the memory, with the numbers', async () => {
    const wide = mlp([300, 100, 10]);
    const engine = await open(wide, { memoryBytes: 2 ** 17 });
    const refusal = engine.losses(candidatesFor(wide, 1), 1, batchFor(wide, 100), out);
    await expect(refusal).rejects.toThrow(EngineError);
    // 31,110 parameters of 4 bytes are 0.12 MB, twice while they are cut into layers; as much again for 100 x 300 inputs
    await expect(refusal).rejects.toThrow(/^One candidate on 100 samples needs 0\.[2-9]\d? MB of memory, and one run may use 0\.13 MB\./);
    await expect(engine.gradient(candidatesFor(wide, 1), batchFor(wide, 100), new Float32Array(31_110))).rejects.toThrow(
      /gradient on 100 samples needs/,
    );
  });

  test('work after it was closed', async () => {
    const engine = await open(network);
    await engine.close();
    await expect(engine.losses(theta, 1, batch, out)).rejects.toThrow(/engine is closed/);
  });

  test('a network that makes no sense', async () => {
    await expect(open({ ...network, layers: [] })).rejects.toThrow(UsageError);
  });
});

test('resident memory stays flat over thousands of generations', async () => {
  const network = mlp([4, 7, 3]);
  const engine = await open(network);
  const rng = Rng.seeded('memory');
  const theta = candidatesFor(network, 40);
  const losses = new Float64Array(40);
  const batch = batchFor(network, 150);
  const generations = async (count: number) => {
    for (let i = 0; i < count; i++) {
      theta[rng.below(theta.length)] += 0.01;
      await engine.losses(theta, 40, batch, losses);
    }
    return process.memoryUsage.rss() / 2 ** 20;
  };
  const settled = await generations(1000);
  const later = await generations(3000);
  // a leak of one small array a generation would be tens of megabytes
  expect(later - settled).toBeLessThan(24);
});

test.each(networks)(
  'exports a model that the runtime alone loads, with the same predictions for any number of samples: %s',
  async (_, network) => {
    const engine = await open(network);
    const theta = candidatesFor(network, 1);
    const session = await ort.InferenceSession.create(engine.toOnnx(theta), { logSeverityLevel: 3 });
    for (const samples of [1, 7]) {
      const { inputs } = batchFor(network, samples);
      const { output } = await session.run({ input: new ort.Tensor('float32', inputs, [samples, ...network.input]) });
      const predicted = await engine.predict(theta, inputs, samples);
      expect(output.dims).toEqual([samples, predicted.length / samples]);
      expect(Array.from(output.data as Float32Array)).toEqual(Array.from(predicted, (value) => expect.closeTo(value, 5)));
    }
    await session.release();
  },
);
