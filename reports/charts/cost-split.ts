/** Where the time went: in the objective, or in the strategy's own ask and tell. */
import { type Chart, type ChartSection, type Dataset, fileNames } from '../chart.js';
import { formatBytes, formatSeconds } from '../formatting.js';
import { valueAxis } from '../scales.js';
import type { Cell, TaskComparison } from '../task-comparison.js';

const parts = [
  { tint: 'evaluate', name: 'Evaluating candidates', key: 'secondsEvaluate' },
  { tint: 'ask', name: 'Asking for candidates', key: 'secondsAsk' },
  { tint: 'tell', name: 'Telling the losses', key: 'secondsTell' },
] as const;

export const chart: ChartSection = {
  id: 'cost-split',
  title: 'What it cost',
  order: 40,
  reading:
    "Median seconds of one run, split into evaluating candidates (the objective) and the strategy's own ask and tell. " +
    'Measuring accuracies for the report is not counted.',
  applies: (results) => results.runs.some((run) => run.status === 'done'),
  make(_, { tasks }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    return tasks.flatMap((compared) => draw(compared, `${files.get(compared.task.id)}`) ?? []);
  },
};

function draw({ task, cells }: TaskComparison, file: string): Chart | undefined {
  const timed = cells.filter((cell) => cell.seconds !== null);
  if (timed.length === 0) return undefined;
  const names = timed.map(({ strategy }) => strategy);
  const datasets: Dataset[] = parts.map(({ tint, name, key }) => ({
    label: name,
    tint,
    listed: true,
    pointStyle: 'rect',
    stack: 'seconds',
    data: timed.map((cell) => cell[key]),
    barPercentage: 0.62,
    lineAlpha: 0,
  }));
  return {
    id: `cost-split-${file}`,
    title: `${task.title}: seconds of one run`,
    summary: `Median seconds of one run. ${timed.map((cell) => inWords(cell)).join('; ')}.`,
    group: `cost-split-${file}`,
    task: task.id,
    csv: 'cost-split',
    height: 130 + 48 * timed.length,
    timed: true,
    config: {
      type: 'bar',
      data: { labels: names, datasets },
      options: {
        indexAxis: 'y',
        maintainAspectRatio: false,
        scales: {
          x: { ...(valueAxis('Seconds of one run (medians)', 'seconds', false) as object), stacked: true, beginAtZero: true },
          y: { type: 'category', stacked: true, grid: { display: false } },
        },
      },
    },
    table: {
      columns: ['strategy', 'evaluate, s', 'ask, s', 'tell, s', 'together, s', 'peak memory, bytes'],
      rows: timed.map((cell) => [cell.strategy, cell.secondsEvaluate, cell.secondsAsk, cell.secondsTell, cell.seconds, cell.peakBytes]),
    },
  };
}

function inWords(cell: Cell): string {
  const [evaluate, ask, tell] = [cell.secondsEvaluate, cell.secondsAsk, cell.secondsTell].map(formatSeconds);
  const memory = cell.peakBytes === null ? '' : `, at most ${formatBytes(cell.peakBytes)} of memory`;
  return `${cell.strategy}: ${evaluate} evaluating, ${ask} asking, ${tell} telling${memory}`;
}
