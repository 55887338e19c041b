/** The first screen: what was compared, who won where, and how sure that is. */
import type { ProblemComparison } from '../comparison.js';
import { none } from '../formatting.js';
import { timesBegin, timesEnd } from '../markdown.js';
import { formatMeasure } from '../measure.js';
import { light } from '../palette.js';
import type { Report } from '../report.js';
import { summaryRows } from '../rows.js';
import type { Certainty } from '../verdict.js';
import { type Cell, table, text } from './escape.js';

/** Draws a strategy's marker. */
export type Keys = (strategy: string) => string;

const badges: Readonly<Record<Certainty, string>> = {
  clear: 'Clear',
  'too close': 'Too close to tell',
  'too few runs': 'Too few runs to tell',
  tie: 'A tie',
  'nothing to compare': 'Nothing to compare',
};

export function firstScreen(report: Report, keys: Keys): string {
  const { results, comparison, what, rule } = report;
  const cards = comparison.problems.map((compared) => card(compared, keys)).join('\n');
  return `<header><p class="product">A comparison by Zeroth</p><h1>${text(results.name)}</h1><p class="lead">${text(what)}</p></header>
<section aria-labelledby="who"><h2 id="who">Who won where, and how sure that is</h2>
<ul class="verdicts">${cards}</ul>
${comparison.problems.length > 0 ? ranks(report, keys) : '<p>The study has no problems.</p>'}
<p class="rule">${text(rule)}</p></section>`;
}

function card({ problem, standing, accuracy, spending }: ProblemComparison, keys: Keys): string {
  const { certainty, leader, sentence } = standing.verdict;
  const name = leader === null ? '' : `<p class="leader">${keys(leader)}<span>${text(leader)}</span></p>`;
  const second = accuracy === null ? '' : `<p class="muted">${text(accuracy.verdict.sentence)}</p>`;
  const cost = spending === null || leader === null ? '' : `<p class="muted">${text(spending)}</p>`;
  return `<li class="verdict"><h3>${text(problem.title)}</h3>${name}<span class="badge${certainty === 'clear' ? ' clear' : ''}">${badges[certainty]}</span><p>${text(sentence)}</p>${second}${cost}</li>`;
}

/** Strategies against problems: mean ranks, as bars that are longer the better. */
function ranks({ comparison, results }: Report, keys: Keys): string {
  const count = results.strategies.length;
  const bar = (rank: number | null, index: number): Cell => {
    if (rank === null) return { content: `<span class="muted">${none}</span>`, numeric: true };
    const width = count > 1 ? Math.round(((count - rank) / (count - 1)) * 84) : 84;
    const content = `<span class="rank" style="--bar:var(--s${index % light.strategies.length})"><span aria-hidden="true"><i style="width:${width}px"></i></span><b>${rank.toFixed(2)}</b></span>`;
    return { content, numeric: true };
  };
  const heads = [{ name: 'Mean rank (1 is best)' }, ...comparison.problems.map(({ problem }) => ({ name: problem.title, numeric: true }))];
  const rows = results.strategies.map(({ label, title }, index) => ({
    attributes: `data-strategy="${text(label)}"`,
    cells: [
      { content: `${keys(label)} ${text(label)}<br><span class="muted title">${text(title)}</span>`, head: true },
      ...comparison.problems.map(({ standing }) => bar(standing.places[index].meanRank, index)),
      bar(comparison.overall[index].meanRank, index),
    ],
  }));
  return table('Mean ranks of the strategies on each problem', [...heads, { name: 'All problems', numeric: true }], rows);
}

/** The numbers behind the verdicts, a table for each problem. */
export function numbers({ comparison }: Report, keys: Keys): string {
  const tables = comparison.problems.map((compared) => {
    const { problem, standing, accuracy } = compared;
    const measured = accuracy !== null;
    const heads = [
      { name: 'Strategy' },
      ...['Mean rank', `Median ${standing.measure.name}`, 'Quartiles'].map((name) => ({ name, numeric: true })),
      ...(measured ? ['Training accuracy', 'Test accuracy'] : []).map((name) => ({ name, numeric: true })),
      { name: 'Sample-passes', numeric: true },
      { name: 'Runs', numeric: true },
      { name: 'Time of a run', numeric: true },
    ];
    const rows = summaryRows(compared).map((row) => ({
      attributes: `data-strategy="${text(row.strategy)}"`,
      cells: [
        { content: `${keys(row.strategy)} ${text(row.strategy)}`, head: true },
        ...[
          row.rank,
          row.median,
          row.quartiles,
          ...(measured ? [row.trainAccuracy, row.testAccuracy] : []),
          row.samplePasses,
          row.runs,
        ].map((value) => ({
          content: text(value),
          numeric: true,
        })),
        { content: `${timesBegin}${text(row.seconds)}${timesEnd}`, numeric: true },
      ],
    }));
    const optimum = problem.optimum === undefined ? '' : ` The optimum is ${text(formatMeasure(standing.measure, problem.optimum))}.`;
    return `<h3>${text(problem.title)}</h3>${table(`Results on ${problem.title}`, heads, rows)}${optimum === '' ? '' : `<p class="muted">${optimum.trim()}</p>`}`;
  });
  return `<section aria-labelledby="numbers"><h2 id="numbers">The numbers</h2>
<p class="reading">Medians over the seeds; quartiles are type 7 (linear between order statistics). A failed run counts as the worst.</p>
${tables.join('\n')}</section>`;
}
