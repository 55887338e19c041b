/** Progress over evaluations, sample-passes and seconds: median and quartiles of the runs of each strategy. */
import type { RunRecord, StudyResults } from '../../src/study/results.js';
import { type Chart, type ChartSection, type CostAxis, costAxes, type Dataset, fileNames } from '../chart.js';
import { costsOf } from '../costs.js';
import { formatNumber, formatPercent, rounded } from '../formatting.js';
import { look } from '../palette.js';
import { costFormats, costTitles, valueAxis } from '../scales.js';
import { type Band, band, type Curve, logGrid } from '../statistics/interpolation.js';
import { lossName, type Task, valueIn } from '../tasks.js';

/** With more strategies than these the bands would cover each other: medians alone are drawn. */
const mostBands = 10;
/** Distances at or below this are drawn at it: a logarithmic axis has no zero. */
const floor = 1e-12;

interface Quantity {
  readonly key: 'loss' | 'accuracy';
  readonly name: string;
  readonly higherIsBetter: boolean;
  value(run: RunRecord, row: number): number | null;
}

export const chart: ChartSection = {
  id: 'convergence',
  title: 'How they got there',
  order: 10,
  reading:
    'Each line is the median over the runs of the best found so far, each band its middle half (up to ten strategies). A run that has ended counts on with the ' +
    'best it found; a line is faint from where the first of its runs ended, and stops where the last one did.',
  applies: (results) => results.runs.some((run) => run.status === 'done' && run.trace.evaluations.length > 0),
  make(results, { tasks }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    return tasks.flatMap(({ task }) =>
      quantities(task).flatMap((quantity) =>
        axesOf(task).flatMap((axis) => draw(results, task, quantity, axis, `${files.get(task.id)}`) ?? []),
      ),
    );
  },
};

/** Where every evaluation is one sample-pass, and there are no gradients, the two axes are one. */
function axesOf(task: Task): readonly CostAxis[] {
  const alike = task.runs.every((runs) =>
    runs.every(({ trace }) => trace.gradients.every((count, row) => count === 0 && trace.samplePasses[row] === trace.evaluations[row])),
  );
  return alike ? costAxes.filter((axis) => axis !== 'sample-passes') : costAxes;
}

function quantities(task: Task): Quantity[] {
  const value = valueIn(task);
  const loss: Quantity = {
    key: 'loss',
    name: lossName(task).replace(/^./, (letter) => letter.toUpperCase()),
    higherIsBetter: false,
    value: (run, row) => value(run.settings.problem, run.trace.loss[row]),
  };
  const accuracy: Quantity = {
    key: 'accuracy',
    name: 'Test accuracy',
    higherIsBetter: true,
    value: (run, row) => run.trace.testAccuracy?.[row] ?? null,
  };
  const measured = task.runs.some((runs) => runs.some((run) => (run.trace.testAccuracy?.length ?? 0) > 0));
  return measured ? [loss, accuracy] : [loss];
}

function curve(run: RunRecord, axis: CostAxis, quantity: Quantity): Curve {
  const rows = costsOf(run, axis)
    .map((cost, row) => ({ cost, value: quantity.value(run, row) }))
    .filter(({ cost }) => cost > 0);
  return { cost: rows.map(({ cost }) => cost), value: rows.map(({ value }) => value) };
}

