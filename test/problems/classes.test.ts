/** The classes that problems claim, against their values: a convex function lies below its chords, a smooth one has one slope. */
import { expect, test } from '@jest/globals';
import { densePopulation } from '../../src/core/population.js';
import { Rng } from '../../src/core/rng.js';
import { findProblem } from '../../src/problems/registry.js';

async function lossOf(id: string) {
  const problem = await findProblem(id);
  const { losses, space } = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
  const population = densePopulation(space, 1);
  const out = new Float64Array(1);
  const loss = (x: readonly number[]): number => {
    population.values.set(x);
    void losses(population, 0, out);
    return out[0];
  };
  return { problem, loss };
}

/** Largest excess over a chord's middle, relative to the values there; above 0 only where the function is not convex. */
async function excess(id: string): Promise<number> {
  const { problem, loss } = await lossOf(id);
  const rng = Rng.seeded(7);
  let most = -Infinity;
  for (let k = 0; k < 300; k++) {
    const [a, b] = [0, 1].map(() => Array.from({ length: problem.dimension }, () => 4 * rng.uniform() - 2));
    const ends = (loss(a) + loss(b)) / 2;
    most = Math.max(most, (loss(a.map((x, i) => (x + b[i]) / 2)) - ends) / ends);
  }
  return most;
}

test.each(['sphere:d3', 'ellipsoid:d3', ...[1, 2, 3, 4, 5, 6].flatMap((k) => [`more-wild:${k}`, `more-wild:${k}:nondiff`])])(
  '%s is convex',
  async (id) => {
    expect((await findProblem(id)).classes?.convex).toBe(true);
    expect(await excess(id)).toBeLessThan(1e-12);
  },
);

test.each(['rosenbrock:d2', 'rastrigin:d2'])('%s is not', async (id) => {
  expect((await findProblem(id)).classes?.convex).toBe(false);
  expect(await excess(id)).toBeGreaterThan(0.01);
});

test('where convexity is not published, nothing is claimed; only plain sums of squares are smooth', async () => {
  expect((await findProblem('more-wild:7')).classes).toEqual({ smooth: true });
  for (const form of ['nondiff', 'wild3', 'noisy3']) expect((await findProblem(`more-wild:7:${form}`)).classes).toEqual({ smooth: false });
  expect((await findProblem('bbob:f1:i1:d2')).classes).toBeUndefined();
});
