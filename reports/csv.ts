/**
 * Tidy tables (RFC 4180): one row an observation, one column a variable, names in snake_case. What two executions of a study may
 * differ in is in columns that begin with `seconds`, in `peak_bytes`, and in rows whose `axis` is `seconds`.
 */
import { type CostAxis, costAxes } from './chart.js';
import type { Report } from './report.js';
import type { ExpectedTime } from './statistics/running-time.js';
import type { TaskComparison } from './task-comparison.js';

type Value = string | number | null | undefined;

/** Each file by its name without `.csv`: its text, in pieces, made when it is asked for. */
export function csvFiles(report: Report): Map<string, () => Iterable<string>> {
  const files = new Map<string, () => Iterable<string>>([
    ['runs', () => runs(report)],
    ['traces', () => traces(report)],
    ['expected-times', () => expectedTimes(report)],
    ['fixed-budgets', () => fixedBudgets(report)],
    ['tests', () => tests(report)],
    ['win-rates', () => winRates(report)],
    ['improvement', () => improvement(report)],
    ...(report.results.runs.some(({ final }) => final.diagnostics !== undefined)
      ? [['diagnostics', () => diagnostics(report)] as const]
      : []),
  ]);
  const charts = report.sections.flatMap((section) => section.charts);
  for (const name of new Set(charts.map(({ csv }) => csv))) files.set(name, () => chartRows(report, name));
  return files;
}

function* runs({ results, comparison }: Report): Iterable<string> {
  yield line(
    'run,task,problem,strategy,seed,status,stop,error,evaluations,gradients,sample_passes,failed_evaluations,seconds_evaluate,seconds_ask,seconds_tell,peak_bytes,loss,train_accuracy,test_loss,test_accuracy,command'.split(
      ',',
    ),
  );
  const tasks = new Map(comparison.tasks.flatMap(({ task }) => task.problems.map(({ id }) => [id, task.id] as const)));
  for (const { id, settings, label, status, stop, error, cost, peakBytes, final } of results.runs) {
    yield line([
      id,
      tasks.get(settings.problem),
      settings.problem,
      label,
      settings.seed,
      status,
      stop,
      error,
      cost.evaluations,
      cost.gradients,
      cost.samplePasses,
      cost.failed,
      micro(cost.secondsEvaluate),
      micro(cost.secondsAsk),
      micro(cost.secondsTell),
      peakBytes,
      final.loss,
      final.trainAccuracy,
      final.testLoss,
      final.testAccuracy,
      results.commands.run[id],
    ]);
  }
}

