/** The classes that problems claim, against their values: a convex function lies below its chords, a smooth one has one slope. */
import { expect, test } from '@jest/globals';
import { densePopulation } from '../../src/core/population.js';
import { Rng } from '../../src/core/rng.js';
import { findProblem } from '../../src/problems/registry.js';

async function lossOf(id: string) {
  const problem = await findProblem(id);
  const { losses, space, publishedStart: start } = await problem.open({ seed: 1, provider: 'cpu', threads: 1 });
  const population = densePopulation(space, 1);
  const out = new Float64Array(1);
  const loss = (x: readonly number[]): number => {
    population.values.set(x);
    void losses(population, 0, out);
    return out[0];
  };
  return { problem, loss, start };
}

/** Largest excess over a chord's middle, relative to the values there; above 0 only where the function is not convex. */
async function excess(id: string, draws = 300): Promise<number> {
  const { problem, loss, start } = await lossOf(id);
  const rng = Rng.seeded(7);
  let most = -Infinity;
  for (let k = 0; k < draws; k++) {
    const size = 10 ** (3 * rng.uniform() - 2);
    const [a, b] = [0, 1].map(() => Array.from({ length: problem.dimension }, (_, i) => (start?.[i] ?? 0) + size * rng.normal()));
    const ends = (loss(a) + loss(b)) / 2;
    const over = (loss(a.map((x, i) => (x + b[i]) / 2)) - ends) / ends;
    if (Number.isFinite(over)) most = Math.max(most, over);
  }
  return most;
}

/** One problem of each Moré-Wild function, with the standard start. */
const convex = [1, 3, 5, 11, 39, 41];
const notConvex = [7, 9, 13, 15, 17, 18, 19, 21, 23, 25, 26, 29, 32, 34, 35, 36, 37, 43, 45, 52];
const forms = (numbers: readonly number[]) => numbers.flatMap((k) => [`more-wild:${k}`, `more-wild:${k}:nondiff`]);

test.each(['sphere:d3', 'ellipsoid:d3', ...forms(convex)])('%s is convex', async (id) => {
  expect((await findProblem(id)).classes?.convex).toBe(true);
  expect(await excess(id)).toBeLessThan(1e-12);
});

test.each(['rosenbrock:d2', 'rastrigin:d2', ...forms(notConvex)])('%s is not', async (id) => {
  expect((await findProblem(id)).classes?.convex).toBe(false);
  expect(await excess(id, 3000)).toBeGreaterThan(1e-3);
});

test('where neither is known nothing is claimed; only plain sums of squares are smooth', async () => {
  for (const k of [27, 46]) expect((await findProblem(`more-wild:${k}`)).classes).toEqual({ smooth: true });
  for (const form of ['wild3', 'noisy3']) expect((await findProblem(`more-wild:7:${form}`)).classes).toEqual({ smooth: false });
  expect((await findProblem('bbob:f1:i1:d2')).classes).toBeUndefined();
});
