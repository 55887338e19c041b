/** Mean ranks with Nemenyi's critical difference: over all problems, and over the paired runs of each. */
import type { StudyResults } from '../../src/study/results.js';
import { type Chart, type ChartSection, type Dataset, fileNames } from '../chart.js';
import { formatP, listed } from '../formatting.js';
import { look } from '../palette.js';
import { namesAxis, valueAxis } from '../scales.js';
import { cliques, type Friedman } from '../statistics/friedman.js';

export const chart: ChartSection = {
  id: 'critical-difference',
  title: 'How sure the order is',
  order: 50,
  reading:
    "Dots are mean ranks, 1 is best; the bars are as long as Nemenyi's critical difference at the 5 % level, as far as there are ranks. Strategies whose bars overlap cannot be told apart. " +
    'It is drawn where three strategies or more have five paired runs or more, and over all problems where there are five or more.',
  applies: (results) => results.strategies.length > 1,
  make(results, { tasks, overall }) {
    const files = fileNames(tasks.map(({ task }) => task.id));
    const all =
      overall.friedman === null ? [] : [draw(results, overall.friedman, 'all', 'All problems: mean ranks of the medians', 'problems')];
    const each = tasks.flatMap(({ task, standing }) =>
      standing.friedman === null
        ? []
        : [
            {
              ...draw(results, standing.friedman, `${files.get(task.id)}`, `${task.title}: mean ranks of the runs`, 'paired runs'),
              task: task.id,
            },
          ],
    );
    return [...all, ...each];
  },
};

function draw({ strategies }: StudyResults, test: Friedman, name: string, title: string, blocks: string): Chart {
  const { meanRanks, criticalDifference } = test;
  const order = strategies.map((_, s) => s).sort((a, b) => meanRanks[a] - meanRanks[b] || a - b);
  const labels = order.map((s) => strategies[s].label);
  return {
    id: `critical-difference-${name}`,
    title,
    summary: inWords(
      test,
      strategies.map(({ label }) => label),
      labels,
      blocks,
    ),
    group: `critical-difference-${name}`,
    csv: 'mean-ranks',
    height: 110 + 38 * strategies.length,
    timed: false,
    config: {
      type: 'scatter',
      data: {
        datasets: order.flatMap((s, place) =>
          marks(strategies[s].label, s, place, [meanRanks[s], criticalDifference / 2, strategies.length]),
        ),
      },
      options: {
        maintainAspectRatio: false,
        scales: {
          x: valueAxis(`Mean rank over ${test.blocks} ${blocks} (1 is best)`, 'count', false, { min: 1, max: strategies.length }),
          y: namesAxis(labels),
        },
      },
    },
    table: {
      columns: ['strategy', 'mean rank', 'critical difference', 'blocks', 'friedman p'],
      rows: order.map((s) => [strategies[s].label, meanRanks[s], criticalDifference, test.blocks, test.p]),
    },
  };
}

/** Ranks are 1 to `worst`: so long are the bars at most. Dots at the ends of the axis are drawn whole. */
function marks(label: string, index: number, place: number, [rank, half, worst]: readonly [number, number, number]): Dataset[] {
  const shared = { label, strategy: label, tint: index, listed: false };
  const ends = [Math.max(1, rank - half), Math.min(worst, rank + half)].map((x) => ({ x, y: place }));
  return [
    { ...shared, tooltip: false, type: 'line', data: ends, borderWidth: 12, lineAlpha: 0.25, pointRadius: 0, pointHitRadius: 0, order: 2 },
    {
      ...shared,
      tooltip: true,
      data: [{ x: rank, y: place }],
      pointStyle: look(index).pointStyle,
      pointRadius: 6,
      borderWidth: 2,
      clip: false,
      order: 1,
    },
  ];
}

/** The diagram in words: order, test, and which strategies form groups. */
function inWords(
  { meanRanks, criticalDifference, p, blocks }: Friedman,
  labels: readonly string[],
  ordered: readonly string[],
  what: string,
): string {
  const ranks = ordered.map((label) => `${label} ${meanRanks[labels.indexOf(label)].toFixed(2)}`);
  const groups = cliques(meanRanks, criticalDifference).map((group) => listed(group.map((s) => labels[s])));
  const apart = groups.length === 0 ? 'All can be told apart.' : `Not told apart: ${groups.join('; ')}.`;
  return `Mean ranks over ${blocks} ${what}: ${listed(ranks)}. Friedman's test: p ${formatP(p, true)}. Critical difference: ${criticalDifference.toFixed(2)}. ${apart}`;
}
