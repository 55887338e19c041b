import { describe, expect, test } from '@jest/globals';
import { Harness } from '../../src/core/harness.js';
import { minimize } from '../../src/core/minimize.js';
import type { Objective } from '../../src/core/objective.js';
import { factorBlocks, type LowRankPopulation, materialize, writeCandidate } from '../../src/core/population.js';
import type { LayoutSlice, Space } from '../../src/core/space.js';
import { boxSpace } from '../../src/core/space.js';
import { defineStrategy } from '../../src/core/strategy.js';
import { randomSearch } from '../../strategies/random-search.js';

const weights = (name: string, offset: number, inputs: number, units: number): LayoutSlice => ({
  ...{ name, layer: 0, role: 'weights', offset, length: inputs * units, shape: [inputs, units], units, fanIn: inputs },
  ...{ unitStride: 1, inputStride: units },
});
const biases = (name: string, offset: number, units: number): LayoutSlice => ({
  ...{ name, layer: 0, role: 'biases', offset, length: units, shape: [units], units, fanIn: 1, unitStride: 1, inputStride: 1 },
});
/** 2 inputs, 3 units. */
const layout = [weights('dense1.weights', 0, 2, 3), biases('dense1.biases', 6, 3)];
const space: Space = {
  dimension: 9,
  precision: 'float64',
  start: [{ offset: 0, length: 9, kind: 'normal', mean: 0, deviation: 1 }],
  layout,
};

/** Rank 2: A' = [1 2; 3 4], B = [1 0 -1; 10 20 30], biases 0.5, 0.25, 0. The second candidate has zeros. */
function population(): LowRankPopulation {
  const { blocks, width } = factorBlocks(space, 2);
  const factors = new Float64Array(2 * width);
  factors.set([1, 2, 3, 4, 1, 0, -1, 10, 20, 30, 0.5, 0.25, 0]);
  return {
    kind: 'low-rank',
    size: 2,
    dimension: 9,
    centre: Float64Array.from({ length: 9 }, (_, i) => i),
    rank: 2,
    blocks,
    width,
    factors,
  };
}

/** Row 1: 1 B1 + 3 B2, row 2: 2 B1 + 4 B2, then the biases; each plus its place. */
const first = [31, 60 + 1, 89 + 2, 42 + 3, 80 + 4, 118 + 5, 6.5, 7.25, 8];
const second = [0, 1, 2, 3, 4, 5, 6, 7, 8];

describe('described populations', () => {
  test('dense weights are matrices, the rest vectors, and all coordinates are covered', () => {
    expect(factorBlocks(space, 2)).toEqual({
      blocks: [
        { kind: 'matrix', offset: 0, at: 0, rows: 2, columns: 3 },
        { kind: 'vector', offset: 6, at: 10, length: 3 },
      ],
      width: 13,
    });
    expect(factorBlocks({ dimension: 4 }, 3)).toEqual({ blocks: [{ kind: 'vector', offset: 0, at: 0, length: 4 }], width: 4 });
  });

  test('written out they are centre + A B, by hand', () => {
    const dense = materialize(population(), new Float64Array(18));
    expect(dense).toMatchObject({ kind: 'dense', size: 2, dimension: 9 });
    expect([...dense.values]).toEqual([...first, ...second]);
    expect(materialize(dense, new Float64Array(0))).toBe(dense);
    const out = new Float64Array(10);
    writeCandidate(population(), 0, out, 1);
    expect([...out]).toEqual([0, ...first]);
  });
});

describe('the harness', () => {
  const strategy = defineStrategy<object, { asked: LowRankPopulation }, LowRankPopulation>({
    name: 'described',
    title: randomSearch.title,
    family: randomSearch.family,
    reference: randomSearch.reference,
    card: randomSearch.card,
    options: randomSearch.options,
    start: () => ({ asked: population() }),
    ask: ({ asked }) => ({ kind: 'losses', population: asked }),
    tell: () => {},
  });
  const sum = (values: ArrayLike<number>, from: number) => Array.from({ length: 9 }, (_, i) => values[from + i]).reduce((a, b) => a + b);
  const seen: string[] = [];
  const objective: Objective = {
    space,
    passesPerEvaluation: 1,
    deterministic: true,
    losses({ size, values }, _step, out) {
      seen.push('dense');
      for (let p = 0; p < size; p++) out[p] = sum(values, 9 * p);
    },
  };
  const described: Objective = {
    ...objective,
    describedLosses(asked, _step, out) {
      seen.push(asked.kind);
      const dense = materialize(asked, new Float64Array(asked.size * 9));
      for (let p = 0; p < asked.size; p++) out[p] = sum(dense.values, 9 * p);
    },
  };
  const asks = async (given: Objective) => {
    seen.length = 0;
    const { best, trace } = await minimize(given, strategy, { budget: { evaluations: 3 } });
    expect(best.loss).toBe(36);
    expect([...best.point]).toEqual(second);
    expect(trace.loss[0]).toBe(first.reduce((a, b) => a + b));
    return [...seen];
  };

  test('writes them out for objectives that know no better, and cuts both alike at the end of the budget', async () => {
    expect(await asks(objective)).toEqual(['dense', 'dense']);
    expect(await asks(described)).toEqual(['low-rank', 'low-rank']);
  });

  test('writes them out where bounds or penalties need that, and leaves the strategy its own', () => {
    const bounded = Harness.start(strategy, { ...space, bounds: boxSpace(9, -1, 50).bounds ?? never() }, { described: true });
    const query = bounded.askDescribed();
    if (query?.kind !== 'losses' || query.population.kind !== 'dense') throw new Error('not written out');
    expect([...query.population.values.subarray(0, 9)]).toEqual(first.map((x) => Math.min(x, 50)));
    expect((bounded.data.state as { asked: LowRankPopulation }).asked.factors).toEqual(population().factors);
    for (const regularization of [{ l2: 0.1 }, { l1: 0.1 }, { maxNorm: 3 }]) {
      const asked = Harness.start(strategy, space, { described: true, regularization }).askDescribed();
      expect(asked?.kind === 'losses' && asked.population.kind).toBe('dense');
    }
  });

  test('finds numbers that are not finite in a description', () => {
    for (const spoil of ['centre', 'factors'] as const) {
      const harness = Harness.start(strategy, space, { described: true });
      (harness.data.state as { asked: LowRankPopulation }).asked[spoil][1] = Number.NaN;
      expect(harness.askDescribed()).toBeUndefined();
      expect(harness.stop()).toBe('diverged');
    }
  });
});

function never(): never {
  throw new Error('boxSpace has bounds');
}
