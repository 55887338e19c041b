/** What a strategy does to the space that it is lent stays its own: not the caller's, not a later run's, not another start's. */
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { minimize } from '../../src/core/minimize.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { randomSearch } from '../../strategies/random-search.js';
import { multistart } from '../../strategies/shared/multistart.js';
import { restarted, scheduled } from '../../strategies/shared/restarts.js';

/** Halves the box that it is lent, and the spread around a point, and remembers the upper bound that it was lent. */
function greedy(lent: number[]): AnyStrategy {
  return {
    ...randomSearch,
    start(space, options, rng) {
      lent.push(space.bounds?.upper[0] ?? Number.NaN);
      space.bounds?.lower.forEach((x, i, lower) => {
        lower[i] = x / 2;
      });
      space.bounds?.upper.forEach((x, i, upper) => {
        upper[i] = x / 2;
      });
      for (const segment of space.start) if (segment.kind === 'around') segment.deviation.fill(0);
      return randomSearch.start(space, options as never, rng);
    },
  };
}

function given(): Space {
  const around = { kind: 'around', offset: 0, length: 2, mean: Float64Array.of(1, 1), deviation: Float64Array.of(1, 1) } as const;
  return { ...boxSpace(2, -4, 4), start: [around], first: Float64Array.of(3, 3) };
}

const loss = (x: ArrayLike<number>) => x[0] ** 2 + x[1] ** 2;

test('the space of the caller, its first point included, is after a run as it was', async () => {
  const space = given();
  const lent: number[] = [];
  const first: number[][] = [];
  for (let run = 0; run < 2; run++) {
    const seen: number[][] = [];
    const watched = (x: ArrayLike<number>) => {
      seen.push(Array.from(x));
      return loss(x);
    };
    await minimize(watched, greedy(lent), { space, budget: { evaluations: 100 } });
    first.push(seen[0]);
  }
  expect(space).toEqual(given());
  expect(lent).toEqual([4, 4]);
  expect(first).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

test.each([
  ['restarted', (strategy: AnyStrategy) => restarted(strategy), { patience: 1 }],
  ['multistart', (strategy: AnyStrategy) => multistart(strategy), { starts: 3 }],
])('every start within %s is lent the whole space; the run has one first point', (_, around, extra) => {
  const lent: number[] = [];
  const optimizer = new Optimizer(around(greedy(lent)), given(), { options: extra });
  let firsts = 0;
  for (let k = 0; k < 4; k++) {
    const query = optimizer.ask();
    if (query.kind !== 'losses') throw new Error(query.kind);
    const { size, values } = query.population;
    for (let i = 0; i < values.length; i += 2) if (values[i] === 3 && values[i + 1] === 3) firsts++;
    optimizer.tell(new Float64Array(size).fill(1));
  }
  expect(lent.length).toBeGreaterThanOrEqual(3);
  expect(new Set(lent)).toEqual(new Set([4]));
  expect(firsts).toBe(1);
});

test('a stop that is no reason is refused by name, also within restarts and multistart', () => {
  const hasty = (answer: unknown): AnyStrategy => ({ ...randomSearch, stop: () => answer as never });
  const refusal = (word: string) =>
    `random-search answered stop with ${word}; it must be undefined to go on, or converged or stagnation or diverged.`;
  for (const [answer, word] of [
    [true, 'true'],
    ['done', '"done"'],
    ['interrupted', '"interrupted"'],
    [null, 'null'],
  ] as const) {
    expect(() => new Optimizer(hasty(answer), given()).stop()).toThrow(refusal(word));
    for (const around of [restarted(hasty(answer)), multistart(hasty(answer))] as AnyStrategy[]) {
      const optimizer = new Optimizer(around, given());
      const query = optimizer.ask();
      const size = query.kind === 'losses' ? query.population.size : 0;
      expect(() => optimizer.tell(new Float64Array(size))).toThrow(refusal(word));
    }
  }
  expect(new Optimizer(hasty('stagnation'), given()).stop()).toBe('stagnation');
});

test('a schedule without patience leaves an option of that name to the inner strategy', async () => {
  let runs = 0;
  const patient: AnyStrategy = {
    ...randomSearch,
    options: z.strictObject({ patience: z.int().default(1).describe('Its own.') }),
    start: (space, _options, rng) => {
      runs++;
      return randomSearch.start(space, randomSearch.options.parse({}), rng);
    },
  };
  const schedule = { start: () => ({}), next: (_memory: object, _space: Space, options: unknown) => ({ options }), ended: () => {} };
  const strategy: AnyStrategy = scheduled(patient, { name: 'again', title: 'Again', reference: patient.reference, options: {}, schedule });
  await minimize(() => 1, strategy, { space: given(), seed: 1, budget: { evaluations: 1000 } });
  expect(runs).toBe(1);
});
