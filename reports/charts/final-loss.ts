/** Where the runs ended: every run a dot, with the median and the middle half of each strategy. */
import type { StudyResults } from '../../src/study/results.js';
import { type Chart, type ChartSection, type Dataset, fileNames } from '../chart.js';
import { mostDots, spread } from '../dots.js';
import { finalValues } from '../final-values.js';
import { formatNumber, rounded } from '../formatting.js';
import { look } from '../palette.js';
import { namesAxis, valueAxis } from '../scales.js';
import type { TaskComparison } from '../task-comparison.js';

/** Distances at or below this are drawn at it: a logarithmic axis has no zero. */
const floor = 1e-12;

export const chart: ChartSection = {
  id: 'final-loss',
  title: 'Where they ended',
  order: 20,
  reading: 'Each dot is the best of one run, the bar the middle half of the runs, the upright stroke their median. Further left is better.',
  applies: (results) => results.runs.some((run) => run.status === 'done' && run.final.loss !== null),
  make(results, { tasks }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    return tasks.flatMap((compared) => draw(results, compared, `${files.get(compared.task.id)}`) ?? []);
  },
};

function draw(results: StudyResults, compared: TaskComparison, file: string): Chart | undefined {
  const { task, standing } = compared;
  const reached = finalValues(task);
  const values = task.runs.map((runs) => runs.map(reached));
  const known = values.flat().filter((value) => value !== null);
  if (known.length === 0) return undefined;
  const logarithmic = (task.optimumKnown || known.every((value) => value > 0)) && known.some((value) => value > 0);
  const lift = (value: number) => rounded(logarithmic ? Math.max(value, floor) : value);
  const title = `Final ${standing.measure.name}`;
  return {
    id: `final-loss-${file}`,
    title: `${task.title}: ${title.toLowerCase()}`,
    summary: inWords(compared),
    group: `final-loss-${file}`,
    task: task.id,
    csv: 'final-loss',
    height: 110 + 52 * results.strategies.length,
    timed: false,
    config: {
      type: 'scatter',
      data: {
        datasets: results.strategies.flatMap(({ label }, index) =>
          marks(label, index, values[index], standing.places[index].summary, lift),
        ),
      },
      options: {
        maintainAspectRatio: false,
        scales: {
          x: valueAxis(
            logarithmic && known.some((value) => value < floor) ? `${title} (below ${floor}: drawn there)` : title,
            'loss',
            logarithmic,
          ),
          y: namesAxis(results.strategies.map(({ label }) => label)),
        },
      },
    },
    table: {
      columns: ['strategy', 'problem', 'seed', 'final', 'note'],
      rows: results.strategies.flatMap(({ label }, s) => task.runs[s].map((run, r) => row(label, run, values[s][r]))),
    },
  };
}

function row(label: string, run: StudyResults['runs'][number], final: number | null): (string | number | null)[] {
  const note = run.status === 'failed' ? 'failed' : run.final.loss === null ? 'nothing finite was found' : (run.stop ?? '');
  return [label, run.settings.problem, run.settings.seed, rounded(final), note];
}

/** Quartile bar, median stroke and one dot a run, the dots spread over the line's height in the order of the seeds. */
function marks(
  label: string,
  index: number,
  values: readonly (number | null)[],
  summary: TaskComparison['standing']['places'][number]['summary'],
  lift: (value: number) => number | null,
): Dataset[] {
  const datasets: Dataset[] = [];
  const shared = { label, strategy: label, tint: index, listed: false };
  if (summary !== null && summary.q1 !== null && summary.q3 !== null) {
    const ends = [summary.q1, summary.q3].map((value) => ({ x: lift(value), y: index }));
    datasets.push({
      ...shared,
      tooltip: false,
      type: 'line',
      data: ends,
      borderWidth: 16,
      lineAlpha: 0.22,
      pointRadius: 0,
      pointHitRadius: 0,
      order: 3,
    });
  }
  if (summary !== null && summary.median !== null) {
    const x = lift(summary.median);
    const stroke = [-0.26, 0.26].map((offset) => ({ x, y: index + offset }));
    datasets.push({ ...shared, tooltip: false, type: 'line', data: stroke, borderWidth: 3, pointRadius: 0, pointHitRadius: 0, order: 2 });
  }
  const shown = spread(values, mostDots);
  const dots = shown.flatMap((value, i) => {
    const offset = shown.length > 1 ? (i / (shown.length - 1) - 0.5) * 0.28 : 0;
    return value === null ? [] : [{ x: lift(value), y: rounded(index + offset) }];
  });
  const { pointStyle } = look(index);
  datasets.push({
    ...shared,
    tooltip: true,
    data: dots,
    pointStyle,
    pointRadius: 4,
    pointAlpha: 0.6,
    lineAlpha: 0.8,
    borderWidth: 1,
    order: 1,
  });
  return datasets;
}

function inWords({ standing }: TaskComparison): string {
  const each = standing.places.map(({ strategy, summary }) =>
    summary === null
      ? `${strategy}: no runs`
      : `${strategy}: ${formatNumber(summary.median)} (quartiles ${formatNumber(summary.q1)} to ${formatNumber(summary.q3)})`,
  );
  return `Median ${standing.measure.name} of each strategy. ${each.join('; ')}.`;
}
