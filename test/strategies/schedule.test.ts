import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { sgd } from '../../strategies/sgd.js';
import { rateAt } from '../../strategies/shared/schedule.js';
import { from } from './asking.js';

const base = { learningRate: 0.5, period: 10, decay: 0.25, warmUp: 0 } as const;

/** SGD with one step along a gradient of 1 at each t: the rates are the differences of its points. */
function ratesOfSgd(options: object, steps: number): number[] {
  const state = sgd.start(from(0), sgd.options.parse(options), Rng.seeded(1));
  return Array.from({ length: steps }, () => {
    const before = state.point[0];
    sgd.tell(state, { kind: 'gradient', loss: 0, gradient: Float64Array.of(1) });
    return before - state.point[0];
  });
}

describe('learning-rate schedules', () => {
  test('constant is the rate itself, to the bit', () => {
    for (const t of [0, 1, 999, 1e9]) expect(rateAt({ ...base, learningRate: 0.1, schedule: 'constant' }, t)).toBe(0.1);
  });

  test('step holds for a period, then jumps to a quarter, and again', () => {
    const at = (t: number) => rateAt({ ...base, schedule: 'step' }, t);
    expect([0, 9].map(at)).toEqual([0.5, 0.5]);
    for (const t of [10, 19]) expect(at(t)).toBeCloseTo(0.125, 15);
    for (const t of [20, 29]) expect(at(t)).toBeCloseTo(0.03125, 15);
  });

  test('exponential halves in each half period, without end', () => {
    const at = (t: number) => rateAt({ ...base, schedule: 'exponential' }, t);
    expect(at(0)).toBe(0.5);
    expect(at(5)).toBeCloseTo(0.25, 15);
    expect(at(10)).toBeCloseTo(0.125, 15);
    expect(at(25)).toBeCloseTo(0.015625, 15);
    for (let t = 1; t < 40; t++) expect(at(t) / at(t - 1)).toBeCloseTo(0.25 ** 0.1, 13);
  });

  test('cosine is in the middle after half a period, and stays where it ends', () => {
    const at = (t: number) => rateAt({ ...base, schedule: 'cosine' }, t);
    expect(at(0)).toBe(0.5);
    expect(at(5)).toBeCloseTo((0.5 + 0.125) / 2, 15);
    // a third of half a turn: cos 60 degrees = 1/2, so a quarter of the way down
    expect(rateAt({ ...base, period: 9, schedule: 'cosine' }, 3)).toBeCloseTo(0.5 - (0.5 - 0.125) / 4, 15);
    for (const t of [10, 11, 1000]) expect(at(t)).toBe(0.125);
  });

  test('nothing is left after a period with a decay of 0', () => {
    for (const schedule of ['step', 'exponential', 'cosine'] as const) {
      expect(rateAt({ ...base, decay: 0, schedule }, 0)).toBe(0.5);
      expect(rateAt({ ...base, decay: 0, schedule }, 10)).toBe(0);
    }
  });

  test('the warm-up rises in equal parts to the full rate, and the schedule begins after it', () => {
    const rates = ratesOfSgd({ learningRate: 1, schedule: 'step', period: 2, decay: 0.5, warmUp: 4 }, 9);
    [0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.25].forEach((rate, t) => {
      expect(rates[t]).toBeCloseTo(rate, 14);
    });
  });
});
