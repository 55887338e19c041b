/** The time of an experiment's study, over several processes of which one may have been killed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Stopwatch } from '../../src/lab/stopwatch.js';

async function withFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'zeroth-watch-'));
  try {
    await work(join(folder, 'seconds.json'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('a watch that is never stopped has left what it measured so far', () =>
  withFile(async (path) => {
    const watch = new Stopwatch(path, 100);
    watch.start(10);
    let kept = 0;
    while (kept <= 100) {
      await wait(10);
      kept = Number(await readFile(path, 'utf8').catch(() => '0'));
    }
    expect(kept).toBeLessThanOrEqual(watch.seconds);
    await watch.stop();
  }));

test('what stop tells is what is kept, and nothing is added where nothing was started', () =>
  withFile(async (path) => {
    const watch = new Stopwatch(path, 100);
    expect(await watch.stop()).toBe(100);
    expect(await readFile(path, 'utf8')).toBe('100\n');
    watch.start(1);
    await wait(20);
    const seconds = await watch.stop();
    expect(seconds).toBeGreaterThanOrEqual(100.015);
    expect(Number(await readFile(path, 'utf8'))).toBe(seconds);
  }));
