/** Where an objective fails, the error says in which evaluation and why, and holds what the run had found. */
import { describe, expect, test } from '@jest/globals';
import { EngineError } from '../../src/core/errors.js';
import { functionObjective } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import { ObjectiveError } from '../../src/core/objective-error.js';
import { boxSpace, type Vector } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { randomSearch } from '../../strategies/random-search.js';
import { sgd } from '../../strategies/sgd.js';

const space = boxSpace(2, -5, 5);
const sphere = (x: ArrayLike<number>) => Array.from(x).reduce((sum, xi) => sum + xi * xi, 0);
const rowOf = (values: Vector, p: number) => values.subarray(2 * p, 2 * p + 2);

const quadratic: Objective = {
  space,
  passesPerEvaluation: 1,
  deterministic: true,
  losses({ values, size }, _step, out) {
    for (let p = 0; p < size; p++) out[p] = sphere(rowOf(values, p));
  },
  gradient(point, _step, out) {
    out[0] = 2 * point[0];
    out[1] = 2 * point[1];
    return sphere(point);
  },
};

// biome-ignore lint/suspicious/noExplicitAny: callers without types hand over anything
type Anything = any;

async function failureOf(objective: Anything, strategy: AnyStrategy = randomSearch, evaluations = 1000): Promise<ObjectiveError> {
  const settings = { budget: { evaluations }, ...(typeof objective === 'function' && { space }) };
  const failure = await minimize(objective, strategy, settings).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ObjectiveError);
  return failure as ObjectiveError;
}

describe('a function that throws', () => {
  // random search asks 100 at a time: the 250th evaluation is amid the third population
  test.each([
    ['at once', false],
    ['later', true],
  ])('%s: its number, its point, the best before it, and what it threw', async (_, later) => {
    const thrown = new RangeError('the simulator lost a wheel.');
    const seen: { x: number[]; loss: number }[] = [];
    const f = (x: Float64Array) => {
      const loss = sphere(x);
      seen.push({ x: [...x], loss });
      if (seen.length === 250) throw thrown;
      return loss;
    };
    const error = await failureOf(later ? async (x: Float64Array) => f(x) : f);
    const best = seen.slice(0, 249).reduce((a, b) => (b.loss < a.loss ? b : a));
    expect(seen.length).toBe(250);
    expect(error.evaluation).toBe(250);
    expect([...(error.point ?? [])]).toEqual(seen[249].x);
    expect({ x: [...error.best.point], loss: error.best.loss }).toEqual(best);
    expect(error.cause).toBe(thrown);
    expect(error.message).toBe(
      `The objective failed in evaluation 250: RangeError: the simulator lost a wheel. The best before, a loss of ${best.loss}, is in this error's best. To go on past such points, catch what is thrown and give NaN.`,
    );
  });

  test('where the best is the one just before it, in the same population', async () => {
    let count = 0;
    const error = await failureOf(() => {
      if (++count === 8) throw new Error('no');
      return -count;
    });
    expect([error.evaluation, error.best.loss]).toEqual([8, -7]);
  });

  test('at the first evaluation: there is no best to speak of', async () => {
    const error = await failureOf(() => {
      throw 'a text'; // what is no Error is thrown too
    });
    expect(error.message).toBe(
      'The objective failed in evaluation 1: a text. To go on past such points, catch what is thrown and give NaN.',
    );
    expect([error.best.loss, error.cause]).toEqual([Number.POSITIVE_INFINITY, 'a text']);
  });

  test('from a gradient, and while it computes one', async () => {
    let count = 0;
    const fails = (x: Float64Array) => {
      if (++count === 5) throw new Error('off the road');
      return sphere(x);
    };
    const gradient = (x: Float64Array, out: Float64Array) => out.set(x.map((xi) => 2 * xi));
    const inLoss = await failureOf(functionObjective(fails, space, { gradient }), sgd);
    expect([inLoss.evaluation, inLoss.message.includes('in evaluation 5: off the road.')]).toEqual([5, true]);
    expect(inLoss.best.loss).toBeCloseTo(sphere(inLoss.best.point), 12);
    const inGradient = await failureOf({ ...quadratic, gradient: () => Promise.reject(new Error('rejected')) }, sgd);
    expect(inGradient.message).toContain('in evaluation 1: rejected.');
  });
});

