/** What openai-es, pgpe and ars share: noise, utilities, and the optimizers that follow an estimate. */
import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import type { Space } from '../../src/core/space.js';
import { addNoise, addOuter, addSquaredNoise, mirrorRows } from '../../src/kernels/estimate.js';
import { type AscentKind, ascend, startAscent } from '../../strategies/shared/ascent.js';
import { sample, startSampling } from '../../strategies/shared/mirrored-sampling.js';
import { deviationOf, type Shaping, utilitiesOf } from '../../strategies/shared/utilities.js';

const space: Space = { dimension: 3, precision: 'float64', start: [{ offset: 0, length: 3, kind: 'normal', mean: 5, deviation: 2 }] };
const sampling = { strategy: 'test', pairs: 4, askCentre: false, units: 'start', noiseTable: 0 } as const;

describe('utilities', () => {
  const of = (losses: number[], shaping: Shaping): number[] => {
    const out = new Float64Array(losses.length);
    utilitiesOf(Float64Array.from(losses), shaping, new Int32Array(losses.length), out);
    return [...out];
  };

  test('centred ranks are rank / (n - 1) - 1/2, the best at 1/2; equal losses share their mean rank', () => {
    expect(of([3, 1, 2, 5, 4], 'centred-ranks')).toEqual([0, 0.5, 0.25, -0.5, -0.25]);
    // ranks from the worst: 2 and 2 share 0.5; 1 has 2; 0 has 3
    expect(of([2, 2, 0, 1], 'centred-ranks')).toEqual([0.5 / 3 - 0.5, 0.5 / 3 - 0.5, 0.5, 2 / 3 - 0.5]);
    expect(of([7, 7, 7], 'centred-ranks')).toEqual([0, 0, 0]);
    expect(of([Infinity, Infinity, 1], 'centred-ranks')).toEqual([-0.25, -0.25, 0.5]);
  });

  test('z-scores have mean 0 and deviation 1; a failed candidate counts as the worst that did not fail', () => {
    const [a, b, c, d] = of([1, 2, 5, Infinity], 'z-scores');
    expect(a + b + c + d).toBeCloseTo(0, 12);
    expect(deviationOf(Float64Array.of(a, b, c, d), 4)).toBeCloseTo(1, 12);
    expect(d).toBe(c);
    // mean of 1, 2, 5, 5 is 3.25, variance (5.0625 + 1.5625 + 2 * 3.0625) / 4 = 3.1875
    expect(a).toBeCloseTo(2.25 / Math.sqrt(3.1875), 12);
    expect(of([Infinity, Infinity], 'z-scores')).toEqual([0, 0]);
  });

  test('raw utilities are negative losses', () => {
    expect(of([1, -2, Infinity], 'raw')).toEqual([-1, 2, -1]);
  });
});

describe('sampling', () => {
  test('starts at a draw of the start and mirrors every pair about it', () => {
    const { sampling: state } = startSampling(space, sampling, 0, Rng.seeded(1));
    expect([...state.units]).toEqual([2, 2, 2]);
    state.deviations.fill(0.5);
    const { values, size } = sample(state);
    expect(size).toBe(8);
    for (let k = 0; k < 4; k++) {
      for (let i = 0; i < 3; i++) {
        const [plus, minus] = [values[6 * k + i], values[6 * k + 3 + i]];
        expect(plus).toBe(state.centre[i] + 0.5 * state.noise[3 * k + i]);
        expect((plus + minus) / 2).toBeCloseTo(state.centre[i], 12);
      }
    }
  });

  test('asks the centre last where it is wanted', () => {
    const { sampling: state } = startSampling(space, { ...sampling, askCentre: true }, 0, Rng.seeded(1));
    state.deviations.fill(1);
    expect([...sample(state).values.subarray(24)]).toEqual([...state.centre]);
  });

  test('reads a noise table at random places, and draws no more numbers', () => {
    const { sampling: state } = startSampling(space, { ...sampling, noiseTable: 10 }, 0, Rng.seeded(1));
    const table = state.noise.slice();
    const seen = new Set<number>();
    for (let g = 0; g < 30; g++) {
      sample(state);
      for (const offset of state.offsets) seen.add(offset);
    }
    expect([...state.noise]).toEqual([...table]);
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: state.noise.length - 2 }, (_, at) => at));
    expect(() => startSampling(space, { ...sampling, noiseTable: 2 }, 0, Rng.seeded(1))).toThrow(/at least the 3 coordinates/);
  });
});

