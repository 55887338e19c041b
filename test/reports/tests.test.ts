/** The report's statistical tests against SciPy, statsmodels, scikit-posthocs and cocopp: test/fixtures/statistical-tests.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { interquartileMeanInterval } from '../../reports/statistics/bootstrap.js';
import {
  chiSquaredSurvival,
  normalSurvival,
  studentizedRangeQuantile,
  studentizedRangeSurvival,
} from '../../reports/statistics/distributions.js';
import { cliques, criticalDifference, friedman, nemenyiP } from '../../reports/statistics/friedman.js';
import { holm } from '../../reports/statistics/holm.js';
import { a12, leastRankSumP, rankSum } from '../../reports/statistics/rank-sum.js';
import { expectedTime, simulatedRestarts } from '../../reports/statistics/running-time.js';
import { leastSignedRankP, signedRank } from '../../reports/statistics/signed-rank.js';

const fixtures = JSON.parse(readFileSync('test/fixtures/statistical-tests.json', 'utf8')) as {
  normal: [z: number, p: number][];
  chiSquared: [x: number, freedom: number, p: number][];
  studentizedRange: [q: number, groups: number, p: number][];
  studentizedRangeQuantile: [groups: number, q: number][];
  signedRank: { a: number[]; b: number[]; p: number }[];
  rankSum: { a: number[]; b: number[]; p: number; a12: number }[];
  friedman: { blocks: number[][]; statistic: number; p: number; pairs: number[][]; criticalDifference: number }[];
  holm: { p: number[]; corrected: number[] }[];
  interquartileMean: { values: number[]; mean: number }[];
  bootstrap: { values: number[]; interval: [number, number] }[];
  runningTimes: {
    successes: number[];
    failures: number[];
    ert: number | null;
    first: number[];
    rest: number[][];
    simulated: number[] | null;
  }[];
};

/** Within `relative` of the expected value. */
function near(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe('distributions', () => {
  test('are those of SciPy', () => {
    for (const [z, p] of fixtures.normal) near(normalSurvival(z), p, 1e-12);
    for (const [x, freedom, p] of fixtures.chiSquared) near(chiSquaredSurvival(x, freedom), p, 1e-12);
    for (const [q, groups, p] of fixtures.studentizedRange) expect(studentizedRangeSurvival(q, groups)).toBeCloseTo(p, 8);
    for (const [groups, q] of fixtures.studentizedRangeQuantile) expect(studentizedRangeQuantile(0.05, groups)).toBeCloseTo(q, 5);
  });
});

describe('the signed-rank test', () => {
  test('gives the p-values of SciPy, exact with few pairs and ties, approximate with many', () => {
    for (const { a, b, p } of fixtures.signedRank) near(signedRank(a, b).p, p, 1e-9);
  });

  test('takes a failed run as worse than every number, and two failed runs as no difference', () => {
    // three pairs differ, all one way: 2 / 2^3
    expect(signedRank([1, 2, null, 3], [null, 5, null, 4])).toEqual({ p: 0.25, pairs: 3, exact: true });
    expect(signedRank([null, 1, 2], [null, 1, 2])).toEqual({ p: 1, pairs: 0, exact: true });
    expect(signedRank([], [])).toEqual({ p: 1, pairs: 0, exact: true });
  });

  test('cannot give less than 2 / 2^pairs', () => {
    expect(leastSignedRankP(6)).toBe(2 / 64);
    expect(signedRank([1, 2, 3, 4, 5, 6], [11, 22, 33, 44, 55, 66]).p).toBe(2 / 64);
    expect(leastSignedRankP(0)).toBe(1);
  });
});

describe('the rank-sum test and A12', () => {
  test('are those of SciPy', () => {
    for (const fixture of fixtures.rankSum) {
      near(rankSum(fixture.a, fixture.b).p, fixture.p, 1e-9);
      near(a12(fixture.a, fixture.b), fixture.a12, 1e-12);
    }
  });

  test('take a failed run as worse than every number', () => {
    expect(a12([1, null], [2, null])).toBe((1 + 1 + 0 + 0.5) / 4);
    expect(rankSum([1, 2, 3], [null, null, null]).p).toBe(2 / 20);
    expect(leastRankSumP(3, 3)).toBe(2 / 20);
    expect(leastRankSumP(5, 7)).toBe(2 / 792);
  });
});

describe("Friedman's test", () => {
  test('gives statistic and p-value of SciPy, ties included, and pairs of Nemenyi', () => {
    for (const { blocks, statistic, p, pairs, criticalDifference: difference } of fixtures.friedman) {
      const result = friedman(blocks);
      near(result.statistic, statistic, 1e-9);
      near(result.p, p, 1e-9);
      expect(result.criticalDifference).toBeCloseTo(difference, 5);
      const { meanRanks } = result;
      for (let i = 0; i < pairs.length; i++) {
        for (let j = 0; j < i; j++) {
          expect(nemenyiP(meanRanks[i] - meanRanks[j], pairs.length, blocks.length)).toBeCloseTo(pairs[i][j], 5);
        }
      }
    }
  });

  test('finds no difference where every block is one tie', () => {
    const result = friedman([
      [1, 1, 1],
      [null, null, null],
    ]);
    expect(result).toMatchObject({ statistic: 0, p: 1, meanRanks: [2, 2, 2] });
  });

  test("has the critical difference of Demsar's example: 4 classifiers, 14 data sets, 1.25", () => {
    // Demsar 2006, 3.2.3: q = 2.569, CD = 2.569 sqrt(4 * 5 / (6 * 14)) = 1.25
    expect(criticalDifference(4, 14)).toBeCloseTo(1.25, 2);
  });

  test('joins what cannot be told apart into the longest groups', () => {
    expect(cliques([1, 1.5, 2, 3.4, 3.6], 1)).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    expect(cliques([3, 1, 2], 1)).toEqual([
      [1, 2],
      [2, 0],
    ]);
    expect(cliques([1, 2, 3], 0.5)).toEqual([]);
    expect(cliques([2, 2, 2], 0.5)).toEqual([[0, 1, 2]]);
  });
});

test("Holm's correction is that of statsmodels", () => {
  for (const { p, corrected } of fixtures.holm) holm(p).forEach((value, i) => void near(value, corrected[i], 1e-12));
  expect(holm([])).toEqual([]);
});

describe('the interquartile mean', () => {
  test("is SciPy's trimmed mean", () => {
    for (const { values, mean } of fixtures.interquartileMean) near(interquartileMeanInterval([values], 'test')?.value ?? 0, mean, 1e-12);
  });

  test('has an interval near that of SciPy, whose draws are others', () => {
    for (const { values, interval } of fixtures.bootstrap) {
      const own = interquartileMeanInterval([values], 'test');
      const width = interval[1] - interval[0];
      expect(Math.abs((own?.low ?? 0) - interval[0])).toBeLessThan(0.1 * width);
      expect(Math.abs((own?.high ?? 0) - interval[1])).toBeLessThan(0.1 * width);
      expect(interquartileMeanInterval([values], 'test')).toEqual(own);
    }
  });

  test('resamples within the strata: equal values within each give an interval of no width', () => {
    const strata = [
      [1, 1, 1],
      [5, 5, 5],
    ];
    // sorted 1 1 1 5 5 5, one dropped at each end
    expect(interquartileMeanInterval(strata, 'test')).toEqual({ value: 3, low: 3, high: 3 });
  });

  test('does not exist where failed runs reach into the middle half, or without runs', () => {
    expect(interquartileMeanInterval([[1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]], 'test')).toBeUndefined();
    expect(interquartileMeanInterval([[], []], 'test')).toBeUndefined();
  });
});

describe('running times', () => {
  const attempts = ({ successes, failures }: (typeof fixtures.runningTimes)[number]) => [
    ...successes.map((time) => ({ time, total: 10 * time })),
    ...failures.map((total) => ({ time: null, total })),
  ];

  test('have the expected value of cocopp', () => {
    for (const fixture of fixtures.runningTimes) {
      expect(expectedTime(attempts(fixture))).toEqual({
        value: fixture.ert,
        successes: fixture.successes.length,
        runs: fixture.successes.length + fixture.failures.length,
      });
    }
    expect(expectedTime([])).toEqual({ value: null, successes: 0, runs: 0 });
  });

  test('are simulated with restarts as in cocopp, given its draws', () => {
    for (const fixture of fixtures.runningTimes) {
      const first = [...fixture.first];
      const rest = [...fixture.rest];
      const simulated = simulatedRestarts(attempts(fixture), {
        permutation: (n) => first.splice(0, n),
        below(_n, count) {
          const drawn = rest.shift() ?? [];
          expect(drawn).toHaveLength(count);
          return drawn;
        },
      });
      expect([...simulated]).toEqual(fixture.simulated ?? []);
      expect([first.length, rest.length]).toEqual([0, 0]);
    }
  });
});
