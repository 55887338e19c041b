import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { de } from '../../strategies/de.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof de.start>;

const losing = (size: number) => new Float64Array(size).fill(Infinity);

/** A strategy whose first points have been told, with losses 0, 1, 2, ... in their order. */
function started(options: object, dimension: number, seed: number | string = 1): State {
  const state = de.start(boxSpace(dimension, -1, 1), de.options.parse(options), Rng.seeded(seed));
  de.ask(state);
  de.tell(state, { kind: 'losses', losses: Float64Array.from({ length: state.parents.size }, (_, i) => i) });
  return state;
}

/** The next trials; all of them lose, so that the parents stay. */
function trials(state: State): Float64Array {
  de.ask(state);
  const values = Float64Array.from(state.trials.values);
  de.tell(state, { kind: 'losses', losses: losing(state.trials.size) });
  return values;
}

function varianceOf(values: ArrayLike<number>, size: number, dimension: number, j: number): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    sum += values[i * dimension + j];
    squares += values[i * dimension + j] ** 2;
  }
  return squares / size - (sum / size) ** 2;
}

describe('the variance of the trials', () => {
  // Zaharie, Critical values for the control parameters of differential evolution algorithms (MENDEL 2002), for indices that also
  // differ from i: with a population of mean 0 and variance V = sum x^2 / m, and c = m / (m - 1),
  //   E v_i^2, averaged over i, = V (1 + 2 F^2 c)   and   E u_i = x_i (1 - p c),   p: probability of a coordinate to be the donor's,
  // so U = mean E u_i^2 = V (1 + 2 p F^2 c), and since different trials are independent E mean(u)^2 = (U - (1 - p c)^2 V) / m:
  const law = (F: number, p: number, m: number) => {
    const c = m / (m - 1);
    return ((m - 1) / m) * (1 + 2 * p * F * F * c) + (1 - p * c) ** 2 / m;
  };
  const n = 5;
  const m = 10;
  const binomial = (CR: number) => CR + (1 - CR) / n; // one coordinate is the donor's whatever the draw
  const exponential = (CR: number) => (CR === 1 ? 1 : (1 - CR ** n) / (1 - CR) / n); // mean length / n

  test.each([
    ['binomial', 0.5, 0.9, binomial(0.9)],
    ['binomial', 0.9, 0.2, binomial(0.2)],
    ['binomial', 0.2, 1, 1],
    ['exponential', 0.7, 0.8, exponential(0.8)],
    ['exponential', 0.5, 0, 1 / n],
  ] as const)('follows the law of mutation and crossover: %s, F = %d, CR = %d', (crossover, F, CR, p) => {
    const state = started({ populationSize: m, crossover, scaleFactor: F, crossoverRate: CR }, n);
    const before = Array.from({ length: n }, (_, j) => varianceOf(state.parents.values, m, n, j));
    const repeats = 2000;
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < repeats; k++) {
      const values = trials(state);
      let ratio = 0;
      for (let j = 0; j < n; j++) ratio += varianceOf(values, m, n, j) / before[j] / n;
      sum += ratio;
      squares += ratio * ratio;
    }
    const mean = sum / repeats;
    const error = Math.sqrt((squares / repeats - mean * mean) / repeats);
    expect(Math.abs(mean - law(F, p, m)) / error).toBeLessThan(4); // a chance of 6e-5
    expect(error).toBeLessThan(0.01);
  });
});

describe('crossover', () => {
  const n = 6;

  test('exponential takes neighbours, L of them with probability CR^(L - 1) (1 - CR), all n with CR^(n - 1), from any place on', () => {
    const CR = 0.7;
    const state = started({ populationSize: 10, crossover: 'exponential', crossoverRate: CR }, n);
    const lengths = new Array(n + 1).fill(0);
    const starts = new Array(n).fill(0);
    let total = 0;
    for (let k = 0; k < 800; k++) {
      const values = trials(state);
      for (let i = 0; i < 10; i++) {
        const taken = Array.from({ length: n }, (_, j) => values[i * n + j] !== state.parents.values[i * n + j]);
        const length = taken.filter(Boolean).length;
        const runs = taken.filter((on, j) => on && !taken[(j + n - 1) % n]);
        expect(runs.length).toBe(length === n ? 0 : 1);
        if (length < n) starts[taken.findIndex((on, j) => on && !taken[(j + n - 1) % n])]++;
        lengths[length]++;
        total++;
      }
    }
    let chiSquare = 0;
    for (let L = 1; L <= n; L++) {
      const expected = total * (L < n ? CR ** (L - 1) * (1 - CR) : CR ** (n - 1));
      chiSquare += (lengths[L] - expected) ** 2 / expected;
    }
    expect(lengths[0]).toBe(0);
    expect(chiSquare).toBeLessThan(25.7); // 5 degrees of freedom: a chance of 1e-4
    const each = starts.reduce((a, b) => a + b, 0) / n;
    expect(starts.reduce((sum: number, count) => sum + (count - each) ** 2 / each, 0)).toBeLessThan(25.7);
  });

  test('binomial takes 1 + Binomial(n - 1, CR) coordinates', () => {
    const CR = 0.4;
    const state = started({ populationSize: 10, crossoverRate: CR }, n);
    const counts = new Array(n + 1).fill(0);
    let total = 0;
    for (let k = 0; k < 2000; k++) {
      const values = trials(state);
      for (let i = 0; i < 10; i++, total++) {
        let taken = 0;
        for (let j = 0; j < n; j++) if (values[i * n + j] !== state.parents.values[i * n + j]) taken++;
        counts[taken]++;
      }
    }
    const choose = [1, 5, 10, 10, 5, 1];
    let chiSquare = 0;
    for (let k = 0; k < n; k++) {
      const expected = total * choose[k] * CR ** k * (1 - CR) ** (n - 1 - k);
      chiSquare += (counts[k + 1] - expected) ** 2 / expected;
    }
    expect(counts[0]).toBe(0);
    expect(chiSquare).toBeLessThan(25.7); // 5 degrees of freedom: a chance of 1e-4
  });
});

