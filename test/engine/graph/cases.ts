/** Networks of every kind with seeded data, and a way to run compiled graphs on ONNX Runtime alone. */
import * as ort from 'onnxruntime-node';
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { layerShapes, outputCount } from '../../../models/shapes.js';
import { Rng } from '../../../src/core/rng.js';
import type { CompiledGraph } from '../../../src/engine/compiled-graph.js';
import type { Case } from './reference.js';

export type Feed = Float32Array | Int32Array;

/** Runs the graph once, with the session options that graphs ask for; feeds by name, shaped as the graph says. */
export async function run(
  graph: CompiledGraph,
  feeds: Readonly<Record<string, Feed>>,
  { intraOpNumThreads = 1 }: { intraOpNumThreads?: number } = {},
): Promise<Record<string, number[]>> {
  const session = await ort.InferenceSession.create(graph.bytes, {
    logSeverityLevel: 3,
    intraOpNumThreads,
    graphOptimizationLevel: 'extended',
  });
  try {
    const tensors = graph.inputs.map(({ name, type, shape }) => [
      name,
      new ort.Tensor(type as 'float32', feeds[name] as Float32Array, shape),
    ]);
    const results = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, Array.from(tensor.data as Float32Array)]));
  } finally {
    await session.release();
  }
}

export function normals(seed: string, length: number, deviation = 1): Float32Array {
  const rng = Rng.seeded(seed);
  return Float32Array.from({ length }, () => deviation * rng.normal());
}

/** Normal parameters that keep units away from saturation, normal inputs, targets of every class. */
export function caseOf(
  network: Network,
  samples: number,
  seed = 'case',
  members = 1,
): Case & { readonly theta: Float32Array; readonly inputs: Float32Array; readonly targets: Feed } {
  const { dimension } = parametersOf(network);
  const outputs = outputCount(network);
  const features = network.input.reduce((a, b) => a * b, 1);
  return {
    network,
    samples,
    theta: normals(`${seed}/theta`, dimension * members, 0.5),
    inputs: normals(`${seed}/inputs`, samples * features),
    targets:
      network.loss === 'cross-entropy'
        ? Int32Array.from({ length: samples }, (_, i) => (i * 7) % outputs)
        : normals(`${seed}/targets`, samples * outputs),
  };
}

/** Zeros and ones for every dropout layer, by index of layer. */
export function masksOf(network: Network, samples: number): Record<number, Float32Array> {
  const shapes = layerShapes(network);
  const rng = Rng.seeded('masks');
  return Object.fromEntries(
    network.layers.flatMap((layer, index) => {
      if (layer.kind !== 'dropout') return [];
      const units = shapes[index].reduce((a, b) => a * b, 1);
      return [[index, Float32Array.from({ length: samples * units }, () => (rng.uniform() < layer.rate ? 0 : 1))]];
    }),
  );
}

export function maskFeeds(masks: Readonly<Record<number, Float32Array>>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(masks).map(([index, mask]) => [`mask${index}`, mask]));
}