/** Every row of every trace; `loss` is empty while nothing finite was found. In pieces: of a large study they are many. */
function* traces({ results }: Report): Iterable<string> {
  const measures = (['trainAccuracy', 'testLoss', 'testAccuracy'] as const).filter((name) => results.runs.some(({ trace }) => trace[name]));
  const names = { trainAccuracy: 'train_accuracy', testLoss: 'test_loss', testAccuracy: 'test_accuracy' };
  yield line([
    'problem',
    'strategy',
    'seed',
    'evaluations',
    'gradients',
    'sample_passes',
    'seconds',
    'loss',
    ...measures.map((name) => names[name]),
  ]);
  let piece = '';
  for (const { settings, label, trace } of results.runs) {
    const prefix = `${cell(settings.problem)},${cell(label)},${settings.seed},`;
    trace.evaluations.forEach((evaluations, row) => {
      const seconds = micro(trace.seconds[row]);
      piece += `${prefix}${evaluations},${trace.gradients[row]},${trace.samplePasses[row]},${seconds},${trace.loss[row] ?? ''}`;
      for (const name of measures) piece += `,${cell(trace[name]?.[row])}`;
      piece += '\n';
    });
    if (piece.length < 1_000_000) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* expectedTimes({ results, comparison }: Report): Iterable<string> {
  yield line(['task', 'axis', 'kind', 'run_length', 'target', 'strategy', 'expected_time', 'successes', 'runs']);
  const labels = results.strategies.map(({ label }) => label);
  const rows = function* (
    task: string,
    kind: string,
    on: (axis: CostAxis) => readonly { target: number; length?: number; times: readonly ExpectedTime[] }[],
  ) {
    for (const axis of costAxes) {
      for (const { target, length, times } of on(axis)) {
        for (const [s, { value, successes, runs: count }] of times.entries()) {
          yield line([task, axis, kind, length ?? null, target, labels[s], value, successes, count]);
        }
      }
    }
  };
  for (const { task, targets, runLengths } of comparison.tasks) {
    yield* rows(task.id, targets.kind, (axis) => targets.table[axis]);
    yield* rows(task.id, 'test accuracy', (axis) => targets.accuracy[axis]);
    yield* rows(task.id, 'run length', (axis) => runLengths[axis]);
  }
}

function* diagnostics({ results }: Report): Iterable<string> {
  yield line(['run', 'problem', 'strategy', 'seed', 'diagnostic', 'value']);
  for (const { id, settings, label, final } of results.runs) {
    for (const [name, value] of Object.entries(final.diagnostics ?? {}))
      yield line([id, settings.problem, label, settings.seed, name, value]);
  }
}

function* fixedBudgets({ results, comparison }: Report): Iterable<string> {
  yield line(['task', 'axis', 'share', 'budget', 'strategy', 'median']);
  for (const { task, budgets } of comparison.tasks) {
    for (const axis of costAxes) {
      for (const { share, budget, medians } of budgets[axis]) {
        for (const [s, { label }] of results.strategies.entries()) yield line([task.id, axis, share, budget, label, medians[s]]);
      }
    }
  }
}

function standings({ task, standing, accuracy }: TaskComparison) {
  return [standing, ...(accuracy === null ? [] : [accuracy])].map((each) => ({ task: task.id, ...each }));
}

function* tests({ comparison }: Report): Iterable<string> {
  yield line(['task', 'measure', 'strategy', 'against', 'test', 'runs', 'p', 'corrected_p', 'a12', 'win_rate']);
  for (const { task, measure, duels } of comparison.tasks.flatMap(standings)) {
    for (const { strategy, against, test, runs: count, p, corrected, a12, winRate } of duels) {
      yield line([task, measure.name, strategy, against, test, count, p, corrected, a12, winRate]);
    }
  }
}

function* winRates({ results, comparison }: Report): Iterable<string> {
  yield line(['task', 'measure', 'strategy', 'against', 'win_rate']);
  const labels = results.strategies.map(({ label }) => label);
  for (const { task, measure, winRates: rates } of comparison.tasks.flatMap(standings)) {
    for (const [a, row] of rates.entries()) {
      for (const [b, rate] of row.entries()) if (a !== b) yield line([task, measure.name, labels[a], labels[b], rate]);
    }
  }
}

function* improvement({ comparison }: Report): Iterable<string> {
  yield line(['strategy', 'against', 'probability', 'low', 'high']);
  const { places, improvementIntervals } = comparison.overall;
  for (const [a, row] of improvementIntervals.entries()) {
    for (const [b, chance] of row.entries()) {
      if (a !== b) yield line([places[a].strategy, places[b].strategy, chance?.value, chance?.low, chance?.high]);
    }
  }
}

/** The tables of all charts of one name, with the task and the axis that each is of. */
function* chartRows({ sections }: Report, name: string): Iterable<string> {
  const charts = sections.flatMap((section) => section.charts.filter(({ csv }) => csv === name));
  const axes = charts.some(({ axis }) => axis !== undefined);
  yield line(['task', ...(axes ? ['axis'] : []), ...charts[0].table.columns.map((column) => column.replace(/[^a-z0-9]+/gi, '_'))]);
  for (const { task, axis, table } of charts) {
    for (const row of table.rows) yield line([task ?? 'all', ...(axes ? [axis] : []), ...row]);
  }
}

function line(values: readonly Value[]): string {
  return `${values.map(cell).join(',')}\n`;
}

function cell(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function micro(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
