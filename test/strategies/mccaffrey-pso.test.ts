import { describe, expect, test } from '@jest/globals';
import { DotNetRandom } from '../../experiments/mccaffrey/program.js';
import { expected, runProgram } from '../../experiments/mccaffrey/run.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace } from '../../src/core/space.js';
import { mccaffreyPso } from '../../strategies/mccaffrey-pso.js';
import { goldenTrace } from './golden-trace.js';

type State = ReturnType<typeof mccaffreyPso.start>;

function started(options: object, dimension = 2): State {
  return mccaffreyPso.start(boxSpace(dimension, -1, 1), mccaffreyPso.options.parse(options), Rng.seeded(1));
}

function asked(state: State): number[] {
  const query = mccaffreyPso.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  return [...query.population.values];
}

const tell = (state: State, ...losses: number[]) => mccaffreyPso.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });

describe('McCaffrey’s program', () => {
  test('the emulated random numbers are .NET’s: new Random(42).NextDouble()', () => {
    expect(new DotNetRandom(42).uniform()).toBe(0.6681064659115423);
  });

  test('on his 30 rows, with new Random(16): epochs, evaluations, error and accuracies to the last digit', () => {
    // Epochs, evaluations and accuracies are exact; of errors, 12 digits, for tanh and exp may differ in the last bit between engines.
    const { startError, error, ...counts } = runProgram(16);
    expect(counts).toMatchObject({ epochs: 131, evaluations: 1592, trainRight: 23, testRight: 5 });
    expect(startError).toBeCloseTo(expected.startError, 12);
    expect(error).toBeCloseTo(expected.error, 12);
    const rounded = [...counts.weights].map((weight) => Number(weight.toFixed(3)));
    expect(rounded.slice(0, 10)).toEqual([3.593, 3.685, 10, -10, 10, -10, 4.899, -9.153, -1.171, 8.53]);
    expect(rounded.slice(-3)).toEqual([-7.322, 4.828, 7.151]);
  });
});

test('a particle sees what was found before it in the same epoch', () => {
  const state = started({ swarmSize: 3, inertia: 0, cognitive: 0, deathRate: 0 }, 1);
  asked(state);
  tell(state, 3, 2, 1);
  asked(state);
  const moved = state.single.values[0];
  tell(state, 0.5); // the first to move finds the best position
  expect(state.globalBest[0]).toBe(moved);
  const second = state.swarm.values[state.sequence[1]];
  const [x] = asked(state);
  // x + c2 r2 (g - x), r2 in [0, 1)
  const share = (x - second) / (moved - second);
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThan(1.49445);
});

test('a particle that dies takes its new place for its best, whatever its loss, and keeps its velocity', () => {
  const state = started({ swarmSize: 2, deathRate: 1 });
  asked(state);
  tell(state, 1, 2);
  const particle = state.sequence[0];
  asked(state);
  tell(state, 0.5);
  expect(state.bestLosses[particle]).toBe(0.5);
  const velocity = [...state.velocities];
  const best = [...state.globalBest];
  const reborn = asked(state);
  expect(reborn).not.toEqual(best);
  tell(state, 7);
  expect(state.bestLosses[particle]).toBe(7);
  expect([...state.bests.subarray(2 * particle, 2 * particle + 2)]).toEqual(reborn);
  expect([...state.velocities]).toEqual(velocity);
  expect([...state.globalBest]).toEqual(best);
  expect(state.globalLoss).toBe(0.5);
});

test('every epoch moves each particle once, in an order that is any with the same chance', () => {
  const state = started({ swarmSize: 3, deathRate: 0 }, 1);
  asked(state);
  tell(state, 1, 1, 1);
  const orders = new Map<string, number>();
  const epochs = 3000;
  for (let k = 0; k < epochs; k++) {
    const order = [...state.sequence].join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
    for (let p = 0; p < 3; p++) {
      asked(state);
      tell(state, 1);
    }
  }
  expect(orders.size).toBe(6);
  const chiSquare = [...orders.values()].reduce((sum, count) => sum + (count - epochs / 6) ** 2 / (epochs / 6), 0);
  expect(chiSquare).toBeLessThan(25.7); // 5 degrees of freedom: a chance of 1e-4
});

test('golden trace', async () => {
  expect(await goldenTrace(mccaffreyPso)).toEqual([
    2372.106515983175, 764.9599600769875, 521.9022325915264, 136.6410101153703, 6.526059554981119, 4.081958901535836,
  ]);
});
