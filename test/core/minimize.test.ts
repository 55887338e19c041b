import { describe, expect, test } from '@jest/globals';
import { functionObjective } from '../../src/core/function-objective.js';
import { type MinimizeSettings, minimize } from '../../src/core/minimize.js';
import type { Metrics, Objective } from '../../src/core/objective.js';
import { boxSpace, type Vector } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { randomSearch } from '../../strategies/random-search.js';
import { sgd } from '../../strategies/sgd.js';

const space = boxSpace(3, -5, 5);
const sphere = (x: ArrayLike<number>) => Array.from(x).reduce((sum, xi) => sum + xi * xi, 0);

/** The sphere, remembering every loss in the order asked. */
function watched(): { losses: number[]; f: (x: Float64Array) => number } {
  const losses: number[] = [];
  return { losses, f: (x) => losses[losses.push(sphere(x)) - 1] };
}

const quadratic: Objective = {
  space,
  passesPerEvaluation: 1,
  deterministic: true,
  losses(population, _step, out) {
    for (let p = 0; p < population.size; p++) out[p] = sphere(population.values.subarray(3 * p, 3 * p + 3));
  },
  gradient(point, _step, out) {
    for (let i = 0; i < 3; i++) out[i] = 2 * point[i];
    return sphere(point);
  },
};

/** The sphere seen through a minibatch: the loss of a step is off by up to 1, the metrics are exact. */
const noisy: Objective = {
  ...quadratic,
  deterministic: false,
  passesPerEvaluation: 4,
  losses(population, step, out) {
    for (let p = 0; p < population.size; p++) out[p] = sphere(population.values.subarray(3 * p, 3 * p + 3)) - (step % 7) / 7;
  },
  metrics: (point: Vector): Metrics => ({ trainLoss: sphere(point), testLoss: sphere(point) + 1 }),
};

describe('the budget', () => {
  test.each([1, 99, 100, 101, 250])('of %i evaluations is spent to the last one and never exceeded', async (evaluations) => {
    const { f, losses } = watched();
    const { cost, stop, best } = await minimize(f, randomSearch, { space, budget: { evaluations } });
    expect(losses.length).toBe(evaluations);
    expect(cost.evaluations).toBe(evaluations);
    expect(stop).toBe('evaluations');
    expect(best.loss).toBe(Math.min(...losses));
    expect(sphere(best.point)).toBe(best.loss);
  });

  test('counts a gradient as one evaluation and three sample-passes, and leaves out one that does not fit', async () => {
    const byEvaluations = await minimize(quadratic, sgd, { budget: { evaluations: 7 } });
    expect(byEvaluations.cost).toMatchObject({ evaluations: 0, gradients: 7, samplePasses: 21 });
    const byPasses = await minimize(quadratic, sgd, { budget: { samplePasses: 8 } });
    expect(byPasses.cost).toMatchObject({ gradients: 2, samplePasses: 6 });
    expect(byPasses.stop).toBe('sample-passes');
  });

  test('in sample-passes cuts a population to what is paid for', async () => {
    const { cost, stop } = await minimize(noisy, randomSearch, { budget: { samplePasses: 1003 } });
    expect(cost).toMatchObject({ evaluations: 250, samplePasses: 1000 });
    expect(stop).toBe('sample-passes');
  });

  test('stops at the target, and the trace holds the very evaluation that reached it', async () => {
    const { f, losses } = watched();
    const { stop, trace } = await minimize(f, randomSearch, { space, budget: { target: 1, evaluations: 100_000 } });
    expect(stop).toBe('target');
    const first = losses.findIndex((loss) => loss <= 1);
    expect(trace.evaluations).toContain(first + 1);
    expect(trace.loss[trace.evaluations.indexOf(first + 1)]).toBe(losses[first]);
  });

  test('a target counts from the optimum where that is known', async () => {
    const { f, losses } = watched();
    const objective = { ...functionObjective(f, space), optimum: -50 };
    const { stop, trace } = await minimize(objective, randomSearch, { budget: { target: 60, evaluations: 100_000 } });
    expect(stop).toBe('target');
    expect(trace.evaluations).toContain(losses.findIndex((loss) => loss <= 10) + 1);
    expect(losses.some((loss) => loss > 10)).toBe(true);
  });

  test('stops after as many evaluations without a better loss as allowed', async () => {
    const { cost, stop } = await minimize(() => 1, randomSearch, { space, budget: { stagnation: 150 } });
    // The first evaluation is the best; 149 more do not improve on it after 150, and the check comes at 200.
    expect(stop).toBe('stagnation');
    expect(cost.evaluations).toBe(200);
  });

  test('in seconds ends the run soon after', async () => {
    const { stop, cost } = await minimize(sphere, randomSearch, { space, budget: { seconds: 0.05 } });
    expect(stop).toBe('seconds');
    expect(cost.secondsEvaluate + cost.secondsAsk + cost.secondsTell).toBeGreaterThanOrEqual(0.05);
  });

  test.each([
    [{}, 'A budget must set at least one limit'],
    [{ evaluations: 0 }, 'budget.evaluations must be a whole number of at least 1; got 0.'],
    [{ evaluations: 1.5 }, 'budget.evaluations must be a whole number of at least 1; got 1.5.'],
    [{ seconds: Number.NaN }, 'budget.seconds must be a number above 0; got NaN.'],
    [{ evaluation: 5 }, 'A budget has no limit "evaluation". Did you mean evaluations?'],
  ])('%j is refused', async (budget, message) => {
    await expect(minimize(sphere, randomSearch, { space, budget: budget as object })).rejects.toThrow(message);
  });
});

