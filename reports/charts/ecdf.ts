/** Share of targets reached over what was spent, with simulated restarts: COCO's runtime distribution. */
import type { StudyResults } from '../../src/study/results.js';
import { type Chart, type ChartSection, type CostAxis, costAxes, type Dataset, fileNames } from '../chart.js';
import { costsOf } from '../costs.js';
import { formatPercent, rounded } from '../formatting.js';
import { look } from '../palette.js';
import { costFormats, costTitles, valueAxis } from '../scales.js';
import { shareBy, timeGrid } from '../statistics/ecdf.js';
import { quantile } from '../statistics/quantiles.js';
import { fewestSimulated, seededDraws, simulatedRestarts } from '../statistics/running-time.js';
import { attempts } from '../targets.js';
import type { TaskComparison } from '../task-comparison.js';

export const chart: ChartSection = {
  id: 'ecdf',
  title: 'How often they hit targets',
  order: 15,
  reading:
    "Each line is the share of targets that a strategy has reached by then, of 51: losses of 10^2 to 10^-8 above the optimum (COCO's) where that is known, " +
    'else shares of the way from the start to the best loss of all runs that are left, down to 1 % on networks and 0.001 % on functions. Higher and further left is better. A run that failed to reach a target ' +
    'is followed by another one drawn from the same strategy (simulated restarts); the cross marks the length of the runs, beyond which the line is an extrapolation.',
  applies: (results) => results.runs.some((run) => run.status === 'done' && run.trace.loss.length > 0),
  make(results, { tasks }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    const known = tasks.filter(({ targets }) => targets.kind !== 'none');
    const simulated = new Map<string, Times>();
    const timesOf: TimesOf = (compared, s, axis) => {
      const key = `${axis} ${s} ${compared.task.id}`;
      const made = simulated.get(key) ?? simulate(compared, s, results.strategies[s].label, axis);
      simulated.set(key, made);
      return made;
    };
    const own = known.flatMap((compared) =>
      axesOf([compared]).flatMap((axis) => draw(results, [compared], timesOf, axis, `${files.get(compared.task.id)}`) ?? []),
    );
    return known.length > 1 ? [...axesOf(known).flatMap((axis) => draw(results, known, timesOf, axis, undefined) ?? []), ...own] : own;
  },
};

/** Where every evaluation is one sample-pass, and there are no gradients, the two axes are one. */
function axesOf(tasks: readonly TaskComparison[]): readonly CostAxis[] {
  const alike = tasks.every(({ cells }) =>
    cells.every(({ gradients, evaluations, samplePasses }) => (gradients ?? 0) === 0 && evaluations === samplePasses),
  );
  return alike ? costAxes.filter((axis) => axis !== 'sample-passes') : costAxes;
}

/** Simulated running times of one strategy to all targets of one task, ascending, and of how many they are. */
interface Times {
  readonly times: Float64Array;
  readonly total: number;
}

type TimesOf = (compared: TaskComparison, strategy: number, axis: CostAxis) => Times;

function simulate({ task, targets }: TaskComparison, strategy: number, label: string, axis: CostAxis): Times {
  const parts: Float64Array[] = [];
  const runs = task.runs[strategy].length;
  for (let at = 0; at < targets.levels.length; at++) {
    const list = attempts(task, targets.reached, strategy, at, axis);
    // The same draws for every target and axis, so that they differ in the times alone.
    parts.push(simulatedRestarts(list, seededDraws(`restarts/${task.id}/${label}/${at}`)));
  }
  const times = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    times.set(part, at);
    at += part.length;
  }
  return { times: times.sort(), total: targets.levels.length * runs * Math.ceil(fewestSimulated / Math.max(1, runs)) };
}

