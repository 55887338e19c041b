import { expect, test } from '@jest/globals';
import { openSpace } from '../../src/core/function-objective.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { clpso, learningProbability } from '../../strategies/clpso.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof clpso.start>;

function started(options: object, dimension: number, seed = 1, width = 1): State {
  return clpso.start(boxSpace(dimension, -width, width), clpso.options.parse(options), Rng.seeded(seed));
}

/** Asks, and answers each candidate by its row; returns how many there were. */
function generation(state: State, loss: (row: number) => number): number {
  const query = clpso.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size } = query.population;
  clpso.tell(state, { kind: 'losses', losses: Float64Array.from({ length: size }, (_, p) => loss(p)) });
  return size;
}

test('the learning probabilities go from 0.05 to 0.5, by the exponential law of equation 12', () => {
  expect(learningProbability(0, 30)).toBe(0.05);
  expect(learningProbability(29, 30)).toBeCloseTo(0.5, 14);
  // Half way: 0.45 (e^5 - 1) / (e^10 - 1) = 0.45 / (e^5 + 1), and e^5 = 148.4132.
  expect(learningProbability(10, 21)).toBeCloseTo(0.05 + 0.45 / 149.4132, 8);
});

test('exemplars are others with the learning probability, the better of two; one coordinate at least follows another', () => {
  const S = 5;
  const n = 8;
  const repeats = 800;
  const own = new Array(S).fill(0);
  const chosen = new Array(S).fill(0);
  for (let seed = 0; seed < repeats; seed++) {
    const state = started({ swarmSize: S }, n, seed, 1e3);
    generation(state, (p) => p); // losses 0 to 4
    clpso.ask(state); // draws the first exemplars
    for (let i = 0; i < S; i++) {
      const row = state.exemplars.subarray(i * n, (i + 1) * n);
      const others = row.filter((k) => k !== i);
      expect(others.length).toBeGreaterThan(0);
      own[i] += n - others.length;
      if (i === 4) for (const k of others) chosen[k]++;
    }
  }
  for (let i = 0; i < S; i++) {
    const pc = learningProbability(i, S);
    // All own: one coordinate is given away.
    const expected = repeats * (n * (1 - pc) - (1 - pc) ** n);
    expect(Math.abs(own[i] - expected)).toBeLessThan(4 * Math.sqrt(repeats * n * pc * (1 - pc)));
  }
  // The last particle, pc = 0.5: of the pairs among 0, 1, 2, 3 the better is 0 in 3 of 6, 1 in 2, 2 in 1, 3 never; the forced
  // exemplar, in one of 2^8 draws, is any of the four.
  const total = chosen.reduce((a, b) => a + b, 0);
  const forced = 0.5 ** n / (n * 0.5 + 0.5 ** n);
  [3 / 6, 2 / 6, 1 / 6, 0].forEach((share, k) => {
    const p = (1 - forced) * share + forced / 4;
    expect(Math.abs(chosen[k] - total * p)).toBeLessThan(4.5 * Math.sqrt(total * p * (1 - p)));
  });
});

test('a move follows the exemplar of each coordinate, within the limit of the speed', () => {
  const state = started({ swarmSize: 3, firstInertia: 0.5, lastInertia: 0.5, velocityLimit: 0.25 }, 2, 1, 100);
  generation(state, (p) => p);
  clpso.ask(state);
  state.gaps.fill(0);
  state.swarm.values.set([0, 0], 0);
  state.velocities.set([2, -300], 0);
  state.bests.set([1, 1, 10, 20, -5, -6]);
  state.exemplars.set([1, 2], 0);
  clpso.ask(state);
  const [v0, v1] = state.velocities;
  // 1 + 1.49445 r 10, r in [0, 1); and -150 - 1.49445 r 6, cut at a quarter of 200
  expect(v0).toBeGreaterThanOrEqual(1);
  expect(v0).toBeLessThan(15.9445);
  expect(v1).toBe(-50);
  expect([...state.swarm.values.subarray(0, 2)]).toEqual([v0, v1]);
});

test('particles out of bounds are not asked; where all are out, one is', () => {
  const state = started({ swarmSize: 4, velocityLimit: 10 }, 1);
  expect(generation(state, () => 1)).toBe(4);
  state.swarm.values.set([0.9, 0, 0.9, 0]);
  state.velocities.set([9, 0, 9, 0]); // 0.9 * 9 is beyond any pull back, at most 1.49445 * 1.9
  expect(generation(state, () => 1)).toBe(2);
  expect([...state.inside.subarray(0, 2)]).toEqual([1, 3]);
  state.velocities.fill(9);
  expect(generation(state, () => 1)).toBe(1);
});

test('exemplars stay for as many moves as the refreshing gap, and longer where each one is better', () => {
  const state = clpso.start(openSpace(30, 0, 1), clpso.options.parse({ swarmSize: 3, refreshingGap: 3 }), Rng.seeded(1));
  generation(state, () => 5);
  let previous = '';
  const changes: number[] = [];
  for (let k = 1; k <= 10; k++) {
    generation(state, () => (k <= 2 ? 5 - k : 5)); // better in moves 1 and 2 alone
    const now = state.exemplars.join(' ');
    if (now !== previous) changes.push(k);
    previous = now;
  }
  // Drawn at move 1; moves 3, 4 and 5 are in vain, so again at 6; then 6, 7, 8, so at 9.
  expect(changes).toEqual([1, 6, 9]);
});

test('golden trace', async () => {
  expect(await goldenTrace(clpso, { maxEvaluations: 30_000 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 216.19950729066113, 49.65174169753781,
  ]);
});
