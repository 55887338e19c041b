/** report.json: every number of the report, keys in a fixed order. Its schema is in schema.ts. */
import { rounded } from './formatting.js';
import type { Report } from './report.js';

/**
 * Text of report.json: plain data, one line for each entry of a list; numbers that do not exist are null, never NaN. Its JSON
 * Schema is docs/report.schema.json.
 */
export function renderJson(report: Report): string {
  // JSON itself leaves out what is undefined and writes null for numbers that do not exist.
  const parts = Object.entries(dataOf(report)).map(([key, value]) => {
    const list = Array.isArray(value) && value.length > 0;
    const text = list ? `[\n${value.map((item) => `  ${JSON.stringify(item)}`).join(',\n')}\n ]` : JSON.stringify(value);
    return ` ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

/** The report's data as it stands in report.json, without traces (these are in the store) and without chart styling. */
export function jsonReport(report: Report): unknown {
  return finite(dataOf(report));
}

function dataOf({ results, comparison, sections, what, rule, failed, troubled, missing }: Report): object {
  return {
    format: 'zeroth-report/2',
    name: results.name,
    what,
    rule,
    provenance: results.provenance,
    budget: results.budget,
    seeds: results.seeds,
    strategies: results.strategies,
    problems: results.problems,
    reference: comparison.reference,
    tasks: comparison.tasks.map(({ task, standing, accuracy, spending, warning, cells, targets, budgets, runLengths }) => ({
      id: task.id,
      title: task.title,
      kind: task.kind,
      dimension: task.dimension,
      optimumKnown: task.optimumKnown,
      problems: task.problems.map(({ id }) => id),
      standing,
      accuracy,
      spending,
      warning,
      cells,
      targets: {
        kind: targets.kind,
        levels: targets.levels,
        scores: targets.scores,
        expectedTimes: targets.table,
        accuracies: targets.accuracy,
      },
      budgets,
      runLengths,
    })),
    overall: comparison.overall,
    charts: sections.flatMap((section) =>
      section.charts.map(({ id, title, summary, task, axis, timed, csv, table }) => ({
        section: section.id,
        id,
        title,
        task: task ?? null,
        axis: axis ?? null,
        csv,
        timed,
        // Of a timed chart everything but its name is a time.
        ...(timed ? { seconds: { summary, table } } : { summary, table }),
      })),
    ),
    runs: results.runs.map(({ id, settings, label, status, stop, error, cost, peakBytes, final, trace }) => ({
      id,
      settings,
      label,
      status,
      stop: stop ?? null,
      error: error ?? null,
      cost,
      peakBytes,
      seconds: rounded(trace.seconds[trace.seconds.length - 1]),
      final,
      command: results.commands.run[id] ?? null,
    })),
    failed,
    troubled,
    missing,
    commands: { study: results.commands.study },
  };
}

/** Drops what two executions of one study may differ in: see `Report`. */
export function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/^seconds/.test(key) && key !== 'peakBytes' && key !== 'started')
      .map(([key, part]) => [key, withoutTimes(part)]),
  );
}

function finite(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(finite);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, finite(part)]),
  );
}
