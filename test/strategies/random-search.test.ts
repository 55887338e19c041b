import { describe, expect, test } from '@jest/globals';
import { minimize } from '../../src/core/minimize.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { randomSearch } from '../../strategies/random-search.js';
import { goldenTrace } from './golden-trace.js';

test('the best of n on the sphere follows the chance of falling into a ball', async () => {
  // A uniform point of [-1, 1]^3 lies within radius r <= 1 with chance p(r) = (4/3) pi r^3 / 8; the best of n does with chance
  // 1 - (1 - p)^n. Put through its own distribution function, the best radius of a run is uniform on [0, 1].
  const n = 50;
  const runs = 400;
  const uniforms: number[] = [];
  for (let seed = 0; seed < runs; seed++) {
    const { best } = await minimize((x) => x[0] * x[0] + x[1] * x[1] + x[2] * x[2], randomSearch, {
      space: boxSpace(3, -1, 1),
      seed,
      budget: { evaluations: n },
    });
    const radius = Math.sqrt(best.loss);
    // Beyond radius 1 the ball leaves the box; the chance that 50 points all miss the unit ball is 7e-17.
    expect(radius).toBeLessThan(1);
    uniforms.push(1 - (1 - ((4 / 3) * Math.PI * radius ** 3) / 8) ** n);
  }
  uniforms.sort((a, b) => a - b);
  const distance = Math.max(...uniforms.map((u, i) => Math.max(Math.abs(u - i / runs), Math.abs(u - (i + 1) / runs))));
  // Kolmogorov: the chance of a distance above 2.2 / sqrt(runs) is 2 exp(-2 * 2.2^2) = 1.2e-4.
  expect(distance).toBeLessThan(2.2 / Math.sqrt(runs));
});

test('the population size changes how many points a question holds, not which points are drawn', async () => {
  const seen = async (populationSize: number) => {
    const points: number[] = [];
    const f = (x: Float64Array) => points.push(...x);
    await minimize(f, randomSearch, { space: boxSpace(2, 0, 1), options: { populationSize }, budget: { evaluations: 60 } });
    return points;
  };
  expect(await seen(7)).toEqual(await seen(60));
});

describe('in float32, where points are drawn in bulk', () => {
  const asked = (start: Space['start'], populationSize: number) => {
    const dimension = start.reduce((sum, { length }) => sum + length, 0);
    const optimizer = new Optimizer(randomSearch, { dimension, precision: 'float32', start }, { options: { populationSize }, seed: 5 });
    const query = optimizer.ask();
    if (query.kind !== 'losses' || query.population.kind !== 'dense') throw new Error('random search asks for losses of points');
    return { dimension, optimizer, values: query.population.values };
  };
  const constant = { kind: 'constant', offset: 0, length: 3, value: 0.5 } as const;

  test('the population size still does not change which points are drawn', () => {
    const start = [constant, { kind: 'normal', offset: 3, length: 10, mean: 1, deviation: 2 }] as const;
    const { optimizer, values: few } = asked(start, 2);
    const first = few.slice();
    optimizer.tell(new Float64Array(2));
    const query = optimizer.ask();
    if (query.kind !== 'losses' || query.population.kind !== 'dense') throw new Error('random search asks for losses of points');
    expect([...first, ...query.population.values]).toEqual([...asked(start, 4).values]);
  });

  test.each([
    ['normal', 1, 2, 3],
    ['uniform', 2, 4 / Math.sqrt(12), 1.8],
  ] as const)(
    'coordinates of a %s start have its mean, deviation and kurtosis, and constants their value',
    (kind, mean, deviation, kurtosis) => {
      const drawn = { offset: 3, length: 1000 };
      const start = kind === 'normal' ? { kind, ...drawn, mean: 1, deviation: 2 } : { kind, ...drawn, low: 0, high: 4 };
      const { dimension, values } = asked([constant, start], 100);
      const z: number[] = [];
      for (let i = 0; i < values.length; i++) {
        if (i % dimension < 3) expect(values[i]).toBe(0.5);
        else z.push((values[i] - mean) / deviation);
      }
      const moment = (k: number) => z.reduce((sum, x) => sum + x ** k, 0) / z.length;
      // 1e5 draws: standard errors are at most 1 / 316, sqrt(2) / 316 and sqrt(96) / 316; five of each are allowed.
      expect(Math.abs(moment(1))).toBeLessThan(5 / 316);
      expect(Math.abs(moment(2) - 1)).toBeLessThan((5 * Math.SQRT2) / 316);
      expect(Math.abs(moment(4) - kurtosis)).toBeLessThan((5 * Math.sqrt(96)) / 316);
    },
  );

  test('a start that mixes distributions is drawn one by one, as it is in float64', () => {
    const start = [
      { kind: 'uniform', offset: 0, length: 5, low: 0, high: 1 },
      { kind: 'normal', offset: 5, length: 5, mean: 0, deviation: 1 },
    ] as const;
    const dimension = 10;
    const exact = new Optimizer(
      randomSearch,
      { dimension, precision: 'float64', start },
      { options: { populationSize: 6 }, seed: 5 },
    ).ask();
    if (exact.kind !== 'losses' || exact.population.kind !== 'dense') throw new Error('random search asks for losses of points');
    expect(asked(start, 6).values).toEqual(Float32Array.from(exact.population.values));
  });
});

test('golden trace', async () => {
  expect(await goldenTrace(randomSearch)).toEqual([
    2372.106515983175, 473.02022804570584, 41.12173552162551, 41.12173552162551, 41.12173552162551, 41.12173552162551,
  ]);
});
