/** What a process that runs strategies says when an error that nobody handles ends it: one line, so that its message is not lost behind a stack. */
import { writeSync } from 'node:fs';

const kinds = { unhandledRejection: 'Unhandled rejection', uncaughtException: 'Uncaught exception' } as const;

/** In that process: ends it by the first such error, with exit code 1. */
export function endWithLastWords(): void {
  for (const [event, kind] of Object.entries(kinds)) {
    process.on(event, (error: unknown) => {
      writeSync(2, `${kind}: ${told(error)}\n`);
      process.exit(1);
    });
  }
}

/** Of what a process wrote as errors: its last words, where it had time for them, else all, as one line. */
export function lastWords(tail: string): string {
  const at = Math.max(...Object.values(kinds).map((kind) => tail.lastIndexOf(`${kind}: `)));
  return tail
    .slice(Math.max(0, at))
    .trim()
    .replace(/\s*\n\s*/g, ' | ');
}

/** `TypeError: what (mine.js:12:5)`: with the place where it was thrown. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = /([^\\/()\s]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  return `${error.name}: ${error.message}${place === undefined ? '' : ` (${place})`}`;
}
