/** Ctrl-C: the first asks for an orderly end, the second ends at once. */

/** The exit code of a command that was interrupted: 128 + SIGINT. */
export const interruptedExit = 130;

/** What a first Ctrl-C does, on stderr; on a terminal it has just written ^C into the line. */
export function tellInterrupted(doing: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}Interrupted: ${doing} (again to end at once).\n`);
}

/** `ask` is called at the first interrupt. Returns the signal for the work, and `release` for when it is over. */
export function onInterrupt(ask: () => void): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(interruptedExit);
    ask();
    controller.abort();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
}
