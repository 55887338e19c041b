/**
 * The population forward pass: theta [P, D] -> loss [P] in one session run, on the CPU provider, at six dense shapes and
 * two convolutional, beside the largest matrix product of the same run of the benchmark. Where a goal was set in milliseconds on
 * another machine, two things say what this machine is to that one: the product, and for tiny networks a plain graph of many small
 * nodes that was measured there too.
 */
import os from 'node:os';
import type { Network } from '../models/network.js';
import { parametersOf } from '../models/parameters.js';
import { layerShapes } from '../models/shapes.js';
import { Rng } from '../src/core/rng.js';
import { sampleStart } from '../src/core/space.js';
import { Graph } from '../src/engine/graph/graph.js';
import { compiled } from '../src/engine/graph/onnx.js';
import { add, matmul, mul, reduce, reshape, scale, split, sub, unary } from '../src/engine/graph/ops.js';
import type { Batch } from '../src/engine/network-engine.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import { openSession } from '../src/engine/sessions.js';
import { type Benchmark, medianMilliseconds, type Row } from './benchmark.js';

interface Shape {
  readonly network: Network;
  readonly name: string;
  readonly size: number;
  readonly samples: number;
  /** Milliseconds on the machine where the goal was set: two cores, 320 to 335 GFLOP/s in a large product. */
  readonly reference?: number;
  /** Milliseconds of the plain graph there. */
  readonly plain?: number;
}

/** GFLOP/s of a large product on the goal's machine. */
const goalPeak = 327.5;

const threads = os.availableParallelism();

const shapes: readonly Shape[] = [
  { name: '4-7-3 tanh', network: dense([4, 7, 3], 'tanh'), size: 40, samples: 150, reference: 0.059, plain: 0.174 },
  { name: '4-7-3 tanh', network: dense([4, 7, 3], 'tanh'), size: 512, samples: 150, reference: 0.38, plain: 1.19 },
  { name: '2-16-16-2 tanh', network: dense([2, 16, 16, 2], 'tanh'), size: 256, samples: 1024, reference: 5.7 },
  { name: '784-32-10 relu', network: dense([784, 32, 10], 'relu'), size: 256, samples: 256, reference: 11.3 },
  { name: '784-128-10 relu', network: dense([784, 128, 10], 'relu'), size: 64, samples: 512, reference: 20.9 },
  { name: '784-256-10 relu', network: dense([784, 256, 10], 'relu'), size: 16, samples: 1024, reference: 20.2 },
  { name: 'conv 8@5x5, pool, conv 16@3x3, pool, 10 on 28x28', network: convolutional(3), size: 16, samples: 64 },
  { name: 'conv 8@5x5, pool, conv 16@5x5, pool, 10 on 28x28', network: convolutional(5), size: 100, samples: 1024 },
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
  /** Milliseconds of the plain graph. */
  readonly plain?: number;
}

function rowsOf({ shape, ms, rate, plain }: Measured, peak: number): Row[] {
  const { reference, plain: goalPlain } = shape;
  const label = `${shape.name}, P ${shape.size}, N ${shape.samples}`;
  const notes = [`${((rate / peak) * 100).toFixed(0)} % of the MatMul`];
  if (reference !== undefined) {
    const ratio = ms / reference;
    notes.push(`${ratio.toFixed(2)} x the ${reference} ms of the goal's machine`);
    notes.push(`${((ratio * peak) / goalPeak).toFixed(2)} x by the ratio of the MatMuls (${peak.toFixed(0)} here, ${goalPeak} there)`);
    if (plain !== undefined && goalPlain !== undefined) {
      notes.push(
        `${((ratio * goalPlain) / plain).toFixed(2)} x by that of the plain graphs (${plain.toPrecision(3)} ms, ${goalPlain} there)`,
      );
    }
  }
  return [
    { name: label, value: ms, unit: 'ms' },
    { name: label, value: rate, unit: 'GFLOP/s', note: notes.join('; ') },
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
    const work = flops(network) * size * samples;
    const repetitions = work < 2e9 ? 2000 : work < 2e10 ? 500 : 8;
    const ms = await medianMilliseconds(() => engine.losses(theta, size, batch, losses), repetitions, Math.min(10, repetitions / 4));
    const rate = work / ms / 1e6;
    return shape.plain === undefined ? { shape, ms, rate } : { shape, ms, rate, plain: await plainForward(theta, size, batch) };
  } finally {
    await engine.close();
  }
}

/**
 * Milliseconds of 4-7-3 tanh with softmax cross-entropy written down plainly: samples before units, exp, sum, log. On the goal's
 * machine such a graph took 0.174 ms for 40 candidates and 1.19 ms for 512.
 */
async function plainForward(theta: Float32Array, size: number, { count, inputs, targets }: Batch): Promise<number> {
  const graph = new Graph();
  const parts = split(graph.input('theta', 'float32', [size, 59]), 1, [28, 7, 21, 3]);
  const x = graph.input('inputs', 'float32', [count, 4]);
  const oneHot = graph.input('oneHot', 'float32', [count, 3]);
  const hidden = unary('Tanh', add(matmul(x, reshape(parts[0], [size, 4, 7])), reshape(parts[1], [size, 1, 7])));
  const s = add(matmul(hidden, reshape(parts[2], [size, 7, 3])), reshape(parts[3], [size, 1, 3]));
  const sums = reduce('ReduceSum', unary('Exp', s), [2]);
  const [logs] = graph.node('Log', [sums], {}, { type: 'float32', shape: sums.shape });
  const total = sub(reduce('ReduceSum', logs, [1, 2]), reduce('ReduceSum', mul(s, oneHot), [1, 2]));
  const session = await openSession(compiled(graph, { loss: reshape(scale(total, 1 / count), [size]) }), { provider: 'cpu', threads });
  const chosen = Float32Array.from({ length: 3 * count }, (_, i) => (targets[Math.floor(i / 3)] === i % 3 ? 1 : 0));
  const losses = new Float32Array(size);
  const ms = await medianMilliseconds(() => session.run([theta, inputs, chosen], [losses]), 500, 10);
  await session.release();
  return ms;
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

/** With windows of that size in its second convolution; 5 is the network of the experiment es-mnist. */
function convolutional(kernel: number): Network {
  return {
    input: [1, 28, 28],
    layers: [
      { kind: 'conv', filters: 8, kernel: 5, stride: 1, padding: 2, activation: 'relu' },
      { kind: 'max-pool', kernel: 2, stride: 2, padding: 0 },
      { kind: 'conv', filters: 16, kernel, stride: 1, padding: (kernel - 1) / 2, activation: 'relu' },
      { kind: 'max-pool', kernel: 2, stride: 2, padding: 0 },
      { kind: 'flatten' },
      { kind: 'dense', units: 10, activation: 'identity' },
    ],
    loss: 'cross-entropy',
    initializer: 'lecture',
  };
}
