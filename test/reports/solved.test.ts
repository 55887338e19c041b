/** Shares of problems solved, by class and size, on a study small enough to count by hand. */
import { describe, expect, test } from '@jest/globals';
import { chart } from '../../reports/charts/solved.js';
import { compare } from '../../reports/comparison.js';
import type { ProblemInfo, RunRecord, StudyResults } from '../../src/study/results.js';
import { solvedByKind } from '../../src/study/solved.js';
import { study } from './synthetic.js';

const base = study();
const problem = (id: string, dimension: number, classes: ProblemInfo['classes'], optimum?: number): ProblemInfo => ({
  id,
  title: id,
  kind: 'function',
  dimension,
  ...(classes && { classes }),
  ...(optimum !== undefined && { optimum }),
  facts: {},
});
const problems = [
  problem('bowl', 2, { smooth: true, convex: true }, 0), // solved at 0.01
  problem('hill', 40, { smooth: true, convex: false }, 1000), // solved at 1010: 1 % is more than 0.01
  problem('edge', 2, { smooth: false }), // solved at the best loss of all runs, 5, and 0.05
];
const strategies = base.strategies.slice(0, 2);

function run(id: string, label: string, losses: readonly (number | null)[], status: RunRecord['status'] = 'done'): RunRecord {
  const evaluations = losses.map((_, k) => 10 ** k);
  const spent = evaluations.at(-1) ?? 0;
  const zeros = evaluations.map(() => 0);
  return {
    ...base.runs[0],
    id: `${id}-${label}`,
    label,
    settings: { ...base.runs[0].settings, problem: id, seed: 1 },
    status,
    cost: { ...base.runs[0].cost, evaluations: spent, gradients: 0, samplePasses: spent },
    trace: { evaluations, gradients: zeros, samplePasses: evaluations, seconds: zeros, loss: [...losses] },
    final: { loss: losses.at(-1) ?? null },
  };
}

const [a, b] = strategies.map(({ label }) => label);
const results: StudyResults = {
  ...base,
  problems,
  strategies,
  seeds: [1],
  missing: 0,
  runs: [
    run('bowl', a, [9, 0.01, 0]),
    run('bowl', b, [9, 1, 0.011]),
    run('hill', a, [5000, 1011, 1010.5]),
    run('hill', b, [1010, 1001]),
    run('edge', a, [7, 5.05, 5]),
    run('edge', b, [7, 6, 5.04], 'failed'),
  ],
};

describe('problems solved', () => {
  test('are counted by class and size, a failed run as not solved', () => {
    const kinds = solvedByKind(results).map(({ title, problems: count, solved }) => [
      title,
      count,
      ...solved.map(({ times, runs }) => `${[...times].sort((x, y) => x - y).join(' ')} of ${runs}`),
    ]);
    expect(kinds).toEqual([
      ['All problems', 3, '10 10 of 3', '1 of 3'],
      ['Smooth, convex', 1, '10 of 1', ' of 1'],
      ['Smooth, not convex', 1, ' of 1', '1 of 1'],
      ['Not smooth, convexity not known', 1, '10 of 1', ' of 1'],
      ['1 to 2 variables', 2, '10 10 of 2', ' of 2'],
      ['31 to 300 variables', 1, ' of 1', '1 of 1'],
    ]);
  });

  test('are drawn over evaluations up to the longest run, and told in tables', () => {
    const charts = chart.make(results, compare(results));
    expect(charts.map(({ id }) => id)).toEqual([
      'solved-all',
      'solved-smooth-convex',
      'solved-smooth-not-convex',
      'solved-not-smooth-convexity-not-known',
      'solved-size-1-2',
      'solved-size-31-300',
    ]);
    const own = charts[0].table.rows.filter(([strategy]) => strategy === a);
    expect(own[0]).toEqual([a, 'All problems', 1, 0, 0, 3]);
    expect(own.at(-1)).toEqual([a, 'All problems', 100, 0.666667, 2, 3]);
    const tables = chart.tables?.(results, compare(results)) ?? [];
    expect(tables.map(({ heads }) => heads.length)).toEqual([5, 4]);
    expect(tables[0].rows[1]).toEqual([b, '33.3 % (1/3)', '0.0 % (0/1)', '100.0 % (1/1)', '0.0 % (0/1)']);
    expect(tables[0].best).toEqual([[0], [0], [1], [0]]);
  });

  test('are told by the groups of a suite first; where an optimum is drawn, so much above it does not depend on it', () => {
    const group = { id: 'hill', title: 'Hill' };
    const grouped = problems.map((each) =>
      each.id === 'hill' ? { ...each, group, classes: { ...each.classes, group: 'Multimodal' } } : each,
    );
    const kinds = solvedByKind({ ...results, problems: grouped });
    expect(kinds.map(({ title }) => title).slice(0, 3)).toEqual(['All problems', 'Multimodal', 'Smooth, convex']);
    expect(kinds[1].solved.map(({ times }) => times.length)).toEqual([0, 0]); // 1001 is within 1 %, and not within 0.01
    const charts = chart.make({ ...results, problems: grouped }, compare(results));
    expect(charts.filter(({ aside }) => !aside).map(({ title }) => title)).toEqual(['All problems: 3 problems', 'Multimodal: 1 problem']);
  });

  test('are left out where no problem has classes, or no run solved any', () => {
    expect(chart.applies({ ...base, problems: base.problems.map(({ classes, ...rest }) => rest) })).toBe(false);
    expect(chart.applies({ ...base, problems: base.problems.slice(1) })).toBe(false);
    const none = { ...results, runs: results.runs.map((each) => ({ ...each, status: 'failed' as const })) };
    expect(chart.make(none, compare(none))).toEqual([]);
    expect(chart.tables?.(none, compare(none))).toEqual([]);
  });
});
