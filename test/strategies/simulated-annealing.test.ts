import { describe, expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { boxSpace } from '../../src/core/space.js';
import { simulatedAnnealing } from '../../strategies/simulated-annealing.js';
import { Asking } from './asking.js';
import { goldenTrace } from './golden-trace.js';

test('worse points are accepted with probability exp(-(f - f_0) / T): Metropolis', () => {
  const search = new Asking(simulatedAnnealing, openSpace(1, 0, 1), {
    initialTemperature: 2,
    adjustmentsPerTemperature: 10_000,
    cyclesPerAdjustment: 10_000,
  });
  search.step(() => 0);
  for (const rise of [0.5, 2, 5]) {
    const tries = 20_000;
    let accepted = 0;
    for (let k = 0; k < tries; k++) {
      search.state.loss = 0;
      search.step(() => rise);
      if (search.state.loss === rise) accepted++;
    }
    const p = Math.exp(-rise / 2);
    // four deviations of a binomial share
    expect(Math.abs(accepted / tries - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / tries));
  }
});

test('steps follow the accepted share: times 3 where all were accepted, by 3 where none was, the same at one half', () => {
  // Corana et al., step 5, c = 2: v (1 + 2 (1 - 0.6) / 0.4) = 3 v; v / (1 + 2 (0.4 - 0) / 0.4) = v / 3; 0.8: v (1 + 2 0.5) = 2 v
  const search = new Asking(simulatedAnnealing, openSpace(4, 0, 1), { initialTemperature: 1e-9, cyclesPerAdjustment: 10 });
  search.step(() => 100);
  const before = [...search.state.steps];
  let loss = 100;
  for (let cycle = 0; cycle < 10; cycle++) {
    for (const accept of [true, false, cycle < 5, cycle < 8]) {
      if (accept) loss -= 1;
      search.tell(accept ? loss : 1e9);
    }
  }
  expect([...search.state.steps].map((v, h) => v / before[h])).toEqual([3, 1 / 3, 1, 2].map((factor) => expect.closeTo(factor, 12)));
});

test('after N_S N_T cycles the temperature falls by r_T, and the search goes on from the best point', () => {
  const search = new Asking(simulatedAnnealing, openSpace(2, 0, 1), {
    initialTemperature: 8,
    coolingFactor: 0.5,
    cyclesPerAdjustment: 3,
    adjustmentsPerTemperature: 4,
  });
  search.step(() => 10);
  const best = search.step(() => 1)[0];
  for (let k = 1; k < 3 * 4 * 2 - 1; k++) search.step(() => 1.0001); // accepted, but for a few
  expect(search.state.temperature).toBe(8);
  search.step(() => 1.0001);
  expect(search.state.temperature).toBe(4);
  expect([...search.state.x]).toEqual(best);
  expect(search.state.loss).toBe(1);
});

test('at a constant temperature the mean loss of a quadratic of n variables is n T / 2: equipartition', () => {
  const search = new Asking(
    simulatedAnnealing,
    openSpace(3, 0, 1),
    { initialTemperature: 2, adjustmentsPerTemperature: 10_000, cyclesPerAdjustment: 20 },
    7,
  );
  let sum = 0;
  const count = 120_000;
  for (let k = -2000; k < count; k++) {
    search.step(([x, y, z]) => x * x + 3 * y * y + 0.5 * z * z);
    if (k >= 0) sum += search.state.loss;
  }
  expect(sum / count).toBeGreaterThan(3 * 0.95);
  expect(sum / count).toBeLessThan(3 * 1.05);
});

describe('a run', () => {
  test('finds the lowest of the 100 minima of Rastrigin in two dimensions, and stops as converged', () => {
    const { cos, PI } = Math;
    const rastrigin = ([x, y]: number[]) => 20 + x * x + y * y - 10 * cos(2 * PI * x) - 10 * cos(2 * PI * y);
    for (const seed of [1, 2]) {
      const search = new Asking(simulatedAnnealing, boxSpace(2, -5.12, 5.12), { adjustmentsPerTemperature: 10, tolerance: 1e-8 }, seed);
      let questions = 0;
      while (search.stop === undefined && questions++ < 200_000) search.step(rastrigin);
      expect(search.stop).toBe('converged');
      expect(search.state.bestLoss).toBeLessThan(1e-6);
    }
  });

  test('begins at the deviation of the first losses', () => {
    const search = new Asking(simulatedAnnealing, openSpace(1, 0, 1));
    search.tell(...Array.from({ length: 20 }, (_, k) => (k < 10 ? 1 : 7)));
    expect(search.state.temperature).toBe(3);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(simulatedAnnealing)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 209.14277252104495, 149.9665586752386, 21.267671090464088,
  ]);
  expect(await goldenTrace(simulatedAnnealing, { initialTemperature: 5, cyclesPerAdjustment: 5, adjustmentsPerTemperature: 2 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 76.86618165092227, 5.29850596209329, 2.425990499159921,
  ]);
});
