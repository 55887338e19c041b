/** The places of optima that problems tell: the loss there is the optimum, and nowhere around is it lower. */
import { expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { moreWildProblem } from '../../src/problems/more-wild/problem.js';
import { findProblem } from '../../src/problems/registry.js';

async function opened(id: string) {
  const objective = await (await findProblem(id)).open({ seed: 2, provider: 'cpu', threads: 1 });
  const { dimension } = objective.space;
  const out = new Float64Array(1);
  const loss = (values: Float64Array): number => {
    void objective.losses({ kind: 'dense', size: 1, dimension, values }, 0, out);
    return out[0];
  };
  return { objective, loss };
}

const told = [
  'sphere:d3',
  'ellipsoid:d4',
  'rosenbrock:d5',
  'rastrigin:d3',
  'rastrigin:d3:centred',
  ...Array.from({ length: 24 }, (_, f) => `bbob:f${f + 1}:i2:d5`),
  ...['', ':nondiff'].flatMap((form) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 25, 35, 43, 44, 45].map((k) => `more-wild:${k}${form}`),
  ),
];

test.each(told)('%s takes its least value there', async (id) => {
  const { objective, loss } = await opened(id);
  const { optimumAt, optimum = Number.NaN, space } = objective;
  if (optimumAt === undefined) throw new Error('no place is told');
  expect(Math.abs(loss(optimumAt) - optimum)).toBeLessThan(1e-9 * Math.max(1, Math.abs(optimum)));
  const rng = Rng.seeded(1);
  for (const size of [1e-3, 0.1, 1]) {
    for (let k = 0; k < 60; k++) {
      const x = optimumAt.map((at) => at + size * rng.normal());
      if (space.bounds !== undefined && x.some((xi) => Math.abs(xi) > 5)) continue;
      expect(loss(x)).toBeGreaterThanOrEqual(optimum - 1e-9 * Math.max(1, Math.abs(optimum)));
    }
  }
});

test('the sums of absolute values of the linear problems are as derived by hand', async () => {
  // n = 9, m = 45: nine terms of 2.5 at -2.5, the other 36 are 0
  expect((await findProblem('more-wild:1:nondiff')).optimum).toBeCloseTo(22.5, 12);
  // m = 35: the weights 35 + 34 + ... + 25 = 330 reach half of 630, so s = 1/25 and the sum is that of |i/25 - 1|: 12 below, 2.2 above
  expect((await findProblem('more-wild:3:nondiff')).optimum).toBeCloseTo(12 + 2.2, 12);
});

test('no place is told where none follows from the formulas', async () => {
  for (const id of ['more-wild:15', 'more-wild:46', 'more-wild:1:wild3']) expect((await opened(id)).objective.optimumAt).toBeUndefined();
});

test('the tenfold start has the same minimizer', async () => {
  const [near, far] = await Promise.all([7, 8].map((k) => moreWildProblem(k, 'smooth').open({ seed: 1, provider: 'cpu', threads: 1 })));
  expect(far.optimumAt).toEqual(near.optimumAt);
  expect(far.publishedStart).toEqual(Float64Array.of(-12, 10));
});
