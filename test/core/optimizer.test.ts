import { describe, expect, test } from '@jest/globals';
import { encode } from '../../src/core/codec.js';
import { StoreError, StrategyError, UsageError } from '../../src/core/errors.js';
import { Optimizer } from '../../src/core/optimizer.js';
import type { Query } from '../../src/core/query.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import type { Told } from '../../src/core/told.js';
import { adam } from '../../strategies/adam.js';
import { randomSearch } from '../../strategies/random-search.js';
import { sgd } from '../../strategies/sgd.js';

const space = boxSpace(2, -1, 1);
const three = { options: { populationSize: 3 } };

/** Random search, changed. */
const variant = (change: Partial<AnyStrategy>): AnyStrategy => ({ ...randomSearch, name: 'mine', ...change });

describe('best', () => {
  test('is the lowest loss told so far and its point', () => {
    const optimizer = new Optimizer(randomSearch, space, three);
    const query = optimizer.ask();
    if (query.kind !== 'losses') throw new Error('random search asks for losses');
    const points = query.population.values.slice();
    optimizer.tell([5, 2, 4]);
    expect(optimizer.best).toEqual({ loss: 2, point: points.slice(2, 4) });
    optimizer.ask();
    optimizer.tell([3, 2, 9]);
    expect(optimizer.best).toEqual({ loss: 2, point: points.slice(2, 4) });
  });

  test('is the start mean before, and the first candidate while nothing was finite', () => {
    const optimizer = new Optimizer(randomSearch, space, three);
    expect(optimizer.best).toEqual({ loss: Number.POSITIVE_INFINITY, point: Float64Array.of(0, 0) });
    const query = optimizer.ask() as Query & { kind: 'losses' };
    const first = query.population.values.slice(0, 2);
    optimizer.tell([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(optimizer.best).toEqual({ loss: Number.POSITIVE_INFINITY, point: first });
    expect(optimizer.cost).toMatchObject({ evaluations: 3, failed: 3, samplePasses: 3 });
  });
});

describe('a strategy never sees', () => {
  test('a loss that is NaN or infinite the wrong way', () => {
    let seen: number[] = [];
    const spy = variant({
      tell(_state, answer) {
        if (answer.kind === 'losses') seen = [...answer.losses];
      },
    });
    const optimizer = new Optimizer(spy, space, three);
    optimizer.ask();
    optimizer.tell([Number.NaN, Number.NEGATIVE_INFINITY, 1]);
    expect(seen).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1]);
  });

  test('a gradient that is not finite: zeros, and a loss of Infinity', () => {
    const optimizer = new Optimizer(sgd, space);
    const { point } = optimizer.ask() as Query & { kind: 'gradient' };
    const before = point.slice();
    optimizer.tell({ kind: 'gradient', loss: 1, gradient: [Number.NaN, 5] });
    expect((optimizer.ask() as Query & { kind: 'gradient' }).point).toEqual(before);
    expect(optimizer.best.loss).toBe(Number.POSITIVE_INFINITY);
    expect(optimizer.cost).toMatchObject({ gradients: 1, failed: 1, samplePasses: 3 });
  });

  test('the arrays of its teller change under it', () => {
    const optimizer = new Optimizer(randomSearch, space, three);
    optimizer.ask();
    const losses = Float64Array.of(Number.NaN, 1, 2);
    optimizer.tell(losses);
    expect([...losses]).toEqual([Number.NaN, 1, 2]);
  });
});

