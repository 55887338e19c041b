import { describe, expect, test } from '@jest/globals';
import { crossEntropy, deviationWeight } from '../../strategies/cross-entropy.js';
import { Asking, from } from './asking.js';
import { goldenTrace } from './golden-trace.js';

describe('cross-entropy', () => {
  test('one generation by hand: elites, smoothing of the mean, smoothing of the deviation', () => {
    const asking = new Asking(crossEntropy, from(0), {
      ...{ populationSize: 4, elites: 0.5, smoothing: 0.75, deviationSmoothing: 0.5, dynamic: 0, initialDeviation: 2 },
    });
    const { state } = asking;
    asking.ask();
    state.population.values.set([9, 3, 1, -7]);
    // elites 3 and 1: mean 2, deviation 1
    asking.tell(5, 1, 2, 6);
    expect(state.mean[0]).toBeCloseTo(0.75 * 2, 12);
    expect(state.sigma[0]).toBeCloseTo(0.5 * 1 + 0.5 * 2, 12);
    asking.ask();
    state.population.values.set([4, 4, 4, 4]);
    asking.tell(1, 1, Infinity, Infinity);
    expect(state.mean[0]).toBeCloseTo(0.75 * 4 + 0.25 * 1.5, 12);
    expect(state.sigma[0]).toBeCloseTo(0.75, 12);
  });

  test('beta_t = beta - beta (1 - 1/t)^q', () => {
    expect(deviationWeight({ deviationSmoothing: 0.8, dynamic: 7 }, 1)).toBe(0.8);
    expect(deviationWeight({ deviationSmoothing: 0.8, dynamic: 7 }, 5)).toBeCloseTo(0.8 * (1 - 0.8 ** 7), 12);
    expect(deviationWeight({ deviationSmoothing: 0.8, dynamic: 0 }, 5)).toBe(0.8);
  });

  test('points have the mean and deviation of the model', () => {
    const size = 40_000;
    const asking = new Asking(crossEntropy, from(3), { populationSize: size, initialDeviation: 0.5 });
    const points = asking.ask().map(([x]) => x);
    const mean = points.reduce((sum, x) => sum + x / size, 0);
    const variance = points.reduce((sum, x) => sum + (x - mean) ** 2 / size, 0);
    expect(Math.abs(mean - 3)).toBeLessThan((4 * 0.5) / Math.sqrt(size));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / size));
  });

  test('on a linear loss the mean moves by the mean of the best decile: 1.755 deviations', () => {
    // E[z | z among the lowest 10 %] = phi(1.28155) / 0.1 = 0.17550 / 0.1; its deviation is 0.41, over 2,000 elites
    const asking = new Asking(crossEntropy, from(0), { populationSize: 20_000, smoothing: 1 });
    asking.step(([x]) => x);
    expect(Math.abs(asking.state.mean[0] + 1.755)).toBeLessThan(0.04);
  });

  test('a generation with fewer than two finite losses changes nothing', () => {
    const asking = new Asking(crossEntropy, from(2, 2), { populationSize: 6 });
    asking.ask();
    asking.tell(Infinity, Infinity, 1, Infinity, Infinity, Infinity);
    expect([...asking.state.mean, ...asking.state.sigma]).toEqual([2, 2, 1, 1]);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(crossEntropy)).toEqual([
    557.872790298096, 142.2760323536616, 142.2760323536616, 118.47270985721113, 60.3854729815382, 32.05270577304839,
  ]);
});
