import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { minimize } from '../../src/core/minimize.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { onePlusOneEs } from '../../strategies/one-plus-one-es.js';
import { publishedTimes } from '../../verify/shared/bbob-rows.js';
import { runningTime } from '../../verify/shared/running-time.js';
import { goldenTrace } from './golden-trace.js';

function started(options: object = {}) {
  return onePlusOneEs.start(openSpace(3, 0, 1), onePlusOneEs.options.parse(options), Rng.seeded(1));
}

type State = ReturnType<typeof started>;

function tell(state: State, loss: number): void {
  onePlusOneEs.ask(state);
  onePlusOneEs.tell(state, { kind: 'losses', losses: Float64Array.of(loss) });
}

describe('(1+1)-ES', () => {
  test('sigma grows by 1.5 on success, shrinks by its fourth root otherwise, and is the same after one success in five', () => {
    const state = started({ initialStep: 2 });
    tell(state, 10); // the parent
    expect(state.sigma).toBe(2);
    tell(state, 9);
    expect(state.sigma).toBeCloseTo(3, 14);
    tell(state, 11);
    expect(state.sigma).toBeCloseTo(3 / 1.5 ** 0.25, 12);
    for (let k = 0; k < 3; k++) tell(state, 11);
    expect(state.sigma).toBeCloseTo(2, 12);
  });

  test('the better one stays; an equal child is followed and counts as success, up to the first sigma', () => {
    const state = started();
    tell(state, 10);
    const parent = [...state.parent];
    tell(state, 11);
    expect([...state.parent]).toEqual(parent);
    const sigma = state.sigma;
    tell(state, 10);
    expect([...state.parent]).toEqual([...state.population.values]);
    expect(state.sigma).toBe(state.firstSigma);
    expect(state.sigma).toBeGreaterThan(sigma);
    for (let k = 0; k < 8; k++) tell(state, 11);
    const small = state.sigma;
    tell(state, 10);
    expect(state.sigma).toBeCloseTo(1.5 * small, 14);
    tell(state, Number.POSITIVE_INFINITY);
    expect(state.loss).toBe(10);
  });

  test('ends when its steps are lost in rounding, in both precisions', async () => {
    for (const precision of ['float32', 'float64'] as const) {
      const sphere = (x: Float64Array) => x.reduce((sum, xi) => sum + (xi - 1) * (xi - 1), 0);
      const { stop, best } = await minimize(sphere, onePlusOneEs, { space: boxSpace(2, -5, 5, precision), budget: { evaluations: 5000 } });
      expect(stop).toBe('converged');
      expect(best.loss).toBeLessThan(precision === 'float32' ? 1e-12 : 1e-28);
    }
  });

  test('crosses plains: on a sphere in steps it comes to the lowest step, and does not end on a plain wider than its steps', async () => {
    const space = boxSpace(2, -5, 5);
    const steps = (x: Float64Array) => Math.floor(4 * (x[0] * x[0] + x[1] * x[1]));
    for (let seed = 1; seed <= 10; seed++) {
      const { best, stop } = await minimize(steps, onePlusOneEs, { space, seed, budget: { evaluations: 5000 } });
      expect([best.loss, stop]).toEqual([0, 'converged']);
    }
    const plain = await minimize(() => 1, onePlusOneEs, { space: openSpace(2, 0, 1), budget: { evaluations: 5000 } });
    expect([plain.stop, plain.cost.evaluations]).toEqual(['evaluations', 5000]);
    const [x] = plain.best.point;
    expect(Number.isFinite(x)).toBe(true);
  });

  test('a loss that numbers cannot resolve any further ends it', async () => {
    const raised = (x: Float64Array) => x.reduce((sum, xi) => sum + xi * xi, 100);
    const { best, stop } = await minimize(raised, onePlusOneEs, { space: boxSpace(5, -5, 5), budget: { evaluations: 10_000 } });
    expect([best.loss, stop]).toEqual([100, 'converged']);
  });

  test.each([5, 10, 20])('on BBOB f1 in %i-D takes as many evaluations as ONEFIFTH in BBOB-2009, to within 15 %%', async (dimension) => {
    const { ert } = await runningTime(onePlusOneEs, { function: 1, dimension, runs: 15, budget: 10_000 });
    const ratio = ert / (publishedTimes().ONEFIFTH[1][dimension].ert ?? 0);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  test('golden trace', async () => {
    expect(await goldenTrace(onePlusOneEs)).toEqual([
      1592.0331075400643, 1592.0331075400643, 547.1825402352152, 116.38093078487299, 7.383671806842225, 0.5491781282504891,
    ]);
  });
});