describe('the same question', () => {
  test('is asked until it is answered', () => {
    const optimizer = new Optimizer(randomSearch, space, three);
    const first = optimizer.ask();
    expect(optimizer.ask()).toBe(first);
    const copy = structuredClone(first);
    optimizer.tell([1, 2, 3]);
    expect(optimizer.ask()).not.toEqual(copy);
  });

  test('is asked after a restore, and the run goes on as it would have', () => {
    for (const strategy of [randomSearch, sgd, adam] as AnyStrategy[]) {
      const a = new Optimizer(strategy, space, { seed: 3, options: strategy.name === 'sgd' ? { momentum: 0.5 } : {} });
      const answer = (optimizer: Optimizer) => {
        const query = optimizer.ask();
        if (query.kind === 'losses')
          optimizer.tell(Float64Array.from({ length: query.population.size }, (_, p) => query.population.values[2 * p]));
        else if (query.kind === 'gradient') optimizer.tell({ kind: 'gradient', loss: query.point[0] ** 2, gradient: query.point.slice() });
      };
      for (let k = 0; k < 3; k++) answer(a);
      const asked = a.ask();
      const b = Optimizer.restore(a.save(), strategy);
      expect(b.ask()).toEqual(asked);
      for (let k = 0; k < 3; k++) {
        answer(a);
        answer(b);
      }
      expect(b.ask()).toEqual(a.ask());
      expect(b.best).toEqual(a.best);
    }
  });
});

describe('misuse is named:', () => {
  const asked = (strategy: AnyStrategy = randomSearch) => {
    const optimizer = new Optimizer(strategy, space, strategy === randomSearch ? three : {});
    optimizer.ask();
    return optimizer;
  };

  test('an answer before a question', () => {
    expect(() => new Optimizer(randomSearch, space).tell([1])).toThrow('tell() before ask()');
  });

  test('too few or too many losses', () => {
    expect(() => asked().tell([1, 2])).toThrow('tell() needs 3 losses, one for each candidate; got 2.');
    expect(() => asked().tell(new Float64Array(4))).toThrow('got 4');
  });

  test('an answer of another kind', () => {
    expect(() => asked(sgd).tell([1])).toThrow('tell() was given losses; the open question is for gradient.');
    expect(() => asked().tell({ kind: 'gradient', loss: 1, gradient: [0, 0] })).toThrow(
      'tell() was given gradient; the open question is for losses.',
    );
  });

  test('a gradient of another length', () => {
    expect(() => asked(sgd).tell({ kind: 'gradient', loss: 1, gradient: [0, 0, 0] })).toThrow('a gradient of 2 numbers; got 3');
  });

  test.each<[told: unknown, message: string]>([
    [5, "tell() needs the losses as a list, or an answer such as { kind: 'losses', ... }; got 5."],
    [undefined, 'got undefined.'],
    [[1, undefined, 3], 'tell() needs 3 losses, one for each candidate; loss 2 is undefined.'],
    [[1, 2, '3'], 'loss 3 is "3".'],
    [{ kind: 'losses' }, 'tell() needs 3 losses, one for each candidate; got undefined.'],
    [{ losses: [1, 2, 3] }, 'tell() needs 3 losses, one for each candidate; got an object with losses.'],
    [{ kind: 'loss' }, 'tell() was given loss; the open question is for losses.'],
  ])('%j for three losses', (told, message) => {
    expect(() => asked().tell(told as Told)).toThrow(message);
  });

  test.each<[told: unknown, message: string]>([
    [{ kind: 'gradient', gradient: [0, 0] }, 'tell() needs a loss beside the gradient; got undefined.'],
    [{ kind: 'gradient', loss: 1 }, 'tell() needs a gradient of 2 numbers; got undefined.'],
    [{ kind: 'gradient', loss: 1, gradient: [0, null] }, 'tell() needs a gradient of 2 numbers; number 2 is null.'],
  ])('%j for a gradient', (told, message) => {
    expect(() => asked(sgd).tell(told as Told)).toThrow(message);
  });

  test('a bounds policy that does not exist', () => {
    expect(() => new Optimizer(randomSearch, space, { bounds: 'wrap' as 'clip' })).toThrow(
      'bounds must be one of clip, reflect, periodic, resample',
    );
  });

  test("another strategy's bytes, or none", () => {
    const bytes = new Optimizer(randomSearch, space).save();
    expect(() => Optimizer.restore(bytes, sgd)).toThrow('saved by strategy random-search; they cannot be restored with sgd');
    expect(() => Optimizer.restore(bytes, undefined as never)).toThrow('A strategy must have name');
    expect(() => Optimizer.restore(bytes, 'cma-es' as never)).toThrow('await findStrategy("cma-es") is one');
    expect(() => Optimizer.restore(bytes, Promise.resolve(randomSearch) as never)).toThrow('Await it first');
    expect(() => Optimizer.restore(encode({ something: 'else' }), sgd)).toThrow(StoreError);
    expect(() => Optimizer.restore(bytes.subarray(0, 40), randomSearch)).toThrow(StoreError);
  });

  test.each<[string, Space, string]>([
    ['no coordinates', { ...space, dimension: 0 }, 'at least 1 coordinates; got 0'],
    ['a start that leaves coordinates out', { ...space, start: [] }, 'space.start must cover coordinates 0 to 1'],
    ['a dimension beyond the card', boxSpace(11, 0, 1), 'mine works up to 10 coordinates; this space has 11.'],
    [
      'no bounds where they are needed',
      { ...space, bounds: { lower: Float64Array.of(0, -Infinity), upper: Float64Array.of(1, 1) } },
      'needs finite',
    ],
  ])('a space with %s', (_, given, message) => {
    const strategy = variant({ card: { ...randomSearch.card, largestDimension: 10, bounds: 'required' } });
    expect(() => new Optimizer(strategy, given)).toThrow(UsageError);
    expect(() => new Optimizer(strategy, given)).toThrow(message);
  });
});

