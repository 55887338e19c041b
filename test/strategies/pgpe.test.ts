import { describe, expect, test } from '@jest/globals';
import { pgpe } from '../../strategies/pgpe.js';
import { fixedStart, generation, start } from './distribution.js';
import { goldenTrace } from './golden-trace.js';

describe('pgpe', () => {
  test('on a linear loss the raw estimate of the centre is -sigma^2 times the slope, within its error', () => {
    const slope = [3, -1, 0.5];
    const pairs = 40_000;
    const state = start(pgpe, fixedStart(3, 0), {
      populationSize: 2 * pairs,
      sigma: 0.1,
      shaping: 'raw',
      optimizer: 'plain',
      learningRate: 100,
      sigmaLearningRate: 0,
    });
    generation(pgpe, state, (x) => slope.reduce((sum, s, i) => sum + s * x[i], 0));
    // (u+ - u-) / 2 = -sigma s.e, so g_i = -sigma^2 mean((s.e) e_i), of variance sigma^4 (|s|^2 + s_i^2) / n; alpha = 1 / sigma^2
    slope.forEach((s, i) => {
      expect(Math.abs(state.sampling.centre[i] + s)).toBeLessThan(4 * Math.sqrt((10.25 + s * s) / pairs));
    });
  });

  test('on a parabola sigma learns at the rate of the theory, and not along a slope', () => {
    // f = x1^2 / 2 + x2 at 0: utilities -(sigma e1)^2 / 2 -+ sigma e2. Pair means are -(sigma e1)^2 / 2, so
    // E (mean - b)(e1^2 - 1) = -sigma^2 / 2 Var(e1^2) = -sigma^2, and 0 for e2. Divided by the deviation of all utilities,
    // sqrt(sigma^4 / 2 + sigma^2); sigma = 1: sqrt(3/2).
    const state = start(pgpe, fixedStart(2, 0), { populationSize: 80_000, sigma: 1, shaping: 'raw', sigmaLearningRate: 0.1 });
    generation(pgpe, state, (x) => (x[0] * x[0]) / 2 + x[1]);
    // the variance of a pair's (mean - b)(e^2 - 1) is below 14 in units of sigma^4: error sqrt(14 / 40,000) = 0.019, times 0.082
    expect(Math.abs(state.sigmas[0] - (1 - 0.1 / Math.sqrt(1.5)))).toBeLessThan(4 * 0.0016);
    expect(Math.abs(state.sigmas[1] - 1)).toBeLessThan(4 * 0.0016);
  });

  test('one generation by hand, with the centre as baseline', () => {
    const settings = {
      populationSize: 3,
      sigma: 0.5,
      shaping: 'raw',
      baseline: 'centre',
      sigmaLearningRate: 0.3,
      optimizer: 'plain',
      learningRate: 1,
    };
    const state = start(pgpe, fixedStart(1, 0), settings);
    pgpe.ask(state);
    state.sampling.noise[0] = 2;
    // utilities -1, -4 and, of the centre, -2: g = 0.5 (-1 + 4) / 2 * 2 = 1.5
    // sigma: (-2.5 + 2) / deviation 1.5 * (4 - 1) = -1; 0.5 (1 - max(0.3, limited to 0.2)) = 0.4
    pgpe.tell(state, { kind: 'losses', losses: Float64Array.of(1, 4, 2) });
    expect(state.sampling.centre[0]).toBeCloseTo(1.5, 12);
    expect(state.sigmas[0]).toBeCloseTo(0.4, 12);
  });

  test('ClipUp goes by default at a 15th of the radius at most, half of that in the first step', () => {
    const state = start(pgpe, fixedStart(9, 0), { sigma: 0.5 });
    expect(state.ascent.maxSpeed).toBeCloseTo(0.1, 12);
    generation(pgpe, state, (x) => x[0]);
    expect(Math.hypot(...state.sampling.centre)).toBeCloseTo(0.05, 12);
    for (let g = 0; g < 20; g++) {
      const before = state.sampling.centre.slice();
      generation(pgpe, state, (x) => x[0]);
      expect(Math.hypot(...before.map((x: number, i: number) => state.sampling.centre[i] - x))).toBeLessThan(0.1 + 1e-12);
    }
  });

  test('the parity of the population goes with the baseline', () => {
    expect(() => start(pgpe, fixedStart(1, 0), { populationSize: 5 })).toThrow(/even/);
    expect(() => start(pgpe, fixedStart(1, 0), { populationSize: 4, baseline: 'centre' })).toThrow(/odd/);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(pgpe)).toEqual([
    6743.25091767069, 2963.8798267724437, 1800.1752625617123, 1800.1752625617123, 899.2375468305131, 524.1843669581567,
  ]);
  expect(await goldenTrace(pgpe, { populationSize: 11, baseline: 'centre', optimizer: 'adam', shaping: 'raw', units: 'absolute' })).toEqual(
    [6590.6305887555645, 3066.122880167541, 576.7328594845666, 576.7328594845666, 484.36799836089347, 72.28866521770567],
  );
});
