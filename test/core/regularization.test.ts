import { describe, expect, test } from '@jest/globals';
import { Harness } from '../../src/core/harness.js';
import { decay, maxNormOf, penalty } from '../../src/core/regularization.js';
import { boxSpace, type LayoutSlice, type Space } from '../../src/core/space.js';
import { randomSearch } from '../../strategies/random-search.js';
import { sgd } from '../../strategies/sgd.js';

/** Dense weights [2 inputs, 3 units], then 3 biases, then 2 filters of [1 channel, 1, 2]. */
const layout: LayoutSlice[] = [
  {
    name: 'dense1.weights',
    layer: 0,
    role: 'weights',
    offset: 0,
    length: 6,
    shape: [2, 3],
    units: 3,
    fanIn: 2,
    unitStride: 1,
    inputStride: 3,
  },
  { name: 'dense1.biases', layer: 0, role: 'biases', offset: 6, length: 3, shape: [3], units: 3, fanIn: 1, unitStride: 1, inputStride: 1 },
  {
    name: 'conv2.weights',
    layer: 1,
    role: 'weights',
    offset: 9,
    length: 4,
    shape: [2, 1, 1, 2],
    units: 2,
    fanIn: 2,
    unitStride: 2,
    inputStride: 1,
  },
];
const network: Space = { dimension: 13, precision: 'float32', start: [{ offset: 0, length: 13, kind: 'constant', value: 0 }], layout };

describe('max-norm', () => {
  test("scales each unit's incoming weights that are longer than c back to c, and touches nothing else", () => {
    const project = maxNormOf(network, { maxNorm: 5 });
    // Units of dense1 have weights (6, 8), (3, 4), (0, 1): norms 10, 5, 1. Filters (0, 20) and (1, 1).
    const theta = Float32Array.of(99, 6, 3, 0, 8, 4, 1, 70, 80, 90, 0, 20, 1, 1);
    project?.(theta, 1);
    expect([...theta]).toEqual([99, 3, 3, 0, 4, 4, 1, 70, 80, 90, 0, 5, 1, 1]);
  });

  test('needs a network', () => {
    expect(() => maxNormOf(boxSpace(3, 0, 1), { maxNorm: 3 })).toThrow('needs a network');
  });

  test('is applied to whatever a strategy asks', () => {
    const start: Space['start'] = [{ offset: 0, length: 13, kind: 'constant', value: 10 }];
    const harness = Harness.start(randomSearch, { ...network, start }, { options: { populationSize: 2 }, regularization: { maxNorm: 3 } });
    const query = harness.ask();
    if (query?.kind !== 'losses') throw new Error('random search asks for losses');
    for (let p = 0; p < 2; p++) {
      const row = query.population.values.subarray(13 * p, 13 * p + 13);
      // Two equal weights of norm 3: each 3 / sqrt 2; biases stay.
      expect(row[0]).toBeCloseTo(3 / Math.SQRT2, 6);
      expect(row[6]).toBe(10);
      expect(row[12]).toBeCloseTo(3 / Math.SQRT2, 6);
    }
  });
});

describe('L1 and L2', () => {
  test('add l1 sum |theta| + l2 / 2 sum theta^2 to a loss', () => {
    // |1| + |-2| + |3| = 6; 1 + 4 + 9 = 14
    expect(penalty({ l1: 0.5, l2: 0.25 }, Float64Array.of(9, 1, -2, 3), 1, 4)).toBe(0.5 * 6 + 0.125 * 14);
    const harness = Harness.start(randomSearch, boxSpace(1, 2, 2), { options: { populationSize: 1 }, regularization: { l1: 1, l2: 3 } });
    harness.ask();
    expect([...harness.receiveLosses([10], 1)]).toEqual([10 + 2 + 6]);
  });

  test('update as the lecture states: theta - l2 theta, then - l1 above zero and + l1 at and below it', () => {
    const theta = Float64Array.of(2, 0, -2);
    decay({ l2: 0.5 }, theta);
    expect([...theta]).toEqual([1, 0, -1]);
    decay({ l1: 0.25 }, theta);
    expect([...theta]).toEqual([0.75, 0.25, -0.75]);
  });

  test('shrink a gradient strategy by the rate itself at every update, not by learning rate times rate', () => {
    const harness = Harness.start(sgd, boxSpace(1, 1, 1000), { options: { learningRate: 0.001 }, regularization: { l2: 0.1 } });
    const at = () => {
      const query = harness.ask();
      return query?.kind === 'gradient' ? query.point[0] : Number.NaN;
    };
    const first = at();
    for (let k = 1; k <= 3; k++) {
      harness.receiveGradient(0, [0]);
      harness.pass();
      expect(at()).toBeCloseTo(first * 0.9 ** k, 9);
    }
  });

  test('out of range are refused', () => {
    expect(() => maxNormOf(network, { l1: -1 })).toThrow('regularization.l1 must be a number of at least 0; got -1.');
    expect(() => maxNormOf(network, { maxNorm: Number.NaN })).toThrow('regularization.maxNorm');
  });
});