/** One task, or the mean over several, each counting the same. */
function draw(
  results: StudyResults,
  tasks: readonly TaskComparison[],
  timesOf: TimesOf,
  axis: CostAxis,
  file: string | undefined,
): Chart | undefined {
  const byDimension = axis === 'evaluations' && tasks.every(({ task }) => task.kind === 'function');
  const unit = ({ task }: TaskComparison) => (byDimension ? task.dimension : 1);
  const times = results.strategies.map((_, s) =>
    tasks.map((compared) => {
      const { times: list, total } = timesOf(compared, s, axis);
      return { times: byDimension ? list.map((time) => time / compared.task.dimension) : list, total };
    }),
  );
  const grid = timeGrid(times.flat().flatMap((part) => extremes(part.times)));
  if (grid.length === 0) return undefined;
  const shares = times.map((parts) => {
    const each = parts.map(({ times: list, total }) => shareBy(list, total, grid));
    return grid.map((_, i) => rounded(each.reduce((sum, share) => sum + share[i], 0) / each.length) ?? 0);
  });
  const spent = byDimension ? 'Evaluations / dimension (a gradient counts as one)' : costTitles[axis];
  const ends = results.strategies.map((_, s) => budgetOf(tasks, s, axis, unit));
  const name = file ?? 'all';
  return {
    id: `ecdf-${name}-${axis}`,
    title: `${file === undefined ? 'All problems' : tasks[0].task.title}: share of targets reached`,
    summary: `Share of targets reached by the end of the line. ${results.strategies.map(({ label }, s) => `${label}: ${formatPercent(shares[s].at(-1))}`).join('; ')}.`,
    group: `ecdf-${name}`,
    ...(file === undefined ? {} : { task: tasks[0].task.id }),
    csv: 'ecdf',
    axis,
    height: 400,
    timed: axis === 'seconds',
    config: {
      type: 'line',
      data: { datasets: results.strategies.flatMap(({ label }, s) => lines(label, s, grid, shares[s], ends[s])) },
      options: {
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: valueAxis(spent, costFormats[axis], true),
          y: valueAxis('Share of targets reached', 'percent', false, { min: 0, max: 1 }),
        },
      },
    },
    table: {
      columns: ['strategy', 'spent', 'share'],
      rows: results.strategies.flatMap(({ label }, s) => grid.map((point, i) => [label, point, shares[s][i]])),
    },
  };
}

/** Lowest and highest of ascending times; empty without any. */
function extremes(times: Float64Array): number[] {
  return times.length === 0 ? [] : [times[0], times[times.length - 1]];
}

/** 90th percentile of what the runs spent in all, in the axis' unit; undefined without runs. */
function budgetOf(
  tasks: readonly TaskComparison[],
  strategy: number,
  axis: CostAxis,
  unit: (compared: TaskComparison) => number,
): number | undefined {
  const lengths = tasks
    .flatMap((compared) =>
      compared.task.runs[strategy]
        .filter(({ status }) => status === 'done')
        .map((run) => (costsOf(run, axis).at(-1) ?? 0) / unit(compared)),
    )
    .sort((a, b) => a - b);
  return lengths.length > 0 ? quantile(lengths, 0.9) : undefined;
}

function lines(label: string, index: number, grid: readonly number[], shares: readonly number[], budget: number | undefined): Dataset[] {
  const { pointStyle, borderDash } = look(index);
  const shared = { strategy: label, tint: index };
  const line: Dataset = {
    ...shared,
    label,
    listed: true,
    data: grid.map((x, i) => ({ x: rounded(x), y: shares[i] })),
    pointStyle,
    borderDash,
    borderWidth: 2.25,
    stepped: 'before',
    fill: false,
    order: 1,
    marks: { every: 14, from: 3 * index, end: false },
    pointHitRadius: 6,
  };
  if (budget === undefined || budget < grid[0] || budget > grid[grid.length - 1]) return [line];
  const at = grid.findLastIndex((point) => point <= budget);
  const cross: Dataset = {
    ...shared,
    label: `${label}, length of the runs`,
    listed: false,
    data: [{ x: rounded(budget), y: shares[at] }],
    pointStyle: 'crossRot',
    pointRadius: 8,
    pointHitRadius: 0,
    borderWidth: 2.5,
    order: 0,
  };
  return [line, cross];
}
