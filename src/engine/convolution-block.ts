/** The length of the blocks of channels that the CPU provider's convolution kernels work on: 16 with AVX-512, 8 with AVX, others elsewhere. */
import { blockedOf } from './graph/blocked-ops.js';
import { Graph } from './graph/graph.js';
import { compiled } from './graph/onnx.js';
import { openSession } from './sessions.js';

/** More channels than any processor's block, and a multiple of it. */
const channels = 64;

let found: Promise<number | undefined> | undefined;

/** Asked once in a process; undefined where there are no such kernels. */
export function convolutionBlock(): Promise<number | undefined> {
  found ??= find();
  return found;
}

/** Two pixels of 64 channels are put into blocks: the second pixel of the first channel comes after one block of first pixels. */
async function find(): Promise<number | undefined> {
  const graph = new Graph();
  const y = blockedOf(graph.input('x', 'float32', [1, channels, 1, 2]));
  const blocks = new Float32Array(2 * channels);
  try {
    const session = await openSession(compiled(graph, { y }), { provider: 'cpu', threads: 1 });
    await session.run([Float32Array.from(blocks, (_, i) => i)], [blocks]);
    await session.release();
  } catch {
    return undefined; // a runtime without these operators
  }
  const block = blocks.indexOf(1);
  return block > 1 ? block : undefined;
}
