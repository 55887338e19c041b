/** The charts' places on the page; the page's script draws them from the JSON blocks. */
import type { Chart } from '../chart.js';
import { timesBegin, timesEnd } from '../markdown.js';
import type { Report, Section } from '../report.js';
import { text } from './escape.js';
import type { Keys } from './verdicts.js';

/** Legend and switches for all charts. */
export function controls({ results, sections }: Report, keys: Keys): string {
  if (sections.length === 0) return '';
  const strategies = results.strategies
    .map(({ label }) => `<button type="button" data-toggle="${text(label)}" aria-pressed="true">${keys(label)}${text(label)}</button>`)
    .join('');
  const axes = [
    ['sample-passes', 'Sample-passes'],
    ['evaluations', 'Evaluations'],
    ['seconds', 'Seconds'],
  ].map(([axis, name]) => `<button type="button" data-axis="${axis}" aria-pressed="${axis === 'sample-passes'}">${name}</button>`);
  return `<div class="controls" id="controls">
<fieldset class="strategies"><legend>Show</legend>${strategies}</fieldset>
<fieldset><legend>Spent</legend>${axes.join('')}</fieldset>
<fieldset><legend>Scale</legend><button type="button" data-scale="logarithmic" aria-pressed="true">Logarithmic</button><button type="button" data-scale="linear" aria-pressed="false">Linear</button></fieldset>
</div>`;
}

/** A section with those of its charts that are given, and what comes after them. */
export function figures(section: Section, charts: readonly Chart[], after = ''): string {
  return `<section aria-labelledby="${text(section.id)}"><h2 id="${text(section.id)}">${text(section.title)}</h2>
<p class="reading">${text(section.reading)}</p>
${figuresOf(charts, false)}${after}</section>`;
}

/** One figure for each group of charts; those of second rank in a fold. `brief`: without the data as a table. */
export function figuresOf(charts: readonly Chart[], brief: boolean): string {
  const groups = new Map<string, Chart>();
  for (const chart of charts) {
    // The page opens on sample-passes; a group without that axis on its first.
    if (!groups.has(chart.group) || chart.axis === 'sample-passes') groups.set(chart.group, chart);
  }
  const each = (aside: boolean) =>
    [...groups.values()].filter((chart) => (chart.aside ?? false) === aside).map((chart) => figure(chart, brief));
  const folded = each(true);
  return `${each(false).join('\n')}${folded.length === 0 ? '' : `\n<details class="more"><summary>More of these</summary>\n${folded.join('\n')}</details>`}`;
}

export function figure(chart: Chart, brief: boolean): string {
  const id = text(chart.group);
  const words = chart.timed ? `${timesBegin}${text(chart.summary)}${timesEnd}` : text(chart.summary);
  const data = brief ? '' : '<details><summary>The data as a table</summary><div class="data"></div></details>';
  return `<figure data-group="${id}"><h3>${text(chart.title)}</h3>
<div class="plot" style="height:${chart.height}px"><canvas role="img" aria-labelledby="words-${id}"></canvas></div>
<figcaption class="unseen" id="words-${id}">${words}</figcaption>
<div class="under">${data}<a href="csv/${text(chart.csv)}.csv">csv/${text(chart.csv)}.csv</a></div></figure>`;
}
