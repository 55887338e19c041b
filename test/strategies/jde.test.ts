import { expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { jde } from '../../strategies/jde.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof jde.start>;

function started(populationSize: number, dimension: number, options: object = {}): State {
  const state = jde.start(boxSpace(dimension, -1, 1), jde.options.parse({ populationSize, ...options }), Rng.seeded(1));
  jde.ask(state);
  jde.tell(state, { kind: 'losses', losses: new Float64Array(populationSize).fill(1) });
  return state;
}

const lose = (state: State) => jde.tell(state, { kind: 'losses', losses: new Float64Array(state.parents.size).fill(Infinity) });

test('everybody starts with F = 0.5 and CR = 0.9, and a tenth of the trials draws new ones', () => {
  const state = started(1000, 2);
  expect(new Set(state.scaleFactors)).toEqual(new Set([0.5]));
  expect(new Set(state.crossoverRates)).toEqual(new Set([0.9]));
  const scaleFactors: number[] = [];
  const crossoverRates: number[] = [];
  for (let k = 0; k < 20; k++) {
    jde.ask(state);
    scaleFactors.push(...state.trialScaleFactors.filter((F) => F !== 0.5));
    crossoverRates.push(...state.trialCrossoverRates.filter((CR) => CR !== 0.9));
    lose(state);
  }
  // Binomial(20,000, 0.1): deviation 42. The mean of 2,000 uniform numbers of [0.1, 1): deviation 0.9 / sqrt(12 * 2000) = 0.0058.
  for (const drawn of [scaleFactors, crossoverRates]) expect(Math.abs(drawn.length - 2000)).toBeLessThan(4 * 42.5);
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  expect(Math.abs(mean(scaleFactors) - 0.55)).toBeLessThan(0.024);
  expect(Math.abs(mean(crossoverRates) - 0.5)).toBeLessThan(0.027);
  expect(Math.min(...scaleFactors)).toBeGreaterThanOrEqual(0.1);
  expect(Math.max(...scaleFactors)).toBeLessThan(1);
});

test('a winner brings its parameters with it, a loser loses them', () => {
  const state = started(4, 3, { scaleFactorRenewal: 1, crossoverRenewal: 1 });
  jde.ask(state);
  const F = [...state.trialScaleFactors];
  const CR = [...state.trialCrossoverRates];
  jde.tell(state, { kind: 'losses', losses: Float64Array.of(0.5, 2, 1, Infinity) });
  expect([...state.scaleFactors]).toEqual([F[0], 0.5, F[2], 0.5]);
  expect([...state.crossoverRates]).toEqual([CR[0], 0.9, CR[2], 0.9]);
});

test('a trial is made with its own F', () => {
  // Of four individuals, r1, r2 and r3 are the other three in some order.
  const state = started(4, 1, { scaleFactorRenewal: 1 });
  const x = state.parents.values;
  for (let k = 0; k < 50; k++) {
    jde.ask(state);
    state.trials.values.forEach((u, i) => {
      const F = state.trialScaleFactors[i];
      const [a, b, c] = [0, 1, 2, 3].filter((other) => other !== i).map((other) => x[other]);
      const donors = [a + F * (b - c), a + F * (c - b), b + F * (a - c), b + F * (c - a), c + F * (a - b), c + F * (b - a)];
      expect(Math.min(...donors.map((v) => Math.abs(v - u)))).toBeLessThan(1e-15);
    });
    lose(state);
  }
});

test('golden trace', async () => {
  expect(await goldenTrace(jde)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 220.8442306627973, 110.37864379163017,
  ]);
});
