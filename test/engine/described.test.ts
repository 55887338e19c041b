/** Described populations: the losses of the candidates written out, whatever the network, the rank, the cuts and the threads. */
import { describe, expect, test } from '@jest/globals';
import { cnn } from '../../models/cnn.js';
import { mlp } from '../../models/mlp.js';
import type { Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { factorBlocks, type LowRankPopulation, materialize } from '../../src/core/population.js';
import { Rng } from '../../src/core/rng.js';
import type { EngineOptions, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { batchFor, candidatesFor } from './networks.js';

const networks: readonly (readonly [string, Network, number])[] = [
  ['tanh 4-7-3', mlp([4, 7, 3]), 151],
  ['relu 300-40-10', mlp([300, 40, 10], { activation: 'relu' }), 29],
  ['three hidden layers', mlp([20, 30, 17, 30, 4]), 37],
  ['no hidden layer', mlp([9, 4]), 12],
  ['squared error 2-16-2', mlp([2, 16, 2], { loss: 'squared-error' }), 41],
  ['dropout 10-30-3', mlp([10, 30, 3], { dropout: 0.3 }), 21],
  ['one output, written out', mlp([5, 8, 1], { loss: 'squared-error' }), 20],
  ['one sample, written out', mlp([5, 8, 3]), 1],
  ['a convolution, written out', cnn([1, 8, 8], [{ conv: 4, kernel: 3 }, { maxPool: 2 }, { dense: 3 }]), 5],
];

function populationFor(network: Network, size: number, rank: number): LowRankPopulation {
  const parameters = parametersOf(network);
  const { dimension } = parameters;
  const { blocks, width } = factorBlocks(parameters, rank);
  const rng = Rng.seeded(`described ${size}`);
  const factors = Float32Array.from({ length: size * width }, () => 0.3 * rng.normal());
  return { kind: 'low-rank', size, dimension, centre: candidatesFor(network, 1), rank, blocks, width, factors };
}

async function withEngine<T>(network: Network, options: Partial<EngineOptions>, use: (engine: NetworkEngine) => Promise<T>): Promise<T> {
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1, ...options });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

describe.each(networks)('%s', (_, network, samples) => {
  const batch = batchFor(network, samples);

  test.each([1, 3])('has the losses of the candidates written out, at rank %i', async (rank) => {
    const population = populationFor(network, 11, rank);
    await withEngine(network, {}, async (engine) => {
      const losses = new Float64Array(11);
      const expected = new Float64Array(11);
      await engine.describedLosses(population, batch, losses);
      const { values } = materialize(population, new Float32Array(11 * population.dimension));
      await engine.losses(values as Float32Array, 11, batch, expected);
      for (let p = 0; p < 11; p++) expect(Math.abs(losses[p] / expected[p] - 1)).toBeLessThan(2e-5);
      // candidates differ, so that the test compares more than the centre
      expect(new Set(losses).size).toBe(11);
    });
  });

  test('shows neither threads nor cuts in any bit', async () => {
    const population = populationFor(network, 11, 1);
    const cut = (from: number, to: number): LowRankPopulation => ({
      ...population,
      size: to - from,
      factors: population.factors.subarray(from * population.width, to * population.width),
    });
    const losses = (threads: number, cuts: readonly number[]) =>
      withEngine(network, { threads }, async (engine) => {
        const all: number[] = [];
        for (let i = 0; i + 1 < cuts.length; i++) {
          const out = new Float64Array(cuts[i + 1] - cuts[i]);
          await engine.describedLosses(cut(cuts[i], cuts[i + 1]), batch, out);
          all.push(...out);
        }
        return all;
      });
    const whole = await losses(1, [0, 11]);
    for (const threads of [1, 2, 3]) {
      for (const cuts of [
        [0, 11],
        [0, 5, 11],
        [0, 1, 2, 11],
      ])
        expect(await losses(threads, cuts)).toEqual(whole);
    }
  });
});

test('a population of another network is refused', async () => {
  const population = populationFor(mlp([4, 7, 3]), 2, 1);
  await withEngine(mlp([4, 8, 3]), {}, async (engine) => {
    const batch = batchFor(engine.network, 5);
    await expect(engine.describedLosses(population, batch, new Float64Array(2))).rejects.toThrow(/factorBlocks/);
  });
});
