/** Resident memory over 10,000 generations of a small population, once the heap has found its size: flat, if nothing leaks. */
import v8 from 'node:v8';
import vm from 'node:vm';
import { mlp } from '../models/mlp.js';
import { parametersOf } from '../models/parameters.js';
import { Rng } from '../src/core/rng.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import type { Benchmark } from './benchmark.js';

v8.setFlagsFromString('--expose-gc');
/** Collects garbage, so that what has not been collected yet does not count as growth. */
const collect = vm.runInNewContext('gc') as () => void;

const size = 40;
const samples = 150;

export const benchmark: Benchmark = {
  name: 'Resident memory over generations',
  async run() {
    const network = mlp([4, 7, 3]);
    const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
    const rng = Rng.seeded(1);
    const theta = Float32Array.from({ length: size * parametersOf(network).dimension }, () => rng.normal());
    const inputs = Float32Array.from({ length: samples * 4 }, () => rng.normal());
    const batch = { count: samples, inputs, targets: Int32Array.from({ length: samples }, (_, i) => i % 3) };
    const losses = new Float64Array(size);
    const after = async (generations: number) => {
      for (let i = 0; i < generations; i++) {
        theta[rng.below(theta.length)] += 0.01 * rng.normal();
        await engine.losses(theta, size, batch, losses);
      }
      collect();
      return process.memoryUsage.rss() / 2 ** 20;
    };
    const first = await after(1000);
    const settled = await after(19_000);
    const late = await after(10_000);
    await engine.close();
    const note = `4-7-3, P ${size}, N ${samples}`;
    return {
      rows: [
        { name: 'after 1,000 generations', value: first, unit: 'MB', note },
        { name: 'after 20,000 generations', value: settled, unit: 'MB', note: 'the JavaScript heap has found its size by then' },
        { name: 'after 30,000 generations', value: late, unit: 'MB', note },
        {
          name: 'growth over the last 10,000',
          value: late - settled,
          unit: 'MB',
          note: 'a kept array of losses a generation would be 3 MB',
        },
      ],
    };
  },
};
