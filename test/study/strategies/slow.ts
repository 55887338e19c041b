/** Random search, one candidate a query, that waits before each and writes a line for it: for tests that interrupt. */
import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { densePopulation } from '../../../src/core/population.js';
import type { Rng } from '../../../src/core/rng.js';
import { type Space, sampleStart } from '../../../src/core/space.js';
import { defineStrategy } from '../../../src/core/strategy.js';

interface Options {
  readonly delay: number;
  readonly log: string;
}

interface State {
  readonly space: Space;
  readonly options: Options;
  readonly rng: Rng;
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

export const slow = defineStrategy<Options, State>({
  name: 'slow',
  title: 'Slow random search',
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
  options: z.object({ delay: z.number().min(0).default(1), log: z.string().default('') }),
  start: (space, options, rng) => ({ space, options, rng }),
  ask({ space, options, rng }) {
    Atomics.wait(sleeper, 0, 0, options.delay);
    if (options.log !== '') appendFileSync(options.log, `${process.pid}\n`);
    const population = densePopulation(space, 1);
    sampleStart(space, rng, population.values);
    return { kind: 'losses', population };
  },
  tell() {},
});
