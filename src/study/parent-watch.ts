/**
 * A thread that ends its process when the process that started it is gone. The main thread hears of that too, but only between
 * two queries: a strategy or problem that computes for long, or for ever, would go on alone.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const everyMilliseconds = 500;

interface WatchData {
  readonly watchedParent: number;
}

/** Starts the thread, which keeps no process alive. Where none can be started, the process ends a little later than it might. */
export function endWithParent(): void {
  const data: WatchData = { watchedParent: process.ppid };
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 };
  const thread = new Worker(new URL(import.meta.url), { execArgv: [], workerData: data, resourceLimits: limits });
  thread.on('error', () => {});
  thread.unref();
}

function watch(parent: number): void {
  setInterval(() => {
    if (!isThere(parent)) process.kill(process.pid, 'SIGKILL');
  }, everyMilliseconds);
}

/** An orphan has another parent on POSIX systems; on Windows it keeps the number of the one that is gone. */
function isThere(parent: number): boolean {
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

const given = workerData as Partial<WatchData> | null;
if (!isMainThread && given?.watchedParent !== undefined) watch(given.watchedParent);
