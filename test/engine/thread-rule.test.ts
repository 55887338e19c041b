/** The rule is held against the runtime itself: products in one thread and in several, bit by bit. */
import { expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { Graph } from '../../src/engine/graph/graph.js';
import { compiled } from '../../src/engine/graph/onnx.js';
import { matmul } from '../../src/engine/graph/ops.js';
import { openSession } from '../../src/engine/sessions.js';
import { threadsWithoutEffect } from '../../src/engine/thread-rule.js';

const rng = Rng.seeded('thread rule');
const uniforms = (length: number) => Float32Array.from({ length }, () => 2 * rng.uniform() - 1);

function products(batch: number, rows: number, columns: number, inner: number) {
  const graph = new Graph();
  const x = graph.input('x', 'float32', [rows, inner]);
  const w = graph.input('w', 'float32', [batch, inner, columns]);
  return compiled(graph, { y: matmul(x, w) });
}

/** Whether `threads` give the bits of one thread. */
async function sameBits(batch: number, rows: number, columns: number, inner: number, threads: number): Promise<boolean> {
  const graph = products(batch, rows, columns, inner);
  const inputs = [uniforms(rows * inner), uniforms(batch * inner * columns)];
  const results: Float32Array[] = [];
  for (const count of [1, threads]) {
    const session = await openSession(graph, { provider: 'cpu', threads: count });
    const y = new Float32Array(batch * rows * columns);
    await session.run(inputs, [y]);
    await session.release();
    results.push(y);
  }
  return results[0].every((value, i) => Object.is(value, results[1][i]));
}

test('wherever the rule allows threads, they give the bits of one', async () => {
  const pick = <T>(values: readonly T[]): T => values[rng.below(values.length)];
  let allowed = 0;
  for (let trial = 0; trial < 60; trial++) {
    const batch = pick([1, 1, 2, 3, 8]);
    const rows = pick([1, 2, 3, 7, 32, 100, 128, 256]);
    const columns = pick([1, 2, 10, 17, 32, 64, 65, 128, 200]);
    const inner = pick([4, 64, 128, 129, 300, 784]);
    const threads = pick([2, 3, 4, 8]);
    if (threadsWithoutEffect(products(batch, rows, columns, inner), threads) < threads) continue;
    allowed++;
    expect({ batch, rows, columns, inner, threads, same: await sameBits(batch, rows, columns, inner, threads) }).toMatchObject({
      same: true,
    });
  }
  expect(allowed).toBeGreaterThan(30);
});

test('the rule holds back where more columns than rows would be shared over a long inner extent', () => {
  expect(threadsWithoutEffect(products(1, 32, 128, 784), 2)).toBe(1);
  expect(threadsWithoutEffect(products(3, 32, 128, 784), 8)).toBe(3);
  expect(threadsWithoutEffect(products(8, 32, 128, 784), 8)).toBe(8);
  expect(threadsWithoutEffect(products(1, 128, 128, 784), 8)).toBe(8);
  expect(threadsWithoutEffect(products(1, 32, 128, 100), 8)).toBe(8);
});
