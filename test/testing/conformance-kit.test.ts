/** The kit is worth something only if it finds faults: every check that a strategy can fail is failed here by one that should. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { AnyStrategy, Invariance } from '../../src/core/strategy.js';
import { checks, conformance } from '../../src/testing/conformance.js';
import { adam } from '../../strategies/adam.js';
import { pso } from '../../strategies/pso.js';
import { randomSearch } from '../../strategies/random-search.js';

type Changes = Partial<Omit<AnyStrategy, 'card'>> & { card?: Partial<AnyStrategy['card']> };

/** A strategy with parts replaced. */
function broken(strategy: AnyStrategy, { card, ...changes }: Changes): AnyStrategy {
  return { ...strategy, ...changes, card: { ...strategy.card, ...card } };
}

/** Random search whose points are changed after they are drawn. */
function withPoints(change: (values: Float32Array | Float64Array, state: { losses?: number }) => void, changes: Changes = {}): AnyStrategy {
  return broken(randomSearch, {
    ask(state) {
      const query = randomSearch.ask(state);
      if (query.kind === 'losses') change(query.population.values, state as object);
      return query;
    },
    ...changes,
  });
}

const claims = (invariance: Invariance) => ({ card: { invariances: [invariance] } });
let calls = 0;
const fastAdam = broken(adam, {
  ...claims('rotation'),
  start: (space, options, rng) => adam.start(space, { ...options, learningRate: 0.05 }, rng),
});

