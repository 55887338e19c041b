/** Ctrl-C: before anything runs it ends the command at once; then the first asks for an orderly end, the second ends at once. */

/** The exit code of a command that was interrupted: 128 + SIGINT. */
export const interruptedExit = 130;

/** What a first Ctrl-C does, on stderr; on a terminal it has just written ^C into the line. */
export function tellInterrupted(doing: string): void {
  tell(`Interrupted: ${doing} (again to end at once).`);
}

/** Ends the process: there is nothing to save yet. */
export function endBeforeAnythingRan(): never {
  tell('Interrupted before anything ran: nothing was lost.');
  process.exit(interruptedExit);
}

function tell(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}${text}\n`);
}

/** For the time that a command takes to load, until `onInterrupt` takes over. */
export function watchStart(): void {
  for (const signal of signals) process.on(signal, endBeforeAnythingRan);
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** `ask` is called at the first interrupt. Returns the signal for the work, and `release` for when it is over. */
export function onInterrupt(ask: () => void): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(interruptedExit);
    ask();
    controller.abort();
  };
  for (const signal of signals) process.off(signal, endBeforeAnythingRan).on(signal, handle);
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) process.off(signal, handle);
    },
  };
}
