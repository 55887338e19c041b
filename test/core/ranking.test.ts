import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rankByLoss } from '../../src/core/ranking.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space, startScale } from '../../src/core/space.js';

describe('rankByLoss', () => {
  test('agrees with a stable sort, ties and infinities included', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Infinity), fc.double({ noNaN: true }))), (losses) => {
        const order = new Int32Array(losses.length);
        rankByLoss(losses, order);
        const expected = losses.map((_, i) => i).sort((a, b) => (losses[a] < losses[b] ? -1 : losses[a] > losses[b] ? 1 : a - b));
        expect([...order]).toEqual(expected);
      }),
    );
  });

  test('orders a large population', () => {
    const rng = Rng.seeded(1);
    const losses = Float64Array.from({ length: 10_000 }, () => rng.normal());
    const order = new Int32Array(losses.length);
    rankByLoss(losses, order);
    expect(Float64Array.from(order, (i) => losses[i])).toEqual(losses.slice().sort());
  });
});

describe('startScale', () => {
  test('takes the least positive deviation where the start is a constant', () => {
    const space: Space = {
      dimension: 4,
      precision: 'float64',
      start: [
        { offset: 0, length: 1, kind: 'normal', mean: 0, deviation: 3 },
        { offset: 1, length: 1, kind: 'constant', value: 7 },
        { offset: 2, length: 2, kind: 'normal', mean: 0, deviation: 2 },
      ],
    };
    const out = new Float64Array(4);
    startScale(space, out);
    expect([...out]).toEqual([3, 2, 2, 2]);
  });

  test('takes the width of the bounds over sqrt(12), or 1, where everything is a constant', () => {
    const constant = [{ offset: 0, length: 1, kind: 'constant', value: 1 }] as const;
    const out = new Float64Array(1);
    startScale({ ...boxSpace(1, -3, 3), start: constant }, out);
    expect(out[0]).toBeCloseTo(Math.sqrt(3), 15);
    startScale({ dimension: 1, precision: 'float64', start: constant }, out);
    expect(out[0]).toBe(1);
  });
});
