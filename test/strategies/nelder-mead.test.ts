import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { nelderMead } from '../../strategies/nelder-mead.js';
import { nelderMeadRestarts } from '../../strategies/nelder-mead-restarts.js';
import { adaptiveCoefficients, standardCoefficients } from '../../strategies/shared/simplex.js';
import { evaluationsFrom, readPeers } from '../../verify/shared/from-start.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof nelderMead.start>;

/** In two dimensions, with the given vertices, not asked yet. */
function triangle(vertices: number[]): State {
  const state = nelderMead.start(openSpace(2, 0, 1), nelderMead.options.parse({ coefficients: 'standard' }), Rng.seeded(1));
  state.simplex.vertices.set(vertices);
  return state;
}

/** The asked points. */
function ask(state: State): number[][] {
  const query = nelderMead.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  return Array.from({ length: size }, (_, p) => [...values.subarray(p * dimension, (p + 1) * dimension)]);
}

function tell(state: State, ...losses: number[]): void {
  nelderMead.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });
}

/** Vertices with their losses, best first. */
function simplexOf({ simplex }: State): number[][] {
  return [...simplex.order].map((row) => [simplex.vertices[2 * row], simplex.vertices[2 * row + 1], simplex.losses[row]]);
}

const rosenbrock = ([x, y]: number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2;

describe('nelder-mead, by hand', () => {
  // Best (0,0), then (2,0), worst (0,2): the centroid of the two best is (1,0), the reflected point 2(1,0) - (0,2) = (2,-2).
  const opened = () => {
    const state = triangle([0, 2, 2, 0, 0, 0]);
    expect(ask(state)).toEqual([
      [0, 2],
      [2, 0],
      [0, 0],
    ]);
    tell(state, 3, 2, 1);
    expect(ask(state)).toEqual([[2, -2]]);
    return state;
  };

  test('a reflected point between best and second worst replaces the worst', () => {
    const state = opened();
    tell(state, 1.5);
    expect(simplexOf(state)).toEqual([
      [0, 0, 1],
      [2, -2, 1.5],
      [2, 0, 2],
    ]);
  });

  test('one that is best is expanded to 3 (1,0) - 2 (0,2) = (3,-4), and the better of the two stays', () => {
    for (const [loss, kept] of [
      [0.4, [3, -4, 0.4]],
      [0.5, [2, -2, 0.5]],
    ] as const) {
      const state = opened();
      tell(state, 0.5);
      expect(ask(state)).toEqual([[3, -4]]);
      tell(state, loss);
      expect(simplexOf(state)[0]).toEqual(kept);
    }
  });

  test('one between second worst and worst is contracted outside, to the middle (1.5,-1) of centroid and reflected point', () => {
    const state = opened();
    tell(state, 2.5);
    expect(ask(state)).toEqual([[1.5, -1]]);
    tell(state, 2.5); // as good as the reflected point is good enough
    expect(simplexOf(state)[2]).toEqual([1.5, -1, 2.5]);
  });

  test('one as bad as the worst is contracted inside, to the middle (0.5,1) of centroid and worst', () => {
    const state = opened();
    tell(state, 3);
    expect(ask(state)).toEqual([[0.5, 1]]);
    tell(state, 2.9);
    expect(simplexOf(state)[2]).toEqual([0.5, 1, 2.9]);
  });

  test('a contraction that fails halves the distance of all to the best', () => {
    const state = opened();
    tell(state, Infinity);
    tell(state, 3);
    const shrunk = ask(state);
    expect(shrunk).toHaveLength(2);
    expect(shrunk).toEqual(
      expect.arrayContaining([
        [1, 0],
        [0, 1],
      ]),
    );
    tell(state, ...shrunk.map(([x]) => (x === 1 ? 1.2 : 1.1)));
    expect(simplexOf(state)).toEqual([
      [0, 0, 1],
      [0, 1, 1.1],
      [1, 0, 1.2],
    ]);
  });

  test('a new vertex comes after those with an equal loss', () => {
    const state = opened();
    tell(state, 1); // not better than the best, so not expanded
    expect(simplexOf(state)).toEqual([
      [0, 0, 1],
      [2, -2, 1],
      [2, 0, 2],
    ]);
  });
});

test('coefficients are those of Gao and Han: at n = 10 expansion 1.2, contraction 0.7, shrinkage 0.9; standard at n = 2', () => {
  expect(adaptiveCoefficients(10)).toEqual({ reflection: 1, expansion: 1.2, contraction: 0.7, shrinkage: 0.9 });
  expect(adaptiveCoefficients(2)).toEqual(standardCoefficients);
  expect(adaptiveCoefficients(1)).toEqual(standardCoefficients);
});

test('needs exactly the 210 evaluations of fminsearch from (-1.9, 2) on the banana function', () => {
  // MathWorks, "Banana Function Minimization": 210 evaluations, 114 iterations. fminsearch is the simplex of Lagarias et al. with
  // first edges of 5 % of each coordinate; it stops at a simplex that spans at most 1e-4 in every coordinate and in the loss.
  const state = triangle([-1.9, 2, -1.9 * 1.05, 2, -1.9, 2 * 1.05]);
  let evaluations = 0;
  let iterations = 0;
  for (;;) {
    const points = ask(state);
    evaluations += points.length;
    tell(state, ...points.map(rosenbrock));
    if (state.simplex.phase !== 'reflect') continue;
    iterations++; // the first simplex counts as one
    const [best, ...others] = simplexOf(state);
    if (others.every((vertex) => vertex.every((x, i) => Math.abs(x - best[i]) <= 1e-4))) break;
  }
  expect(evaluations).toBe(210);
  expect(iterations).toBe(114);
});

test('stops as converged at an optimum, in both precisions, and where all losses are equal', () => {
  for (const precision of ['float32', 'float64'] as const) {
    for (const f of [rosenbrock, () => 7]) {
      const state = nelderMead.start(boxSpace(2, -2, 2, precision), nelderMead.options.parse({}), Rng.seeded(3));
      let questions = 0;
      while (nelderMead.stop?.(state) === undefined) {
        tell(state, ...ask(state).map(f));
        expect(questions++).toBeLessThan(1000);
      }
      expect(nelderMead.stop?.(state)).toBe('converged');
      if (f === rosenbrock) for (const x of simplexOf(state)[0].slice(0, 2)) expect(x).toBeCloseTo(1, precision === 'float32' ? 2 : 6);
    }
  }
});

// BBOB-2009, entrant NELDER (Hansen 2009, https://doi.org/10.1145/1570256.1570335), expected evaluations to 1e-8; f2 in more
// dimensions and the rest are in the long verification.
const published = JSON.parse(readFileSync(new URL('../../../test/fixtures/bbob2009-ert.json', import.meta.url), 'utf8')).NELDER;
test.each([
  [1, 5],
  [2, 5],
  [8, 5],
  [10, 5],
])('f%i in %i dimensions within a factor of 2 of NELDER', async (f, dimension) => {
  const { ert } = await runningTime(nelderMeadRestarts, { function: f, dimension, runs: 10, budget: 20_000 });
  const ratio = ert / published[f][dimension].ert;
  expect(ratio).toBeLessThan(2);
  expect(ratio).toBeGreaterThan(0.5);
});

test('golden traces', async () => {
  expect(await goldenTrace(nelderMead)).toEqual([
    2372.106515983175, 686.6564215904986, 253.09023821822595, 135.27812264826218, 20.051498619510987, 0.19326906607997138,
  ]);
  expect(await goldenTrace(nelderMead, { coefficients: 'standard', initialStep: 0.3 })).toEqual([
    2372.106515983175, 1572.8647153389484, 795.0865347831154, 123.05855415468227, 7.748566798579722, 4.106149497140605,
  ]);
});

describe("evaluation for evaluation SciPy's, from the same first simplex", () => {
  const { most, starts, rows } = readPeers();
  const own = rows.filter(({ strategy }) => strategy === 'nelder-mead').map((row) => ({ ...row, f: row.function }));
  test.each(own)('$f, $dimension-D', ({ f, dimension, evaluations }) => {
    const counts = starts[dimension].map((start) => evaluationsFrom(start, nelderMead, f, most));
    expect(counts).toEqual(evaluations.map((count) => count ?? Number.POSITIVE_INFINITY));
  });
});
