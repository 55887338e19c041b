/** report.md: the report as Markdown, with links to the charts' PNGs. Times stand between `<!-- times -->` marks. */

import { formatBytes, formatCount, formatNumber, formatP, formatPercent, formatSeconds, none } from './formatting.js';
import { type Absent, picturesOf, type Report, troubledTitle } from './report.js';
import { summaryRows } from './rows.js';
import { improvementReading, improvementTable, noTargets, type TextTable } from './tables.js';
import type { TaskComparison } from './task-comparison.js';

/** Around text that two executions of one study may differ in. */
export const timesBegin = '<!-- times -->';
export const timesEnd = '<!-- /times -->';

export function renderMarkdown(report: Report): string {
  const { results, comparison, sections, what, rule, failed, troubled, missing, folded } = report;
  const { sentence } = comparison.overall;
  const blocks: string[] = [`# ${shown(results.name)}`, shown(what), '## Who won where'];
  if (sentence !== '') blocks.push(shown(sentence));
  if (folded)
    blocks.push(overview(report), 'Each problem has its own part in index.html, and its numbers are in report.json and in the folder csv.');
  else for (const [index, compared] of comparison.tasks.entries()) blocks.push(...taskBlocks(compared, report.tables[index]));
  blocks.push('### Over all problems');
  blocks.push(
    table(
      ['strategy', 'mean rank', 'best median on', 'clear wins', 'share of targets', '95 % interval'],
      comparison.overall.places.map(({ strategy, meanRank, leads, clear, score }) => [
        strategy,
        meanRank === null ? none : meanRank.toFixed(2),
        `${leads} of ${comparison.overall.tasks}`,
        String(clear),
        formatPercent(score?.value),
        score === null ? none : `${formatPercent(score.low)} to ${formatPercent(score.high)}`,
      ]),
    ),
  );
  for (const { caption, heads, rows } of improvementTable(comparison.overall)) {
    blocks.push(`${shown(caption)}:`, table(heads, rows), shown(improvementReading), 'Data: [csv/improvement.csv](csv/improvement.csv)');
  }
  blocks.push(shown(rule));
  const pictured = new Set(picturesOf(report));
  for (const section of sections) {
    const charts = section.charts.filter((chart) => pictured.has(chart));
    if (charts.length === 0) continue;
    blocks.push(`## ${shown(section.title)}`, shown(section.reading));
    for (const chart of charts) {
      const picture = `![${shown(chart.timed ? chart.title : chart.summary)}](charts/${chart.id}.png)`;
      blocks.push(chart.axis === undefined ? picture : `**${shown(chart.title)}, over ${chart.axis}**\n\n${picture}`);
    }
    for (const { caption, heads, rows } of section.tables) blocks.push(`${shown(caption)}:`, table(heads, rows));
    blocks.push(`Data: ${[...new Set(section.charts.map(({ csv }) => csv))].map((csv) => `[csv/${csv}.csv](csv/${csv}.csv)`).join(', ')}`);
  }
  blocks.push('## What was run, on what', provenance(report));
  blocks.push(
    table(
      ['problem', 'id', 'dimension', 'facts'],
      results.problems
        .slice(0, mostListed)
        .map(({ id, title, dimension, facts }) => [title, `\`${id.replaceAll('`', "'")}\``, formatCount(dimension), pairs(facts)]),
    ),
    ...more(results.problems.length, 'report.json'),
  );
  blocks.push(
    table(
      ['strategy', 'title', 'family', 'options'],
      results.strategies.map(({ label, title, family, settings }) => [label, title, family, pairs(settings.options)]),
    ),
  );
  if (failed.length > 0) blocks.push('## Runs that failed', absent(failed), ...more(failed.length, 'csv/runs.csv'));
  if (troubled.length > 0) blocks.push(`## ${troubledTitle}`, absent(troubled), ...more(troubled.length, 'csv/runs.csv'));
  if (missing.length > 0) blocks.push('## Runs that are missing', absent(missing), ...more(missing.length, 'report.json'));
  blocks.push('## Times', timesBegin, times(report), timesEnd);
  blocks.push('## Run it again', code(results.commands.study), 'Single runs:');
  blocks.push(
    table(
      ['problem', 'strategy', 'seed', 'command'],
      results.runs
        .slice(0, mostListed)
        .map(({ id, settings, label }) => [settings.problem, label, String(settings.seed), results.commands.run[id] ?? none]),
    ),
    ...more(results.runs.length, 'csv/runs.csv'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Lines of a list that a reader may want to see; the rest are in the files. */
export const mostListed = 200;

function more(count: number, where: string): string[] {
  return count > mostListed ? [`And ${formatCount(count - mostListed)} more, in ${where}.`] : [];
}

function taskBlocks(compared: TaskComparison, tables: readonly TextTable[]): string[] {
  const { task, standing, accuracy, spending, warning } = compared;
  const measured = accuracy !== null;
  const head = [
    'strategy',
    'mean rank',
    `median ${standing.measure.name}`,
    'quartiles',
    'mean of the middle half',
    ...(measured ? ['training accuracy', 'test accuracy'] : []),
    'sample-passes',
    'runs',
  ];
  const rows = summaryRows(compared).map((row) => [
    row.strategy,
    row.rank,
    row.median,
    row.quartiles,
    row.middle === none ? none : `${row.middle} (${row.interval})`,
    ...(measured ? [row.trainAccuracy, row.testAccuracy] : []),
    row.samplePasses,
    row.runs,
  ]);
  return [
    `### ${shown(task.title)}`,
    shown([standing.verdict.sentence, accuracy?.verdict.sentence ?? '', spending ?? ''].join(' ').trim()),
    ...(warning === null ? [] : [`**Warning:** ${shown(warning)}`]),
    table(head, rows),
    ...(compared.targets.kind === 'none' ? [shown(noTargets)] : []),
    ...tables
      .filter(({ kind, timed }) => !timed && (kind === 'targets' || kind === 'accuracy'))
      .flatMap(({ caption, heads, rows: lines, notes }) => [
        `${shown(caption)}:`,
        table(heads, lines),
        ...notes.map((note) => `- ${shown(note)}`),
      ]),
  ];
}

function overview({ comparison }: Report): string {
  return table(
    ['problem', 'best median', 'how sure', 'largest corrected p', 'least A12'],
    comparison.tasks.map(({ task, standing: { verdict, duels } }) => [
      task.title,
      verdict.leader ?? none,
      verdict.certainty,
      duels.length === 0 ? none : formatP(Math.max(...duels.map(({ corrected }) => corrected))),
      duels.length === 0 ? none : formatPercent(Math.min(...duels.map(({ a12 }) => a12))),
    ]),
  );
}

function provenance({ results }: Report): string {
  const p = results.provenance;
  const reason = p.providerReason === '' ? 'asked for by name' : p.providerReason;
  return [
    `- Zeroth ${shown(p.zeroth)}, Node.js ${shown(p.node)}, ONNX Runtime ${shown(p.onnxruntime)}`,
    `- ${shown(p.processor)}, ${formatCount(p.cores)} cores, ${formatBytes(p.memoryBytes)} of memory, ${shown(p.platform)}`,
    `- Provider ${shown(p.provider)} (${shown(reason)})`,
  ].join('\n');
}

function times({ results, comparison }: Report): string {
  const rows = comparison.tasks.flatMap(({ task, cells }) =>
    cells.map((cell) => [
      task.title,
      cell.strategy,
      ...[cell.secondsEvaluate, cell.secondsAsk, cell.secondsTell, cell.seconds].map((value) => formatSeconds(value)),
      cell.peakBytes === null ? none : formatBytes(cell.peakBytes),
    ]),
  );
  return `Started ${shown(results.provenance.started)}. Medians of one run:\n\n${table(['problem', 'strategy', 'evaluate', 'ask', 'tell', 'together', 'peak memory'], rows)}`;
}

function absent(list: readonly Absent[]): string {
  return table(
    ['problem', 'strategy', 'seed', 'reason'],
    list.slice(0, mostListed).map(({ problem, strategy, seed, reason }) => [problem, strategy, String(seed), reason]),
  );
}

/** `name = value` of settings; nested values as JSON. */
export function pairs(values: Readonly<Record<string, unknown>>): string {
  const text = (value: unknown) =>
    typeof value === 'number' ? formatNumber(value) : typeof value === 'string' ? value : (JSON.stringify(value) ?? none);
  return Object.entries(values)
    .map(([key, value]) => `${key} = ${text(value)}`)
    .join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => shown(cell)).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `    ${text.replace(/\s*\n\s*/g, ' ')}`;
}

/** Text that Markdown and the HTML inside it show as it is, on one line. */
function shown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|]/g, '\\$&');
}
