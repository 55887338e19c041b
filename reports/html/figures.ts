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
<fieldset><legend>Progress over</legend>${axes.join('')}</fieldset>
<fieldset><legend>Scale</legend><button type="button" data-scale="logarithmic" aria-pressed="true">Logarithmic</button><button type="button" data-scale="linear" aria-pressed="false">Linear</button></fieldset>
</div>`;
}

export function figures(section: Section): string {
  const groups = new Map<string, Chart[]>();
  for (const chart of section.charts) groups.set(chart.group, [...(groups.get(chart.group) ?? []), chart]);
  const shown = [...groups].map(([group, charts]) => figure(group, charts.find(({ axis }) => axis === 'sample-passes') ?? charts[0]));
  return `<section aria-labelledby="${text(section.id)}"><h2 id="${text(section.id)}">${text(section.title)}</h2>
<p class="reading">${text(section.reading)}</p>
${shown.join('\n')}</section>`;
}

function figure(group: string, chart: Chart): string {
  const id = text(group);
  const words = chart.timed ? `${timesBegin}${text(chart.summary)}${timesEnd}` : text(chart.summary);
  return `<figure data-group="${id}"><h3>${text(chart.title)}</h3>
<div class="plot" style="height:${chart.height}px"><canvas role="img" aria-labelledby="words-${id}"></canvas></div>
<figcaption class="unseen" id="words-${id}">${words}</figcaption>
<details><summary>The data as a table</summary><div class="data"></div></details></figure>`;
}
