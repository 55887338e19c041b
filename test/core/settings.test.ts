/** What is handed over wrong is told at once, in words: what was given, what is allowed. */
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize as minimizeObjective } from '../../src/core/minimize.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, sampleStart } from '../../src/core/space.js';
import { findProblem } from '../../src/problems/registry.js';
import { minimize } from '../../src/study/minimize.js';
import { pso } from '../../strategies/pso.js';

const sphere = (x: Float64Array) => x.reduce((sum, xi) => sum + xi * xi, 0);
const space = boxSpace(2, -1, 1);
const budget = { evaluations: 10 };

// biome-ignore lint/suspicious/noExplicitAny: callers without types hand over anything
type Anything = any;

describe('minimize refuses', () => {
  const wrong: readonly [what: string, args: readonly Anything[], told: string][] = [
    ['no settings', [sphere, 'pso'], 'The settings of minimize are missing. They may hold space, budget, options, seed'],
    ['settings that are none', [sphere, 'pso', 100], 'The settings of minimize must be an object; got 100.'],
    ['a setting it does not have', [sphere, 'pso', { space, budgt: budget }], 'minimize has no setting "budgt". Did you mean budget?'],
    ['no budget', [sphere, 'pso', { space }], 'budget is missing. Give at least one of evaluations, samplePasses, seconds'],
    ['a budget that is none', [sphere, 'pso', { space, budget: 100 }], 'budget must be an object; got 100.'],
    ['a budget without a limit', [sphere, 'pso', { space, budget: {} }], 'A budget must set at least one limit'],
    [
      'no objective',
      [undefined, 'pso', { budget }],
      'a function of a point, an objective (space and losses) or the id of a problem; got undefined.',
    ],
    ['null for an objective', [null, 'pso', { budget }], 'or the id of a problem; got null.'],
    ['an objective without losses', [{ space }, 'pso', { budget }], 'or the id of a problem; got an object with space.'],
    ['an objective that is not there yet', [Promise.resolve(sphere), 'pso', { budget }], 'got a promise. Await it first.'],
    [
      'no strategy',
      [sphere, undefined, { space, budget }],
      'A strategy must have name, card, options, start, ask and tell; got undefined.',
    ],
    ['a strategy of another type', [sphere, ['pso'], { space, budget }], 'got a list of 1.'],
    ['no space for a function', [sphere, 'pso', { budget }], 'give space, for example boxSpace(10, -5, 5)'],
    ['a space that is none', [sphere, 'pso', { space: 3, budget }], 'A search space is needed, for example boxSpace(10, -5, 5); got 3.'],
    [
      'a seed that is no whole number',
      [sphere, 'pso', { space, budget, seed: 1.5 }],
      'seed must be a whole number, or text that is not empty; got 1.5.',
    ],
    ['a seed that is none', [sphere, 'pso', { space, budget, seed: Number.NaN }], 'got NaN.'],
    ['a listener that is no function', [sphere, 'pso', { space, budget, onProgress: true }], 'onProgress must be a function; got true.'],
    ['no threads', ['iris', 'pso', { budget, threads: 0 }], 'threads must be a whole number of at least 1; got 0.'],
    ['options that are none', [sphere, 'pso', { space, budget, options: 'fast' }], 'must be an object of names and values; got "fast".'],
  ];
  test.each(wrong)('%s', async (_what, args, told) => {
    const refusal = await (minimize as Anything)(...args).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(UsageError);
    expect((refusal as Error).message).toContain(told);
  });

  test('the same where strategies have no names', async () => {
    const call: Anything = minimizeObjective;
    await expect(call(sphere, 'pso', { space, budget })).rejects.toThrow(`Of a name, await findStrategy("pso") is one.`);
    await expect(call(sphere, pso)).rejects.toThrow('The settings of minimize are missing');
    await expect(call(null, pso, { budget })).rejects.toThrow('got null');
  });
});

test('options may stand in the name of a strategy, and those beside it replace them', async () => {
  const settings = { space, budget, options: { inertia: 0.6 } };
  const { options } = await minimize(sphere, 'pso(swarmSize=5, inertia=0.5)', settings);
  expect(options).toMatchObject({ swarmSize: 5, inertia: 0.6 });
});

