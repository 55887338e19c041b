/** Data and performance profiles of Moré and Wild over all problems and seeds. */
import type { StudyResults } from '../../src/study/results.js';
import type { Chart, ChartSection, Dataset, Json } from '../chart.js';
import { costsOf } from '../costs.js';
import { formatPercent, rounded } from '../formatting.js';
import { look } from '../palette.js';
import { valueAxis } from '../scales.js';
import { shareBy, timeGrid } from '../statistics/ecdf.js';
import { dataProfile, performanceProfile, solvedBelow } from '../statistics/profiles.js';
import { runningTimes } from '../statistics/running-time.js';
import { endsOf } from '../targets.js';
import type { TaskComparison } from '../task-comparison.js';

/** Moré and Wild's. One is shown, the others are folded below it. */
const precisions = [1e-1, 1e-3, 1e-5];

export const chart: ChartSection = {
  id: 'profiles',
  title: 'Which share of the problems they solve',
  order: 16,
  reading:
    'A run has solved its problem when all but the stated share (tau) of the way from the start to the best loss of all runs on that problem is done. ' +
    'The data profile is the share of problems and seeds solved over the evaluations spent, in units of dimension + 1; the performance profile the share solved ' +
    'within so many times what the quickest strategy spent there: at 1 it is how often a strategy is the quickest. Higher is better.',
  applies: (results) => results.problems.length > 1 && results.strategies.length > 1,
  make(results, { tasks }) {
    // On networks nothing but the best run comes within a thousandth of it.
    const shown = tasks.every(({ task }) => task.kind === 'function') ? 1e-3 : 1e-1;
    return precisions.flatMap((tau) => draw(results, tasks, tau, tau !== shown));
  },
};

function draw(results: StudyResults, tasks: readonly TaskComparison[], tau: number, aside: boolean): Chart[] {
  const units: number[] = [];
  const times = tasks.flatMap(({ task }) => {
    const ends = new Map(task.problems.map(({ id }) => [id, endsOf(task, id)]));
    return task.pairs.flatMap((block) => {
      const end = ends.get(block[0].settings.problem);
      if (end === undefined || !(end.start > end.best)) return [];
      units.push(task.dimension + 1);
      const target = solvedBelow(end.start, end.best, tau);
      return [
        block.map(
          (run) => runningTimes({ cost: costsOf(run, 'evaluations'), value: run.status === 'done' ? run.trace.loss : [] }, [target])[0],
        ),
      ];
    });
  });
  if (times.length === 0) return [];
  const count = results.strategies.length;
  const make = (id: string, title: string, x: string, lists: Float64Array[]): Chart[] => {
    const grid = timeGrid(lists.flatMap((list) => [...list]));
    if (grid.length === 0) return [];
    grid.push(Number((1.5 * grid[grid.length - 1]).toPrecision(4))); // so that the last step is seen
    const shares = lists.map((list) => shareBy(list, times.length, grid).map((share) => rounded(share) ?? 0));
    return [
      {
        id: `${id}-${-Math.round(Math.log10(tau))}`,
        title: `${title}, tau = ${tau}`,
        summary: `Share of ${times.length} problems and seeds solved. ${results.strategies.map(({ label }, s) => `${label}: ${formatPercent(shares[s][0])} at the left end, ${formatPercent(shares[s].at(-1))} at the right`).join('; ')}.`,
        group: `${id}-${-Math.round(Math.log10(tau))}`,
        csv: id,
        aside,
        height: 360,
        timed: false,
        config: {
          type: 'line',
          data: { datasets: results.strategies.map(({ label }, s) => line(label, s, grid, shares[s])) },
          options: {
            maintainAspectRatio: false,
            interaction: { mode: 'nearest', axis: 'x', intersect: false },
            scales: { x: valueAxis(x, 'count', true), y: valueAxis('Share solved', 'percent', false, { min: 0, max: 1 }) },
          } as { [option: string]: Json },
        },
        table: {
          columns: ['strategy', 'tau', 'spent', 'share'],
          rows: results.strategies.flatMap(({ label }, s) => grid.map((point, i) => [label, tau, rounded(point), shares[s][i]])),
        },
      },
    ];
  };
  return [
    ...make('data-profile', 'Data profile', 'Evaluations / (dimension + 1)', dataProfile(times, units, count)),
    ...make(
      'performance-profile',
      'Performance profile',
      'Times the evaluations of the quickest strategy',
      performanceProfile(times, count),
    ),
  ];
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
