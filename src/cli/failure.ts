/** How the command line ends when something was wrong: one paragraph on stderr and an exit code, no stack. */
import { ZerothError } from '../core/errors.js';

/** Prints the error and sets the exit code. `ZEROTH_DEBUG=1` shows the stack. */
export function fail(error: unknown): void {
  const known = error instanceof ZerothError;
  const message = error instanceof Error ? error.message : String(error);
  const paragraph = message.replace(/\s*\n\s*/g, ' ').trim();
  process.stderr.write(`zeroth: ${known ? '' : 'unexpected: '}${paragraph}${known ? '' : ' (ZEROTH_DEBUG=1 shows where.)'}\n`);
  if (process.env.ZEROTH_DEBUG === '1' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = known ? error.exitCode : 1;
}