describe('the trace', () => {
  test('has a row at 1, 2, 3, 4, 5, 6, 8, 10, 13, ... evaluations with the best of exactly the first so many, and the last', async () => {
    const { f, losses } = watched();
    const { trace } = await minimize(f, randomSearch, { space, budget: { evaluations: 345 } });
    const due = [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 79, 100, 126, 158, 200, 251, 316, 345];
    expect(trace.evaluations).toEqual(due);
    expect(trace.samplePasses).toEqual(due);
    expect(trace.loss).toEqual(due.map((count) => Math.min(...losses.slice(0, count))));
  });

  test('holds the very evaluation that first reached each target of COCO, where the optimum is known', async () => {
    const losses: number[] = [];
    const optimum = -37.5;
    const objective: Objective = {
      ...quadratic,
      optimum,
      losses(population, _step, out) {
        for (let p = 0; p < population.size; p++) {
          out[p] = sphere(population.values.subarray(3 * p, 3 * p + 3)) + optimum;
          losses.push(out[p]);
        }
      },
      gradient(point, step, out) {
        const loss = (quadratic.gradient?.(point, step, out) as number) + optimum;
        losses.push(loss);
        return loss;
      },
    };
    for (const strategy of [randomSearch, sgd] as AnyStrategy[]) {
      losses.length = 0;
      const { trace } = await minimize(objective, strategy, { budget: { evaluations: 3000 }, seed: 3 });
      const spent = trace.evaluations.map((count, row) => count + trace.gradients[row]);
      let reached = 0;
      for (let k = 0; k <= 50; k++) {
        const target = 10 ** (2 - k / 5);
        const first = losses.findIndex((loss) => loss - optimum <= target) + 1;
        const row = trace.loss.findIndex((loss) => loss !== null && loss - optimum <= target);
        expect([k, spent[row] ?? 0]).toEqual([k, first]);
        if (first > 0) reached++;
      }
      expect(reached).toBeGreaterThan(strategy.name === 'sgd' ? 50 : 10);
      // the other rows are as ever, and each row is there once
      for (const due of [1, 2, 3, 4, 5, 6, 8, 10, 13, 100, 1000, 2512, 3000]) expect(spent).toContain(due);
      expect(new Set(spent).size).toBe(spent.length);
      expect(trace.loss).toEqual(spent.map((count) => Math.min(...losses.slice(0, count))));
    }
  });

  test('of a minibatch objective holds the full training loss of the best candidate, never rising', async () => {
    const { trace, best, metrics } = await minimize(noisy, randomSearch, { budget: { evaluations: 5000 } });
    for (let i = 1; i < trace.loss.length; i++) expect(trace.loss[i]).toBeLessThanOrEqual(trace.loss[i - 1] as number);
    expect(sphere(best.point)).toBe(best.loss);
    expect(metrics?.trainLoss).toBe(best.loss);
    expect(trace.testLoss?.at(-1)).toBe(best.loss + 1);
    expect(trace.evaluations.at(-1)).toBe(5000);
  });

  test('of a minibatch objective measures the centre of a search distribution, from when it has learned', async () => {
    const measured: Vector[] = [];
    const watchedMetrics: Objective = {
      ...noisy,
      metrics: (point) => {
        measured.push(point.slice());
        return { trainLoss: sphere(point) };
      },
    };
    const centred: AnyStrategy = { ...randomSearch, centre: () => Float64Array.of(0.5, 7, 0) };
    const { best } = await minimize(watchedMetrics, centred, { budget: { evaluations: 300 } });
    expect(sphere(measured[0])).not.toBeCloseTo(25.25, 6);
    expect(measured.length).toBe(3); // three populations of 100
    for (const point of measured.slice(1)) expect(Array.from(point)).toEqual([0.5, 5, 0]); // the upper bound is 5
    expect(best.loss).toBe(Math.min(...measured.map(sphere)));
    const wrong: AnyStrategy = { ...randomSearch, centre: () => Float64Array.of(1) };
    await expect(minimize(noisy, wrong, { budget: { evaluations: 300 } })).rejects.toThrow('gave a centre of 1 numbers; the space has 3');
    const broken: AnyStrategy = { ...randomSearch, centre: () => Float64Array.of(0, Number.NaN, 0) };
    const plain = await minimize(noisy, randomSearch, { budget: { evaluations: 300 } });
    expect((await minimize(noisy, broken, { budget: { evaluations: 300 } })).best).toEqual(plain.best);
  });

  test('of an objective with metrics holds those of the best candidate by each row', async () => {
    const measured: Objective = { ...quadratic, metrics: (point) => ({ trainLoss: sphere(point), testLoss: 2 * sphere(point) }) };
    for (const strategy of [randomSearch, sgd] as AnyStrategy[]) {
      const { trace } = await minimize(measured, strategy, { budget: { evaluations: 777 } });
      expect(trace.testLoss).toEqual(trace.loss.map((loss) => 2 * (loss as number)));
    }
  });

  test('says null while nothing finite was found', async () => {
    const { trace, best, cost } = await minimize(() => Number.NaN, randomSearch, { space, budget: { evaluations: 150 } });
    expect(new Set(trace.loss)).toEqual(new Set([null]));
    expect(best.loss).toBe(Number.POSITIVE_INFINITY);
    expect(cost.failed).toBe(150);
  });
});

