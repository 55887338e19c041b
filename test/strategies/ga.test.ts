import { describe, expect, test } from '@jest/globals';
import { Optimizer } from '../../src/core/optimizer.js';
import { rankByLoss } from '../../src/core/ranking.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { ga } from '../../strategies/ga.js';
import { clearNiches } from '../../strategies/shared/clearing.js';
import { selectRank } from '../../strategies/shared/selection.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof ga.start>;

function started(space: Space, options: object, seed: number | string = 1): State {
  return ga.start(space, ga.options.parse(options), Rng.seeded(seed));
}

function generation(state: State, loss: (x: ArrayLike<number>) => number): Float64Array {
  const query = ga.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  const losses = Float64Array.from({ length: size }, (_, p) => loss(values.subarray(p * dimension, (p + 1) * dimension)));
  ga.tell(state, { kind: 'losses', losses });
  return losses;
}

function sphere(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - 1) * (x[i] - 1);
  return sum;
}

const { cos, PI } = Math;

function rastrigin(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i] + 10 * (1 - cos(2 * PI * x[i]));
  return sum;
}

/** Pearson's statistic of `draws` selections among `shares.length` ranks. */
function chiSquare(options: object, shares: number[], wheel: Float64Array = new Float64Array(0), draws = 20_000): number {
  const rng = Rng.seeded('selection');
  const settings = ga.options.parse(options);
  const counts = new Array<number>(shares.length).fill(0);
  for (let i = 0; i < draws; i++) counts[selectRank(settings, wheel, shares.length, rng)]++;
  let sum = 0;
  for (const [rank, share] of shares.entries()) {
    if (share === 0) expect(counts[rank]).toBe(0);
    else sum += (counts[rank] - draws * share) ** 2 / (draws * share);
  }
  return sum;
}

describe('selection follows its closed form', () => {
  // 0.999 quantile of chi-square with 9 degrees of freedom: 27.88
  const size = 10;
  const ranks = Array.from({ length: size }, (_, i) => i);

  test.each([1, 2, 3, 7])('tournament of %i: ((n - i)^k - (n - i - 1)^k) / n^k', (k) => {
    const shares = ranks.map((i) => ((size - i) ** k - (size - i - 1) ** k) / size ** k);
    expect(chiSquare({ selection: 'tournament', tournamentSize: k }, shares)).toBeLessThan(27.88);
  });

  test.each([1, 1.5, 2])('linear ranking with pressure %f: (s - (2 s - 2) i / (n - 1)) / n (Baker 1985)', (s) => {
    const shares = ranks.map((i) => (s - ((2 * s - 2) * i) / (size - 1)) / size);
    expect(chiSquare({ selection: 'rank', selectionPressure: s }, shares)).toBeLessThan(27.88);
  });

  test('truncation: equal among the best, none of the rest', () => {
    const shares = ranks.map((i) => (i < 4 ? 1 / 4 : 0));
    expect(chiSquare({ selection: 'truncation', truncationShare: 0.35 }, shares)).toBeLessThan(27.88);
  });

  test('roulette: in proportion to the distance below the worst finite loss', () => {
    const losses = Float64Array.of(0, 7, Infinity, 5, 9, 10, 4, 2, 8, 10);
    const state = started(boxSpace(1, 0, 1), { selection: 'roulette', populationSize: 10 });
    ga.ask(state);
    ga.tell(state, { kind: 'losses', losses });
    expect([...state.order]).toEqual([0, 7, 6, 3, 1, 8, 4, 5, 9, 2]);
    const weights = [10, 8, 6, 5, 3, 2, 1, 0, 0, 0]; // 10 - loss; the failed one has none
    const shares = weights.map((weight) => weight / 35);
    expect(chiSquare({ selection: 'roulette' }, shares, state.wheel)).toBeLessThan(27.88);
  });
});

