/**
 * How many threads a session may use without showing in the bits of its results.
 *
 * The CPU provider's matrix product (onnxruntime/core/mlas/lib/sgemm.cpp) shares one product among threads by rows, or by
 * columns in blocks of 16 where there are more columns than rows. It sums over the inner extent in steps whose length
 * depends on the columns of the part at hand, so a part that is narrow enough is summed in another order. A product that
 * is not shared, because there are at least as many in the batch as threads, is always the same. Convolutions of one image
 * are such products, shared by columns. Sums over inner axes (onnxruntime/core/providers/cpu/reduction) go another way
 * where the axis before them is shorter than the number of threads.
 */
import type { CompiledGraph, Product } from './compiled-graph.js';

/** The largest number of threads up to `wanted` that gives the bits of one thread in every node. */
export function threadsWithoutEffect({ products, sums }: Pick<CompiledGraph, 'products' | 'sums'>, wanted: number): number {
  let threads = wanted;
  for (const extent of sums) if (extent < threads) threads = Math.max(1, extent);
  while (threads > 1 && !products.every((product) => sameBits(product, threads))) threads--;
  return threads;
}

/** Multiplications below which the provider does not share a product. */
const sharedFrom = 65536;
const columnBlock = 16;

function sameBits(product: Product, threads: number): boolean {
  const { batch, rows, columns, inner, convolution = false } = product;
  const wanted = Math.min(threads, Math.floor((batch * rows * columns * inner) / sharedFrom) + 1);
  const most = Math.ceil(wanted / batch);
  for (let parts = 2; parts <= most; parts++) if (!sameBitsInParts(rows, columns, inner, parts, convolution)) return false;
  return true;
}

function sameBitsInParts(rows: number, columns: number, inner: number, parts: number, byColumns: boolean): boolean {
  // a single row or column is a matrix-vector product, which has a summation of its own
  if (columns === 1) return byColumns;
  if (columns <= rows && !byColumns) return rows / parts >= 2;
  const blocks = Math.ceil(columns / columnBlock);
  const share = Math.min(parts, blocks);
  const narrowest = Math.floor(blocks / share) * columnBlock - (blocks * columnBlock - columns);
  const widest = Math.ceil(blocks / share) * columnBlock;
  const step = innerStep(columns, inner);
  return innerStep(Math.max(1, narrowest), inner) === step && innerStep(widest, inner) === step;
}

/** Length of the steps over the inner extent in a part with that many columns; the whole extent if it is one step. */
function innerStep(columns: number, inner: number): number {
  let step = 128;
  if (columns < inner) for (let width = 128; width > 16 && width / 2 >= columns; width /= 2) step *= 2;
  return Math.min(step, inner);
}