test('a limit that depends on the options holds with the options that are given', () => {
  const strategy = variant({
    card: { ...randomSearch.card, largestDimension: 10 },
    largestDimension: ({ populationSize }: { populationSize: number }) => (populationSize === 1 ? 20 : 10),
  });
  expect(() => new Optimizer(strategy, boxSpace(11, 0, 1))).toThrow('mine with these options works up to 10 coordinates');
  expect(() => new Optimizer(strategy, boxSpace(11, 0, 1), { options: { populationSize: 1 } })).not.toThrow();
  expect(() => new Optimizer(strategy, boxSpace(21, 0, 1), { options: { populationSize: 1 } })).toThrow('up to 20 coordinates');
});

describe('a strategy that breaks its contract is named:', () => {
  const population = (size: number, dimension: number, values: Float32Array | Float64Array) =>
    ({ kind: 'losses', population: { kind: 'dense', size, dimension, values } }) as const;
  test.each<[string, unknown, string]>([
    [
      'a population of another dimension',
      population(2, 3, new Float64Array(6)),
      "a population of dimension 3; it must be dimension 2, the space's",
    ],
    ['an empty population', population(0, 2, new Float64Array(0)), 'a population of 0 candidates'],
    ['too few numbers', population(4, 2, new Float64Array(7)), 'a population in 7 numbers; it must be at least 8'],
    ['another precision', population(2, 2, new Float32Array(4)), 'a population in a Float32Array; it must be a Float64Array'],
    ['a point of another dimension', { kind: 'gradient', point: new Float64Array(5) }, 'a point of 5 coordinates'],
    ['an unknown kind', { kind: 'hessian' }, 'a question of kind hessian'],
    ['nothing', undefined, 'a question of kind undefined'],
  ])('it asks with %s', (_, query, message) => {
    const optimizer = new Optimizer(variant({ ask: () => query as Query }), space);
    expect(() => optimizer.ask()).toThrow(StrategyError);
    expect(() => optimizer.ask()).toThrow(`mine asked with ${message}`);
  });

  test('it throws', () => {
    const fails = () => {
      throw new TypeError('oops');
    };
    expect(() => new Optimizer(variant({ start: fails }), space)).toThrow('mine failed in start: oops');
    const optimizer = new Optimizer(variant({ tell: fails }), space, three);
    optimizer.ask();
    expect(() => optimizer.tell([1, 2, 3])).toThrow('mine failed in tell: oops');
  });

  test('it asks for a coordinate that is not finite: it has diverged', () => {
    const { bounds: _, ...open } = space;
    for (const given of [space, open]) {
      const optimizer = new Optimizer(sgd, given, { options: { learningRate: 1e6 } });
      optimizer.ask();
      optimizer.tell({ kind: 'gradient', loss: 3, gradient: [1e308, 0] });
      expect(() => optimizer.ask()).toThrow('sgd has diverged');
      expect(optimizer.stop()).toBe('diverged');
      expect(optimizer.best.loss).toBe(3);
    }
  });
});
