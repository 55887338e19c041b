/**
 * The population forward pass: theta [P, D] -> loss [P] in one session run, on the CPU provider, at six dense shapes and
 * one convolutional, beside the largest matrix product of the same run of the benchmark.
 */
import os from 'node:os';
import type { Network } from '../models/network.js';
import { parametersOf } from '../models/parameters.js';
import { layerShapes } from '../models/shapes.js';
import { Rng } from '../src/core/rng.js';
import { sampleStart } from '../src/core/space.js';
import { Graph } from '../src/engine/graph/graph.js';
import { compiled } from '../src/engine/graph/onnx.js';
import { matmul } from '../src/engine/graph/ops.js';
import type { Batch } from '../src/engine/network-engine.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import { openSession } from '../src/engine/sessions.js';
import { type Benchmark, medianMilliseconds, type Row } from './benchmark.js';

interface Shape {
  readonly network: Network;
  readonly name: string;
  readonly size: number;
  readonly samples: number;
  /** Milliseconds on the machine where the goal was set: two cores, 320-335 GFLOP/s in a large product. */
  readonly reference?: number;
}

const threads = os.availableParallelism();

const shapes: readonly Shape[] = [
  { name: '4-7-3 tanh', network: dense([4, 7, 3], 'tanh'), size: 40, samples: 150, reference: 0.059 },
  { name: '4-7-3 tanh', network: dense([4, 7, 3], 'tanh'), size: 512, samples: 150, reference: 0.38 },
  { name: '2-16-16-2 tanh', network: dense([2, 16, 16, 2], 'tanh'), size: 256, samples: 1024, reference: 5.7 },
  { name: '784-32-10 relu', network: dense([784, 32, 10], 'relu'), size: 256, samples: 256, reference: 11.3 },
  { name: '784-128-10 relu', network: dense([784, 128, 10], 'relu'), size: 64, samples: 512, reference: 20.9 },
  { name: '784-256-10 relu', network: dense([784, 256, 10], 'relu'), size: 16, samples: 1024, reference: 20.2 },
  { name: 'conv 8@5x5, pool, conv 16@3x3, pool, 10 on 28x28', network: convolutional(), size: 16, samples: 64 },
];

export const benchmark: Benchmark = {
  name: 'Population forward pass',
  async run() {
    // The machine's speed drifts: the product is timed before each shape and after the last, and its best counts.
    let peak = await largestProduct();
    const measured: Measured[] = [];
    for (const shape of shapes) {
      measured.push(await measure(shape));
      peak = Math.max(peak, await largestProduct());
    }
    const note = `${threads} threads; the yardstick, best of ${shapes.length + 1} rounds`;
    return {
      rows: [{ name: 'MatMul 2048 x 2048 x 2048', value: peak, unit: 'GFLOP/s', note }, ...measured.flatMap((one) => rowsOf(one, peak))],
    };
  },
};

interface Measured {
  readonly shape: Shape;
  readonly ms: number;
  /** GFLOP/s. */
  readonly rate: number;
}

function rowsOf({ shape: { name, size, samples, reference }, ms, rate }: Measured, peak: number): Row[] {
  const label = `${name}, P ${size}, N ${samples}`;
  const share = `${((rate / peak) * 100).toFixed(0)} % of the MatMul`;
  const held = reference === undefined ? share : `${share}; ${(ms / reference).toFixed(2)} x the ${reference} ms of the goal's machine`;
  return [
    { name: label, value: ms, unit: 'ms' },
    { name: label, value: rate, unit: 'GFLOP/s', note: held },
  ];
}

async function measure(shape: Shape): Promise<Measured> {
  const { network, size, samples } = shape;
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads });
  try {
    const { dimension, start } = parametersOf(network);
    const theta = new Float32Array(size * dimension);
    const rng = Rng.seeded(1);
    for (let p = 0; p < size; p++) sampleStart({ dimension, precision: 'float32', start }, rng, theta, p * dimension);
    const batch = randomBatch(network, samples);
    const losses = new Float64Array(size);
    const ms = await medianMilliseconds(() => engine.losses(theta, size, batch, losses), size * samples < 10_000 ? 2000 : 40, 10);
    return { shape, ms, rate: (flops(network) * size * samples) / ms / 1e6 };
  } finally {
    await engine.close();
  }
}

/** GFLOP/s of the product of two 2048 x 2048 matrices. */
async function largestProduct(): Promise<number> {
  const n = 2048;
  const graph = new Graph();
  const x = graph.input('x', 'float32', [n, n]);
  const session = await openSession(compiled(graph, { y: matmul(x, x) }), { provider: 'cpu', threads });
  const values = new Float32Array(n * n).fill(1 / n);
  const product = new Float32Array(n * n);
  const ms = await medianMilliseconds(() => session.run([values], [product]), 9, 2);
  await session.release();
  return (2 * n ** 3) / ms / 1e6;
}

/** Floating-point operations of the products and convolutions of one sample through one network. */
function flops(network: Network): number {
  const outputs = layerShapes(network);
  let total = 0;
  for (const slice of parametersOf(network).layout) {
    if (slice.role !== 'weights') continue;
    const positions = outputs[slice.layer].slice(1).reduce((product, extent) => product * extent, 1);
    total += 2 * slice.length * positions;
  }
  return total;
}

function randomBatch(network: Network, count: number): Batch {
  const rng = Rng.seeded('batch');
  const inputs = Float32Array.from({ length: count * network.input.reduce((product, extent) => product * extent, 1) }, () => rng.uniform());
  const classes = layerShapes(network).at(-1)?.[0] ?? 1;
  return { count, inputs, targets: Int32Array.from({ length: count }, () => rng.below(classes)) };
}

function dense(units: readonly number[], activation: string): Network {
  const last = units.length - 1;
  return {
    input: [units[0]],
    layers: units.slice(1).map((count, i) => ({ kind: 'dense', units: count, activation: i === last - 1 ? 'identity' : activation })),
    loss: 'cross-entropy',
    initializer: 'lecture',
  };
}

function convolutional(): Network {
  return {
    input: [1, 28, 28],
    layers: [
      { kind: 'conv', filters: 8, kernel: 5, stride: 1, padding: 2, activation: 'relu' },
      { kind: 'max-pool', kernel: 2, stride: 2, padding: 0 },
      { kind: 'conv', filters: 16, kernel: 3, stride: 1, padding: 1, activation: 'relu' },
      { kind: 'max-pool', kernel: 2, stride: 2, padding: 0 },
      { kind: 'flatten' },
      { kind: 'dense', units: 10, activation: 'identity' },
    ],
    loss: 'cross-entropy',
    initializer: 'lecture',
  };
}
