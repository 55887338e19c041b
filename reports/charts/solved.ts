/** The share of problems solved over evaluations, by classes and sizes: the curves of Rios and Sahinidis 2013. */
import type { StudyResults } from '../../src/study/results.js';
import { type SolvedKind, solvedByKind, tolerance } from '../../src/study/solved.js';
import type { Chart, ChartSection, Dataset, Json } from '../chart.js';
import { formatPercent, rounded } from '../formatting.js';
import { lowest } from '../orders.js';
import { look } from '../palette.js';
import { valueAxis } from '../scales.js';
import { shareBy, timeGrid } from '../statistics/ecdf.js';
import type { TextTable } from '../tables.js';

/** Shares of fewer problems would say no more than the problems themselves. */
const fewest = 3;

export const chart: ChartSection = {
  id: 'solved',
  title: 'Which kinds of problems they solve',
  order: 17,
  reading:
    `A run has solved its problem when its loss is within ${tolerance}, or ${100 * tolerance} % of it if that is more, of the optimum, or where that is not known of the best loss of all runs; ` +
    `on instances of one function, whose optima are drawn, within ${tolerance}. That tolerance and the sizes are our choice; the groups are those of the suite, ` +
    'the classes, smooth or not and convex or not, those of Rios and Sahinidis (2013). ' +
    'Each line is the share of runs that had solved their problem by then, rounded up to the next row of their trace: ten a decade. Higher and further left is better.',
  applies: ({ problems }) =>
    problems.length >= fewest && problems.some(({ classes }) => classes?.smooth !== undefined || classes?.convex !== undefined),
  make(results) {
    const kinds = solvedByKind(results);
    const grid = gridOf(results, kinds);
    return grid.length === 0
      ? []
      : kinds.map((kind) =>
          draw(results, kind, grid, kind.by === 'size' || (kind.by === 'class' && kinds.some(({ by }) => by === 'group'))),
        );
  },
  tables(results) {
    const kinds = solvedByKind(results);
    if (gridOf(results, kinds).length === 0) return [];
    return (['group', 'class', 'size'] as const).flatMap((by) => {
      const shown = kinds.filter((kind) => kind.by === by || kind.by === 'all');
      return shown.length < 2 ? [] : [tableOf(results, shown, by)];
    });
  },
};

/** The same for all: from the first run that solved its problem to the length of the longest. */
function gridOf({ runs }: StudyResults, kinds: readonly SolvedKind[]): number[] {
  const grid = timeGrid(kinds[0].solved.flatMap(({ times }) => [...times]));
  const longest = runs.reduce((most, { cost }) => Math.max(most, cost.evaluations + cost.gradients), 0);
  if (grid.length > 0 && longest > grid[grid.length - 1]) grid.push(longest);
  return grid;
}

function draw({ strategies }: StudyResults, kind: SolvedKind, grid: readonly number[], aside: boolean): Chart {
  const shares = kind.solved.map(({ times, runs }) => shareBy(times, runs, grid).map((share) => rounded(share) ?? 0));
  const title = `${kind.title}: ${kind.problems} problem${kind.problems === 1 ? '' : 's'}`;
  return {
    id: `solved-${kind.id}`,
    title,
    summary: `Share of runs that solved their problem in the end. ${strategies.map(({ label }, s) => `${label}: ${formatPercent(shares[s].at(-1))}`).join('; ')}.`,
    group: `solved-${kind.id}`,
    csv: 'solved',
    aside,
    height: 320,
    timed: false,
    config: {
      type: 'line',
      data: { datasets: strategies.map(({ label }, s) => line(label, s, grid, shares[s])) },
      options: {
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: valueAxis('Evaluations (a gradient counts as one)', 'count', true),
          y: valueAxis('Share solved', 'percent', false, { min: 0, max: 1 }),
        },
      } as { [option: string]: Json },
    },
    table: {
      columns: ['strategy', 'kind', 'evaluations', 'share', 'solved', 'runs'],
      rows: strategies.flatMap(({ label }, s) => {
        const { runs } = kind.solved[s];
        return grid.map((point, i) => [label, kind.title, rounded(point), shares[s][i], Math.round(shares[s][i] * runs), runs]);
      }),
    },
  };
}

function tableOf({ strategies }: StudyResults, kinds: readonly SolvedKind[], by: 'group' | 'class' | 'size'): TextTable {
  const counts = kinds.map(({ solved }) => solved.map(({ times, runs }) => (runs === 0 ? null : times.length / runs)));
  const best = counts.map((column) => lowest(column.map((share) => (share === null ? null : -share))));
  return {
    kind: 'solved',
    caption: `Share of runs that solved their problem in the end, by ${by}`,
    heads: ['strategy', ...kinds.map(({ title, problems }) => `${title} (${problems})`)],
    rows: strategies.map(({ label }, s) => [
      label,
      ...kinds.map(({ solved }, k) => `${formatPercent(counts[k][s])} (${solved[s].times.length}/${solved[s].runs})`),
    ]),
    best,
    timed: false,
    notes: [],
  };
}

function line(label: string, index: number, grid: readonly number[], shares: readonly number[]): Dataset {
  const { pointStyle, borderDash } = look(index);
  return {
    label,
    strategy: label,
    tint: index,
    listed: true,
    data: grid.map((x, i) => ({ x: rounded(x), y: shares[i] })),
    pointStyle,
    borderDash,
    borderWidth: 2.25,
    stepped: 'before',
    fill: false,
    marks: { every: 14, from: 3 * index, end: false },
    pointHitRadius: 6,
  };
}