describe('ga', () => {
  test('tournaments take over in (ln n + ln ln n) / ln k generations (Goldberg and Deb 1991)', () => {
    // the time from one copy of the best to n - 1 copies, selection alone
    const n = 256;
    for (const k of [2, 4]) {
      const theory = (Math.log(n) + Math.log(Math.log(n))) / Math.log(k);
      let mean = 0;
      const runs = 15;
      for (let seed = 0; seed < runs; seed++) {
        const state = started(
          boxSpace(1, 0, 1),
          { populationSize: n, tournamentSize: k, crossover: 'none', mutationRate: 0, elites: 1 },
          `takeover${seed}`,
        );
        let time = 0;
        const copies = () => {
          const losses = generation(state, (x) => x[0]);
          const best = Math.min(...losses);
          return losses.filter((loss) => loss === best).length;
        };
        while (copies() < n - 1) time++;
        mean += time / runs;
      }
      expect(Math.abs(mean / theory - 1)).toBeLessThan(0.15);
    }
  });

  test('with an elite the best never gets worse; without mutation and crossover no gene is new', () => {
    const state = started(boxSpace(4, -5, 5), { elites: 2 });
    let best = Infinity;
    for (let g = 0; g < 50; g++) {
      const now = Math.min(...generation(state, sphere));
      expect(now).toBeLessThanOrEqual(best);
      best = now;
    }
    const still = started(boxSpace(4, -5, 5), { mutationRate: 0, crossover: 'none' });
    const genes = new Set(still.children.values);
    for (let g = 0; g < 10; g++) generation(still, sphere);
    expect(still.parents.values.every((gene) => genes.has(gene))).toBe(true);
  });

  test('one-point crossover takes a head of one parent and a tail of the other, every cut alike', () => {
    const state = started(boxSpace(5, 0, 1), { populationSize: 4_001, crossover: 'one-point', crossoverRate: 1, mutationRate: 0 });
    generation(state, sphere);
    // two kinds of parents: all genes 0, all genes 1
    for (let i = 0; i < state.parents.values.length; i++) state.parents.values[i] = Math.floor(i / 5) % 2;
    state.settings.tournamentSize = 1;
    ga.ask(state);
    const cuts = [0, 0, 0, 0, 0];
    let most = 0;
    for (let p = 1; p < 4_001; p++) {
      const row = [...state.children.values.subarray(5 * p, 5 * p + 5)];
      const changes = row.flatMap((gene, i) => (i > 0 && gene !== row[i - 1] ? [i] : []));
      most = Math.max(most, changes.length);
      cuts[changes[0] ?? 0]++;
    }
    expect(most).toBe(1);
    // half the pairs are of two kinds: 500 for each of the four cuts
    for (const count of cuts.slice(1)) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(500));
  });

  test('the one-fifth rule widens after many successes and narrows after few', () => {
    const scaleAfter = (loss: number): number => {
      const state = started(boxSpace(3, -1, 1), { mutationSteps: 'one-fifth', mutationScale: 0.5 });
      generation(state, () => 1);
      generation(state, () => loss);
      return state.scale;
    };
    expect(scaleAfter(0)).toBeCloseTo(0.75, 12);
    expect(scaleAfter(2)).toBeCloseTo(0.5 * 1.5 ** -0.25, 12);
  });

  test('fixed steps stay, or decay by a factor a generation', () => {
    for (const [mutationDecay, scale] of [
      [1, 2],
      [0.5, 0.25],
    ]) {
      const state = started(boxSpace(2, -1, 1), { mutationSteps: 'fixed', mutationDecay });
      for (let g = 0; g < 3; g++) generation(state, sphere);
      expect(state.scale).toBe(scale);
    }
  });

  test('finds the global optimum of a 10-D Rastrigin function', () => {
    for (const seed of [1, 2, 3]) {
      const state = started(boxSpace(10, -5.12, 5.12), {}, seed);
      let best = Infinity;
      for (let g = 0; g < 400; g++) best = Math.min(best, ...generation(state, rastrigin));
      expect(best).toBeLessThan(0.01); // the next best optimum is at 0.995
    }
  });

  test('options out of range are refused', () => {
    for (const wrong of [{ populationSize: 1 }, { mutationRate: 1.1 }, { selection: 'best' }, { elites: -1 }, { size: 5 }]) {
      expect(ga.options.safeParse(wrong).success).toBe(false);
    }
    expect(() => started(boxSpace(1, 0, 1), { populationSize: 4, elites: 4 })).toThrow(/fewer elites/);
  });
});

