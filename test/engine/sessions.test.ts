import { afterEach, describe, expect, test } from '@jest/globals';
import { EngineError } from '../../src/core/errors.js';
import { openSession, openSessions, type Session } from '../../src/engine/sessions.js';
import { tinyGraph } from './tiny-graph.js';

const cpu = { provider: 'cpu', threads: 1 } as const;
const held: Session[] = [];
const hold = async (...given: Parameters<typeof openSession>) => {
  const session = await openSession(...given);
  held.push(session);
  return session;
};

afterEach(async () => {
  for (const session of held.splice(0)) await session.release();
  expect(openSessions()).toBe(0);
});

describe('a session', () => {
  test('reads views in place and writes into the arrays that it is given', async () => {
    const session = await hold(tinyGraph(2), cpu);
    const x = Float32Array.of(9, 1, 2, 9);
    const y = new Float32Array(4);
    await session.run([x.subarray(1, 3)], [y.subarray(2, 4)]);
    expect(Array.from(y)).toEqual([0, 0, 2, 4]);
  });

  test('sees what was written into the same array since the last run, and another array of the same size', async () => {
    const session = await hold(tinyGraph(2), cpu);
    const x = Float32Array.of(1, 2);
    const y = new Float32Array(2);
    await session.run([x], [y]);
    x[0] = 5;
    await session.run([x], [y]);
    expect(Array.from(y)).toEqual([10, 4]);
    await session.run([Float32Array.of(7, 8)], [y]);
    expect(Array.from(y)).toEqual([14, 16]);
  });

  test('is shared by equal graph, provider and threads, and by those alone', async () => {
    await hold(tinyGraph(2), cpu);
    await hold(tinyGraph(2), cpu);
    expect(openSessions()).toBe(1);
    await hold(tinyGraph(3), cpu);
    await hold(tinyGraph(2), { provider: 'cpu', threads: 2 });
    expect(openSessions()).toBe(3);
  });

  test('works for one holder after another has given it back', async () => {
    const first = await hold(tinyGraph(1), cpu);
    const second = await hold(tinyGraph(1), cpu);
    await first.release();
    await first.release();
    const y = new Float32Array(1);
    await second.run([Float32Array.of(4)], [y]);
    expect(y[0]).toBe(8);
    await expect(first.run([Float32Array.of(4)], [y])).rejects.toThrow(EngineError);
  });

  test('of a graph that the runtime refuses is an error in words, and is not kept', async () => {
    await expect(openSession(tinyGraph(2, 'NoSuchOperator'), cpu)).rejects.toThrow(
      /^The provider "cpu" cannot run this network's graph: .*NoSuchOperator/,
    );
  });

  test('refuses arrays of another size', async () => {
    const session = await hold(tinyGraph(3), cpu);
    await expect(session.run([new Float32Array(2)], [new Float32Array(3)])).rejects.toThrow();
  });
});
