/** What running a graph takes: the memory that is alive at once, and its matrix products. */
import type { Product } from '../compiled-graph.js';
import { type Attribute, type GraphNode, nodesFor, type Tensor } from './graph.js';
import { sizeOf } from './shape.js';

const widths = { float32: 4, int32: 4, int64: 8, bool: 1 } as const;

const bytesOf = (tensor: Tensor) => sizeOf(tensor.shape) * widths[tensor.type];

/** Bytes of all tensors that live at the same time, at the worst moment, when nodes run in order and free what nobody reads any more. */
export function peakBytes(outputs: readonly Tensor[]): number {
  const nodes = nodesFor(outputs);
  const lastUse = new Map<Tensor, number>();
  nodes.forEach((node, at) => {
    for (const input of node.inputs) lastUse.set(input, at);
  });
  for (const output of outputs) lastUse.set(output, nodes.length);
  let alive = 0;
  for (const tensor of lastUse.keys()) if (tensor.source.kind !== 'node') alive += bytesOf(tensor);
  let peak = alive;
  nodes.forEach((node, at) => {
    for (const output of node.outputs) alive += bytesOf(output);
    peak = Math.max(peak, alive + workspace(node));
    for (const tensor of new Set(node.inputs)) if (lastUse.get(tensor) === at && tensor.source.kind === 'node') alive -= bytesOf(tensor);
    for (const output of node.outputs) if (!lastUse.has(output)) alive -= bytesOf(output);
  });
  return peak;
}

/** Convolutions unfold one image at a time into columns. */
function workspace({ op, inputs, outputs }: GraphNode): number {
  if (op !== 'Conv' && op !== 'ConvTranspose') return 0;
  const [, perGroup, height, width] = inputs[1].shape;
  const image = op === 'Conv' ? outputs[0].shape : inputs[0].shape;
  return perGroup * height * width * image[2] * image[3] * 4;
}

/**
 * Every matrix product whose bits could depend on how it is shared among threads (src/engine/thread-rule.ts).
 * Not those with a transposed left matrix: they are always summed in the same steps.
 */
export function sharedProducts(outputs: readonly Tensor[]): Product[] {
  const found: Product[] = [];
  for (const { op, inputs, outputs: results, attributes } of nodesFor(outputs)) {
    if (op === 'MatMul') found.push(product(inputs[0].shape, inputs[1].shape));
    if (op === 'Gemm' && attributes.transA !== 1) {
      const [rows, inner] = inputs[0].shape;
      const columns = inputs[1].shape[attributes.transB === 1 ? 0 : 1];
      // one column, scaled, is no matrix-vector product: its rows are summed alike, and never cut
      if (columns > 1 || scalarOf(attributes.alpha) === 1) found.push({ batch: 1, rows, inner, columns });
    }
    // several images or groups are shared among threads whole
    if (op === 'Conv' && inputs[0].shape[0] === 1 && (attributes.group ?? 1) === 1) {
      const [filters, ...window] = inputs[1].shape;
      found.push({ batch: 1, rows: filters, columns: sizeOf(results[0].shape.slice(2)), inner: sizeOf(window), convolution: true });
    }
  }
  return found;
}

function scalarOf(attribute: Attribute): number | undefined {
  return typeof attribute === 'object' && 'float' in attribute ? attribute.float : undefined;
}

/** A right matrix that all share makes one product with all the rows. */
function product(left: readonly number[], right: readonly number[]): Product {
  const [rows, inner] = left.slice(-2);
  const columns = right[right.length - 1];
  const leading = sizeOf(left.slice(0, -2));
  const others = sizeOf(right.slice(0, -2));
  if (others === 1) return { batch: 1, rows: rows * leading, columns, inner };
  return { batch: Math.max(leading, others), rows, columns, inner };
}

/**
 * Sums over a middle axis take another way where the axis before is shorter than the number of threads, and sums over the
 * first and last where the axis between is: its extent, for each of them.
 */
export function sharedSums(outputs: readonly Tensor[]): number[] {
  const found: number[] = [];
  for (const { op, inputs } of nodesFor(outputs)) {
    if (op !== 'ReduceSum' && op !== 'ReduceMean') continue;
    const [{ shape }, axes] = inputs;
    const summed = new Set(axes.source.kind === 'constant' ? Array.from(axes.source.values) : []);
    // runs of axes that are summed, and of axes that are kept; an extent of 1 belongs to either
    const runs: { readonly summed: boolean; extent: number }[] = [];
    shape.forEach((extent, axis) => {
      const last = runs.at(-1);
      if (extent === 1) return;
      if (last?.summed === summed.has(axis)) last.extent *= extent;
      else runs.push({ summed: summed.has(axis), extent });
    });
    if (runs.length > 2) found.push(runs[runs[0].summed ? 1 : 0].extent);
  }
  return found;
}
