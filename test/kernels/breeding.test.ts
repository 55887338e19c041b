import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { crossRows } from '../../src/kernels/crossover.js';
import { mutateRow, openHits, resetRow } from '../../src/kernels/hits.js';
import { seedLanes } from '../../src/kernels/lanes.js';

const n = 100_000;
/** Two rows: genes 0 and genes 1. */
const parents = new Float64Array(2 * n).fill(1, n);
const lanesOf = (label: string) => seedLanes(Rng.seeded(label));

function moments(values: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  return { mean, variance };
}

describe('crossover', () => {
  test('uniform takes every gene from either parent, half the time each, neighbours independently', () => {
    const child = new Float64Array(n).fill(NaN);
    crossRows(lanesOf('uniform'), 'uniform', 0, parents, 0, 1, child, 0, n);
    let ones = 0;
    expect(child.every((gene) => gene === 0 || gene === 1)).toBe(true);
    for (const gene of child) ones += gene;
    expect(Math.abs(ones - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
    for (const gap of [1, 2, 4, 8, 60, 64, 128]) {
      let equal = 0;
      for (let i = gap; i < n; i++) if (child[i] === child[i - gap]) equal++;
      expect(Math.abs(equal - (n - gap) / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
    }
  });

  test('blend is uniform in the interval of the parents, widened by alpha at both ends', () => {
    const child = new Float64Array(n);
    crossRows(lanesOf('blend'), 'blend', 0.5, parents, 0, 1, child, 0, n);
    const { mean, variance } = moments(child);
    // uniform in [-0.5, 1.5): mean 1/2, variance 4/12, fourth central moment 1/5
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 3 / n));
    expect(Math.abs(variance - 1 / 3)).toBeLessThan(5 * Math.sqrt((1 / 5 - 1 / 9) / n));
    expect(Math.min(...child.subarray(0, 50_000))).toBeGreaterThanOrEqual(-0.5);
    expect(Math.max(...child.subarray(0, 50_000))).toBeLessThan(1.5);
  });

  test('arithmetic is the same weighted mean in every gene', () => {
    const child = new Float64Array(3);
    crossRows(lanesOf('none'), 'arithmetic', 0.25, Float64Array.of(0, 2, -4, 8, 4, 4), 0, 1, child, 0, 3);
    expect([...child]).toEqual([2, 2.5, -2]);
  });
});

describe('mutation', () => {
  /** Mutates 100 rows of 1,000 genes. */
  function mutated(rate: number): Float64Array {
    const child = new Float64Array(n);
    const hits = openHits(Rng.seeded('gaussian'), rate, 'normal');
    for (let row = 0; row < 100; row++) mutateRow(hits, child, 1000 * row, 1000, 0.5, new Float64Array(1000).fill(4));
    return child;
  }

  test.each([0.001, 0.05, 0.3, 0.9])('hits genes at rate %f, independently, and adds normal numbers of the scaled deviation', (rate) => {
    const child = mutated(rate);
    const hit = child.filter((gene) => gene !== 0);
    expect(Math.abs(hit.length - rate * n)).toBeLessThan(5 * Math.sqrt(n * rate * (1 - rate)));
    let pairs = 0;
    for (let i = 1; i < n; i++) if (child[i] !== 0 && child[i - 1] !== 0) pairs++;
    expect(Math.abs(pairs - rate * rate * n)).toBeLessThan(5 * Math.sqrt(n * rate * rate) + 5);
    const { mean, variance } = moments(hit);
    expect(Math.abs(mean)).toBeLessThan(5 * (2 / Math.sqrt(hit.length)));
    expect(Math.abs(variance / 4 - 1)).toBeLessThan(5 * Math.sqrt(2 / hit.length));
  });

  test('rate 0 changes nothing and rate 1 everything', () => {
    expect(mutated(0).every((gene) => gene === 0)).toBe(true);
    expect(mutated(1).every((gene) => gene !== 0)).toBe(true);
  });

  test('the stream of hits goes on from child to child: the rows may be cut anywhere', () => {
    const cut = new Float64Array(n);
    const hits = openHits(Rng.seeded('gaussian'), 0.05, 'normal');
    for (let at = 0, length = 1; at < n; at += length, length = Math.min(length + 1, n - at)) {
      mutateRow(hits, cut, at, length, 0.5, new Float64Array(length).fill(4));
    }
    expect(cut).toEqual(mutated(0.05));
  });

  test('uniform-reset draws uniformly within the reach of the centre', () => {
    const child = new Float64Array(n).fill(99);
    // the deviation of a uniform distribution on [-1, 5] is sqrt(3)
    resetRow(
      openHits(Rng.seeded('reset'), 1, 'uniform'),
      child,
      0,
      n,
      new Float64Array(n).fill(2),
      Math.sqrt(3),
      new Float64Array(n).fill(Math.sqrt(3)),
    );
    const { mean, variance } = moments(child);
    expect(Math.abs(mean - 2)).toBeLessThan(5 * Math.sqrt(3 / n));
    expect(Math.abs(variance / 3 - 1)).toBeLessThan(5 * Math.sqrt(0.8 / n));
    expect(child.every((gene) => gene >= -1 - 1e-12 && gene <= 5 + 1e-12)).toBe(true);
  });
});
