/** A task's tables, and the folds of a study with many tasks. */

import { timesBegin, timesEnd } from '../markdown.js';
import type { Report } from '../report.js';
import { improvementReading, improvementTable, noTargets, type TextTable } from '../tables.js';
import type { TaskComparison } from '../task-comparison.js';
import { table, text } from './escape.js';
import { figuresOf } from './figures.js';
import { type Keys, numbersOf } from './verdicts.js';

/** How long it took to reach targets: one table, for each axis one that its switch shows. */
export function targetTables(tables: readonly TextTable[]): string {
  return tables
    .filter(({ kind }) => kind === 'targets')
    .map(textTable)
    .join('\n');
}

/** The tables that few readers need: other targets, budgets, tests, win rates. */
export function otherTables(tables: readonly TextTable[]): string {
  const others = tables.filter(({ kind }) => kind !== 'targets');
  if (others.length === 0) return '';
  return `<details class="more"><summary>More tables: other targets, fixed budgets, tests, diagnostics, win rates</summary>
${others.map(textTable).join('\n')}</details>`;
}

export function textTable({ kind, caption, heads, rows, best, axes, timed, notes }: TextTable): string {
  const body = rows.map((cells, r) => ({
    attributes: `data-strategy="${text(cells[0])}"`,
    cells: cells.map((cell, c) => ({
      content: c > 0 && best[c - 1]?.includes(r) ? `<b>${text(cell)}</b>` : text(cell),
      ...(c === 0 ? { head: true } : { numeric: true }),
    })),
  }));
  // Where columns are strategies, heads are written as they were given.
  const named = kind === 'win-rates' || kind === 'improvement' ? ' named' : '';
  const told = notes.map((note) => `<li>${text(note)}</li>`).join('');
  const shown = axes === undefined ? '' : ` data-when="${axes.join(' ')}"${axes.includes('sample-passes') ? '' : ' hidden'}`;
  const html = `<div class="table${named}"${shown}><h4>${text(caption)}</h4>${table(
    caption,
    heads.map((name, c) => ({ name, numeric: c > 0 })),
    body,
  )}${told === '' ? '' : `<ul class="notes">${told}</ul>`}</div>`;
  return timed ? `${timesBegin}${html}${timesEnd}` : html;
}

/** Over all problems who is likely to be better than whom. */
export function improvement({ comparison }: Report): string {
  const tables = improvementTable(comparison.overall);
  if (tables.length === 0) return '';
  return `${tables.map(textTable).join('')}<p class="reading">${text(improvementReading)}</p>
<p class="muted"><a href="csv/improvement.csv">csv/improvement.csv</a></p>`;
}

/** Strategies that a fold has room for; of more it shows less, and the tables in `csv` all. */
export const mostInFolds = 12;
const elsewhere =
  '<p class="muted">Other targets, fixed budgets, tests and win rates: <a href="csv/expected-times.csv">csv/expected-times.csv</a>, <a href="csv/fixed-budgets.csv">csv/fixed-budgets.csv</a>, <a href="csv/tests.csv">csv/tests.csv</a>, <a href="csv/win-rates.csv">csv/win-rates.csv</a>.</p>';

/** One task's whole page, folded: verdict, numbers, charts, tables. */
export function fold(report: Report, index: number, keys: Keys): string {
  const compared = report.comparison.tasks[index];
  const { task, standing, accuracy } = compared;
  const charts = report.sections.flatMap((section) => section.charts.filter((chart) => chart.task === task.id));
  const words = [standing.verdict.sentence, accuracy?.verdict.sentence ?? '', compared.spending ?? '', warningOf(compared)].filter(
    (part) => part !== '',
  );
  return `<details class="task" id="task-${index}"><summary><b>${text(task.title)}</b> ${text(short(compared))}</summary>
<p>${words.map(text).join(' ')}</p>
${numbersOf(compared, keys)}
${figuresOf(charts, true)}
${targetTables(report.tables[index]) || `<p class="muted">${text(noTargets)}</p>`}
${report.results.strategies.length > mostInFolds ? elsewhere : otherTables(report.tables[index])}</details>`;
}

/** Empty where there is none. */
function warningOf({ warning }: TaskComparison): string {
  return warning === null ? '' : `Warning: ${warning}`;
}

function short({ standing }: TaskComparison): string {
  const { leader, certainty } = standing.verdict;
  return leader === null ? certainty : `${leader}${certainty === 'clear' ? '' : `, ${certainty} to tell`}`;
}
