#!/usr/bin/env node
/** The program `zeroth`: parses, carries out, and ends with an exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
import { CommanderError } from 'commander';
import { commandLine } from './command-line.js';
import { fail } from './failure.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0); // the reader has seen enough
  throw error;
});

try {
  await commandLine().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error);
}
