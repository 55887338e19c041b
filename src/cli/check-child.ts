/** The process in which `zeroth check` runs a strategy: whatever it does there, hang and crash included, the command survives. */
import { setImmediate } from 'node:timers/promises';
import { ZerothError } from '../core/errors.js';
import type { AnyStrategy } from '../core/strategy.js';
import { endWithLastWords } from '../study/last-words.js';
import { endWithParent } from '../study/parent-watch.js';
import { findStrategy } from '../study/strategy-registry.js';
import { checks, describeCheck, runCheck } from '../testing/conformance.js';
import type { FromChecker, ToChecker } from './check-messages.js';

process.on('disconnect', () => process.exit(1));
endWithParent();
endWithLastWords();
process.once('message', (request: ToChecker) => void carryOut(request));

async function carryOut({ strategy: given, checks: wanted }: ToChecker): Promise<void> {
  let strategy: AnyStrategy;
  try {
    strategy = await findStrategy(given);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await send({ type: 'refused', message, exitCode: error instanceof ZerothError ? error.exitCode : 1 });
    process.exit();
  }
  await send({ type: 'found', name: String(strategy.name), title: String(strategy.title) });
  for (const check of checks.filter(({ name }) => wanted.includes(name))) {
    await send({ type: 'started', check: describeCheck(check, strategy) });
    const started = performance.now();
    const result = await runCheck(check, strategy);
    await setImmediate(); // a promise that the check left rejected ends the process here, as that check's failure
    await send({ type: 'result', result, seconds: (performance.now() - started) / 1000 });
  }
  process.exit(); // also where the strategy has left a timer running
}

/** Settles when the message has left this process. */
function send(message: FromChecker): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}
