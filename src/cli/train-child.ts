/** The process in which `zeroth train` runs a strategy of the user's own. Interrupts reach the whole group; the command's process decides. */
import { endWithParent } from '../study/parent-watch.js';
import { fail } from './failure.js';
import { guardStandardStreams } from './standard-streams.js';
import type { FromTraining, ToTraining } from './train-messages.js';
import { trainHere } from './train-run.js';

const interruption = new AbortController();
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit(1));
endWithParent();
guardStandardStreams((exitCode) => void endWith(exitCode));
process.on('message', (message: ToTraining) => {
  if (message.type === 'stop') interruption.abort();
  else void carryOut(message);
});

async function carryOut({ id, options }: ToTraining & { readonly type: 'train' }): Promise<void> {
  try {
    await trainHere(id, options, { signal: interruption.signal, loaded: () => void send({ type: 'loaded' }) });
  } catch (error) {
    fail(error);
  }
  for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write('', resolve));
  await endWith(Number(process.exitCode ?? 0));
}

async function endWith(exitCode: number): Promise<void> {
  await send({ type: 'done', exitCode });
  process.exit(exitCode); // also where the strategy has left a timer running
}

/** Settles when the message has left this process. */
function send(message: FromTraining): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
