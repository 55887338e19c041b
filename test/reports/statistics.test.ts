import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { band, logGrid } from '../../reports/statistics/interpolation.js';
import { quantile, summarize } from '../../reports/statistics/quantiles.js';
import { averageRanks, meanRanks } from '../../reports/statistics/ranks.js';

/** Made by NumPy and SciPy; each list carries the line that made it. */
const fixtures = JSON.parse(readFileSync('test/fixtures/report-statistics.json', 'utf8')) as {
  quantiles: { sample: number[]; expected: number[] }[];
  ranks: { values: number[]; expected: number[] }[];
  meanRanks: { blocks: number[][]; expected: number[] };
};

describe('quantiles', () => {
  test('are those of NumPy', () => {
    for (const { sample, expected } of fixtures.quantiles) {
      const sorted = [...sample].sort((a, b) => a - b);
      [0, 0.1, 0.25, 0.5, 0.75, 1].forEach((p, i) => {
        expect(quantile(sorted, p)).toBeCloseTo(expected[i], 12);
      });
    }
  });

  test('refuse an empty sample and a p outside 0 to 1', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 1.5)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });

  test('count a failed run as worse than every number, whichever way is better', () => {
    // 1, 2, 3, failed: positions 0.75, 1.5 and 2.25 of 0 .. 3
    expect(summarize([2, null, 1, 3])).toEqual({ count: 4, minimum: 1, q1: 1.75, median: 2.5, q3: null, maximum: null });
    // failed, 1, 2, 3: the mirror image
    expect(summarize([2, null, 1, 3], true)).toEqual({ count: 4, minimum: null, q1: null, median: 1.5, q3: 2.25, maximum: 3 });
    expect(summarize([null, null])).toEqual({ count: 2, minimum: null, q1: null, median: null, q3: null, maximum: null });
    expect(summarize([])).toBeNull();
  });
});

describe('ranks', () => {
  test('are those of SciPy, ties averaged', () => {
    for (const { values, expected } of fixtures.ranks) expect(averageRanks(values)).toEqual(expected);
  });

  test('of failed runs are the last, shared', () => {
    expect(averageRanks([null, 5, null, 1])).toEqual([3.5, 2, 3.5, 1]);
    expect(averageRanks([Number.NaN, 5])).toEqual([2, 1]);
  });

  test('are averaged over blocks', () => {
    const ranks = meanRanks(fixtures.meanRanks.blocks) ?? [];
    ranks.forEach((rank, i) => {
      expect(rank).toBeCloseTo(fixtures.meanRanks.expected[i], 12);
    });
    expect(ranks).toHaveLength(4);
    expect(meanRanks([])).toBeNull();
  });
});

describe('traces on a grid', () => {
  const early = { cost: [1, 10, 100], value: [8, 4, 2] };
  const late = { cost: [5, 1000], value: [6, 1] };

  test('hold the last observation, also beyond the last row, and have no value before the first', () => {
    expect(band([early], [0.5, 1, 9.99, 10, 99, 100, 100.5]).median).toEqual([null, 8, 8, 4, 4, 2, 2]);
    expect(band([{ cost: [1, 5, 5, 7], value: [9, 8, 6, 5] }], [4, 5, 6]).median).toEqual([9, 6, 6]); // the last of equal costs
    expect(band([{ cost: [], value: [] }], [1]).median).toEqual([null]);
  });

  test('share a grid from the first row to the last, ascending', () => {
    const grid = logGrid([early, late]);
    expect(grid[0]).toBe(1);
    expect(grid[grid.length - 1]).toBe(1000);
    expect(grid).toContain(10);
    expect(grid.every((point, i) => i === 0 || point > grid[i - 1])).toBe(true);
    // 16 a decade over three decades, both ends
    expect(grid).toHaveLength(49);
    expect(logGrid([{ cost: [7], value: [1] }])).toEqual([7]);
    expect(logGrid([{ cost: [0], value: [1] }])).toEqual([]);
  });

  test('count at every point: a run that has ended with its last value, one that has none yet as the worst', () => {
    const { median, runs } = band([early, late], [1, 5, 10, 100, 200, 1000, 2000]);
    expect(runs).toEqual([2, 2, 2, 2, 1, 1, 0]);
    expect(median).toEqual([null, 7, 5, 4, 4, 1.5, 1.5]);
    expect(band([early, early, late], [1, 200]).median).toEqual([8, 2]);
  });

  test('have medians that never rise where the best of each run does not, whoever goes on longer', () => {
    // good runs end soon, bad ones go on: the survivors alone would rise from 2 to 50
    const curves = [1, 2, 3, 50, 60].map((best) => ({ cost: [1, best, 10 * best], value: [100, best, best] }));
    const { q1, median, q3 } = band(curves, logGrid(curves));
    for (const line of [q1, median, q3]) {
      expect(line.slice(1).every((value, i) => value !== null && value <= (line[i] ?? Number.POSITIVE_INFINITY))).toBe(true);
    }
    expect([q1.at(-1), median.at(-1), q3.at(-1)]).toEqual([2, 3, 50]);
  });

  test('count what is not finite yet as worst', () => {
    const unknown = { cost: [1, 100], value: [null, 3] };
    expect(band([early, unknown], [1]).median).toEqual([null]);
    expect(band([early, unknown, early], [1]).median).toEqual([8]);
    expect(band([early, unknown, early], [1], true).median).toEqual([8]);
    // Where higher is better, the lower quartile is the one that the missing value spoils.
    const up = band(
      [
        { cost: [1], value: [1] },
        { cost: [1], value: [2] },
        { cost: [1], value: [null] },
      ],
      [1],
      true,
    );
    expect([up.q1[0], up.median[0], up.q3[0]]).toEqual([null, 1, 1.5]);
  });
});
