import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BoundsPolicy, boundsPolicies, limitsOf, repairRow } from '../../src/core/bounds.js';
import { allFinite } from '../../src/core/finite.js';
import { Rng } from '../../src/core/rng.js';
import { allocate, type Precision, type Space } from '../../src/core/space.js';

function spaceOf(lower: number[], upper: number[], precision: Precision): Space {
  return {
    dimension: lower.length,
    precision,
    bounds: { lower: Float64Array.from(lower), upper: Float64Array.from(upper) },
    start: [{ offset: 0, length: lower.length, kind: 'constant', value: 0 }],
  };
}

/** What becomes of `x` in [low, high]. */
function repaired(x: number, low: number, high: number, policy: BoundsPolicy, precision: Precision = 'float64'): number {
  const space = spaceOf([low], [high], precision);
  const row = allocate(space, 1);
  row[0] = x;
  const limits = limitsOf(space);
  if (limits !== undefined) repairRow(row, 0, limits, policy, Rng.seeded(1));
  return row[0];
}

const { POSITIVE_INFINITY: infinity, NEGATIVE_INFINITY: minusInfinity } = Number;

describe('a coordinate out of bounds', () => {
  test.each([
    ['clip', 7, 3],
    ['clip', -9, -1],
    // Mirrored at 3: 3 - (4 - 3) = 2; twice mirrored: 8 -> -2 -> 0; and far below: -102 -> 100 -> -94 -> ..., period 8.
    ['reflect', 4, 2],
    ['reflect', 8, 0],
    ['reflect', -102, 2],
    ['periodic', 4, 0],
    ['periodic', -2, 2],
    ['periodic', 403, -1],
  ] as const)('%s takes %d to %d in [-1, 3]', (policy, x, expected) => {
    expect(repaired(x, -1, 3, policy)).toBe(expected);
  });

  test('is drawn anew, uniformly, under resample', () => {
    const space = spaceOf([2], [4], 'float64');
    const limits = limitsOf(space);
    if (limits === undefined) throw new Error('bounded');
    const rng = Rng.seeded(9);
    const xs = Array.from({ length: 20_000 }, () => {
      const row = Float64Array.of(17);
      repairRow(row, 0, limits, 'resample', rng);
      return row[0];
    });
    const mean = xs.reduce((sum, x) => sum + x, 0) / xs.length;
    // Uniform on [2, 4]: mean 3, standard deviation 2 / sqrt(12).
    expect(Math.abs(mean - 3) / (2 / Math.sqrt(12) / Math.sqrt(xs.length))).toBeLessThan(5);
  });

  test.each(['reflect', 'periodic', 'resample'] as const)('with one bound alone is mirrored at it under %s', (policy) => {
    expect(repaired(-3, 0, infinity, policy)).toBe(3);
    expect(repaired(12, minusInfinity, 10, policy)).toBe(8);
    expect(repaired(1e300, 0, infinity, policy)).toBe(1e300);
  });

  test.each(boundsPolicies)('ends exactly inside under %s, wherever it was, in both precisions', (policy) => {
    const bound = fc.double({ min: -1e30, max: 1e30, noNaN: true });
    const anywhere = fc.double({ noNaN: true, noDefaultInfinity: true, min: -3e38, max: 3e38 });
    fc.assert(
      fc.property(bound, bound, anywhere, fc.constantFrom<Precision>('float32', 'float64'), (a, b, x, precision) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        // Wide enough for a float32 to lie between them.
        fc.pre(precision === 'float64' || high - low > 1e-6 * Math.max(Math.abs(low), Math.abs(high)) + 1e-44);
        const y = repaired(x, low, high, policy, precision);
        expect(y).toBeGreaterThanOrEqual(low);
        expect(y).toBeLessThanOrEqual(high);
        if (x >= low && x <= high && precision === 'float64') expect(y).toBe(x);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(boundsPolicies)('is not pushed out again by float32 rounding under %s', (policy) => {
    // 0.1 as float32 is above 0.1, and 0.3 as float32 is above 0.3: rounding to nearest would leave [0.1, 0.3] at 0.3.
    for (const x of [-5, 0.05, 0.30000001192092896, 0.5, 7]) {
      const y = repaired(x, 0.1, 0.3, policy, 'float32');
      expect(y).toBeGreaterThanOrEqual(0.1);
      expect(y).toBeLessThanOrEqual(0.3);
    }
  });

  test.each(boundsPolicies)('that is not finite is reported, not repaired, under %s', (policy) => {
    for (const x of [Number.NaN, infinity, minusInfinity]) {
      for (const [low, high] of [
        [0, 1],
        [0, infinity],
      ]) {
        const limits = limitsOf(spaceOf([low], [high], 'float64'));
        expect(limits && repairRow(Float64Array.of(x), 0, limits, policy, Rng.seeded(1))).toBe(false);
      }
    }
  });
});

describe('bounds', () => {
  test('that are all infinite are none', () => {
    expect(limitsOf(spaceOf([minusInfinity], [infinity], 'float32'))).toBeUndefined();
  });

  test.each([
    [[1], [0], 'bounds of coordinate 0'],
    [[Number.NaN], [0], 'bounds of coordinate 0'],
    [[0, 1], [0], 'one lower and one upper value for each of the 2 coordinates; got 2 and 1'],
  ])('%j to %j are refused', (lower, upper, message) => {
    expect(() => limitsOf(spaceOf(lower, upper, 'float64'))).toThrow(message);
  });

  test('with no float32 between them are refused in a float32 space', () => {
    expect(() => limitsOf(spaceOf([0.1], [0.1], 'float32'))).toThrow('a float32 between them');
    expect(limitsOf(spaceOf([0.1], [0.1], 'float64'))).toBeDefined();
  });
});

test('allFinite sees a NaN or an infinity at every place', () => {
  for (let length = 1; length < 12; length++) {
    expect(allFinite(new Float32Array(length).fill(3e38), 0, length)).toBe(true);
    for (let at = 0; at < length; at++) {
      for (const bad of [Number.NaN, infinity, minusInfinity]) {
        const values = new Float32Array(length);
        values[at] = bad;
        expect(allFinite(values, 0, length)).toBe(false);
        expect(allFinite(values, at + 1, length)).toBe(true);
      }
    }
  }
});