test.each<[string, string, AnyStrategy, RegExp]>([
  ['contract', 'a name in capitals', broken(randomSearch, { name: 'Mine' }), /"Mine" is not kebab-case/],
  [
    'contract',
    'an option that is not described',
    broken(randomSearch, { options: z.object({ rate: z.number().default(1) }) }),
    /option rate/,
  ],
  [
    'contract',
    'an option without a default',
    broken(randomSearch, { options: z.object({ rate: z.number().describe('A rate.') }) }),
    /no defaults/,
  ],
  [
    'contract',
    'words that no card has',
    broken(randomSearch, { card: { bounds: 'ignored', invariances: ['scale'] } as object }),
    /card's bounds is "ignored"; it may be required or respected; the card's invariances hold "scale"/,
  ],
  [
    'contract',
    'invariances that are no list',
    broken(randomSearch, { card: { invariances: undefined } as object }),
    /invariances are undefined/,
  ],
  [
    'givens',
    'a start that changes the space',
    broken(randomSearch, {
      start(space, ...given) {
        space.bounds?.lower.fill(-1);
        return randomSearch.start(space, ...given);
      },
    }),
    /start changes the space/,
  ],
  [
    'givens',
    'losses that are overwritten',
    broken(randomSearch, {
      tell(_state, answer) {
        if (answer.kind === 'losses') answer.losses.sort();
      },
    }),
    /it changes the losses that it is told/,
  ],
  [
    'stop',
    'a stop that is no reason',
    broken(randomSearch, { stop: (() => true) as never }),
    /answered stop with true; it must be undefined/,
  ],
  [
    'stop',
    'a stop before the first question',
    broken(randomSearch, { stop: () => 'converged' }),
    /stops with "converged" before its first/,
  ],
  [
    'seed',
    'its own randomness',
    withPoints((values) => {
      values[0] = Math.random();
    }),
    /seed 1 does not repeat/,
  ],
  ['seed', 'no regard for the seed', withPoints((values) => values.fill(1)), /seed 2 is the same/],
  [
    'resume',
    'state outside its state',
    withPoints((values) => {
      values[0] = ++calls / 1e6;
    }),
    /the states differ/,
  ],
  [
    'resume',
    'a function in its state',
    broken(randomSearch, { start: (...given) => ({ ...(randomSearch.start(...given) as object), f: () => 1 }) }),
    /is not plain/,
  ],
  [
    'failures',
    'an error on an infinite loss',
    broken(randomSearch, {
      tell(_state, answer) {
        if (answer.kind === 'losses' && answer.losses.includes(Number.POSITIVE_INFINITY)) throw new Error('infinite');
      },
    }),
    /failed in tell: infinite/,
  ],
  [
    'failures',
    'points computed from an infinite loss',
    withPoints(
      (values, state) => {
        values[0] += (state.losses ?? 0) / 1e9;
      },
      {
        tell(state, answer) {
          if (answer.kind === 'losses') (state as { losses: number }).losses = answer.losses[0];
        },
      },
    ),
    /not finite/,
  ],
  [
    'dimensions',
    'no work in one coordinate',
    broken(randomSearch, {
      start(space, ...given) {
        if (space.dimension === 1) throw new Error('no pair');
        return randomSearch.start(space, ...given);
      },
    }),
    /no pair/,
  ],
  ['memory', 'a card that says too little', broken(randomSearch, { card: { memory: (d) => 8 * d } }), /its card says 8000/],
  ['memory', 'a card that says too much', broken(randomSearch, { card: { memory: (d, p) => 80 * d * p } }), /its card says/],
  [
    'translation',
    'a pull to the origin',
    withPoints((values) => {
      for (let i = 0; i < values.length; i++) values[i] *= 0.9;
    }, claims('translation')),
    /largest departure/,
  ],
  [
    'order',
    'points that depend on the size of losses',
    withPoints(
      (values, state) => {
        values[0] += state.losses ?? 0;
      },
      {
        ...claims('order'),
        tell(state, answer) {
          if (answer.kind === 'losses') (state as { losses: number }).losses = answer.losses[0];
        },
      },
    ),
    /question 1 differs/,
  ],
  ['rotation', 'coordinates treated apart', fastAdam, /rank-sum z = -?[0-9.]+/],
  ['sphere', 'no search', broken(randomSearch, { family: 'swarm' }), /0 of 3 runs reached 1\.0e-8/],
  [
    'sphere',
    'numbers that run away',
    withPoints(
      (values, state) => {
        values[0] = (state.losses ?? 0) > 0 ? Number.NaN : values[0];
      },
      {
        tell(state) {
          (state as { losses: number }).losses = 1;
        },
      },
    ),
    /after [0-9]+, where it diverged/,
  ],
  ['rosenbrock', 'no search', broken(randomSearch, { family: 'swarm' }), /0 of 3 runs reached 1\.0e-8/],
  ['sphere', 'no search in few evaluations', broken(randomSearch, { card: { largestBudget: 100 } }), /0 of 3 runs reached 1\.9e\+0/],
  [
    'budget',
    'a budget that is not kept',
    broken(randomSearch, { card: { largestBudget: 100 } }),
    /ended after 200 evaluations; its card says 100/,
  ],
  [
    'budget',
    'an end at once',
    broken(randomSearch, { card: { largestBudget: 100 }, stop: () => 'converged' }),
    /ended after 1?[0-9] evaluations/,
  ],
  ['beats-random', 'no search', broken(randomSearch, { family: 'swarm' }), /of 5 runs/],
  ['noise', 'one point for ever', withPoints((values) => values.fill(5)), /exact losses at the best points/],
])('%s finds %s', async (check, _, strategy, detail) => {
  const [result] = await conformance(strategy, { only: [check] });
  expect(result.status).toBe('failed');
  expect(result.detail).toMatch(detail);
});

test('a check that is skipped says why, and an unknown check is refused', async () => {
  const skip = [{ reason: 'it is slow', checks: ['sphere'] }];
  const [result] = await conformance(pso, { only: ['sphere'], skip });
  expect(result).toMatchObject({ name: 'sphere', status: 'skipped', detail: 'it is slow' });
  await expect(conformance(pso, { only: ['spheer'] })).rejects.toThrow(
    'There is no check "spheer". The checks are contract, givens, stop, seed,',
  );
});

test('names of checks are unique', () => {
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});
