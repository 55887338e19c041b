/** Checks of the invariances that a card claims. What a card does not claim is not looked at. */
import { Rng } from '../core/rng.js';
import type { Space } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import { type Check, coordinates, outcome, skipped, Trial } from './check.js';
import { normalSpace, over, quadratic, rosenbrock, type TestObjective, withLosses } from './test-objectives.js';

const bounded = (strategy: AnyStrategy) => strategy.card.bounds === 'required';

function asked(strategy: AnyStrategy, objective: TestObjective, questions: number): Float64Array[] {
  const trial = new Trial(strategy, objective, { seed: 8 });
  const points: Float64Array[] = [];
  for (let k = 0; k < questions; k++) trial.step((query) => points.push(coordinates(query)));
  return points;
}

export const invariantToTranslation: Check = {
  name: 'translation',
  claim: 'where its card says so: when the objective and the start are shifted by 8, so are the points asked, to within rounding',
  input: () =>
    'minimize Rosenbrock in 5 coordinates from N(0, 0.5), and shifted by 8 from N(8, 0.5), with the same seed; compare the points',
  run(strategy) {
    if (!strategy.card.invariances.includes('translation')) return skipped('its card does not claim it');
    const shift = 8;
    const space = (mean: number): Space => normalSpace(5, mean, 0.5, bounded(strategy));
    const here = asked(strategy, over(rosenbrock, space(0)), 10);
    const there = asked(strategy, over(rosenbrock, space(shift), shift), 10);
    let worst = 0;
    let scale = 1;
    here.forEach((points, k) => {
      points.forEach((x, i) => {
        worst = Math.max(worst, Math.abs(there[k][i] - shift - x));
        scale = Math.max(scale, Math.abs(x));
      });
    });
    // One rounding of a coordinate near 8 is 1e-15; ten generations on a function with slopes in the thousands amplify it.
    const allowed = 1e-6 * scale;
    return outcome(worst <= allowed, `largest departure over 10 questions: ${worst.toExponential(1)}; allowed ${allowed.toExponential(1)}`);
  },
};

/** x 2^floor(log2 x) for x > 0: rises strictly, is nowhere linear for long, and is exact in floating point. */
function stretched(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x;
  let power = 1;
  while (power * 2 <= x) power *= 2;
  while (power > x) power /= 2;
  return x * power;
}

export const invariantToOrder: Check = {
  name: 'order',
  claim: 'where its card says so: asks the same points, to the bit, when the losses are changed by an increasing function',
  input: () => 'minimize Rosenbrock in 5 coordinates, and the same with each loss f replaced by f 2^floor(log2 f)',
  run(strategy) {
    if (!strategy.card.invariances.includes('order')) return skipped('its card does not claim it');
    const objective = over(rosenbrock, normalSpace(5, 0, 1, bounded(strategy)));
    const plain = asked(strategy, objective, 30);
    const changed = asked(strategy, withLosses(objective, stretched), 30);
    const differing = plain.findIndex((points, k) => points.some((x, i) => !Object.is(x, changed[k][i])));
    return outcome(differing < 0, differing < 0 ? '30 questions are the same' : `question ${differing} differs`);
  },
};

const axes = [1, 0.1, 0.01, 0.001];

export const invariantToRotation: Check = {
  name: 'rotation',
  claim: 'where its card says so: does as well on a rotated ellipsoid as on one along the axes',
  input: () => `minimize x'Ax/2 with eigenvalues ${axes.join(', ')}, along the axes and rotated, from N(0, 1), 600 evaluations`,
  run(strategy) {
    if (!strategy.card.invariances.includes('rotation')) return skipped('its card does not claim it');
    // The start is the same in all directions, so the losses reached have the same distribution: 31 runs each, with
    // different seeds, compared by their ranks (Wilcoxon); |z| > 3.3 has a chance of 0.1 %.
    const runs = 31;
    const space = normalSpace(4, 0, 1, bounded(strategy));
    const reached = (matrix: number[][], from: number) =>
      Array.from({ length: runs }, (_, k) => new Trial(strategy, over(quadratic(matrix), space), { seed: from + k }).spend(600).best);
    const z = rankSum(reached(diagonal(axes), 0), reached(rotated(axes), runs));
    return outcome(Math.abs(z) <= 3.3, `rank-sum z = ${z.toFixed(2)} between ${runs} runs along the axes and ${runs} rotated; allowed 3.3`);
  },
};

function diagonal(values: readonly number[]): number[][] {
  return values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
}

/** Q diag(values) Q', Q a random orthogonal matrix by Gram and Schmidt. */
function rotated(values: readonly number[]): number[][] {
  const rng = Rng.seeded('rotation');
  const rows: number[][] = [];
  for (let i = 0; i < values.length; i++) {
    let row = values.map(() => rng.normal());
    for (const other of rows) {
      const dot = row.reduce((sum, x, j) => sum + x * other[j], 0);
      row = row.map((x, j) => x - dot * other[j]);
    }
    const norm = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    rows.push(row.map((x) => x / norm));
  }
  return values.map((_, i) => values.map((__, j) => values.reduce((sum, value, k) => sum + rows[k][i] * value * rows[k][j], 0)));
}

/** Wilcoxon's rank-sum statistic of `a`, in standard deviations from what equal distributions give. Ties count half. */
function rankSum(a: readonly number[], b: readonly number[]): number {
  let wins = 0;
  for (const x of a) for (const y of b) wins += x > y ? 1 : x === y ? 0.5 : 0;
  const [m, n] = [a.length, b.length];
  return (wins - (m * n) / 2) / Math.sqrt((m * n * (m + n + 1)) / 12);
}
