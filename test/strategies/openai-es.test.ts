import { describe, expect, test } from '@jest/globals';
import { openaiEs } from '../../strategies/openai-es.js';
import { fixedStart, generation, start } from './distribution.js';
import { goldenTrace } from './golden-trace.js';

const slope = [3, -1, 0.5, 0];
const linear = (x: ArrayLike<number>) => 7 + slope.reduce((sum, s, i) => sum + s * x[i], 0);

describe('openai-es', () => {
  test.each(['fresh noise', 'a noise table'])(
    'on a linear loss the raw estimate from %s has the mean and variance of the theory',
    (noise) => {
      // g = -1/n sum (s.e) e: mean -s; the variance of (s.e) e_i is |s|^2 + s_i^2, for standard normal e
      const pairs = 40_000;
      const settings = { populationSize: 2 * pairs, sigma: 0.01, shaping: 'raw', optimizer: 'plain', learningRate: 1 };
      const state = start(openaiEs, fixedStart(4, 2), { ...settings, noiseTable: noise === 'fresh noise' ? 0 : 1_000_000 });
      generation(openaiEs, state, linear);
      const length2 = slope.reduce((sum, s) => sum + s * s, 0);
      slope.forEach((s, i) => {
        const error = Math.sqrt((length2 + s * s) / pairs);
        expect(Math.abs(state.sampling.centre[i] - (2 - s))).toBeLessThan(4 * error);
      });
    },
  );

  test('one step by hand: two pairs, centred ranks, Adam-free', () => {
    const state = start(openaiEs, fixedStart(1, 0), {
      populationSize: 4,
      sigma: 0.5,
      optimizer: 'plain',
      learningRate: 0.1,
      weightDecay: 2,
    });
    state.sampling.centre[0] = 3;
    openaiEs.ask(state);
    state.sampling.noise.set([2, -1, 0, 0]);
    // utilities of losses 4, 1, 2, 3: -1/2, 1/2, 1/6, -1/6; g = ((-1) 2 + (1/3)(-1)) / (4 * 0.5) = -7/6; less 2 * 3
    openaiEs.tell(state, { kind: 'losses', losses: Float64Array.of(4, 1, 2, 3) });
    expect(state.sampling.centre[0]).toBeCloseTo(3 + 0.1 * (-7 / 6 - 6), 12);
  });

  test('sigma and the learning rate decay, sigma to its limit', () => {
    const state = start(openaiEs, fixedStart(2, 0), {
      sigma: 1,
      sigmaDecay: 0.5,
      sigmaLimit: 0.2,
      learningRate: 1,
      learningRateDecay: 0.9,
    });
    const sigmas: number[] = [];
    for (let g = 0; g < 4; g++) {
      generation(openaiEs, state, () => 0);
      sigmas.push(state.sigma);
    }
    expect(sigmas).toEqual([0.5, 0.25, 0.125, 0.125]);
    expect(state.learningRate).toBeCloseTo(0.9 ** 4, 12);
  });

  test('a generation of equal or failed losses moves nothing', () => {
    const state = start(openaiEs, fixedStart(3, 1), {});
    generation(openaiEs, state, () => 5);
    generation(openaiEs, state, () => Infinity);
    expect([...state.sampling.centre]).toEqual([1, 1, 1]);
  });

  test('an odd population is refused', () => {
    expect(openaiEs.options.safeParse({ populationSize: 101 }).success).toBe(false);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(openaiEs)).toEqual([
    4800.843986449743, 3936.845368627928, 3429.293829989202, 3429.293829989202, 2862.508543610749, 2183.1505255639127,
  ]);
  expect(
    await goldenTrace(openaiEs, { populationSize: 10, shaping: 'z-scores', optimizer: 'momentum', noiseTable: 1000, weightDecay: 0.01 }),
  ).toEqual([4048.02174020832, 4048.02174020832, 3645.3441241596747, 2954.390561976578, 691.2204221268194, 15.498553741829816]);
});
