/** The first screen: what was compared, who won where, and how sure that is. */

import { formatP, formatPercent, none } from '../formatting.js';
import { timesBegin, timesEnd } from '../markdown.js';
import { formatMeasure } from '../measure.js';
import { light } from '../palette.js';
import type { Report } from '../report.js';
import { summaryRows } from '../rows.js';
import type { TaskComparison } from '../task-comparison.js';
import type { Certainty } from '../verdict.js';
import { type Cell, table, text } from './escape.js';
import { figure } from './figures.js';

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
  const { results, comparison, what, rule, folded } = report;
  const { sentence } = comparison.overall;
  const each = folded
    ? overview(report, keys)
    : `<ul class="verdicts">${comparison.tasks.map((compared) => card(compared, keys)).join('\n')}</ul>`;
  const picture = overallPicture(report);
  return `<header><p class="product">A comparison by Zeroth</p><h1>${text(results.name)}</h1><p class="lead">${text(what)}</p></header>
<section aria-labelledby="who"><h2 id="who">Who won where, and how sure that is</h2>
${sentence === '' ? '' : `<p class="lead">${text(sentence)}</p>`}
${folded ? '' : each}
${comparison.tasks.length > 0 ? standings(report, keys) : '<p>The study has no problems.</p>'}
${picture === undefined ? '' : `<p class="reading">${text(picture.reading)}</p>${figure(picture.chart, false)}`}
${folded ? each : ''}
<p class="rule">${text(rule)}</p></section>`;
}

/** The diagram over all problems, which stands on the first screen. */
export function overallPicture({ sections }: Report): { chart: Report['sections'][number]['charts'][number]; reading: string } | undefined {
  const section = sections.find(({ id }) => id === 'critical-difference');
  const chart = section?.charts.find(({ task }) => task === undefined);
  return section === undefined || chart === undefined ? undefined : { chart, reading: section.reading };
}

function badge(certainty: Certainty): string {
  return `<span class="badge${certainty === 'clear' ? ' clear' : ''}">${badges[certainty]}</span>`;
}

/** Sentences whose numbers stay with their per cent sign. */
function prose(sentence: string): string {
  return text(sentence).replace(/(\d) %/g, '$1\u00a0%');
}

function card({ task, standing, accuracy, spending, warning }: TaskComparison, keys: Keys): string {
  const { certainty, leader, sentence } = standing.verdict;
  const name = leader === null ? '' : `<p class="leader">${keys(leader)}<span>${text(leader)}</span></p>`;
  const second = accuracy === null ? '' : `<p class="muted">${prose(accuracy.verdict.sentence)}</p>`;
  const cost = spending === null ? '' : `<p class="muted">${prose(spending)}</p>`;
  const caution = warning === null ? '' : `<p><b>Warning:</b> ${prose(warning)}</p>`;
  return `<li class="verdict"><h3>${text(task.title)}</h3>${name}${badge(certainty)}<p>${prose(sentence)}</p>${second}${cost}${caution}</li>`;
}

/** Many tasks: a row each, with a link to its fold. */
function overview({ comparison }: Report, keys: Keys): string {
  const heads = [
    { name: 'Problem' },
    { name: 'Best median' },
    { name: 'How sure' },
    { name: 'Largest corrected p', numeric: true },
    { name: 'Least A12', numeric: true },
  ];
  const rows = comparison.tasks.map(({ task, standing }, index) => {
    const { certainty, leader } = standing.verdict;
    const { duels } = standing;
    return {
      cells: [
        { content: `<a href="#task-${index}">${text(task.title)}</a>`, head: true },
        { content: leader === null ? none : `${keys(leader)} ${text(leader)}` },
        { content: badge(certainty) },
        { content: duels.length === 0 ? none : text(formatP(Math.max(...duels.map(({ corrected }) => corrected)))), numeric: true },
        { content: duels.length === 0 ? none : formatPercent(Math.min(...duels.map(({ a12 }) => a12))), numeric: true },
      ],
    };
  });
  return table('Who leads on each problem', heads, rows);
}

/** Strategies: mean rank over the problems as a bar that is longer the better, wins, and share of targets. */
function standings({ comparison, results }: Report, keys: Keys): string {
  const { places, tasks } = comparison.overall;
  const count = results.strategies.length;
  const bar = (rank: number | null, index: number): Cell => {
    if (rank === null) return { content: `<span class="muted">${none}</span>`, numeric: true };
    const width = count > 1 ? Math.round(((count - rank) / (count - 1)) * 84) : 84;
    const content = `<span class="rank" style="--bar:var(--s${index % light.strategies.length})"><span aria-hidden="true"><i style="width:${width}px"></i></span><b>${rank.toFixed(2)}</b></span>`;
    return { content, numeric: true };
  };
  const heads = ['Mean rank (1 is best)', 'Best median on', 'Clear wins', 'Share of targets reached', '95 % interval'];
  const rows = results.strategies.map(({ label, title }, index) => {
    const { meanRank, leads, clear, score } = places[index];
    return {
      attributes: `data-strategy="${text(label)}"`,
      cells: [
        { content: `${keys(label)} ${text(label)}${subtitle(label, title)}`, head: true },
        bar(meanRank, index),
        { content: `${leads} of ${tasks}`, numeric: true },
        { content: String(clear), numeric: true },
        { content: formatPercent(score?.value), numeric: true },
        { content: score === null ? none : `${formatPercent(score.low)} to ${formatPercent(score.high)}`, numeric: true },
      ],
    };
  });
  return `${table('Mean ranks, wins and targets of the strategies', [{ name: 'Strategy' }, ...heads.map((name) => ({ name, numeric: true }))], rows)}
<p class="rule">Ranks are of the medians, averaged over the problems<span class="wide">; a longer bar is a better rank</span>. The share of targets is the interquartile mean over all runs, its interval by stratified bootstrap.</p>`;
}

/** A strategy's title under its label; empty where it says the same. */
export function subtitle(label: string, title: string): string {
  return label.toLowerCase() === title.toLowerCase() ? '' : `<br><span class="muted title">${text(title)}</span>`;
}

/** The numbers behind a verdict. */
export function numbersOf(compared: TaskComparison, keys: Keys): string {
  const { task, standing, accuracy } = compared;
  const measured = accuracy !== null;
  const numeric = (name: string) => ({ name, numeric: true });
  const heads = [
    { name: 'Strategy' },
    ...['Mean rank', `Median ${standing.measure.name}`, 'Quartiles', 'Mean of the middle half', 'its 95 % interval'].map(numeric),
    ...(measured ? ['Training accuracy', 'Test accuracy'] : []).map(numeric),
    ...['Sample-passes', 'Runs', 'Time of a run'].map(numeric),
  ];
  const rows = summaryRows(compared).map((row) => ({
    attributes: `data-strategy="${text(row.strategy)}"`,
    cells: [
      { content: `${keys(row.strategy)} ${text(row.strategy)}`, head: true },
      ...[
        row.rank,
        row.median,
        row.quartiles,
        row.middle,
        row.interval,
        ...(measured ? [row.trainAccuracy, row.testAccuracy] : []),
        row.samplePasses,
        row.runs,
      ].map((value) => ({ content: text(value), numeric: true })),
      { content: `${timesBegin}${text(row.seconds)}${timesEnd}`, numeric: true },
    ],
  }));
  const [{ optimum }] = task.problems;
  const known =
    task.problems.length > 1 || optimum === undefined
      ? ''
      : `<p class="muted">The optimum is ${text(formatMeasure(standing.measure, optimum))}.</p>`;
  return `${table(`Results on ${task.title}`, heads, rows)}${known}`;
}
