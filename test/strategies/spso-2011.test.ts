import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { spso2011 } from '../../strategies/spso-2011.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof spso2011.start>;

function started(options: object, dimension: number, seed: number | string = 1, width = 1): State {
  return spso2011.start(boxSpace(dimension, -width, width), spso2011.options.parse(options), Rng.seeded(seed));
}

function generation(state: State, losses: ArrayLike<number>): void {
  spso2011.ask(state);
  spso2011.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });
}

describe('a move', () => {
  const n = 3;
  const c = 0.5 + Math.LN2;
  const x = [1, -2, 0.5];
  const p = [2, 1, -1];
  const l = [-1, 0, 3];

  /** Many moves without inertia of particle 0 from x: each leads to a point x' of the ball. */
  function moves(alone: boolean, repeats: number): number[][] {
    const state = started({ swarmSize: 2, inertia: 0 }, n, 1, 1e6);
    return Array.from({ length: repeats }, () => {
      state.told = true;
      state.informants.set([alone ? 0 : 1, 1]);
      state.population.values.set(x, 0);
      state.bests.set([...p, ...l]);
      spso2011.ask(state);
      return [...state.population.values.subarray(0, n)];
    });
  }

  test.each([
    ['informed', false],
    ['alone', true],
  ])('of a particle that is %s leads to a ball around the gravity centre, radius uniform and direction any', (_, alone) => {
    // The paper's own form of the centre.
    const beyond = (q: number[]) => x.map((xj, j) => xj + c * (q[j] - xj));
    const centre = x.map((xj, j) => (alone ? (xj + beyond(p)[j]) / 2 : (xj + beyond(p)[j] + beyond(l)[j]) / 3));
    const R = Math.hypot(...centre.map((g, j) => g - x[j]));
    const repeats = 2000;
    const radii: number[] = [];
    const means = [0, 0, 0];
    const squares = [0, 0, 0];
    for (const point of moves(alone, repeats)) {
      const offset = point.map((value, j) => value - centre[j]);
      const r = Math.hypot(...offset);
      radii.push(r / R);
      offset.forEach((value, j) => {
        means[j] += value / r / repeats;
        squares[j] += (value / r) ** 2 / repeats;
      });
    }
    radii.sort((a, b) => a - b);
    // Kolmogorov: a distance above 2.2 / sqrt(n) has a chance of 1.2e-4.
    const distance = Math.max(...radii.map((u, i) => Math.max(Math.abs(u - i / repeats), Math.abs(u - (i + 1) / repeats))));
    expect(distance).toBeLessThan(2.2 / Math.sqrt(repeats));
    // On the unit sphere E u = 0, E u^2 = 1/3, E u^4 = 1/5 in three dimensions.
    for (let j = 0; j < n; j++) {
      expect(Math.abs(means[j])).toBeLessThan(4 * Math.sqrt(1 / 3 / repeats));
      expect(Math.abs(squares[j] - 1 / 3)).toBeLessThan(4 * Math.sqrt((1 / 5 - 1 / 9) / repeats));
    }
  });

  test('keeps 1 / (2 ln 2) of the velocity', () => {
    const state = started({ swarmSize: 2 }, 1, 1, 1e6);
    generation(state, [1, 1]);
    state.population.values.set([3, 3]);
    state.bests.set([3, 3]); // the ball has no extent
    state.velocities.set([2, -1]);
    spso2011.ask(state);
    expect(state.velocities[0]).toBeCloseTo(2 / (2 * Math.LN2), 12);
    expect(state.population.values[1]).toBeCloseTo(3 - 1 / (2 * Math.LN2), 12);
  });

  test('stops at a bound, and half of its speed turns back', () => {
    const state = started({ swarmSize: 2, inertia: 1 }, 1);
    generation(state, [1, 1]);
    state.population.values.set([0.5, -0.5]);
    state.bests.set([0.5, -0.5]);
    state.informants.set([0, 1]);
    state.velocities.set([0.8, -0.6]);
    spso2011.ask(state);
    expect([...state.population.values]).toEqual([1, -1]);
    expect([...state.velocities]).toEqual([-0.4, 0.3]);
  });
});

describe('information', () => {
  test('reaches a particle from each other with probability 1 - (1 - 1/S)^K, and always from itself', () => {
    const S = 10;
    const repeats = 2000;
    let informed = 0;
    for (let seed = 0; seed < repeats; seed++) {
      const state = started({ swarmSize: S }, 1, seed);
      // Particle 0 is the best: whoever hears of it follows it.
      generation(
        state,
        Array.from({ length: S }, (_, k) => k),
      );
      expect(state.informants[0]).toBe(0);
      for (let k = 1; k < S; k++) if (state.informants[k] === 0) informed++;
    }
    const chance = 1 - (1 - 1 / S) ** 3;
    const draws = repeats * (S - 1);
    // Who hears is nearly independent, rather less than more spread: at most the binomial deviation.
    expect(Math.abs(informed - draws * chance) / Math.sqrt(draws * chance * (1 - chance))).toBeLessThan(4);
  });

  test('goes other ways after an iteration that did not better the best', () => {
    const state = started({}, 2);
    generation(state, new Array(40).fill(5));
    const links = [...state.links];
    generation(state, [4, ...new Array(39).fill(6)]);
    expect([...state.links]).toEqual(links);
    generation(state, new Array(40).fill(4));
    expect([...state.links]).not.toEqual(links);
  });
});

test('velocities lead to a second point of the start', () => {
  const state = started({ swarmSize: 200 }, 2);
  state.velocities.forEach((v, i) => {
    expect(Math.abs(state.population.values[i] + v)).toBeLessThanOrEqual(1);
  });
});

test('golden trace', async () => {
  expect(await goldenTrace(spso2011)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 50.14819542749159, 28.024237884382917,
  ]);
});