describe('a run that was interrupted', () => {
  const comparable = ({ trace, cost, best, stop }: Awaited<ReturnType<typeof minimize>>) => ({
    trace: { ...trace, seconds: undefined },
    cost: { ...cost, secondsAsk: 0, secondsEvaluate: 0, secondsTell: 0 },
    best,
    stop,
  });

  test.each([
    ['deterministic', quadratic, randomSearch],
    ['minibatch', noisy, randomSearch],
    ['gradient', quadratic, sgd],
    ['minibatch gradient', noisy, sgd],
    ['with a known optimum', { ...quadratic, optimum: 0 }, sgd],
  ] as const)('and resumed ends as one that was not, bit for bit (%s)', async (_, objective, strategy: AnyStrategy) => {
    const settings: MinimizeSettings = { budget: { evaluations: 1234, target: 1e-3, stagnation: 1000 }, seed: 5 };
    const whole = await minimize(objective, strategy, settings);
    const saved: Uint8Array[] = [];
    await minimize(objective, strategy, { ...settings, checkpoint: { everySeconds: 0, write: (bytes) => void saved.push(bytes) } });
    expect(saved.length).toBeGreaterThan(3);
    for (const bytes of [saved[0], saved[Math.floor(saved.length / 2)], saved[saved.length - 1]]) {
      expect(comparable(await minimize(objective, strategy, { ...settings, resume: bytes }))).toEqual(comparable(whole));
    }
  });

  test('is interrupted between questions, after writing a checkpoint', async () => {
    const controller = new AbortController();
    const saved: Uint8Array[] = [];
    let calls = 0;
    const f = (x: Float64Array) => {
      if (++calls === 250) controller.abort();
      return sphere(x);
    };
    const { stop, cost } = await minimize(f, randomSearch, {
      space,
      budget: { evaluations: 1000 },
      signal: controller.signal,
      checkpoint: { everySeconds: 1000, write: (bytes) => void saved.push(bytes) },
    });
    expect([stop, cost.evaluations, saved.length]).toEqual(['interrupted', 300, 1]);
    const resumed = await minimize(sphere, randomSearch, { space, budget: { evaluations: 1000 }, resume: saved[0] });
    const whole = await minimize(sphere, randomSearch, { space, budget: { evaluations: 1000 } });
    expect(comparable(resumed)).toEqual(comparable(whole));
  });

  test('is served a timer and a signal even where nothing in the loop is asynchronous', async () => {
    const { stop } = await minimize(sphere, randomSearch, { space, budget: { seconds: 20 }, signal: AbortSignal.timeout(100) });
    expect(stop).toBe('interrupted');
  });

  test.each([
    [{ seed: 6 }, 'The saved run has seed 1; this call has 6.'],
    [{ options: { populationSize: 5 } }, 'The saved run has options {"populationSize":100}'],
    [{ space: boxSpace(4, -5, 5) }, 'The saved run has dimension 3; this call has 4.'],
    [{ bounds: 'reflect' as const }, 'The saved run has bounds policy "clip"'],
  ])('is not resumed with other settings: %j', async (change, message) => {
    let saved: Uint8Array = new Uint8Array(0);
    const base = { space, budget: { evaluations: 300 } };
    await minimize(sphere, randomSearch, {
      ...base,
      checkpoint: {
        everySeconds: 0,
        write: (bytes) => {
          saved = bytes;
        },
      },
    });
    await expect(minimize(sphere, randomSearch, { ...base, ...change, resume: saved })).rejects.toThrow(message);
  });
});

describe('the objective', () => {
  test('may be asynchronous', async () => {
    const settings = { space, budget: { evaluations: 120 } };
    const later = await minimize(async (x) => sphere(x), randomSearch, settings);
    const now = await minimize(sphere, randomSearch, settings);
    expect(later.best).toEqual(now.best);
  });

  test('without a space, or without the gradients that a strategy needs, is refused before anything runs', async () => {
    await expect(minimize(sphere, randomSearch, { budget: { evaluations: 5 } })).rejects.toThrow('give space');
    await expect(minimize(sphere, sgd, { space, budget: { evaluations: 5 } })).rejects.toThrow('sgd needs gradients');
  });
});
