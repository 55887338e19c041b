import { describe, expect, test } from '@jest/globals';
import { Rng } from '../../src/core/rng.js';
import { crossRows } from '../../src/kernels/crossover.js';
import { mutateRow, openHits, polynomialRow, resetRow } from '../../src/kernels/hits.js';
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

  describe('simulated binary crossover (Deb and Agrawal 1995)', () => {
    const bred = (index: number, a = 0, b = 1) => {
      const child = new Float64Array(n);
      crossRows(lanesOf(`spread ${index}`), 'simulated-binary', index, parents, a, b, child, 0, n);
      return child;
    };

    test('the same draws with the parents exchanged give the other child: the mean of the two is the parents’ mean', () => {
      const [one, other] = [bred(2), bred(2, 1, 0)];
      expect(one.every((gene, i) => Math.abs(gene + other[i] - 1) < 1e-12 * Math.max(1, Math.abs(gene)))).toBe(true);
    });

    test.each([0, 2, 15])('crosses half the genes; their spread has the distribution of index %i, on either side alike', (index) => {
      const crossed = bred(index).filter((gene) => gene !== 0);
      expect(Math.abs(crossed.length - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
      // child = (1 -+ beta) / 2 between parents 0 and 1; P(beta <= s) = s^(index + 1) / 2 up to 1, 1 - s^-(index + 1) / 2 beyond
      for (const s of [0.3, 0.7, 0.9, 1, 1.1, 1.5, 4]) {
        const share = s <= 1 ? s ** (index + 1) / 2 : 1 - s ** -(index + 1) / 2;
        for (const side of [-1, 1]) {
          const count = crossed.filter((gene) => side * (2 * gene - 1) > 0 && Math.abs(2 * gene - 1) <= s).length;
          const expected = (share / 2) * crossed.length;
          expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected) + 1);
        }
      }
    });

    test('parents that are alike have a child that is, to the bit', () => {
      const same = Float64Array.of(0.1, -7e300, 3, 0.1, -7e300, 3);
      const child = new Float64Array(3);
      crossRows(lanesOf('same'), 'simulated-binary', 2, same, 0, 1, child, 0, 3);
      expect([...child]).toEqual([0.1, -7e300, 3]);
    });
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
    hits.scale = 0.5;
    for (let row = 0; row < 100; row++) mutateRow(hits, child, 1000 * row, 1000, new Float64Array(1000).fill(4));
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

  describe('polynomial mutation (Deb and Goyal 1996)', () => {
    const steps = (index: number, from: number, bounds?: { lower: Float64Array; upper: Float64Array }) => {
      const child = new Float64Array(n).fill(from);
      polynomialRow(openHits(Rng.seeded('polynomial'), 1, 'uniform'), child, 0, n, index, 0.5, new Float64Array(n).fill(4), bounds);
      return child;
    };
    const sharesBelow = (child: Float64Array, limit: number, share: number) => {
      const count = child.filter((gene) => gene <= limit).length;
      expect(Math.abs(count - share * n)).toBeLessThan(5 * Math.sqrt(n * share * (1 - share)) + 1);
    };

    test.each([0, 5, 20])('without bounds, index %i: P(delta <= t) = (1 + t)^(index + 1) / 2, and alike on the other side', (index) => {
      const child = steps(index, 3);
      for (const t of [0.02, 0.1, 0.3, 0.8]) {
        const tail = (1 - t) ** (index + 1) / 2;
        sharesBelow(child, 3 - 2 * t, tail); // the largest step is 0.5 * 4
        sharesBelow(child, 3 + 2 * t, 1 - tail);
      }
      expect(child.every((gene) => gene >= 1 && gene <= 5)).toBe(true);
    });

    test('within bounds each side keeps half the steps, cut off at the bound', () => {
      const [low, high, index] = [-1, 9, 5];
      const bounds = { lower: new Float64Array(n).fill(low), upper: new Float64Array(n).fill(high) };
      const from = 1;
      const child = steps(index, from, bounds);
      expect(child.every((gene) => gene >= low && gene <= high)).toBe(true);
      sharesBelow(child, from, 0.5);
      // P(-room <= delta <= t) = ((1 + t)^m - (1 - room)^m) / (1 - (1 - room)^m) / 2, m = index + 1, in widths of the bounds
      const m = index + 1;
      const rest = (1 - 0.2) ** m;
      for (const t of [0.01, 0.05, 0.1, 0.15]) sharesBelow(child, from - 10 * t, ((1 - t) ** m - rest) / (1 - rest) / 2);
      const right = (1 - 0.8) ** m;
      for (const t of [0.01, 0.1, 0.3, 0.6]) sharesBelow(child, from + 10 * t, 1 - ((1 - t) ** m - right) / (1 - right) / 2);
    });

    test('a gene at a bound leaves it inwards half the time; one that crossover led outside comes back; bounds that meet hold it', () => {
      const bounds = { lower: new Float64Array(n).fill(0), upper: new Float64Array(n).fill(1) };
      const child = steps(20, 1.5, bounds);
      expect(child.every((gene) => gene >= 0 && gene <= 1)).toBe(true);
      sharesBelow(child, 1 - 1e-9, 0.5);
      const point = { lower: new Float64Array(n).fill(2), upper: new Float64Array(n).fill(2) };
      expect(steps(20, 2, point).every((gene) => gene === 2)).toBe(true);
    });

    test('a gene that is open to one side takes the steps without bounds', () => {
      const open = { lower: new Float64Array(n).fill(2.9), upper: new Float64Array(n).fill(Infinity) };
      expect(steps(5, 3, open)).toEqual(steps(5, 3));
    });
  });

  test('rate 0 changes nothing and rate 1 everything', () => {
    expect(mutated(0).every((gene) => gene === 0)).toBe(true);
    expect(mutated(1).every((gene) => gene !== 0)).toBe(true);
  });

  test('the stream of hits goes on from child to child: the rows may be cut anywhere', () => {
    const cut = new Float64Array(n);
    const hits = openHits(Rng.seeded('gaussian'), 0.05, 'normal');
    hits.scale = 0.5;
    for (let at = 0, length = 1; at < n; at += length, length = Math.min(length + 1, n - at)) {
      mutateRow(hits, cut, at, length, new Float64Array(length).fill(4));
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