test('Optimizer refuses what it does not know, and a space that is none', () => {
  const make = (...args: Anything[]) => new (Optimizer as Anything)(...args);
  expect(() => make(pso, space, { sed: 7 })).toThrow('Optimizer has no setting "sed". Did you mean seed?');
  expect(() => make(pso)).toThrow('A search space is needed');
  expect(() => make('pso', space)).toThrow('await findStrategy("pso")');
  expect(() => make(pso, space, { seed: 0.1 })).toThrow('seed must be a whole number');
  expect(() => make(pso, { ...space, bounds: { lower: [0, 0], upper: [1] } })).toThrow(
    'space.bounds.upper must be 2 numbers, one for each coordinate; got a list of 1.',
  );
  expect(() => make(pso, { ...space, bounds: { lower: [0, 2], upper: [1, 1] } })).toThrow(
    'The bounds of coordinate 1 must be numbers, the lower not above the upper; got 2 and 1.',
  );
  expect(() => make(pso, { ...space, bounds: { lower: [0, Number.NaN], upper: [1, 1] } })).toThrow('got NaN and 1.');
});

describe('boxSpace', () => {
  test.each<[args: Anything[], told: string]>([
    [[0, -1, 1], 'a whole number of at least 1 coordinates; got 0.'],
    [[2.5, -1, 1], 'got 2.5.'],
    [[[1, 2], -1, 1], 'got a list of 2.'],
    [[2, 1, -1], 'boxSpace needs low not above high; got 1 and -1.'],
    [[2, Number.NaN, 1], 'boxSpace needs finite numbers; low is NaN.'],
    [[2, -1, Infinity], 'boxSpace needs finite numbers; high is Infinity. openSpace(dimension, mean, deviation) has no bounds.'],
    [[2, [0, 0, 0], 1], 'boxSpace needs low as one number, or as 2, one for each coordinate; got a list of 3.'],
    [[2, 0, [1]], 'boxSpace needs high as one number, or as 2'],
    [[2, [0, 3], [1, 2]], 'boxSpace needs low not above high; got 3 and 2 at coordinate 1.'],
    [[2], 'boxSpace needs low as one number'],
  ])('refuses %j', (args, told) => {
    expect(() => (boxSpace as Anything)(...args)).toThrow(told);
  });

  test('takes a range for each coordinate, and draws first points within it', () => {
    const own = boxSpace(4, [0, 0, -3, 10], Float64Array.of(1, 1, -2, 20));
    expect(own.start.map(({ offset, length }) => [offset, length])).toEqual([
      [0, 2],
      [2, 1],
      [3, 1],
    ]);
    const x = new Float64Array(4);
    for (let k = 0; k < 100; k++) {
      sampleStart(own, Rng.seeded(k), x);
      for (let i = 0; i < 4; i++) expect(x[i] >= [0, 0, -3, 10][i] && x[i] <= [1, 1, -2, 20][i]).toBe(true);
    }
  });

  test('and openSpace refuses what is not finite', () => {
    expect(() => openSpace(2, 0, Number.NaN)).toThrow('openSpace needs a finite mean and a deviation of at least 0; got 0 and NaN.');
  });
});

test('findProblem refuses what is no text', async () => {
  await expect(findProblem(undefined as Anything)).rejects.toThrow(
    'A problem is named by its id, for example iris or rastrigin:d10; got undefined.',
  );
});

test('an objective that gives no number anywhere leaves a warning, one that gives some does not', async () => {
  const { warning, best, cost } = await minimize(() => Number.NaN, 'random-search', { space, budget: { evaluations: 1200 } });
  expect(warning).toBe(
    'All 1,200 evaluations gave NaN or an infinity, so nothing was found. Check the objective, and the space that it is defined in.',
  );
  expect([best.loss, cost.failed]).toEqual([Infinity, 1200]);
  const half = await minimize((x) => (x[0] > 0 ? 1 : Number.NaN), 'random-search', { space, budget: { evaluations: 100 } });
  expect(half.warning).toBeUndefined();
  expect(half.cost.failed).toBeGreaterThan(20);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['no strategy', () => minimize(() => 0, { space } as Anything, undefined as Anything), 'A strategy must have name'],
  ['a strategy not awaited', () => minimize(() => 0, Promise.resolve() as Anything, { space, budget }), 'Await it first'],
  ['a wrong signal', () => minimize(() => 0, 'pso', { space, budget, signal: 3 as Anything }), 'signal must be an AbortSignal'],
  ['wrong checkpoint keys', () => minimize(() => 0, 'pso', { space, budget, checkpoint: { every: 1 } as Anything }), 'no setting "every"'],
  ['saved text', () => minimize(() => 0, 'pso', { space, budget, resume: 'x' as Anything }), 'must be a Uint8Array'],
  ['a space for a problem', () => minimize('sphere:d2', 'pso', { space, budget }), 'sphere:d2 brings its own space'],
  ['a bigint loss', () => minimize(() => 3n as Anything, 'pso', { space, budget }), 'it returned the bigint 3n'],
  ['a text loss', () => minimize(() => '3' as Anything, 'pso', { space, budget }), 'it returned the text "3"'],
])('minimize names %s', async (_, call, message) => {
  await expect(call()).rejects.toThrow(message);
});
