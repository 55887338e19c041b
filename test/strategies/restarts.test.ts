import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import { Optimizer } from '../../src/core/optimizer.js';
import type { Query } from '../../src/core/query.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { fitsMemory } from '../../src/testing/run-checks.js';
import { bipopCmaEs } from '../../strategies/bipop-cma-es.js';
import { ipopCmaEs } from '../../strategies/ipop-cma-es.js';
import { nelderMead } from '../../strategies/nelder-mead.js';
import { pso } from '../../strategies/pso.js';
import { shade } from '../../strategies/shade.js';
import { multistart } from '../../strategies/shared/multistart.js';
import { restarted } from '../../strategies/shared/restarts.js';
import { subplex } from '../../strategies/subplex.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';

type Loss = (x: ArrayLike<number>) => number;

const rastrigin: Loss = (x) => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i] - 10 * Math.cos(2 * Math.PI * x[i]) + 10;
  return sum;
};

/** Asks, answers and tells once; returns the points asked. */
function step(strategy: AnyStrategy, state: unknown, loss: Loss): Float64Array[] {
  const query: Query = strategy.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  const points = Array.from({ length: size }, (_, p) => Float64Array.from(values.subarray(p * dimension, (p + 1) * dimension)));
  strategy.tell(state, { kind: 'losses', losses: Float64Array.from(points, loss) });
  return points;
}

describe('restarted', () => {
  test('runs the strategy as it is, then again from other points, and keeps its options', () => {
    const strategy = restarted(nelderMead);
    expect(strategy.name).toBe('restarted(nelder-mead)');
    const space = boxSpace(2, -4, 4);
    const options = strategy.options.parse({ initialStep: 0.1 });
    const state = strategy.start(space, options, Rng.seeded(3));
    const alone = [1, 2].map((run) => nelderMead.start(space, options, Rng.seeded(3).fork('restarts').fork(`run ${run}`)));
    for (const inner of alone) {
      while (nelderMead.stop?.(inner) === undefined) expect(step(strategy, state, rastrigin)).toEqual(step(nelderMead, inner, rastrigin));
    }
    expect(state.runs).toBe(3);
  });

  test('finds what one run does not', async () => {
    const settings = { space: boxSpace(2, -4, 4), budget: { evaluations: 20_000, target: 1e-8 }, seed: 5 };
    expect((await minimize(rastrigin, nelderMead, settings)).stop).toBe('converged');
    expect((await minimize(rastrigin, restarted(nelderMead), settings)).stop).toBe('target');
  });

  test('ends a run that does not get better within its patience, and all after the last restart', async () => {
    const strategy = restarted(pso);
    const options = { swarmSize: 10, patience: 50, maximumRestarts: 3 };
    const { stop, cost } = await minimize(() => 1, strategy, { space: boxSpace(2, -1, 1), options, budget: { evaluations: 10_000 } });
    // Each of four runs: the first question sets the run's best loss, five more bring nothing.
    expect([stop, cost.evaluations]).toEqual(['converged', 4 * 60]);
  });

  test('is saved and restored across a restart, bit for bit', () => {
    const space = openSpace(3, 0, 1);
    const plain: Loss = () => 1;
    const tell = (optimizer: Optimizer) => {
      const query = optimizer.ask();
      if (query.kind === 'losses') optimizer.tell(Float64Array.from({ length: query.population.size }, () => plain([])));
    };
    const whole = new Optimizer(bipopCmaEs, space, { seed: 2 });
    let parts = new Optimizer(bipopCmaEs, space, { seed: 2 });
    for (let k = 0; k < 200; k++) {
      tell(whole);
      tell(parts);
      if (k % 7 === 0) parts = Optimizer.restore(parts.save(), bipopCmaEs);
    }
    expect(parts.ask()).toEqual(whole.ask());
    expect(parts.cost.evaluations).toBe(whole.cost.evaluations);
  });

  test('refuses a strategy that has options of the same names', () => {
    expect(() => restarted(ipopCmaEs)).toThrow(
      'ipop-cma-es already has the option maximumRestarts, which restarts or multistart would add',
    );
    expect(() => multistart(multistart(pso))).toThrow('multistart(pso) already has the option starts');
  });

  test('refuses a strategy whose options are no object', () => {
    expect(() => restarted({ ...nelderMead, options: nelderMead.options.optional() } as AnyStrategy)).toThrow(/no object schema/);
  });
});

