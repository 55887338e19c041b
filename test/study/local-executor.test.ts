import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { EngineError } from '../../src/core/errors.js';
import type { ExecutorListener, RunTask } from '../../src/study/executor.js';
import { LocalExecutor, type LocalExecutorOptions } from '../../src/study/local-executor.js';
import { runOf, type StoredRun } from '../../src/study/run-row.js';

// under Jest this file's import.meta.url is in dist/test/study
const workerFile = fileURLToPath(new URL('../../src/study/worker.js', import.meta.url));
const strategy = (name: string) => fileURLToPath(new URL(`./strategies/${name}.js`, import.meta.url));

function task(id: string, name: string, options: Record<string, unknown> = {}, problem = 'sphere:d2'): RunTask {
  const settings = {
    problem,
    strategy: { name, options },
    seed: 1,
    budget: { evaluations: 20 },
    bounds: 'clip',
    provider: 'cpu',
    threads: 1,
  } as const;
  return { id, settings };
}

async function execute(
  tasks: RunTask[],
  options: LocalExecutorOptions,
  more: Partial<ExecutorListener> = {},
): Promise<Map<string, StoredRun>> {
  const runs = new Map<string, StoredRun>();
  const listener: ExecutorListener = {
    checkpoint: () => undefined,
    save: () => {},
    finished: (rows) => {
      for (const row of rows) {
        expect(runs.has(row.id)).toBe(false);
        runs.set(row.id, runOf(row));
      }
    },
    ...more,
  };
  await new LocalExecutor({ workerFile, ...options }).execute(tasks, listener);
  return runs;
}

describe('the executor over child processes', () => {
  test('carries out each task once, in any number of processes, with the same results', async () => {
    const tasks = Array.from({ length: 30 }, (_, i) => task(`${i % 25}`, 'sgd', { learningRate: 0.001 * ((i % 25) + 1) }));
    const one = await execute(tasks, { workers: 1 });
    const three = await execute(tasks, { workers: 3 });
    expect(one.size).toBe(25);
    for (const [id, run] of one) {
      expect(run.status).toBe('done');
      expect(three.get(id)?.final).toEqual(run.final);
      expect(three.get(id)?.best).toEqual(run.best);
    }
  });

  test.each([
    ['throw', /thrown on purpose/],
    ['exit', /ended 2 times: exit code 7/],
    ['kill', /ended 2 times: signal SIGKILL/],
  ])('a strategy that fails by %s fails its own run and no other', async (how, message) => {
    const tasks = [task('a', 'sgd'), task('b', strategy('failing'), { how }), task('c', 'sgd'), task('d', 'adam')];
    const runs = await execute(tasks, { workers: 1 });
    expect(runs.get('b')).toMatchObject({ status: 'failed', final: { loss: null } });
    expect(runs.get('b')?.error).toMatch(message);
    for (const id of ['a', 'c', 'd']) expect(runs.get(id)?.status).toBe('done');
  });

  test('a problem that cannot be opened fails its own run', async () => {
    const runs = await execute([task('a', 'sgd', {}, 'csv(no-such-file.csv)'), task('b', 'sgd')], { workers: 1 });
    expect(runs.get('a')?.status).toBe('failed');
    expect(runs.get('b')?.status).toBe('done');
  });

  test('ends a run that takes longer than the time limit', async () => {
    const runs = await execute([task('a', strategy('failing'), { how: 'hang' }), task('b', 'sgd')], { workers: 1, timeLimit: 5 });
    expect(runs.get('a')?.error).toBe(`${strategy('failing')} on sphere:d2 took longer than its time limit of 5 s and was ended.`);
    expect(runs.get('b')?.status).toBe('done');
  });

  test('goes on from the saved state after a crash', async () => {
    const saved: Uint8Array[] = [];
    const slow = task('a', strategy('slow'), { delay: 1 });
    const executor = new LocalExecutor({ workerFile, workers: 1, saveSeconds: 0 });
    const whole = await execute([slow], { workers: 1 }, { save: () => {} });
    await executor.execute([slow], {
      checkpoint: () => saved.at(-1),
      save: (_, bytes) => {
        if (saved.push(bytes) === 5) executor.kill();
      },
      finished: () => {},
    });
    expect(saved.length).toBeGreaterThanOrEqual(5);
    const resumed = await execute([slow], { workers: 1 }, { checkpoint: () => saved[4] });
    expect(resumed.get('a')?.best).toEqual(whole.get('a')?.best);
    expect(resumed.get('a')?.trace.loss).toEqual(whole.get('a')?.trace.loss);
    expect(resumed.get('a')?.cost.evaluations).toBe(20);
  });

  test('gives up with an error when its processes do not start', async () => {
    const broken = fileURLToPath(new URL('./no-such-worker.js', import.meta.url));
    await expect(execute([task('a', 'sgd')], { workers: 2, workerFile: broken })).rejects.toThrow(EngineError);
  });

  test('tells of short runs several at once, of long ones each as it ends', async () => {
    const callsFor = async (tasks: RunTask[]) => {
      const calls: number[] = [];
      await new LocalExecutor({ workerFile, workers: 1 }).execute(tasks, {
        checkpoint: () => undefined,
        save: () => {},
        finished: (rows) => void calls.push(rows.length),
      });
      expect(calls.reduce((sum, runs) => sum + runs)).toBe(tasks.length);
      return calls.length;
    };
    const many = Array.from({ length: 100 }, (_, i) => task(`${i}`, 'sgd', { learningRate: 0.001 * (i + 1) }));
    expect(await callsFor(many)).toBeLessThan(100);
    expect(await callsFor(['a', 'b', 'c'].map((id) => task(id, strategy('slow'), { delay: 6 })))).toBe(3);
  });

  test('ends the execution when a result cannot be kept', async () => {
    const full = () => {
      throw new Error('disk full');
    };
    await expect(execute([task('a', 'sgd')], { workers: 1 }, { finished: full })).rejects.toThrow('disk full');
  });
});
