import { describe, expect, test } from '@jest/globals';
import { ars } from '../../strategies/ars.js';
import { fixedStart, start } from './distribution.js';
import { goldenTrace } from './golden-trace.js';

describe('ars', () => {
  const told = (options: object, noise: number[], losses: number[]): number => {
    const state = start(ars, fixedStart(1, 0), { populationSize: losses.length, learningRate: 0.1, ...options });
    ars.ask(state);
    state.sampling.noise.set(noise);
    ars.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });
    return state.sampling.centre[0];
  };

  test('V1: alpha / (N sigma_R) sum (r+ - r-) delta, by hand', () => {
    // rewards -1, -3 and -2, -2: deviation sqrt(0.5); (2 * 0.5 + 0) / 2
    expect(told({ elites: 1 }, [0.5, 7], [1, 3, 2, 2])).toBeCloseTo((0.1 / (2 * Math.sqrt(0.5))) * 1, 12);
  });

  test('V1-t: only the best directions, by their better side, take part in the step and in sigma_R', () => {
    // directions have better sides 5, 1, 2, 9: the second and third stay. Rewards -1, -3, -4, -2: mean -2.5, deviation sqrt(1.25)
    // sum (-1 + 3) 0.5 + (-4 + 2) 2 = -3
    expect(told({ elites: 0.5 }, [9, 0.5, 2, 9], [5, 6, 1, 3, 4, 2, 9, 9])).toBeCloseTo((0.1 / (2 * Math.sqrt(1.25))) * -3, 12);
  });

  test('sigma and the learning rate decay, sigma to its limit', () => {
    const state = start(ars, fixedStart(1, 0), {
      populationSize: 2,
      elites: 1,
      sigma: 1,
      sigmaDecay: 0.5,
      sigmaLimit: 0.3,
      learningRate: 0.1,
      learningRateDecay: 0.9,
    });
    const deviations: number[] = [];
    for (let generation = 0; generation < 3; generation++) {
      ars.ask(state);
      state.sampling.noise.set([1]);
      deviations.push(state.sampling.deviations[0]);
      // rewards -1 and -2: deviation 1/2, so every step is alpha (2 - 1) / 0.5 = 2 alpha
      ars.tell(state, { kind: 'losses', losses: Float64Array.of(1, 2) });
    }
    expect(deviations).toEqual([1, 0.5, 0.25]);
    expect(state.sampling.centre[0]).toBeCloseTo(0.2 * (1 + 0.9 + 0.81), 12);
  });

  test('equal and failed generations move nothing; one failed side counts as the worst loss', () => {
    expect(told({}, [1, 1], [4, 4, 4, 4])).toBe(0);
    expect(told({}, [1, 1], [Infinity, Infinity, Infinity, Infinity])).toBe(0);
    expect(told({ elites: 1 }, [0.5, 7], [1, Infinity, 2, 3])).toBe(told({ elites: 1 }, [0.5, 7], [1, 3, 2, 3]));
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(ars)).toEqual([
    4800.843986449743, 3936.845368627928, 3429.293829989202, 3429.293829989202, 2727.8221239309396, 1785.3396965925779,
  ]);
  expect(await goldenTrace(ars, { populationSize: 12, elites: 1, noiseTable: 500 })).toEqual([
    4030.80636509382, 3892.381109259796, 3437.756700145179, 2825.7670358831037, 1481.0089504162434, 307.0621132893503,
  ]);
});