/** What the runs of a CMA-ES with restarts look like, until it stops or `most` runs have begun. */
function runsOf(strategy: typeof ipopCmaEs | typeof bipopCmaEs, given: object, loss: Loss, most: number) {
  const any: AnyStrategy = strategy;
  const space: Space = openSpace(5, 0, 1);
  const state = any.start(space, any.options.parse(given), Rng.seeded(1));
  const runs: { lambda: number; sigma: number; evaluations: number }[] = [];
  while (state.runs <= most && !state.finished) {
    const { runs: number } = state;
    const run = { lambda: state.inner.population.size, sigma: state.inner.sigma, evaluations: 0 };
    while (state.runs === number && !state.finished) run.evaluations += step(any, state, loss).length;
    runs.push(run);
  }
  return { runs, stop: any.stop?.(state) };
}

test('IPOP doubles the population at each restart, up to the last', () => {
  const { runs, stop } = runsOf(ipopCmaEs, { maximumRestarts: 4 }, () => 1, 10);
  expect(runs.map(({ lambda }) => lambda)).toEqual([8, 16, 32, 64, 128]); // 4 + floor(3 ln 5) = 8
  expect(stop).toBe('converged');
  const factor = runsOf(ipopCmaEs, { maximumRestarts: 2, populationFactor: 1.5, populationSize: 5 }, () => 1, 10);
  expect(factor.runs.map(({ lambda }) => lambda)).toEqual([5, 7, 11]); // 5, 7.5, 11.25
});

test('BIPOP gives the next run to the kind that has spent less; small runs are as section 2 of the paper has them', () => {
  const { runs } = runsOf(bipopCmaEs, {}, rastrigin, 25);
  const sigma = runs[0].sigma;
  expect(runs[0].lambda).toBe(8);
  let [large, small, doublings, lastLarge] = [0, 0, 0, 0];
  let smallRuns = 0;
  for (const { lambda, sigma: own, evaluations } of runs.slice(1)) {
    if (large <= small) {
      doublings++;
      expect([lambda, own]).toEqual([8 * 2 ** doublings, sigma]);
      large += evaluations;
      lastLarge = evaluations;
    } else {
      smallRuns++;
      expect(lambda).toBeGreaterThanOrEqual(8);
      expect(lambda).toBeLessThanOrEqual(4 * 2 ** doublings);
      expect(own).toBeGreaterThan(sigma / 100);
      expect(own).toBeLessThanOrEqual(sigma);
      expect(evaluations).toBeLessThan(lastLarge / 2 + lambda); // ends with the generation
      small += evaluations;
    }
  }
  expect(doublings).toBeGreaterThan(2);
  expect(smallRuns).toBeGreaterThan(doublings);
});

test.each([
  [8, 5],
  [15, 5],
])('BIPOP-CMA-ES on BBOB f%i in %i-D takes at most 1.5 times as many evaluations as in BBOB-2009', async (f, dimension) => {
  const { ert } = await runningTime(bipopCmaEs, { function: f, dimension, runs: 10, budget: 200_000 });
  const ratio = ert / (publishedTimes()['BIPOP-CMA-ES'][f][dimension].ert ?? 0);
  expect(ratio).toBeGreaterThan(1 / 1.5);
  expect(ratio).toBeLessThan(1.5);
});

describe('multistart', () => {
  test.each([shade, subplex] as AnyStrategy[])('keeps what its card says, small parts of all runs included: $name', (strategy) => {
    expect(fitsMemory.run(multistart(strategy))).toMatchObject({ status: 'passed' });
  });

  test('is its runs, taking turns', () => {
    const strategy = multistart(nelderMead);
    const space = boxSpace(2, -4, 4);
    const options = strategy.options.parse({ starts: 3 });
    const state = strategy.start(space, options, Rng.seeded(9));
    const alone = [1, 2, 3].map((run) => nelderMead.start(space, options, Rng.seeded(9).fork(`run ${run}`)));
    let questions = 0;
    while (strategy.stop?.(state) === undefined) {
      for (const inner of alone) {
        if (nelderMead.stop?.(inner) !== undefined) continue;
        expect(step(strategy, state, rastrigin)).toEqual(step(nelderMead, inner, rastrigin));
        questions++;
      }
    }
    expect(alone.every((inner) => nelderMead.stop?.(inner) === 'converged')).toBe(true);
    expect(questions).toBeGreaterThan(100);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(ipopCmaEs)).toEqual([
    2153.08018951584, 1388.5376599698748, 99.94422888874281, 99.94422888874281, 38.88664479724119, 3.8388398311139413,
  ]);
  expect(await goldenTrace(bipopCmaEs, { populationSize: 6 })).toEqual([
    2153.08018951584, 1388.5376599698748, 598.5435216963316, 30.872142037604227, 18.037146863649824, 2.43320275712981,
  ]);
});
