/** The tables in words, the same on the page and in Markdown: of one task targets, budgets, tests, win rates; over all of them chances. */
import { type CostAxis, costAxes } from './chart.js';
import { formatCount, formatNumber, formatP, formatPercent, formatSeconds, listed, none } from './formatting.js';
import { changesOfOrder, lowest } from './orders.js';
import type { Overall } from './overall.js';
import type { Interval } from './statistics/bootstrap.js';
import type { Summary } from './statistics/quantiles.js';
import type { ExpectedTime } from './statistics/running-time.js';
import type { TaskComparison } from './task-comparison.js';

export interface TextTable {
  readonly kind: 'targets' | 'accuracy' | 'run-lengths' | 'budgets' | 'tests' | 'win-rates' | 'solved' | 'improvement' | 'diagnostics';
  readonly caption: string;
  readonly heads: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
  /** The rows that are best in each column after the first: several where they are equal, none where all are. */
  readonly best: readonly (readonly number[])[];
  /** The cost axes that it is for; absent where it is for none. */
  readonly axes?: readonly CostAxis[];
  /** Its values are times. */
  readonly timed: boolean;
  /** Where the order of the strategies is another on this axis than on the first one. */
  readonly notes: readonly string[];
}

/** What stands in place of a table of targets. */
export const noTargets = 'There are no targets on this problem: no run of any strategy got better than where the runs began.';

/** `reference`: whose times set the run-length targets; null: the best of the study. */
export function tablesOf(compared: TaskComparison, reference: string | null = null): TextTable[] {
  const labels = compared.cells.map(({ strategy }) => strategy);
  const { targets, budgets, runLengths, standing, accuracy } = compared;
  const axes = axesOf(compared);
  const times = (kind: TextTable['kind'], caption: string, rowsOn: (axis: CostAxis) => readonly Row[], name: (row: Row) => string) =>
    axes.flatMap(({ axis, stands }) => {
      const rows = upToFirstMissed(rowsOn(axis));
      return rows.length === 0 ? [] : [timeTable(kind, caption, axis, stands, rows, rowsOn(axes[0].axis), labels, name)];
    });
  const distance = (row: Row) => formatNumber(row.target);
  return [
    ...times(
      'targets',
      targets.kind === 'distance'
        ? 'Expected running time to losses so far above the optimum'
        : 'Expected running time until this share of the way from the start to the best run is left',
      (axis) => targets.table[axis],
      distance,
    ),
    ...times(
      'accuracy',
      'Expected running time to test accuracies',
      (axis) => targets.accuracy[axis],
      (row) => formatPercent(row.target),
    ),
    ...times(
      'run-lengths',
      `Run-length targets: expected running time to the ${targets.kind === 'distance' ? 'loss above the optimum' : 'share left'} that ${reference ?? 'the best strategy'} just misses within the evaluations in brackets`,
      (axis) => runLengths[axis],
      (row) => `${formatNumber(row.target)} (${formatNumber(row.length)})`,
    ),
    ...axes.flatMap(({ axis, stands }) =>
      budgets[axis].length === 0
        ? []
        : [
            {
              kind: 'budgets' as const,
              caption: `Median ${standing.measure.name} by fixed ${axis}`,
              heads: ['strategy', ...budgets[axis].map(({ budget }) => spent(axis, budget))],
              rows: labels.map((label, s) => [label, ...budgets[axis].map(({ medians }) => formatNumber(medians[s]))]),
              best: budgets[axis].map(({ medians }) => lowest(medians)),
              axes: stands,
              timed: axis === 'seconds',
              notes: changesOfOrder(
                budgets[axis].map(({ medians }) => medians),
                budgets[axes[0].axis].map(({ medians }) => medians),
                labels,
                (rows) => `With ${listed(rows.map((i) => formatPercent(budgets[axis][i].share)))} of the budget`,
                axis,
                axes[0].axis,
              ),
            },
          ],
    ),
    ...[standing, ...(accuracy === null ? [] : [accuracy])].flatMap(({ measure, duels }) =>
      duels.length === 0
        ? []
        : [
            {
              kind: 'tests' as const,
              caption: `${duels[0].strategy} against the others in ${measure.name}`,
              heads: ['against', 'test', 'runs', 'p', 'corrected p', 'A12', 'win rate'],
              rows: duels.map(({ against, test, runs, p, corrected, a12, winRate }) => [
                against,
                test,
                formatCount(runs),
                formatP(p),
                formatP(corrected),
                formatPercent(a12),
                formatPercent(winRate),
              ]),
              best: [],
              timed: false,
              notes: [],
            },
          ],
    ),
    ...diagnosticsTable(compared),
    ...(labels.length < 2 || standing.winRates.every((row) => row.every((rate) => rate === null))
      ? []
      : [
          {
            kind: 'win-rates' as const,
            caption: `How often the row beats the column in ${standing.measure.name}, over paired runs`,
            heads: ['strategy', ...labels],
            rows: labels.map((label, a) => [label, ...standing.winRates[a].map((rate, b) => (a === b ? '' : formatPercent(rate)))]),
            best: [],
            timed: false,
            notes: [],
          },
        ]),
  ];
}

