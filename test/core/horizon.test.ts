/** A strategy that paces itself learns the length of its run from the budget. */
import { expect, test } from '@jest/globals';
import { withHorizon } from '../../src/core/horizon.js';
import { minimize } from '../../src/core/minimize.js';
import { boxSpace } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { clpso } from '../../strategies/clpso.js';
import { lShade } from '../../strategies/l-shade.js';
import { pso } from '../../strategies/pso.js';
import { multistart } from '../../strategies/shared/multistart.js';
import { restarted } from '../../strategies/shared/restarts.js';

test('the smaller of two limits counts, sample-passes in evaluations', () => {
  expect(withHorizon(lShade, {}, { evaluations: 900 }, 1)).toEqual({ maxEvaluations: 900 });
  expect(withHorizon(lShade, undefined, { evaluations: 900, samplePasses: 80_000 }, 100)).toEqual({ maxEvaluations: 800 });
  expect(withHorizon(clpso, { swarmSize: 5 }, { samplePasses: 50 }, 100)).toEqual({ swarmSize: 5, maxEvaluations: 1 });
});

test('runs that take turns get equal shares; what was given is of each run', () => {
  const ten = multistart(lShade);
  expect(withHorizon(ten, {}, { evaluations: 905 }, 1)).toEqual({ maxEvaluations: 90 });
  expect(withHorizon(ten, { starts: 3 }, { evaluations: 900 }, 1)).toEqual({ starts: 3, maxEvaluations: 300 });
  expect(withHorizon(ten, { starts: 3, maxEvaluations: 50 }, { evaluations: 900 }, 1)).toEqual({ starts: 3, maxEvaluations: 50 });
  expect(withHorizon(restarted(ten as AnyStrategy), { starts: 3 }, { evaluations: 900 }, 1)).toEqual({ starts: 3, maxEvaluations: 300 });
  expect(withHorizon(multistart(clpso), {}, { samplePasses: 5000 }, 100)).toEqual({ maxEvaluations: 5 });
  expect(withHorizon(multistart(pso), {}, { evaluations: 900 }, 1)).toEqual({});
  // The share is of the count of starts alone: other faults of the options are told when they are checked.
  expect(withHorizon(ten, { starts: 'many' }, { evaluations: 900 }, 1)).toEqual({ starts: 'many', maxEvaluations: 900 });
});

test('what was given stays, and so do strategies without a horizon and budgets without a count', () => {
  expect(withHorizon(lShade, { maxEvaluations: 5 }, { evaluations: 900 }, 1)).toEqual({ maxEvaluations: 5 });
  expect(withHorizon(pso, { swarmSize: 5 }, { evaluations: 900 }, 1)).toEqual({ swarmSize: 5 });
  expect(withHorizon(lShade, {}, { seconds: 1 }, 1)).toEqual({});
});

test('a run of l-shade ends with its smallest population', async () => {
  const sphere = (x: ArrayLike<number>) => Array.from(x).reduce((sum, xi) => sum + xi * xi, 0);
  const sizes: number[] = [];
  const watched: typeof lShade = {
    ...lShade,
    ask(state) {
      const query = lShade.ask(state);
      if (query.kind === 'losses') sizes.push(query.population.size);
      return query;
    },
  };
  const { options } = await minimize(sphere, watched, { space: boxSpace(5, -5, 5), budget: { evaluations: 2000 } });
  expect(options).toMatchObject({ maxEvaluations: 2000 });
  expect(sizes[0]).toBe(90);
  // Equation 10: N falls by (90 - 4) / 2,000 an evaluation, so the last population of a run of 2,000 is of 4 or 5.
  expect(sizes.at(-1)).toBeLessThanOrEqual(5);
});
