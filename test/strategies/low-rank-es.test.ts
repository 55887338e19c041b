import { describe, expect, test } from '@jest/globals';
import { mlp } from '../../models/mlp.js';
import { parametersOf } from '../../models/parameters.js';
import { materialize } from '../../src/core/population.js';
import { Rng } from '../../src/core/rng.js';
import type { Precision, Space } from '../../src/core/space.js';
import { lowRankEs } from '../../strategies/low-rank-es.js';
import { openaiEs } from '../../strategies/openai-es.js';
import { fixedStart, generation } from './distribution.js';
import { goldenTrace } from './golden-trace.js';

const { dimension, start: first, layout } = parametersOf(mlp([3, 4, 2]));
const network = (precision: Precision): Space => ({ dimension, precision, start: first, layout });

type State = ReturnType<typeof lowRankEs.start>;

function started(space: Space, options: object): State {
  return lowRankEs.start(space, lowRankEs.options.parse(options), Rng.seeded(1));
}

/** Asks and tells; returns the candidates, written out. */
function told(state: State, loss: (x: ArrayLike<number>) => number): ArrayLike<number> {
  const query = lowRankEs.ask(state);
  if (query.kind !== 'losses') throw new Error(query.kind);
  const { size } = query.population;
  const { values } = materialize(query.population, new Float64Array(size * dimension));
  const losses = Float64Array.from({ length: size }, (_, p) => loss(values.subarray(p * dimension, (p + 1) * dimension)));
  lowRankEs.tell(state, { kind: 'losses', losses });
  return values;
}

describe('low-rank-es', () => {
  test.each([1, 2, 5])('noise of rank %i is uncorrelated, has variance 1 in units, and is mirrored', (rank) => {
    const size = 40_000;
    const state = started(network('float64'), { populationSize: size, rank, sigma: 0.5, units: 'absolute' });
    const centre = state.population.centre.slice();
    const values = told(state, () => 0);
    const noise = (p: number, i: number) => (values[p * dimension + i] - centre[i]) / 0.5;
    for (let i = 0; i < dimension; i++) expect(noise(7, i) + noise(6, i)).toBeCloseTo(0, 12);
    // entries of one row, of one column, of different layers, of weights and biases, and with themselves; A B has fourth moment
    // up to 9, so that the error of a mean of 20,000 products is below 3 / sqrt(20,000)
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [0, 4],
      [5, 17],
      [12, 13],
      [12, 12],
      [3, 12],
    ]) {
      let mean = 0;
      for (let p = 0; p < size; p += 2) mean += (noise(p, i) * noise(p, j)) / (size / 2);
      expect(Math.abs(mean - (i === j ? 1 : 0))).toBeLessThan((4 * 3) / Math.sqrt(size / 2));
    }
  });

  test.each(['float64', 'float32'] as const)('the estimate is the weighted sum of the noise, written out, in %s', (precision) => {
    const options = { populationSize: 12, rank: 2, sigma: 0.3, optimizer: 'plain', learningRate: 1, weightDecay: 0.5 };
    const state = started(network(precision), options);
    const { units } = state;
    const centre = state.population.centre.slice();
    let call = 0;
    const losses = [5, 1, 9, 3, 8, 2, 7, 11, 10, 6, 4, 0];
    const values = told(state, () => losses[call++]);
    for (let i = 0; i < dimension; i++) {
      let sum = 0;
      for (let p = 0; p < 12; p++) sum += ((0.5 - losses[p] / 11) * (values[p * dimension + i] - centre[i])) / (0.3 * units[i]);
      // x += units g: g = sum u e / (P sigma) - decay units x
      const expected = centre[i] + units[i] * (sum / (12 * 0.3) - 0.5 * units[i] * centre[i]);
      expect(state.population.centre[i]).toBeCloseTo(expected, precision === 'float64' ? 12 : 5);
    }
  });

  test('without layers it is openai-es: the same points and steps from the same noise', () => {
    const space = fixedStart(8, 2);
    const state = started(space, {});
    const dense = openaiEs.start(space, openaiEs.options.parse({}), Rng.seeded(1));
    const loss = (x: ArrayLike<number>) => Array.from({ length: 8 }, (_, i) => (x[i] - i) ** 2).reduce((a, b) => a + b);
    for (let g = 0; g < 3; g++) {
      const query = lowRankEs.ask(state);
      if (query.kind !== 'losses') throw new Error(query.kind);
      const { size } = query.population;
      const { values } = materialize(query.population, new Float64Array(size * 8));
      const losses = Float64Array.from({ length: size }, (_, p) => loss(values.subarray(8 * p, 8 * p + 8)));
      lowRankEs.tell(state, { kind: 'losses', losses });
      generation(openaiEs, dense, loss);
      for (let i = 0; i < 8; i++) expect(state.population.centre[i]).toBeCloseTo(dense.sampling.centre[i], 9);
    }
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(lowRankEs)).toEqual([
    4800.843986449743, 3936.845368627928, 3429.293829989202, 3429.293829989202, 2862.508543610749, 2183.1505255639127,
  ]);
});
