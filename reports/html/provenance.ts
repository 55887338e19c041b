/** What was run on what, what did not run and why, and the lines that run it again. */
import { formatBytes, formatCount, none } from '../formatting.js';
import { mostListed, pairs, timesBegin, timesEnd } from '../markdown.js';
import { type Absent, type Report, troubledTitle } from '../report.js';
import { table, text } from './escape.js';
import { subtitle } from './verdicts.js';

export function provenance(report: Report): string {
  const { results, failed, troubled, missing } = report;
  const p = results.provenance;
  const facts: [string, string][] = [
    ['Software', text(`Zeroth ${p.zeroth}, Node.js ${p.node}, ONNX Runtime ${p.onnxruntime}`)],
    ['Machine', text(`${p.processor}, ${formatCount(p.cores)} cores, ${formatBytes(p.memoryBytes)} of memory, ${p.platform}`)],
    ['Provider', text(`${p.provider} (${p.providerReason === '' ? 'asked for by name' : p.providerReason})`)],
    ['Seeds', text(results.seeds.length === 0 ? none : results.seeds.join(', '))],
    ['Started', `${timesBegin}${text(p.started)}${timesEnd}`],
  ];
  const problems = table(
    'The problems',
    [{ name: 'Problem' }, { name: 'Id' }, { name: 'Dimension', numeric: true }, { name: 'Facts' }],
    results.problems.slice(0, mostListed).map(({ id, title, dimension, facts: known }) => ({
      cells: [
        { content: text(title), head: true },
        { content: `<code>${text(id)}</code>` },
        { content: formatCount(dimension), numeric: true },
        { content: text(pairs(known)) },
      ],
    })),
  );
  const strategies = table(
    'The strategies and their options',
    [{ name: 'Strategy' }, { name: 'Family' }, { name: 'Options' }],
    results.strategies.map(({ label, title, family, settings }) => ({
      cells: [
        { content: `${text(label)}${subtitle(label, title)}`, head: true },
        { content: text(family) },
        { content: text(pairs(settings.options)) },
      ],
    })),
  );
  return `<section aria-labelledby="run"><h2 id="run">What was run, on what</h2>
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>
${results.problems.length > 12 ? `<details><summary>The ${formatCount(results.problems.length)} problems</summary>${problems}${more(results.problems.length, 'report.json')}</details>` : problems}${strategies}
${absent('failed', 'Runs that failed', failed)}${absent('troubled', troubledTitle, troubled)}${absent('missing', 'Runs that are missing', missing)}</section>
${again(report)}`;
}

function absent(id: string, title: string, list: readonly Absent[]): string {
  if (list.length === 0) return '';
  const heads = [{ name: 'Problem' }, { name: 'Strategy' }, { name: 'Seed', numeric: true }, { name: 'Reason' }];
  const rows = list.slice(0, mostListed).map(({ problem, strategy, seed, reason }) => ({
    cells: [
      { content: text(problem) },
      { content: text(strategy) },
      { content: text(seed), numeric: true },
      { content: `<span class="reason">${text(reason)}</span>` },
    ],
  }));
  return `<h3 id="${id}">${title} (${formatCount(list.length)})</h3><details${list.length <= 12 ? ' open' : ''}><summary>Which, and why</summary>${table(title, heads, rows)}${more(list.length, id === 'missing' ? 'report.json' : 'csv/runs.csv')}</details>`;
}

function more(count: number, where: string): string {
  return count > mostListed ? `<p class="muted">And ${formatCount(count - mostListed)} more, in ${where}.</p>` : '';
}

/** Above so many runs the page gives one line for each strategy and problem: the others differ in instance and seed. */
const mostLines = 500;

function again({ results, comparison }: Report): string {
  const brief = results.runs.length > mostLines;
  const heads = [
    { name: 'Strategy' },
    { name: 'Problem' },
    { name: 'Seed', numeric: true },
    { name: 'Ended by' },
    { name: 'The line that runs it again' },
  ];
  const folds = comparison.tasks.map(({ task }) => {
    const count = task.runs.reduce((sum, runs) => sum + runs.length, 0);
    if (count === 0) return '';
    const rows = task.runs.flatMap((runs) =>
      (brief ? runs.slice(0, 1) : runs).map((run) => ({
        attributes: `data-strategy="${text(run.label)}"`,
        cells: [
          { content: text(run.label), head: true },
          { content: text(run.settings.problem) },
          { content: text(run.settings.seed), numeric: true },
          { content: text(run.status === 'failed' ? 'an error' : (run.stop ?? none)) },
          { content: `<code>${text(results.commands.run[run.id] ?? none)}</code>` },
        ],
      })),
    );
    return `<details><summary>${text(task.title)}: ${formatCount(count)} runs</summary>${table(`Runs on ${task.title}`, heads, rows)}</details>`;
  });
  const rest = brief
    ? ' Below, the first run of each strategy on each problem; the line of every run is in <a href="csv/runs.csv">csv/runs.csv</a>.'
    : '';
  return `<section aria-labelledby="again"><h2 id="again">Run it again</h2>
<p class="reading">The whole study. What is in its store is not run twice.${rest}</p><pre tabindex="0"><code>${text(results.commands.study)}</code></pre>
${folds.join('\n')}</section>`;
}