describe('following an estimate', () => {
  const settings = { momentum: 0.9, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, maxSpeed: 0.15 };
  const two: Space = { ...space, dimension: 2, start: [] };
  const steps = (kind: AscentKind, gradients: number[][], alpha: number): number[][] => {
    const ascent = startAscent(two, { kind, ...settings });
    const centre = new Float64Array(2);
    return gradients.map((g) => {
      ascend(ascent, alpha, Float64Array.from(g), centre, Float64Array.of(1, 10));
      return [...centre];
    });
  };
  const near = (rows: number[][]) => rows.map((row) => row.map((x) => expect.closeTo(x, 12)));

  test("ClipUp's first steps, by hand", () => {
    // v1 = 0.1 (0.6, 0.8); v2 = 0.9 v1 + 0.1 (1, 0) = (0.154, 0.072), of length 0.17 cut to 0.15, so times 15/17
    const x1 = [0.06, 0.08];
    const v2 = [(0.154 * 15) / 17, (0.072 * 15) / 17];
    expect(
      steps(
        'clip-up',
        [
          [3, 4],
          [7, 0],
          [0, 0],
        ],
        0.1,
      ),
    ).toEqual(
      near([
        [x1[0], 10 * x1[1]],
        [x1[0] + v2[0], 10 * (x1[1] + v2[1])],
        [x1[0] + v2[0], 10 * (x1[1] + v2[1])],
      ]),
    );
  });

  test("Adam's first step is alpha for every coordinate, and its second is by the formula", () => {
    // m = 0.19 and 0.1 of (2, -4) twice: bias-corrected to the same; the mean square likewise
    const after = steps(
      'adam',
      [
        [2, -4],
        [2, -4],
      ],
      0.01,
    );
    expect(after.flat()).toEqual([0.01, -0.1, 0.02, -0.2].map((x) => expect.closeTo(x, 8)));
  });

  test('momentum follows the running mean, plain the estimate', () => {
    expect(
      steps(
        'momentum',
        [
          [1, 0],
          [1, 0],
        ],
        1,
      ),
    ).toEqual(
      near([
        [0.1, 0],
        [0.1 + 0.19, 0],
      ]),
    );
    expect(steps('plain', [[1, 2]], 0.5)).toEqual(near([[0.5, 10]]));
  });
});

test('sums over noise are the sums written out', () => {
  const noise = Float64Array.of(9, 1, 2, -3, 4);
  const sum = Float64Array.of(100, 200);
  addNoise(sum, noise, Int32Array.of(1, 3), Float64Array.of(10, -1));
  expect([...sum]).toEqual([100 + 10 + 3, 200 + 20 - 4]);
  addSquaredNoise(sum, noise, Int32Array.of(1, 3), Float64Array.of(1, 0));
  expect([...sum]).toEqual([113 + 0, 216 + 3]);
  const out = new Float64Array(4);
  mirrorRows(Float64Array.of(1, 2), Float64Array.of(10, 1), noise, Int32Array.of(1), out);
  expect([...out]).toEqual([11, 4, -9, 0]);
  // A = [1 2; 3 4] (rows 3 numbers apart), B = [5; 6]: A^T B = [5 + 18, 10 + 24]
  const product = Float64Array.of(7, 1000, 2000);
  addOuter(
    product,
    1,
    { values: Float64Array.of(1, 2, 0, 3, 4), at: 0, step: 3 },
    { values: Float64Array.of(5, 6), at: 0, step: 1 },
    2,
    1,
    2,
  );
  expect([...product]).toEqual([7, 1023, 2034]);
});
