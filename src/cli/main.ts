#!/usr/bin/env node
/**
 * The program `zeroth`: parses, carries out, and ends with an exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted, 141 where the
 * reader of its output has gone.
 */
import { CommanderError } from 'commander';
import { commandLine } from './command-line.js';
import { fail } from './failure.js';
import { watchStart } from './interruption.js';
import { guardStandardStreams } from './standard-streams.js';

guardStandardStreams((exitCode) => process.exit(exitCode));

try {
  await commandLine()
    .hook('preAction', (_, command) => {
      if (['compare', 'train', 'lab'].includes(command.name())) watchStart();
    })
    .parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else fail(error);
}
