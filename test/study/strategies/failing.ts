/** A strategy that fails in a way to choose: for tests that failures harm no other run. */
import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { densePopulation } from '../../../src/core/population.js';
import type { Space } from '../../../src/core/space.js';
import { defineStrategy } from '../../../src/core/strategy.js';

interface Options {
  readonly how: 'throw' | 'kill' | 'exit' | 'hang';
  /** A file that takes the number of the process before it fails. */
  readonly log: string;
}

export const failing = defineStrategy<Options, { space: Space; options: Options }>({
  name: 'failing',
  title: 'Failing on purpose',
  family: 'random',
  reference: { authors: 'none', year: 2026, title: 'none' },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'tolerates',
    largestDimension: 1000,
    memory: () => 0,
    work: () => 0,
    invariances: [],
  },
  options: z.object({ how: z.enum(['throw', 'kill', 'exit', 'hang']).default('throw'), log: z.string().default('') }),
  start: (space, options) => ({ space, options }),
  ask({ space, options }) {
    if (options.log !== '') appendFileSync(options.log, `${process.pid}\n`);
    if (options.how === 'kill') process.kill(process.pid, 'SIGKILL');
    if (options.how === 'exit') process.exit(7);
    if (options.how === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
    if (options.how === 'throw') throw new Error('thrown on purpose');
    return { kind: 'losses', population: densePopulation(space, 1) };
  },
  tell() {},
});
