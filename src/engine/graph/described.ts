/**
 * The losses of a described population without its candidates: of each dense layer the product with the centre's weights, which for
 * shared inputs is one for all members, and beside it (X A_p) B_p, whose inner extent is the rank. The biases' departures ride along
 * as one more row of B_p. (Sarkar and others 2025, https://arxiv.org/abs/2511.16652, evaluate evolution strategies so.)
 *
 * Inputs: `centre` float32 [D], `factors` float32 [P, width] as src/core/population.ts lays them out, and those of compile.ts.
 */
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { count, layerShapes, outputCount } from '../../../models/shapes.js';
import { factorBlocks } from '../../core/population.js';
import type { CompiledGraph } from '../compiled-graph.js';
import { activate } from './activation.js';
import { Graph, type Tensor } from './graph.js';
import { populationLosses, targetsInput } from './losses.js';
import { compiled } from './onnx.js';
import { add, concat, gemm, matmul, mul, reshape, scale, slice, split, swap, transpose } from './ops.js';
import { maskName } from './population.js';

export interface DescribedOptions {
  /** P, from 1. */
  readonly population: number;
  /** At least 2: a product with one sample is summed in an order of its own. */
  readonly samples: number;
  /** Rank of the departures, from 1. */
  readonly rank: number;
  readonly dropout?: boolean;
}

/** Whether such a graph can be made: all parameters are of dense layers, each of two units or more. */
export function canDescribe(network: Network): boolean {
  return network.layers.every((layer) => {
    if (layer.kind === 'dense') return layer.units >= 2;
    return layer.kind === 'flatten' || layer.kind === 'dropout';
  });
}

interface DenseFactors {
  /** Of the centre: [inputs, units] and [units]. */
  readonly weights: Tensor;
  readonly biases: Tensor;
  /** A': [P, rank, inputs]; B and below it the departures of the biases: [P, rank + 1, units]. */
  readonly left: Tensor;
  readonly right: Tensor;
}

/** centre [D], factors [P, width] -> loss [P], the mean over the samples. */
export function compileDescribedLosses(network: Network, options: DescribedOptions): CompiledGraph {
  const { population, samples, dropout = false } = options;
  const graph = new Graph();
  const factors = denseFactors(graph, network, options);
  const shapes = layerShapes(network);
  /** [samples, features] while all members share it, then [P, samples, features]. */
  let signal = reshape(graph.input('inputs', 'float32', [samples, ...network.input]), [samples, count(network.input)]);
  network.layers.forEach((layer, index) => {
    if (layer.kind === 'dense') signal = activate(layer.activation, dense(signal, factors.shift() as DenseFactors, population));
    else if (layer.kind === 'dropout' && !dropout) signal = scale(signal, 1 - layer.rate);
    else if (layer.kind === 'dropout') {
      const mask = graph.input(maskName(index), 'float32', [samples, ...shapes[index]]);
      signal = mul(signal, reshape(mask, [samples, count(shapes[index])]));
    }
  });
  const targets = targetsInput(graph, network, samples, outputCount(network));
  return compiled(graph, { loss: populationLosses(network, swap(signal), targets) });
}

/** Of the dense layers, in their order. */
function denseFactors(graph: Graph, network: Network, { population, rank }: DescribedOptions): DenseFactors[] {
  const parameters = parametersOf(network);
  const { blocks, width } = factorBlocks(parameters, rank);
  const centre = split(
    graph.input('centre', 'float32', [parameters.dimension]),
    0,
    parameters.layout.map(({ length }) => length),
  );
  const sizes = blocks.flatMap((block) => (block.kind === 'matrix' ? [rank * block.rows, rank * block.columns] : [block.length]));
  const parts = split(graph.input('factors', 'float32', [population, width]), 1, sizes);
  return parameters.layout
    .filter(({ role }) => role === 'weights')
    .map(({ shape: [inputs, units] }, l) => {
      const departures = reshape(concat(parts.slice(3 * l + 1, 3 * l + 3), 1), [population, rank + 1, units]);
      return {
        weights: reshape(centre[2 * l], [inputs, units]),
        biases: centre[2 * l + 1],
        left: reshape(parts[3 * l], [population, rank, inputs]),
        right: departures,
      };
    });
}

/** The weighted inputs [P, samples, units]. */
function dense(signal: Tensor, { weights, biases, left, right }: DenseFactors, population: number): Tensor {
  const { graph } = signal;
  const [inputs, units] = weights.shape;
  const rank = left.shape[1];
  if (signal.shape.length === 2) {
    const samples = signal.shape[0];
    const shared = gemm(signal, weights, biases);
    // A single row would be a matrix-vector product, which is summed in another order than the rows of a matrix.
    const single = population * rank === 1;
    const rows = reshape(left, [population * rank, inputs]);
    const products = matmul(single ? concat([rows, rows], 0) : rows, swap(signal));
    const kept = single ? slice(products, [0], [0], [1], [1]) : products;
    const thin = transpose(reshape(kept, [population, rank, samples]), [0, 2, 1]);
    const ones = graph.constant('float32', [population, samples, 1], new Float32Array(population * samples).fill(1));
    return add(matmul(concat([thin, ones], 2), right), shared);
  }
  const samples = signal.shape[1];
  const shared = reshape(gemm(reshape(signal, [population * samples, inputs]), weights, biases), [population, samples, units]);
  // A column of zeros, made a 1 afterwards, for the biases; and it keeps the product from being one with a vector.
  const zeros = graph.constant('float32', [population, 1, inputs], new Float32Array(population * inputs));
  const last = graph.constant(
    'float32',
    [rank + 1],
    Float32Array.from({ length: rank + 1 }, (_, r) => (r === rank ? 1 : 0)),
  );
  const thin = add(matmul(signal, swap(concat([left, zeros], 1))), last);
  return add(matmul(thin, right), shared);
}
