/** McCaffrey's program: the swarm with death on his rows and with his random numbers, until the error is below 0.05 at an epoch's end. */
import { Harness } from '../../src/core/harness.js';
import { mccaffreyPso } from '../../strategies/mccaffrey-pso.js';
import { DotNetRandom, meanSquaredError, rightRows, testRows, trainRows, weightSpace } from './program.js';

export interface ProgramResult {
  readonly startError: number;
  readonly epochs: number;
  readonly evaluations: number;
  readonly error: number;
  readonly trainRight: number;
  readonly testRight: number;
  readonly weights: Float64Array;
  /** The swarm's best error before the first epoch, and after each. */
  readonly curve: readonly number[];
}

/** What his program, emulated, gives with `new Random(16)`. */
export const expected = {
  startError: 0.488495159353075,
  epochs: 131,
  evaluations: 1592,
  error: 0.049119886676858064,
  trainRight: 23,
  testRight: 5,
} as const;

export function runProgram(seed: number, exitError = 0.05, maxEpochs = 700): ProgramResult {
  const random = new DotNetRandom(seed);
  const strategy: typeof mccaffreyPso = { ...mccaffreyPso, start: (space, options) => mccaffreyPso.start(space, options, random) };
  const harness = Harness.start(strategy, weightSpace, {});
  const state = harness.data.state as ReturnType<typeof mccaffreyPso.start>;
  const { dimension } = weightSpace;
  const curve: number[] = [];
  // The last epoch has been run when the next one is about to begin; its shuffle changes nothing any more.
  while (
    state.epoch === 0 ||
    (state.epoch <= maxEpochs && !(state.place === 0 && state.phase === 'move' && state.globalLoss < exitError))
  ) {
    const query = harness.ask();
    if (query?.kind !== 'losses') throw new Error('mccaffrey-pso asks for losses');
    const { size, values } = query.population;
    const losses = Float64Array.from({ length: size }, (_, p) => meanSquaredError(values.subarray(p * dimension, (p + 1) * dimension)));
    harness.receiveLosses(losses, size);
    harness.keepBest();
    harness.pass();
    if (state.epoch > curve.length) curve.push(state.globalLoss);
  }
  const weights = Float64Array.from(state.globalBest);
  return {
    startError: curve[0],
    epochs: state.epoch - 1,
    evaluations: harness.data.cost.evaluations,
    error: state.globalLoss,
    trainRight: rightRows(weights, trainRows),
    testRight: rightRows(weights, testRows),
    weights,
    curve,
  };
}
