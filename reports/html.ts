/**
 * index.html: the whole report in one file that needs nothing else, opens from a disk without a network and, by its own
 * content security policy, cannot ask for anything. Text that times change stands between `<!-- times -->` marks.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Chart } from './chart.js';
import { finish } from './finish.js';
import { jsonBlock, text } from './html/escape.js';
import { controls, figures } from './html/figures.js';
import { key } from './html/key.js';
import { pack } from './html/pack.js';
import { type PageChart, page } from './html/page.js';
import { provenance } from './html/provenance.js';
import { style } from './html/style.js';
import { fold, improvement, mostInFolds, otherTables, targetTables, textTable } from './html/tables.js';
import { firstScreen, type Keys, numbersOf, overallPicture } from './html/verdicts.js';
import { timesBegin, timesEnd } from './markdown.js';
import { dark, light, look } from './palette.js';
import type { Report, Section } from './report.js';
import { noTargets } from './tables.js';

const require = createRequire(import.meta.url);
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

export async function renderHtml(report: Report): Promise<string> {
  const { results, sections } = report;
  const places = new Map(results.strategies.map(({ label }, index) => [label, index]));
  const keys = (strategy: string) => {
    const index = places.get(strategy) ?? 0;
    return key(index, light.strategies.length, look(index).pointStyle);
  };
  // With many strategies the folds' charts over seconds are in the tables alone, and the page stays small.
  const brief = (chart: Chart) => report.folded && chart.task !== undefined;
  const charts = sections
    .flatMap((section) => section.charts)
    .filter((chart) => !(brief(chart) && chart.axis === 'seconds' && results.strategies.length > mostInFolds));
  const [library, regular, semibold] = await Promise.all([chartLibrary(), font(400), font(600)]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(results.name)} - Zeroth report</title>
<link rel="icon" href="data:,">
<style>${style({ 400: regular, 600: semibold })}</style>
</head>
<body>
<a class="skip" href="#who">To the results</a>
<main>
${firstScreen(report, keys)}
${controls(report, keys)}
<noscript><p>The charts need JavaScript; as pictures they are in the folder charts, and their data in the folder csv, beside this page.</p></noscript>
${sections.map((section) => sectionOf(report, section)).join('\n')}
${report.folded ? folds(report, keys) : numbers(report, keys)}
${provenance(report)}
<footer>Every number of this page is in report.json beside it, tidy tables are in the folder csv, pictures in the folder charts.</footer>
</main>
${jsonBlock(
  'charts',
  charts.filter(({ timed }) => !timed).map((chart) => forPage(chart, brief(chart))),
)}
${timesBegin}${jsonBlock(
  'timed-charts',
  charts.filter(({ timed }) => timed).map((chart) => forPage(chart, brief(chart))),
)}${timesEnd}
${jsonBlock('themes', { light, dark })}
<script>${library}</script>
<script>(() => {
const read = (id) => JSON.parse(document.getElementById(id).textContent);
${finish.toString()}
${page.toString()}
page(window, [...read('charts'), ...read('timed-charts')], read('themes'), finish);
})();</script>
</body>
</html>
`;
}

/** Drops from a page or from Markdown what two executions of one study may differ in. */
export function withoutTimedText(document: string): string {
  return document
    .split(timesBegin)
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf(timesEnd) + timesEnd.length)))
    .join('');
}

/** Of a section what is not folded and not on the first screen already. */
function sectionOf(report: Report, section: Section): string {
  const first = overallPicture(report)?.chart;
  const charts = section.charts.filter((chart) => chart !== first && !(report.folded && chart.task !== undefined));
  if (charts.length === 0) return '';
  const tables =
    section.id === 'ecdf' && !report.folded
      ? report.comparison.tasks.map(({ task }, index) => {
          const own = targetTables(report.tables[index]);
          return `<h3>${text(task.title)}</h3>${own === '' ? `<p class="muted">${text(noTargets)}</p>` : own}`;
        })
      : section.tables.map(textTable);
  return figures(section, charts, tables.join('\n'));
}

function numbers(report: Report, keys: Keys): string {
  const { comparison, tables } = report;
  const each = comparison.tasks.map(
    (compared, index) => `<h3>${text(compared.task.title)}</h3>${numbersOf(compared, keys)}${otherTables(tables[index])}`,
  );
  return `<section aria-labelledby="numbers"><h2 id="numbers">The numbers</h2>
<p class="reading">${text(howSummarized)}</p>
${improvement(report)}
${each.join('\n')}</section>`;
}

function folds(report: Report, keys: Keys): string {
  return `<section aria-labelledby="numbers"><h2 id="numbers">Problem by problem</h2>
<p class="reading">${text(howSummarized)}</p>
${improvement(report)}
${report.comparison.tasks.map((_, index) => fold(report, index, keys)).join('\n')}</section>`;
}

const howSummarized =
  'Medians over the runs; quartiles are type 7 (linear between order statistics); the mean of the middle half has a 95 % interval by bootstrap. ' +
  "A failed run counts as the worst; where failed runs reach into a number it says none. Expected running times are COCO's ERT: all that the runs spent until they reached the target or ended, for each that reached it; " +
  'in brackets how many did, of how many; none where no run did. Targets end at the first that nobody reached.';

function forPage({ id, title, summary, group, axis, config, table }: Chart, brief: boolean): PageChart {
  return { id, title, summary, group, ...(axis === undefined ? {} : { axis }), config: pack(config, brief), ...(brief ? {} : { table }) };
}

async function chartLibrary(): Promise<string> {
  const source = await readFile(join(dirname(require.resolve('chart.js')), 'chart.umd.min.js'), 'utf8');
  return source.replace(/^\/\/# sourceMappingURL=.*$/gm, '').replaceAll('</script', '<\\/script');
}

async function font(weight: number): Promise<string> {
  const data = await readFile(require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`));
  return data.toString('base64');
}