describe('clearing', () => {
  /** Individuals at these places of a line, ranked; returns who is kept and who is cleared, best first. */
  const cleared = (places: number[], losses: number[], capacity: number, radius = 1) => {
    const order = new Int32Array(places.length);
    rankByLoss(losses, order);
    const population = { kind: 'dense', size: places.length, dimension: 1, values: Float64Array.from(places) } as const;
    const niches = { capacity, radius, units: Float64Array.of(2) };
    const kept = clearNiches(population, Float64Array.from(losses), order, niches, new Int32Array(places.length));
    return [[...order.subarray(0, kept)], [...order.subarray(kept)]];
  };

  test('keeps the best of each niche, the radius in units and open', () => {
    // units of 2: individual 1 is half a unit from the best, 2 exactly one, 3 two and a half; 4 is near 3
    expect(cleared([0, 1, 2, 5, 6.5], [1, 2, 3, 4, 5], 1)).toEqual([
      [0, 2, 3],
      [1, 4],
    ]);
  });

  test('a niche holds as many as its capacity, and every one that is kept is the middle of a niche', () => {
    // around 0: itself and 1; 2 is cleared. Around 1 there is nobody left but 3, which makes its niche full
    expect(cleared([0, 0.5, 1, 2.2, 2.4], [1, 2, 3, 4, 5], 2)).toEqual([
      [0, 1, 3],
      [2, 4],
    ]);
  });

  test('failed ones are cleared, but for all failed', () => {
    expect(cleared([0, 9, 18], [1, Infinity, 2], 3)).toEqual([[0, 2], [1]]);
    expect(cleared([0, 0.1], [Infinity, Infinity], 1)).toEqual([[0, 1], []]);
  });

  test('of two peaks, one a little higher, clearing keeps both and the plain algorithm loses one', () => {
    const at = (x: ArrayLike<number>, centre: number) => (x[0] - centre) ** 2 + (x[1] - centre) ** 2;
    const peaks = (x: ArrayLike<number>) => Math.min(at(x, -2), 0.01 + at(x, 2));
    const kept = (options: object, seed: number) => {
      const state = started(boxSpace(2, -5, 5), options, seed);
      for (let g = 0; g < 200; g++) generation(state, peaks);
      const { values } = state.parents;
      const near = (centre: number) =>
        Array.from({ length: 50 }, (_, p) => values.subarray(2 * p, 2 * p + 2)).some((x) => at(x, centre) < 0.01);
      return [near(-2), near(2)];
    };
    let both = 0;
    for (let seed = 1; seed <= 5; seed++) {
      expect(kept({ niching: 'clearing', elites: 2 }, seed)).toEqual([true, true]);
      if (kept({ elites: 2 }, seed).every((found) => found)) both++;
    }
    expect(both).toBe(0);
  });
});

describe('simulated binary crossover and polynomial mutation together', () => {
  const options = { crossover: 'simulated-binary', mutation: 'polynomial', niching: 'clearing', selection: 'roulette' };

  test('find the global optimum of a 5-D Rastrigin function, within bounds and without', () => {
    for (const polynomialReach of ['bounds', 'scale']) {
      const state = started(boxSpace(5, -5.12, 5.12), { ...options, niching: 'none', selection: 'tournament', polynomialReach }, 1);
      let best = Infinity;
      for (let g = 0; g < 600; g++) best = Math.min(best, ...generation(state, rastrigin));
      expect(best).toBeLessThan(0.01);
    }
  });

  test('a run that is saved and restored goes on bit for bit', () => {
    const evaluate = (optimizer: Optimizer) => {
      const query = optimizer.ask();
      if (query.kind !== 'losses') throw new Error(query.kind);
      const { size, dimension, values } = query.population;
      optimizer.tell(Float64Array.from({ length: size }, (_, p) => rastrigin(values.subarray(p * dimension, (p + 1) * dimension))));
    };
    const whole = new Optimizer(ga, boxSpace(4, -5, 5), { options, seed: 3 });
    for (let g = 0; g < 8; g++) evaluate(whole);
    let parts = new Optimizer(ga, boxSpace(4, -5, 5), { options, seed: 3 });
    for (let g = 0; g < 8; g++) {
      parts = Optimizer.restore(parts.save(), ga);
      evaluate(parts);
    }
    expect(parts.best).toEqual(whole.best);
    expect((parts.ask() as { population: unknown }).population).toEqual((whole.ask() as { population: unknown }).population);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(ga)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 220.8442306627973, 43.175577519466664,
  ]);
  const options = { crossover: 'blend', selection: 'rank', mutationSteps: 'one-fifth', populationSize: 20 };
  expect(await goldenTrace(ga, options)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 101.4975519885812, 22.138776148379264,
  ]);
  const deb = { crossover: 'simulated-binary', mutation: 'polynomial', niching: 'clearing', populationSize: 20 };
  expect(await goldenTrace(ga, deb)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 28.22995896498619, 6.7746816842019175,
  ]);
});
