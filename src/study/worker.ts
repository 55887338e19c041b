/**
 * The program of a worker process: carries out the runs that it is sent, in order, and reports. It ends when it is told to,
 * and when the study's process is gone. Interrupts from the terminal reach the whole group; the study's process decides.
 */
import { setImmediate } from 'node:timers/promises';
import { endWithLastWords } from './last-words.js';
import type { FromWorker, RunRequest, ToWorker } from './messages.js';
import { endWithParent } from './parent-watch.js';
import { performRun } from './perform.js';
import { ProblemCache } from './problem-cache.js';
import { rowOf } from './run-row.js';
import { isBuiltIn } from './strategy-registry.js';

const queue: RunRequest[] = [];
const problems = new ProblemCache();
const interruption = new AbortController();
/** A run that is over sooner tells nothing before its end: a message for each would cost both processes more than the run's own. */
const silentMilliseconds = 100;
let saveSeconds = 10;
let announced: string | undefined;
let lastSent: Promise<void> = Promise.resolve();
let working = false;
let ending = false;

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(1));
endWithParent();
endWithLastWords();
process.on('message', (message: ToWorker) => {
  if (message.type === 'run') {
    queue.push(...message.requests);
    saveSeconds = message.saveSeconds;
    void work();
    return;
  }
  if (message.type === 'stop') interruption.abort();
  ending = true;
  if (!working) void end();
});
void send({ type: 'ready' });

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let next = queue.shift(); next !== undefined && !interruption.signal.aborted; next = queue.shift()) {
    await carryOut(next);
  }
  working = false;
  if (ending) await end();
}

async function carryOut({ task, optimizer }: RunRequest): Promise<void> {
  const { id } = task;
  const began = performance.now();
  if (announced !== id) void send({ type: 'started', id });
  const run = await performRun(task, problems, {
    optimizer,
    saveSeconds,
    signal: interruption.signal,
    progress: (share, loss) => {
      if (performance.now() - began > silentMilliseconds) void send({ type: 'progress', id, share, loss });
    },
    save: (bytes) => send({ type: 'save', id, optimizer: bytes }),
  });
  if (run === undefined) return;
  // A promise that the strategy left rejected ends this process now, as it does in a run that takes longer.
  if (!isBuiltIn(task.settings.strategy.name)) await setImmediate();
  announced = interruption.signal.aborted ? undefined : queue[0]?.task.id;
  void send({ type: 'finished', row: rowOf(run), ...(announced !== undefined && { next: announced }) });
}

/** Settles when the message has left this process. */
function send(message: FromWorker): Promise<void> {
  lastSent = new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
  return lastSent;
}

/** Closing the channel would drop what is still on its way. */
async function end(): Promise<void> {
  await lastSent;
  process.disconnect();
}
