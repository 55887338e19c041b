/** Random search that breaks its contract in a way to choose: for tests that each way is told by name and harms no other run. */
import { z } from 'zod';
import { type DensePopulation, densePopulation } from '../../../src/core/population.js';
import type { Query } from '../../../src/core/query.js';
import type { Rng } from '../../../src/core/rng.js';
import { type Space, sampleStart } from '../../../src/core/space.js';
import { defineStrategy } from '../../../src/core/strategy.js';

const options = z.strictObject({
  does: z
    .enum([
      'nothing',
      'throw in start',
      'throw in ask',
      'throw in tell',
      'throw text',
      'hang in start',
      'hang in ask',
      'hang in tell',
      'ask too few numbers',
      'ask another dimension',
      'ask no candidates',
      'ask another precision',
      'ask nothing',
      'ask later',
      'tell later',
      'ask NaN at first',
      'ask NaN later',
      'ask outside',
      'keep a function',
      'reject unseen',
    ])
    .default('nothing')
    .describe('What it does wrong.'),
});

interface State {
  readonly does: string;
  readonly space: Space;
  readonly rng: Rng;
  readonly population: DensePopulation;
  readonly extra?: () => void;
  asked: number;
}

/** For as long as a test could wait, without a load on the machine. */
function hang(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 120_000);
}

export const illBehaved = defineStrategy<z.output<typeof options>, State>({
  name: 'ill-behaved',
  title: 'Ill-behaved on purpose',
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
  options,
  start(space, { does }, rng) {
    if (does === 'throw in start') throw new Error('start on purpose');
    if (does === 'hang in start') hang();
    return { does, space, rng, population: densePopulation(space, 5), asked: 0, ...(does === 'keep a function' && { extra: hang }) };
  },
  ask(state) {
    const { does, space, rng, population } = state;
    const { size, dimension, values } = population;
    state.asked++;
    if (does === 'throw in ask') throw new Error('ask on purpose');
    if (does === 'throw text') throw 'text on purpose';
    if (does === 'hang in ask') hang();
    if (does === 'ask nothing') return undefined as unknown as Query;
    if (does === 'ask later') return Promise.reject(new Error('later')) as unknown as Query;
    for (let p = 0; p < size; p++) sampleStart(space, rng, values, p * dimension);
    if (does === 'ask NaN at first' || (does === 'ask NaN later' && state.asked > 2)) values[3] = Number.NaN;
    if (does === 'ask outside') values.fill(1e9);
    const changed = {
      'ask too few numbers': { values: values.subarray(1) },
      'ask another dimension': { dimension: dimension + 1 },
      'ask no candidates': { size: 0 },
      'ask another precision': { values: Float32Array.from(values) },
    }[does];
    return { kind: 'losses', population: { ...population, ...changed } };
  },
  tell({ does }) {
    if (does === 'throw in tell') throw new Error('tell on purpose');
    if (does === 'hang in tell') hang();
    if (does === 'reject unseen') void Promise.reject(new TypeError('unseen on purpose'));
    if (does === 'tell later') return Promise.reject(new Error('later')) as never;
  },
});
