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
  for (const { op, inputs, attributes } of nodesFor(outputs)) {
    if (op === 'MatMul') found.push(product(inputs[0].shape, inputs[1].shape));
    if (op === 'Gemm' && attributes.transA !== 1) {
      const [rows, inner] = inputs[0].shape;
      const columns = inputs[1].shape[attributes.transB === 1 ? 0 : 1];
      // one column, scaled, is no matrix-vector product: its rows are summed alike, and never cut
      if (columns > 1 || scalarOf(attributes.alpha) === 1) found.push({ batch: 1, rows, inner, columns });
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