describe('mutation', () => {
  // Of four individuals few donors are possible: each must occur, in its share of the draws, and no other.
  const F = 0.5;
  const parents = (state: State) => Array.from(state.parents.values);
  const donors: Record<string, (x: number[], i: number) => number[]> = {
    'rand/1': (x, i) => orders([0, 1, 2, 3].filter((k) => k !== i)).map(([a, b, c]) => x[a] + F * (x[b] - x[c])),
    'best/1': (x, i) => orders([0, 1, 2, 3].filter((k) => k !== i)).map(([a, b]) => x[0] + F * (x[a] - x[b])),
    // the best half counts as best: individuals 0 and 1, whose losses are lowest
    'current-to-pbest/1': (x, i) =>
      [0, 1].flatMap((best) =>
        orders([0, 1, 2, 3].filter((k) => k !== i)).map(([a, b]) => x[i] + F * (x[best] - x[i]) + F * (x[a] - x[b])),
      ),
  };

  test.each(Object.keys(donors))('%s makes each of its donors equally often, and no other', (mutation) => {
    const state = started({ populationSize: 4, mutation, scaleFactor: F, crossoverRate: 1, pbestShare: 0.5 }, 1, 3);
    const x = parents(state);
    const repeats = 3000;
    const seen = [0, 1, 2, 3].map(() => new Map<string, number>());
    for (let k = 0; k < repeats; k++) {
      trials(state).forEach((u, i) => {
        seen[i].set(u.toFixed(12), (seen[i].get(u.toFixed(12)) ?? 0) + 1);
      });
    }
    for (let i = 0; i < 4; i++) {
      const possible = donors[mutation](x, i);
      const expected = new Map<string, number>();
      for (const v of possible) expected.set(v.toFixed(12), (expected.get(v.toFixed(12)) ?? 0) + repeats / possible.length);
      expect([...seen[i].keys()].sort()).toEqual([...expected.keys()].sort());
      for (const [v, count] of expected) expect(Math.abs((seen[i].get(v) ?? 0) - count) / Math.sqrt(count)).toBeLessThan(4.5);
    }
  });
});

function orders(items: number[]): number[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item) => orders(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

describe('a duel', () => {
  test('a trial takes its parent’s place if its loss is not greater', () => {
    const state = started({ populationSize: 4 }, 2);
    de.ask(state);
    const old = [...state.parents.values];
    const fresh = [...state.trials.values];
    de.tell(state, { kind: 'losses', losses: Float64Array.of(0, 1.5, 1.9, Infinity) }); // parents: 0, 1, 2, 3
    expect([...state.losses]).toEqual([0, 1, 1.9, 3]);
    expect([...state.parents.values]).toEqual([...fresh.slice(0, 2), ...old.slice(2, 4), ...fresh.slice(4, 6), ...old.slice(6)]);
  });

  test('a population that has no differences left has converged', () => {
    const state = started({ populationSize: 4 }, 2);
    expect(de.stop?.(state)).toBeUndefined();
    state.parents.values.fill(0.3);
    expect(de.stop?.(state)).toBe('converged');
    state.parents.values[5] += 1e-14;
    expect(de.stop?.(state)).toBeUndefined();
  });
});

test('on BBOB f1 and f2 in 5 coordinates it takes at most twice the time of DE-PSO', async () => {
  // A hybrid of the same family: a scale, not the same algorithm; the whole comparison is verify/pso-de.ts.
  for (const f of [1, 2]) {
    const { ert, successes, runs } = await runningTime(de, { function: f, dimension: 5, runs: 5, budget: 10_000 });
    expect(successes).toBe(runs);
    expect(ert).toBeLessThan(2 * (publishedTimes()['DE-PSO'][f][5].ert ?? 0));
  }
}, 60_000);

test('golden traces', async () => {
  expect(await goldenTrace(de)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 220.8442306627973, 43.72074857327727,
  ]);
  expect(await goldenTrace(de, { mutation: 'current-to-pbest/1', crossover: 'exponential', populationSize: 10 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 28.976694746352628, 20.847671510664114, 4.506316798461453,
  ]);
});
