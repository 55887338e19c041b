import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError, UsageError } from '../../src/core/errors.js';
import { Rng } from '../../src/core/rng.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import { type RawDataset, sourceOf } from '../../src/datasets/dataset.js';
import { Minibatches } from '../../src/datasets/minibatches.js';
import { gatherInputs, gatherTargets, prepareDataset } from '../../src/datasets/prepare.js';
import { plainSplit, stratifiedSplit, stratifiedSubset } from '../../src/datasets/split.js';

/** Class sizes of 2 and more, and the labels in some order. */
const labelled = fc.tuple(fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 2, maxLength: 6 }), fc.integer()).map(([sizes, seed]) => {
  const labels = Int32Array.from(sizes.flatMap((size, label) => new Array<number>(size).fill(label)));
  Rng.seeded(seed).shuffle(labels);
  return { sizes, labels };
});
const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });

describe('splits', () => {
  test('are disjoint, complete, and give each class its share within one on both sides', () => {
    fc.assert(
      fc.property(labelled, share, fc.integer(), ({ sizes, labels }, testShare, seed) => {
        const split = stratifiedSplit(labels, sizes.length, testShare, Rng.seeded(seed));
        expect([...split.train, ...split.test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const [label, size] of sizes.entries()) {
          const held = split.test.filter((row) => labels[row] === label).length;
          expect(Math.abs(held - size * testShare)).toBeLessThan(1);
          expect(held).toBeGreaterThanOrEqual(1);
          expect(held).toBeLessThan(size);
        }
      }),
    );
  });

  test('without classes are disjoint and complete too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), share, fc.integer(), (count, testShare, seed) => {
        const split = plainSplit(count, testShare, Rng.seeded(seed));
        expect([...split.train, ...split.test].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        expect(Math.abs(split.test.length - count * testShare)).toBeLessThan(1);
      }),
    );
  });

  test('the same seed gives the same split, another seed another', () => {
    const labels = Int32Array.from({ length: 150 }, (_, i) => i % 3);
    const split = (seed: number) => stratifiedSplit(labels, 3, 0.2, Rng.seeded(seed));
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  test('a subset has the size asked for, and every class its share within one', () => {
    fc.assert(
      fc.property(labelled, share, fc.integer(), ({ sizes, labels }, part, seed) => {
        const rows = Uint32Array.from(labels.keys());
        const size = Math.max(1, Math.round(labels.length * part));
        const subset = stratifiedSubset(rows, labels, sizes.length, size, Rng.seeded(seed));
        expect(new Set(subset).size).toBe(size);
        for (const [label, all] of sizes.entries()) {
          const taken = subset.filter((row) => labels[row] === label).length;
          expect(Math.abs(taken - (all * size) / labels.length)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('Iris: 40 of each species for training, 10 for testing', async () => {
    const iris = await loadDataset('iris');
    const { train, test: held } = prepareDataset(iris, { standardize: true }, Rng.seeded(3));
    const count = (rows: Uint32Array | undefined) =>
      [0, 1, 2].map((label) => [...(rows ?? [])].filter((row) => train.samples.targets[row] === label).length);
    expect(count(train.rows)).toEqual([40, 40, 40]);
    expect(count(held?.rows)).toEqual([10, 10, 10]);
  });

  test('a published split takes no other share, and no more training samples than there are', async () => {
    const xor = await loadDataset('xor');
    expect(() => prepareDataset(xor, { standardize: false, testShare: 0.5 }, Rng.seeded(1))).toThrow(UsageError);
    expect(() => prepareDataset(xor, { standardize: false, train: 5 }, Rng.seeded(1))).toThrow(DataError);
    expect(prepareDataset(xor, { standardize: false }, Rng.seeded(1)).test).toBeUndefined();
  });
});

describe('scaling', () => {
  /** Two features and a value; row 4 is an outlier that only the test part holds. */
  function table(testValue: number): RawDataset {
    const part = (rows: number[][]) => ({
      count: rows.length,
      inputs: Float32Array.from(rows.flatMap((row) => row.slice(0, 2))),
      targets: Float32Array.from(rows, ([, , y]) => y),
    });
    const parts = {
      train: part([
        [1, 7, 10],
        [3, 7, 20],
        [5, 7, 30],
      ]),
      test: part([[testValue, 8, 40]]),
    };
    return { name: 't', title: 't', kind: 'regression', inputShape: [2], outputs: 1, parts, source: sourceOf('', [2], parts) };
  }

  test('is fitted on the training part alone: mean 3, deviation sqrt(8/3); a constant feature becomes 0', () => {
    for (const testValue of [3, 1e9]) {
      const dataset = prepareDataset(table(testValue), { standardize: true }, Rng.seeded(1));
      const out = new Float32Array(6);
      gatherInputs(dataset, dataset.train, Uint32Array.of(0, 1, 2), out);
      const unit = Math.fround(2 / Math.sqrt(8 / 3));
      expect([...out]).toEqual([-unit, 0, 0, 0, unit, 0]);
      const targets = new Float32Array(3);
      gatherTargets(dataset, dataset.train, Uint32Array.of(2, 1, 0), targets);
      const tens = Math.fround(10 / Math.sqrt(200 / 3));
      expect([...targets]).toEqual([tens, 0, -tens]);
    }
  });

  test('the test part goes through the same map', () => {
    const dataset = prepareDataset(table(5), { standardize: true }, Rng.seeded(1));
    if (!dataset.test) throw new Error('expected a test part');
    const out = new Float32Array(2);
    gatherInputs(dataset, dataset.test, Uint32Array.of(0), out);
    expect(out[0]).toBe(Math.fround(2 / Math.sqrt(8 / 3)));
    const target = new Float32Array(1);
    gatherTargets(dataset, dataset.test, Uint32Array.of(0), target);
    expect(target[0]).toBe(Math.fround(20 / Math.sqrt(200 / 3)));
  });

  test('can be left out', () => {
    const dataset = prepareDataset(table(5), { standardize: false }, Rng.seeded(1));
    const out = new Float32Array(2);
    gatherInputs(dataset, dataset.train, Uint32Array.of(1), out);
    expect([...out]).toEqual([3, 7]);
  });

  test('every byte becomes byte / 255, to the last bit, whatever the width of a row', () => {
    for (const width of [1, 2, 3, 4, 7, 256]) {
      const inputs = Uint8Array.from({ length: 2 * width }, (_, i) => i);
      const parts = { train: { count: 2, inputs, targets: Int32Array.of(0, 1) } };
      const raw: RawDataset = {
        name: 'b',
        title: 'b',
        kind: 'classification',
        inputShape: [width],
        outputs: 2,
        parts,
        source: sourceOf('', [width], parts),
      };
      const dataset = prepareDataset(raw, { standardize: false }, Rng.seeded(1));
      const out = new Float32Array(2 * width);
      gatherInputs(dataset, dataset.train, Uint32Array.of(0, 1), out);
      expect([...out]).toEqual([...inputs].map((byte) => Math.fround(byte / 255)));
    }
  });

  test('pixels become byte / 255; classes become 1 at their place where a squared error wants values', () => {
    const parts = { train: { count: 2, inputs: Uint8Array.of(0, 51, 255, 102), targets: Int32Array.of(2, 0) } };
    const raw: RawDataset = {
      name: 'p',
      title: 'p',
      kind: 'classification',
      inputShape: [1, 1, 2],
      outputs: 3,
      parts,
      source: sourceOf('', [1, 1, 2], parts),
    };
    const dataset = prepareDataset(raw, { standardize: false }, Rng.seeded(1));
    const out = new Float32Array(4);
    gatherInputs(dataset, dataset.train, Uint32Array.of(1, 0), out);
    expect([...out]).toEqual([1, Math.fround(0.4), 0, Math.fround(0.2)]);
    const classes = new Int32Array(2);
    gatherTargets(dataset, dataset.train, Uint32Array.of(1, 0), classes);
    expect([...classes]).toEqual([0, 2]);
    const ones = new Float32Array(6).fill(9);
    gatherTargets(dataset, dataset.train, Uint32Array.of(1, 0), ones);
    expect([...ones]).toEqual([1, 0, 0, 0, 0, 1]);
  });
});

describe('minibatches', () => {
  test('an epoch shows each sample at most once, all but the tail, and the next epoch in another order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer(), (a, b, seed) => {
        const count = Math.max(a, b);
        const size = Math.min(a, b);
        const batches = new Minibatches(count, size, Rng.seeded(seed));
        for (const epoch of [0, 1, 7]) {
          const seen = new Set<number>();
          for (let k = 0; k < batches.perEpoch; k++) for (const row of batches.at(epoch * batches.perEpoch + k)) seen.add(row);
          expect(seen.size).toBe(Math.floor(count / size) * size);
          for (const row of seen) expect(row).toBeLessThan(count);
        }
      }),
    );
  });

  test('are a function of seed and step alone, in whatever order the steps are asked', () => {
    const forward = new Minibatches(50, 8, Rng.seeded(5));
    const listed = Array.from({ length: 20 }, (_, step) => [...forward.at(step)]);
    const backward = new Minibatches(50, 8, Rng.seeded(5));
    for (let step = 19; step >= 0; step--) expect([...backward.at(step)]).toEqual(listed[step]);
    expect([...new Minibatches(50, 8, Rng.seeded(6)).at(0)]).not.toEqual(listed[0]);
    expect(listed[6]).not.toEqual(listed[0]);
  });
});
