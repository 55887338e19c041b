/**
 * `zeroth train` with a strategy of the user's own, in a process of its own: one that hangs can be interrupted, and one that ends its
 * process is named, where otherwise the command would hang or end without a word.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { StrategyError } from '../core/errors.js';
import { endBeforeAnythingRan, onInterrupt, tellInterrupted } from './interruption.js';
import type { FromTraining, ToTraining } from './train-messages.js';

const childFile = fileURLToPath(new URL('./train-child.js', import.meta.url));
/** Seconds that the strategy may take to load. */
const loadLimit = 30;

/** Carries the command out and takes over its exit code. Throws StrategyError where the process did not get to its end. */
export async function trainApart(request: ToTraining & { readonly type: 'train' }): Promise<void> {
  const child = fork(childFile, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const send = (message: ToTraining) => void child.send(message, () => {}); // a process that is just ending tells by its end
  let loaded = false;
  const interrupt = onInterrupt(() => {
    if (!loaded) endBeforeAnythingRan();
    tellInterrupted('ending after the present query');
    send({ type: 'stop' });
  });
  let ended: string | undefined;
  let done = false;
  const timer = setTimeout(() => {
    ended = `took longer than ${loadLimit} s to load it and was ended`;
    child.kill('SIGKILL');
  }, loadLimit * 1000);
  child.on('message', (message: FromTraining) => {
    clearTimeout(timer);
    loaded = true;
    if (message.type === 'loaded') return;
    done = true;
    process.exitCode = message.exitCode;
  });
  send(request);
  try {
    const reason = await new Promise<string>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(signal === null ? `ended with exit code ${code}` : `ended with signal ${signal}`));
    });
    if (!done) throw new StrategyError(`The strategy ${request.options.strategy} gave no result: its process ${ended ?? reason}.`);
  } finally {
    clearTimeout(timer);
    interrupt.release();
  }
}
