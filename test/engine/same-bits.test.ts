/** What must not show in results, in any bit: how a population was cut, and how many threads worked on it. */
import { describe, expect, test } from '@jest/globals';
import type { Network } from '../../models/network.js';
import type { Batch, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { batchFor, candidatesFor, networks } from './networks.js';

const size = 11;

interface Setting {
  readonly threads: number;
  readonly memoryBytes?: number;
}

async function withEngine<T>(network: Network, setting: Setting, use: (engine: NetworkEngine) => Promise<T>): Promise<T> {
  const engine = await openNetworkEngine(network, { provider: 'cpu', ...setting });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Losses with the population cut at the given members. */
async function lossesCut(engine: NetworkEngine, theta: Float32Array, batch: Batch, cuts: readonly number[]): Promise<number[]> {
  const dimension = theta.length / size;
  const all: number[] = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const out = new Float64Array(cuts[i + 1] - cuts[i]);
    await engine.losses(theta.subarray(cuts[i] * dimension, cuts[i + 1] * dimension), out.length, batch, out);
    all.push(...out);
  }
  return all;
}

const whole = [0, size];
const single = Array.from({ length: size + 1 }, (_, i) => i);

describe.each(networks)('%s', (_, network, samples) => {
  const batch = batchFor(network, samples);
  const theta = candidatesFor(network, size);
  const reference = withEngine(network, { threads: 1 }, (engine) => lossesCut(engine, theta, batch, whole));

  test.each([1, 2, 3, 8])('losses with %i threads, the population whole, in two parts, and one by one', async (threads) => {
    await withEngine(network, { threads }, async (engine) => {
      for (const cuts of [whole, [0, 5, size], single]) expect(await lossesCut(engine, theta, batch, cuts)).toEqual(await reference);
    });
  });

  test('losses in chunks that the memory limit makes', async () => {
    // the limit is halved until the engine refuses, so that all chunk sizes occur
    for (let memoryBytes = 2 ** 24; ; memoryBytes /= 2) {
      const losses = await withEngine(network, { threads: 2, memoryBytes }, (engine) => lossesCut(engine, theta, batch, whole)).catch(
        (error: Error) => error.message,
      );
      if (typeof losses === 'string') {
        expect(losses).toMatch(/of memory/);
        return;
      }
      expect(losses).toEqual(await reference);
    }
  });

  test('loss, gradient and evaluation with 1, 2, 3 and 8 threads', async () => {
    const point = theta.subarray(0, theta.length / size);
    const answers = [];
    for (const threads of [1, 2, 3, 8]) {
      answers.push(
        await withEngine(network, { threads }, async (engine) => {
          const gradient = new Float32Array(point.length);
          const loss = await engine.gradient(point, batch, gradient);
          return { loss, gradient: Array.from(gradient), evaluation: await engine.evaluate(point, batch) };
        }),
      );
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // the population's graph and the gradient's are two: equal but for rounding
    const [loss] = await reference;
    expect(Math.abs(loss - answers[0].loss)).toBeLessThan(1e-5 * Math.max(1, Math.abs(loss)));
  });
});
