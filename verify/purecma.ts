/**
 * CMA-ES beside medians of purecma (Hansen, https://github.com/CMA-ES/pycma), which were run for this comparison: evaluations
 * until the loss is 1e-8 or less, from a point uniform in [-4, 4]^D, sigma 2, in whole generations.
 */
import { Rng } from '../src/core/rng.js';
import type { Space } from '../src/core/space.js';
import { cmaEs } from '../strategies/cma-es.js';
import type { VerificationRow } from './shared/bbob-rows.js';

type Loss = (x: Float64Array) => number;

const sphere: Loss = (x) => x.reduce((sum, value) => sum + value * value, 0);
/** Axes from 1 to 1e6, in equal ratios. */
const ellipsoid: Loss = (x) => x.reduce((sum, value, i) => sum + 10 ** ((6 * i) / (x.length - 1)) * value * value, 0);

const cases: readonly (readonly [string, Loss, number, number])[] = [
  ['the sphere', sphere, 5, 784],
  ['the sphere', sphere, 10, 1560],
  ['the sphere', sphere, 20, 2952],
  ['the ellipsoid', ellipsoid, 5, 2304],
  ['the ellipsoid', ellipsoid, 10, 6190],
  ['the ellipsoid', ellipsoid, 20, 18_600],
];

const runs = 15;

function evaluations(f: Loss, n: number, seed: number): number {
  // the mean is one draw; the default sigma is a quarter of the range, 2
  const space: Space = { dimension: n, precision: 'float64', start: [{ offset: 0, length: n, kind: 'uniform', low: -4, high: 4 }] };
  const state = cmaEs.start(space, cmaEs.options.parse({}), Rng.seeded(seed));
  for (let count = 0; count < 1e5; ) {
    const query = cmaEs.ask(state);
    if (query.kind !== 'losses') break;
    const { size, values } = query.population;
    const losses = Float64Array.from({ length: size }, (_, p) => f(Float64Array.from(values.subarray(p * n, (p + 1) * n))));
    count += size;
    if (Math.min(...losses) <= 1e-8) return count;
    cmaEs.tell(state, { kind: 'losses', losses });
  }
  return Infinity;
}

export const verification = {
  name: 'purecma',
  run(progress: (done: string) => void): Promise<VerificationRow[]> {
    const rows = cases.map(([what, f, dimension, published]): VerificationRow => {
      const counts = Array.from({ length: runs }, (_, k) => evaluations(f, dimension, k + 1)).sort((a, b) => a - b);
      const ours = counts[runs >> 1];
      progress(`${what} in ${dimension}-D`);
      return {
        what: `cma-es, ${what}, ${dimension}-D: median evaluations to 1e-8`,
        ours,
        published,
        ratio: ours / published,
        seeds: runs,
        source: 'purecma, our runs of it, medians of 3 to 7',
      };
    });
    return Promise.resolve(rows);
  },
};
