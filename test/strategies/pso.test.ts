import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import { constriction, pso } from '../../strategies/pso.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof pso.start>;

function started(space: Space, options: object, seed: number | string = 1): State {
  return pso.start(space, pso.options.parse(options), Rng.seeded(seed));
}

/** One generation on `loss`; returns the losses. */
function generation(state: State, loss: (x: ArrayLike<number>) => number): Float64Array {
  const query = pso.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  const losses = Float64Array.from({ length: size }, (_, p) => loss(values.subarray(p * dimension, (p + 1) * dimension)));
  pso.tell(state, { kind: 'losses', losses });
  return losses;
}

function sphere(x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - 1) * (x[i] - 1);
  return sum;
}

describe('pso', () => {
  test('constriction of phi = 4.1 is 0.7298437881, and its pulls are 1.4961797657', () => {
    expect(constriction(4.1)).toBeCloseTo(0.7298437881, 10);
    const { pull } = started(boxSpace(2, -1, 1), { phi: 4.1 });
    expect(pull.inertia).toBeCloseTo(0.7298437881, 10);
    expect(pull.cognitive).toBeCloseTo(1.4961797657, 9);
    expect(pull.social).toBeCloseTo(1.4961797657, 9);
  });

  test('each topology finds the best of its own neighbourhood', () => {
    // losses by particle; the best is 5, then 1, then 3
    const losses = Float64Array.of(9, 2, 8, 3, 7, 1, 6, 5, 4);
    const informants = (topology: string): number[] => {
      const state = started(boxSpace(1, -1, 1), { swarmSize: 9, topology });
      pso.ask(state);
      pso.tell(state, { kind: 'losses', losses });
      return [...state.informants];
    };
    expect(informants('global')).toEqual(new Array(9).fill(5));
    expect(informants('ring')).toEqual([1, 1, 1, 3, 5, 5, 5, 8, 8]);
    // 3 x 3 lattice as a spiral: neighbours p - 1, p + 1, p - 3, p + 3 (mod 9)
    expect(informants('von-neumann')).toEqual([1, 1, 5, 3, 5, 5, 5, 1, 5]);
  });

  test('a best position moves only when its loss is beaten, and infinite losses never win', () => {
    const state = started(boxSpace(2, -1, 1), { swarmSize: 3 });
    pso.ask(state);
    const first = state.population.values.slice();
    pso.tell(state, { kind: 'losses', losses: Float64Array.of(1, Infinity, 2) });
    pso.ask(state);
    const second = state.population.values.slice();
    pso.tell(state, { kind: 'losses', losses: Float64Array.of(1, 5, 0.5) });
    expect([...state.bestLosses]).toEqual([1, 5, 0.5]);
    expect([...state.bests]).toEqual([...first.subarray(0, 2), ...second.subarray(2, 6)]);
    expect([...state.informants]).toEqual([2, 2, 2]);
  });

  test('a particle on a bound has lost its speed there, in both precisions', () => {
    for (const precision of ['float32', 'float64'] as const) {
      // 0.1 is not a float32: its nearest one lies above it
      const state = started(boxSpace(2, -0.1, 0.1, precision), { swarmSize: 2, inertia: 1, cognitive: 0, social: 0 });
      pso.ask(state);
      state.velocities.set([1, 1, 1, 1]);
      const inside = precision === 'float32' ? Math.fround(0.1) - 2 ** -27 : 0.1;
      state.population.values.set([inside, 0, 0, -inside]);
      pso.tell(state, { kind: 'losses', losses: Float64Array.of(1, 2) });
      pso.ask(state);
      expect([...state.velocities]).toEqual([0, 1, 1, 0]);
    }
  });

  test('coordinates that start at a constant are searched too', () => {
    const space: Space = {
      dimension: 3,
      precision: 'float32',
      start: [
        { offset: 0, length: 1, kind: 'normal', mean: 0, deviation: 1 },
        { offset: 1, length: 2, kind: 'constant', value: 0 },
      ],
    };
    const state = started(space, {});
    let best = Infinity;
    for (let g = 0; g < 100; g++) best = Math.min(best, ...generation(state, sphere));
    expect(best).toBeLessThan(1e-6);
  });

  test('the velocity limit is a share of the range: of the bounds, else of 2 sqrt(3) deviations of the start', () => {
    expect([...started(boxSpace(2, -3, 5), { velocityLimit: 0.25 }).limits]).toEqual([2, 2]);
    const open: Space = { dimension: 1, precision: 'float64', start: [{ offset: 0, length: 1, kind: 'normal', mean: 0, deviation: 2 }] };
    expect(started(open, { velocityLimit: 0.5 }).limits[0]).toBeCloseTo(2 * Math.sqrt(3), 14);
    expect(started(open, {}).limits).toHaveLength(0);
  });

  test.each([
    ['global', 'best'],
    ['ring', 'best'],
    ['von-neumann', 'best'],
    ['ring', 'all'],
    ['von-neumann', 'all'],
  ])('%s, drawn by %s, reaches the optimum of a 5-D sphere', (topology, influence) => {
    const state = started(boxSpace(5, -5, 5), { topology, influence });
    let best = Infinity;
    for (let g = 0; g < 250; g++) best = Math.min(best, ...generation(state, sphere));
    expect(best).toBeLessThan(1e-8);
  });

  test('fully informed, a particle is drawn by all its neighbours: mean and variance of its move', () => {
    // x' - x = sum over k of (phi / |N|) r_k (p_k - x), r_k uniform: mean phi / 2 times the mean of p_k - x, variance
    // (phi / |N|)^2 / 12 times the sum of (p_k - x)^2. On the ring of five, particle 0 hears 0, 1 and 4.
    const state = started(boxSpace(1, -1e6, 1e6), { swarmSize: 5, topology: 'ring', influence: 'all', phi: 4.1 });
    pso.ask(state);
    const phi = 0.7298437881 * 4.1;
    const best = [3, -1, 1000, 2000, 7];
    const pulls = [3, -1, 7].map((p) => p - 1);
    const repeats = 20_000;
    let sum = 0;
    let squares = 0;
    for (let k = 0; k < repeats; k++) {
      pso.tell(state, { kind: 'losses', losses: Float64Array.of(1, 1, 1, 1, 1) });
      state.bests.set(best);
      state.population.values.fill(1);
      state.velocities.fill(0);
      pso.ask(state);
      sum += state.velocities[0];
      squares += state.velocities[0] ** 2;
    }
    const variance = ((phi / 3) ** 2 / 12) * pulls.reduce((total, pull) => total + pull * pull, 0);
    const mean = sum / repeats;
    expect(Math.abs(mean - (phi / 2) * ((2 - 2 + 6) / 3))).toBeLessThan(4 * Math.sqrt(variance / repeats));
    // A sum of uniforms has a fourth moment below the normal's, 3: the deviation of the variance is below variance * sqrt(2 / n).
    expect(Math.abs(squares / repeats - mean * mean - variance)).toBeLessThan(4 * variance * Math.sqrt(2 / repeats));
  });

  test('options out of range are refused', () => {
    for (const wrong of [{ swarmSize: 1 }, { swarmSize: 2.5 }, { phi: 4 }, { topology: 'star' }, { velocityLimit: 0 }, { particles: 5 }]) {
      expect(pso.options.safeParse(wrong).success).toBe(false);
    }
    expect(() => started({ ...boxSpace(1, 0, 1), dimension: 5_000_000 }, { swarmSize: 1000 })).toThrow(/smaller swarmSize/);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(pso)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 28.887360059419557, 15.488226971912475,
  ]);
  const options = { topology: 'ring', phi: 4.2, velocityLimit: 0.5, initialVelocity: 'half-difference', swarmSize: 10 };
  expect(await goldenTrace(pso, options)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 107.77784363358766, 48.640844526684866, 2.1473870946929856,
  ]);
});
