/** report.md: the report as Markdown, with links to the charts' PNGs. Times stand between `<!-- times -->` marks. */
import { formatBytes, formatCount, formatNumber, formatSeconds, none } from './formatting.js';
import type { Absent, Report } from './report.js';
import { summaryRows } from './rows.js';

/** Around text that two executions of one study may differ in. */
export const timesBegin = '<!-- times -->';
export const timesEnd = '<!-- /times -->';

export function renderMarkdown(report: Report): string {
  const { results, comparison, sections, what, rule, failed, missing } = report;
  const blocks: string[] = [`# ${shown(results.name)}`, shown(what), '## Who won where'];
  for (const compared of comparison.problems) {
    const { problem, standing, accuracy, spending } = compared;
    blocks.push(`### ${shown(problem.title)}`);
    blocks.push(shown([standing.verdict.sentence, accuracy?.verdict.sentence ?? '', spending ?? ''].join(' ').trim()));
    const measured = accuracy !== null;
    const head = [
      'strategy',
      'mean rank',
      `median ${standing.measure.name}`,
      'quartiles',
      ...(measured ? ['training accuracy', 'test accuracy'] : []),
      'sample-passes',
      'runs',
    ];
    blocks.push(
      table(
        head,
        summaryRows(compared).map((row) => [
          row.strategy,
          row.rank,
          row.median,
          row.quartiles,
          ...(measured ? [row.trainAccuracy, row.testAccuracy] : []),
          row.samplePasses,
          row.runs,
        ]),
      ),
    );
  }
  blocks.push('### Over all problems');
  blocks.push(
    table(
      ['strategy', 'mean rank', 'problems'],
      comparison.overall.map(({ strategy, meanRank, problems }) => [
        strategy,
        meanRank === null ? none : meanRank.toFixed(2),
        String(problems),
      ]),
    ),
  );
  blocks.push(shown(rule));
  for (const section of sections) {
    blocks.push(`## ${shown(section.title)}`, shown(section.reading));
    for (const chart of section.charts) {
      const picture = `![${shown(chart.timed ? chart.title : chart.summary)}](charts/${chart.id}.png)`;
      blocks.push(chart.axis === undefined ? picture : `**${shown(chart.title)}, over ${chart.axis}**\n\n${picture}`);
    }
  }
  blocks.push('## What was run, on what', provenance(report));
  blocks.push(
    table(
      ['problem', 'id', 'dimension', 'facts'],
      results.problems.map(({ id, title, dimension, facts }) => [
        title,
        `\`${id.replaceAll('`', "'")}\``,
        formatCount(dimension),
        pairs(facts),
      ]),
    ),
  );
  blocks.push(
    table(
      ['strategy', 'title', 'family', 'options'],
      results.strategies.map(({ label, title, family, settings }) => [label, title, family, pairs(settings.options)]),
    ),
  );
  if (failed.length > 0) blocks.push('## Runs that failed', absent(failed));
  if (missing.length > 0) blocks.push('## Runs that are missing', absent(missing));
  blocks.push('## Times', timesBegin, times(report), timesEnd);
  blocks.push('## Run it again', code(results.commands.study), 'Single runs:');
  blocks.push(
    table(
      ['problem', 'strategy', 'seed', 'command'],
      results.runs.map(({ id, settings, label }) => [settings.problem, label, String(settings.seed), results.commands.run[id] ?? none]),
    ),
  );
  return `${blocks.join('\n\n')}\n`;
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
  const rows = comparison.problems.flatMap(({ problem, cells }) =>
    cells.map((cell) => [
      problem.title,
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
    list.map(({ problem, strategy, seed, reason }) => [problem, strategy, String(seed), reason]),
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
