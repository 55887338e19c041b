/** report.json: every number of the report, keys in a fixed order. */
import { rounded } from './formatting.js';
import type { Report } from './report.js';

/** Text of report.json. Plain data; numbers that do not exist are null, never NaN. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(jsonReport(report), null, 1)}\n`;
}

/** The report's data as it stands in report.json, without traces (these are in the store) and without chart styling. */
export function jsonReport({ results, comparison, sections, what, rule, failed, missing }: Report): unknown {
  return finite({
    format: 'zeroth-report/1',
    name: results.name,
    what,
    rule,
    provenance: results.provenance,
    budget: results.budget,
    seeds: results.seeds,
    strategies: results.strategies,
    problems: comparison.problems,
    overall: comparison.overall,
    charts: sections.flatMap((section) =>
      section.charts.map(({ id, title, summary, axis, timed, table }) => ({
        section: section.id,
        id,
        title,
        axis: axis ?? null,
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
    missing,
    commands: { study: results.commands.study },
  });
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
