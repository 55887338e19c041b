/** Training against test accuracy at the end: the gap between the two is over-fitting. */

import type { RunRecord, StudyResults } from '../../src/study/results.js';
import { type Chart, type ChartSection, type Dataset, fileNames } from '../chart.js';
import { mostDots, spread } from '../dots.js';
import { formatPercent, rounded } from '../formatting.js';
import { namesAxis, valueAxis } from '../scales.js';
import type { Cell, TaskComparison } from '../task-comparison.js';

export const chart: ChartSection = {
  id: 'final-accuracy',
  title: 'What they learned, and what carried over',
  order: 30,
  reading:
    'The filled mark is the median accuracy on the test part, the hollow one on the training part, and the line between them the gap: ' +
    'the longer, the more was learned by heart. Small dots are the test accuracies of the single runs. Further right is better.',
  applies: (results) => results.runs.some((run) => run.final.testAccuracy !== undefined),
  make(results, { tasks }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    return tasks.flatMap((compared) => draw(results, compared, `${files.get(compared.task.id)}`) ?? []);
  },
};

function draw(results: StudyResults, { task, cells, accuracy }: TaskComparison, file: string): Chart | undefined {
  if (accuracy === null) return undefined;
  const datasets = cells.flatMap((cell, index) => marks(task.runs[index], cell, index));
  if (datasets.length === 0) return undefined;
  return {
    id: `final-accuracy-${file}`,
    title: `${task.title}: accuracy at the end`,
    summary: `Median accuracy in training and in test. ${cells
      .map(
        ({ strategy, trainAccuracy, testAccuracy }) =>
          `${strategy}: ${formatPercent(trainAccuracy?.median)} and ${formatPercent(testAccuracy?.median)}`,
      )
      .join('; ')}.`,
    group: `final-accuracy-${file}`,
    task: task.id,
    csv: 'final-accuracy',
    height: 110 + 52 * cells.length,
    timed: false,
    config: {
      type: 'scatter',
      data: { datasets },
      options: {
        maintainAspectRatio: false,
        scales: { x: valueAxis('Accuracy', 'percent', false), y: namesAxis(cells.map(({ strategy }) => strategy)) },
      },
    },
    table: {
      columns: ['strategy', 'problem', 'seed', 'training accuracy', 'test accuracy'],
      rows: results.strategies.flatMap(({ label }, s) =>
        task.runs[s].map((run) => [
          label,
          run.settings.problem,
          run.settings.seed,
          rounded(run.final.trainAccuracy),
          rounded(run.final.testAccuracy),
        ]),
      ),
    },
  };
}

function marks(all: readonly RunRecord[], cell: Cell, index: number): Dataset[] {
  const { strategy, trainAccuracy, testAccuracy } = cell;
  const train = trainAccuracy?.median ?? null;
  const test = testAccuracy?.median ?? null;
  const shared = { strategy, tint: index, listed: false, pointStyle: 'circle' };
  const datasets: Dataset[] = [];
  if (train !== null && test !== null) {
    const ends = [train, test].map((x) => ({ x, y: index }));
    datasets.push({
      ...shared,
      label: strategy,
      tooltip: false,
      type: 'line',
      data: ends,
      borderWidth: 3,
      lineAlpha: 0.4,
      pointRadius: 0,
      order: 4,
    });
  }
  if (train !== null) {
    const data = [{ x: train, y: index }];
    datasets.push({
      ...shared,
      label: `${strategy}, training`,
      tooltip: true,
      data,
      hollow: true,
      pointRadius: 6,
      borderWidth: 2.5,
      order: 2,
    });
  }
  if (test !== null) {
    const data = [{ x: test, y: index }];
    datasets.push({ ...shared, label: `${strategy}, test`, tooltip: true, data, pointRadius: 6, borderWidth: 1, order: 1 });
  }
  const runs = spread(all, mostDots).filter((run) => run.status === 'done' && run.final.testAccuracy !== undefined);
  const dots = runs.map((run, i) => ({
    x: rounded(run.final.testAccuracy),
    y: rounded(index + 0.3 + (runs.length > 1 ? (i / (runs.length - 1) - 0.5) * 0.16 : 0)),
  }));
  if (dots.length > 0) {
    datasets.push({
      ...shared,
      label: `${strategy}, one run, test`,
      tooltip: true,
      data: dots,
      pointRadius: 2.5,
      pointAlpha: 0.6,
      lineAlpha: 0.6,
      borderWidth: 0,
      order: 3,
    });
  }
  return datasets;
}