/** What the best points look like, where the problem knows something of its space. */
function diagnosticsTable({ cells }: TaskComparison): TextTable[] {
  const names = [...new Set(cells.flatMap(({ diagnostics }) => Object.keys(diagnostics)))];
  if (names.length === 0) return [];
  const shown = (summary: Summary | undefined) =>
    summary === undefined ? none : `${formatNumber(summary.median, 3)} (${formatNumber(summary.q1, 3)} to ${formatNumber(summary.q3, 3)})`;
  return [
    {
      kind: 'diagnostics',
      caption: 'Diagnostics of the best points: median of the finished runs (quartiles)',
      heads: ['strategy', ...names],
      rows: cells.map(({ strategy, diagnostics }) => [strategy, ...names.map((name) => shown(diagnostics[name]))]),
      best: [],
      timed: false,
      notes: [],
    },
  ];
}

/** Who is likely to be better than whom over all tasks; none where no two strategies have runs on the same one. */
export function improvementTable({ places, improvementIntervals }: Overall): TextTable[] {
  if (improvementIntervals.every((row) => row.every((chance) => chance === null))) return [];
  const labels = places.map(({ strategy }) => strategy);
  return [
    {
      kind: 'improvement',
      caption: 'How likely a run of the row is better than one of the column, with the 95 % interval',
      heads: ['strategy', ...labels],
      rows: labels.map((label, a) => [label, ...improvementIntervals[a].map((chance, b) => (a === b ? '' : likely(chance)))]),
      best: [],
      timed: false,
      notes: [],
    },
  ];
}

/** How to read it. */
export const improvementReading =
  'The probability of improvement: the chance that a run of the one strategy ends better than a run of the other, a tie counting half, averaged over the problems. ' +
  '50 % is no difference; where the interval (runs drawn again within each problem) holds 50 %, these runs do not say which is better.';

/** `71.2 % (64.4 to 77.7)`. */
function likely(chance: Interval | null): string {
  const number = (share: number) => formatPercent(share).replace(' %', '');
  return chance === null ? none : `${formatPercent(chance.value)} (${number(chance.low)} to ${number(chance.high)})`;
}

interface Row {
  readonly target: number;
  readonly length?: number;
  readonly times: readonly ExpectedTime[];
}

/** The targets up to the first that nobody reached: what is harder nobody reached either. */
function upToFirstMissed(rows: readonly Row[]): readonly Row[] {
  const missed = rows.findIndex(({ times }) => times.every(({ value }) => value === null));
  return missed < 0 ? rows : rows.slice(0, missed + 1);
}

/** The axes, each with those that it stands for: on functions without gradients sample-passes are evaluations. */
function axesOf({ cells }: TaskComparison): { axis: CostAxis; stands: CostAxis[] }[] {
  const alike = cells.every(({ gradients, evaluations, samplePasses }) => (gradients ?? 0) === 0 && evaluations === samplePasses);
  if (!alike) return costAxes.map((axis) => ({ axis, stands: [axis] }));
  return [
    { axis: 'evaluations', stands: ['evaluations', 'sample-passes'] },
    { axis: 'seconds', stands: ['seconds'] },
  ];
}

function timeTable(
  kind: TextTable['kind'],
  caption: string,
  axis: CostAxis,
  stands: readonly CostAxis[],
  rows: readonly Row[],
  first: readonly Row[],
  labels: readonly string[],
  name: (row: Row) => string,
): TextTable {
  const values = (list: readonly Row[]) => list.map(({ times }) => times.map(({ value }) => value));
  return {
    kind,
    caption: `${caption}, in ${axis}`,
    heads: ['strategy', ...rows.map(name)],
    rows: labels.map((label, s) => [label, ...rows.map(({ times }) => expected(axis, times[s]))]),
    best: values(rows).map(lowest),
    axes: stands,
    timed: axis === 'seconds',
    notes: changesOfOrder(
      values(rows),
      values(first),
      labels,
      (places) => `At ${listed(places.map((i) => name(rows[i])))}`,
      axis,
      'evaluations',
    ),
  };
}

/** `1,234 (15/15)`, three digits from ten thousand on: `23.9M (1/15)`; without a success what is known: `none (0/15)`. */
function expected(axis: CostAxis, { value, successes, runs }: ExpectedTime): string {
  if (runs === 0) return none;
  return `${value === null ? none : spent(axis, value)} (${successes}/${runs})`;
}

function spent(axis: CostAxis, value: number): string {
  if (axis === 'seconds') return formatSeconds(value);
  if (value < 10) return formatNumber(value, 2);
  if (value < 1e4) return formatCount(value);
  const [divisor, unit] = value < 1e6 ? [1e3, 'k'] : value < 1e9 ? [1e6, 'M'] : [1e9, 'G'];
  return `${Number((value / divisor).toPrecision(3))}${unit}`;
}
