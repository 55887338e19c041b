/** Numbers over several problems against rliable: test/fixtures/aggregates.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Interval, interquartileMeanInterval } from '../../reports/statistics/bootstrap.js';
import { improvementInterval } from '../../reports/statistics/improvement.js';

const fixtures = JSON.parse(readFileSync('test/fixtures/aggregates.json', 'utf8')) as {
  interquartileMean: { strata: number[][]; value: number; interval: [number, number] }[];
  improvement: { x: number[][]; y: number[][]; value: number; interval: [number, number] }[];
};

/** The ends of two bootstraps of other draws: within a tenth of the interval's width. */
function alike(own: Interval | undefined, value: number, interval: readonly [number, number]): void {
  expect(own?.value).toBeCloseTo(value, 12);
  const width = interval[1] - interval[0];
  expect(Math.abs((own?.low ?? Number.NaN) - interval[0])).toBeLessThan(0.1 * width);
  expect(Math.abs((own?.high ?? Number.NaN) - interval[1])).toBeLessThan(0.1 * width);
}

test("the interquartile mean's interval over several problems is rliable's", () => {
  for (const { strata, value, interval } of fixtures.interquartileMean) alike(interquartileMeanInterval(strata, 'test'), value, interval);
});

describe('the probability of improvement', () => {
  test("and its interval are rliable's", () => {
    // rliable's scores are better where higher, losses where lower
    for (const { x, y, value, interval } of fixtures.improvement) {
      const meetings = x.map((a, task) => ({ a: a.map((score) => -score), b: y[task].map((score) => -score) }));
      alike(improvementInterval(meetings, 'test'), value, interval);
    }
  });

  test('counts a tie half, and a failed run as worse than every number', () => {
    // of 2 x 2 meetings: 1 against 1 a tie, 1 against failed won, failed against 1 lost, failed against failed a tie
    expect(improvementInterval([{ a: [1, null], b: [1, null] }], 'test')?.value).toBe(0.5);
    expect(improvementInterval([{ a: [1, 2], b: [null] }], 'test')).toEqual({ value: 1, low: 1, high: 1 });
  });

  test('leaves out problems without runs of both, and does not exist where none is left', () => {
    expect(
      improvementInterval(
        [
          { a: [1], b: [] },
          { a: [3], b: [2] },
        ],
        'test',
      ),
    ).toEqual({ value: 0, low: 0, high: 0 });
    expect(improvementInterval([{ a: [], b: [1] }], 'test')).toBeUndefined();
  });
});
