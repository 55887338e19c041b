/** A whole generation of PSO, GA and OpenAI-ES on 784-32-10 relu, 256 candidates, 256 samples: how long ask, evaluate and tell take. */
import os from 'node:os';
import { mlp } from '../models/mlp.js';
import { Optimizer } from '../src/core/optimizer.js';
import { Rng } from '../src/core/rng.js';
import type { Space } from '../src/core/space.js';
import type { AnyStrategy } from '../src/core/strategy.js';
import type { Batch, NetworkEngine } from '../src/engine/network-engine.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import { ga } from '../strategies/ga.js';
import { openaiEs } from '../strategies/openai-es.js';
import { pso } from '../strategies/pso.js';
import type { Benchmark, Row } from './benchmark.js';

const size = 256;
const samples = 256;
const generations = 30;
const warmup = 5;

export const benchmark: Benchmark = {
  name: `A generation at D = 25,450, P = ${size}, N = ${samples}`,
  async run() {
    const engine = await openNetworkEngine(mlp([784, 32, 10], { activation: 'relu' }), {
      provider: 'cpu',
      threads: os.availableParallelism(),
    });
    const rng = Rng.seeded('bench');
    const batch: Batch = {
      count: samples,
      inputs: Float32Array.from({ length: 784 * samples }, () => rng.uniform()),
      targets: Int32Array.from({ length: samples }, () => rng.below(10)),
    };
    try {
      return {
        rows: [
          ...(await measure(pso, { swarmSize: size }, engine, batch)),
          ...(await measure(ga, { populationSize: size }, engine, batch)),
          ...(await measure(openaiEs, { populationSize: size }, engine, batch)),
        ],
      };
    } finally {
      await engine.close();
    }
  },
};

async function measure(strategy: AnyStrategy, options: object, engine: NetworkEngine, batch: Batch): Promise<Row[]> {
  const { dimension, start, layout } = engine.parameters;
  const space: Space = { dimension, precision: 'float32', start, layout };
  const optimizer = new Optimizer(strategy, space, { options, seed: 1 });
  const losses = new Float64Array(size);
  const times = { ask: [] as number[], evaluate: [] as number[], tell: [] as number[], both: [] as number[] };
  for (let generation = 0; generation < warmup + generations; generation++) {
    const t0 = performance.now();
    const query = optimizer.ask();
    const t1 = performance.now();
    if (query.kind !== 'losses') throw new Error(`${strategy.name} asked for ${query.kind}`);
    await engine.losses(query.population.values as Float32Array, size, batch, losses);
    const t2 = performance.now();
    optimizer.tell(losses);
    const t3 = performance.now();
    if (generation < warmup) continue;
    times.ask.push(t1 - t0);
    times.evaluate.push(t2 - t1);
    times.tell.push(t3 - t2);
    times.both.push(t1 - t0 + t3 - t2);
  }
  const evaluate = median(times.evaluate);
  const both = median(times.both);
  return [
    {
      name: `${strategy.name} ask`,
      value: median(times.ask),
      unit: 'ms',
      note: `median of ${generations} generations; the harness's checks included`,
    },
    { name: `${strategy.name} evaluate`, value: evaluate, unit: 'ms', note: `${Math.round((gigaflop / evaluate) * 1000)} GFLOP/s` },
    { name: `${strategy.name} tell`, value: median(times.tell), unit: 'ms' },
    { name: `${strategy.name} (ask + tell) / evaluate`, value: both / evaluate, unit: '', note: 'goal: at most 1' },
    {
      name: `${strategy.name} garbage of ask and tell`,
      value: garbage(optimizer, losses),
      unit: 'bytes',
      note: 'growth of the heap in a generation',
    },
  ];
}

/** Bytes that a generation leaves on the heap: of the stretches of 10 generations without a collection, the one with the least. */
function garbage(optimizer: Optimizer, losses: Float64Array): number {
  let least = Infinity;
  for (let stretch = 0; stretch < 5; stretch++) {
    const before = process.memoryUsage().heapUsed;
    for (let generation = 0; generation < 10; generation++) {
      optimizer.ask();
      optimizer.tell(losses);
    }
    const grown = (process.memoryUsage().heapUsed - before) / 10;
    if (grown >= 0) least = Math.min(least, grown);
  }
  return least;
}

/** Multiplications and additions of the two layers, in 10^9. */
const gigaflop = (2 * size * samples * (784 * 32 + 32 * 10)) / 1e9;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