function draw(results: StudyResults, task: Task, quantity: Quantity, axis: CostAxis, file: string): Chart | undefined {
  const curves = task.runs.map((runs) =>
    runs
      .filter((run) => run.status === 'done')
      .map((run) => curve(run, axis, quantity))
      .filter(({ cost }) => cost.length > 0),
  );
  const bands = curves.map((list) => {
    const grid = logGrid(list);
    return { grid, band: band(list, grid, quantity.higherIsBetter), count: list.length };
  });
  const all = bands.flatMap(({ band: { q1, median, q3 } }) => [...q1, ...median, ...q3]).filter((value) => value !== null);
  if (all.length === 0) return undefined;
  const logarithmic = quantity.key === 'loss' && (task.optimumKnown || all.every((value) => value > 0)) && all.some((value) => value > 0);
  const lift = (value: number | null) => (value === null ? null : rounded(logarithmic ? Math.max(value, floor) : value));
  const datasets = results.strategies.flatMap(({ label }, index) =>
    lines(label, index, bands[index], lift, results.strategies.length <= mostBands),
  );
  const about = quantity.key === 'loss' ? quantity.name : 'Test accuracy';
  return {
    id: `${quantity.key === 'loss' ? 'convergence' : 'accuracy'}-${file}-${axis}`,
    title: `${task.title}: ${about.toLowerCase()}`,
    summary: inWords(results, bands, quantity, axis),
    group: `${quantity.key === 'loss' ? 'convergence' : 'accuracy'}-${file}`,
    task: task.id,
    csv: quantity.key === 'loss' ? 'convergence' : 'accuracy',
    axis,
    height: 460,
    timed: axis === 'seconds',
    config: {
      type: 'line',
      data: { datasets },
      options: {
        maintainAspectRatio: false,
        interaction: { mode: 'nearest', axis: 'x', intersect: false },
        scales: {
          x: valueAxis(costTitles[axis], costFormats[axis], true),
          y:
            quantity.key === 'loss'
              ? valueAxis(
                  logarithmic && all.some((value) => value < floor) ? `${about} (below ${floor}: drawn there)` : about,
                  'loss',
                  logarithmic,
                )
              : valueAxis(about, 'percent', false),
        },
      },
    },
    table: {
      columns: ['strategy', 'spent', 'lower quartile', 'median', 'upper quartile', 'runs under way'],
      rows: results.strategies.flatMap(({ label }, s) =>
        bands[s].grid.map((cost, i) => {
          const { q1, median, q3, runs } = bands[s].band;
          return [label, rounded(cost), rounded(q1[i]), rounded(median[i]), rounded(q3[i]), runs[i]];
        }),
      ),
    },
  };
}

/** Lower edge, upper edge (filled to the lower) and median of one strategy. */
function lines(
  label: string,
  index: number,
  line: { grid: number[]; band: Band; count: number },
  lift: (v: number | null) => number | null,
  banded: boolean,
): Dataset[] {
  const { grid, band: quartiles, count } = line;
  if (quartiles.median.every((value) => value === null)) return [];
  const points = (values: readonly (number | null)[]) => values.map((value, i) => ({ x: rounded(grid[i]), y: lift(value) }));
  const edge = { strategy: label, tint: index, listed: false, pointRadius: 0, pointHitRadius: 0, borderWidth: 0, order: 2 };
  const { pointStyle, borderDash } = look(index);
  // The step into a point is drawn faint from the point before it on.
  const faintFrom = quartiles.runs.findIndex((runs) => runs < count) - 1;
  return [
    ...(banded
      ? [
          { ...edge, label: `${label}, lower quartile`, data: points(quartiles.q1), fill: false },
          { ...edge, label: `${label}, upper quartile`, data: points(quartiles.q3), fill: '-1', fillAlpha: 0.16 },
        ]
      : []),
    {
      label,
      strategy: label,
      tint: index,
      listed: true,
      data: points(quartiles.median),
      pointStyle,
      borderDash,
      borderWidth: 2.25,
      fill: false,
      order: 1,
      marks: { every: 12, from: 3 * index, end: true },
      pointHitRadius: 6,
      ...(faintFrom >= 0 ? { faintFrom } : {}),
    },
  ];
}

function inWords(results: StudyResults, bands: readonly { grid: number[]; band: Band }[], quantity: Quantity, axis: CostAxis): string {
  const format = quantity.key === 'loss' ? formatNumber : formatPercent;
  const ends = results.strategies.map(({ label }, s) => {
    const { median } = bands[s].band;
    let last = median.length - 1;
    while (last >= 0 && median[last] === null) last--;
    return last < 0 ? `${label}: none` : `${label}: ${format(median[last])}`;
  });
  return `${quantity.name} over ${axis}, median at the end of each line. ${ends.join('; ')}.`;
}
