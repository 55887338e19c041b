/**
 * The program of a worker process: carries out the runs that it is sent, in order, and reports. It ends when it is told to,
 * and when the study's process is gone. Interrupts from the terminal reach the whole group; the study's process decides.
 */
import type { FromWorker, ToWorker } from './messages.js';
import { performRun } from './perform.js';
import { ProblemCache } from './problem-cache.js';

type RunRequest = Extract<ToWorker, { type: 'run' }>;

const queue: RunRequest[] = [];
const problems = new ProblemCache();
const interruption = new AbortController();
let working = false;
let ending = false;

process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(1));
process.on('message', (message: ToWorker) => {
  if (message.type === 'run') {
    queue.push(message);
    void work();
    return;
  }
  if (message.type === 'stop') interruption.abort();
  ending = true;
  if (!working) process.disconnect();
});
send({ type: 'ready' });

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let next = queue.shift(); next !== undefined && !interruption.signal.aborted; next = queue.shift()) {
    await carryOut(next);
  }
  working = false;
  if (ending) process.disconnect();
}

async function carryOut({ task, optimizer, saveSeconds }: RunRequest): Promise<void> {
  const { id } = task;
  send({ type: 'started', id });
  const run = await performRun(task, problems, {
    optimizer,
    saveSeconds,
    signal: interruption.signal,
    progress: (share, loss) => send({ type: 'progress', id, share, loss }),
    save: (bytes) => send({ type: 'save', id, optimizer: bytes }),
  });
  if (run !== undefined) send({ type: 'finished', run });
}

function send(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