describe('an objective of whole populations', () => {
  test('that throws: the populations before count, and of its own the losses that it had written', async () => {
    const seen: number[] = [];
    const error = await failureOf({
      ...quadratic,
      losses({ values, size }: { values: Vector; size: number }, step: number, out: Float64Array) {
        for (let p = 0; p < size; p++) {
          if (step === 1 && p === 60) throw new Error('half-way');
          out[p] = step === 1 && p === 59 ? -1 : sphere(rowOf(values, p));
          seen.push(out[p]);
        }
      },
    });
    expect(seen.length).toBe(160);
    expect([error.evaluation, error.point, error.best.loss]).toEqual([101, undefined, -1]);
    expect(error.message).toContain('in evaluations 101 to 200, a population: half-way.');
  });

  test('that fails in metrics: the point that was measured, and a best that has its population in it', async () => {
    const losses: number[] = [];
    const error = await failureOf({
      ...quadratic,
      losses(...[{ values, size }, , out]: Parameters<Objective['losses']>) {
        for (let p = 0; p < size; p++) {
          out[p] = sphere(rowOf(values, p));
          losses.push(out[p]);
        }
      },
      metrics: () => Promise.reject(new Error('no test data')),
    });
    expect(error.message).toContain('in metrics after evaluation 100: no test data.');
    expect(error.best.loss).toBe(Math.min(...losses));
    expect([...(error.point ?? [])].length).toBe(2);
  });

  test('an error of Zeroth’s own comes through as it is', async () => {
    const own = new EngineError('The device is gone.');
    const fails = () => {
      throw own;
    };
    await expect(minimize({ ...quadratic, losses: fails }, randomSearch, { budget: { evaluations: 5 } })).rejects.toBe(own);
    await expect(minimize(fails, randomSearch, { space, budget: { evaluations: 5 } })).rejects.toBe(own);
  });
});

describe('an answer that is none', () => {
  const gradient = (returned: unknown) => functionObjective(sphere, space, { gradient: (() => returned) as Anything });
  test.each<[what: string, objective: Anything, strategy: AnyStrategy, told: string]>([
    ['nothing', () => undefined, randomSearch, 'in evaluation 1: it must return a number, the loss at x; it returned undefined.'],
    ['text', () => '3', randomSearch, 'it returned the text "3".'],
    ['a bigint', () => 3n, randomSearch, 'it returned the bigint 3n.'],
    ['a promise of a list', async () => [1, 2], randomSearch, 'it returned a list of 2.'],
    [
      'losses returned, not written',
      { ...quadratic, losses: () => [1, 2, 3] },
      randomSearch,
      'losses must write into out, its third argument; it wrote nothing and returned a list of 3.',
    ],
    [
      'no loss beside a gradient',
      { ...quadratic, gradient: () => undefined },
      sgd,
      'in evaluation 1: gradient must return the loss, a number, and write the gradient into out; it returned undefined.',
    ],
    ['a gradient returned, not written', gradient([1, 2]), sgd, 'it wrote nothing and returned a list of 2.'],
    ['a gradient to come', gradient(Promise.resolve()), sgd, 'it wrote nothing and returned a promise.'],
    [
      'metrics without a loss',
      { ...quadratic, metrics: () => 0.5 },
      randomSearch,
      'metrics must return an object with trainLoss, a number; it returned 0.5.',
    ],
  ])('%s', async (_, objective, strategy, told) => {
    const { message, cause } = await failureOf(objective, strategy);
    expect(message).toContain(told);
    expect(message).not.toContain('give NaN');
    expect(cause).toBeUndefined();
  });

  test('a population whose losses are written and returned as well is taken', async () => {
    const objective = { ...quadratic, losses: (_p: unknown, _s: unknown, out: Float64Array) => out.fill(2) } as Anything;
    expect((await minimize(objective, randomSearch, { budget: { evaluations: 5 } })).best.loss).toBe(2);
  });

  test('a gradient that leaves a coordinate out has failed there', async () => {
    const half = functionObjective(sphere, space, {
      gradient: (x, out) => {
        out[0] = 2 * x[0];
      },
    });
    const { cost } = await minimize(half, sgd, { budget: { evaluations: 6 } });
    expect(cost.failed).toBe(6);
  });
});
