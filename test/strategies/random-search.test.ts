import { expect, test } from '@jest/globals';
import { minimize } from '../../src/core/minimize.js';
import { boxSpace } from '../../src/core/space.js';
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

test('golden trace', async () => {
  expect(await goldenTrace(randomSearch)).toEqual([
    2372.106515983175, 473.02022804570584, 41.12173552162551, 41.12173552162551, 41.12173552162551, 41.12173552162551,
  ]);
});
