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
import { type PageChart, page } from './html/page.js';
import { provenance } from './html/provenance.js';
import { style } from './html/style.js';
import { firstScreen, numbers } from './html/verdicts.js';
import { timesBegin, timesEnd } from './markdown.js';
import { dark, light, look } from './palette.js';
import type { Report } from './report.js';

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
  const charts = sections.flatMap((section) => section.charts);
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
<noscript><p>The charts need JavaScript; as pictures they are in the folder charts, beside this page.</p></noscript>
${sections.map(figures).join('\n')}
${numbers(report, keys)}
${provenance(report)}
<footer>Every number of this page is in report.json beside it; the charts as pictures are in the folder charts.</footer>
</main>
${jsonBlock('charts', charts.filter(({ timed }) => !timed).map(forPage))}
${timesBegin}${jsonBlock('timed-charts', charts.filter(({ timed }) => timed).map(forPage))}${timesEnd}
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

function forPage({ id, title, summary, group, axis, config, table }: Chart): PageChart {
  return { id, title, summary, group, ...(axis === undefined ? {} : { axis }), config, table };
}

async function chartLibrary(): Promise<string> {
  const source = await readFile(join(dirname(require.resolve('chart.js')), 'chart.umd.min.js'), 'utf8');
  return source.replace(/^\/\/# sourceMappingURL=.*$/gm, '').replaceAll('</script', '<\\/script');
}

async function font(weight: number): Promise<string> {
  const data = await readFile(require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`));
  return data.toString('base64');
}
