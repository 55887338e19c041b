/**
 * An experiment's index.html: one file that needs nothing else and, by its own content security policy, cannot ask for anything. Claim,
 * verdict and the first figure are its first screen.
 */
import type { Check } from '../../src/lab/experiment.js';
import type { Path } from '../../src/lab/figure.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import { inLanguage, type Language } from '../../src/lab/text.js';
import { formatBytes, formatSeconds } from '../formatting.js';
import { jsonBlock, table, text } from '../html/escape.js';
import { style } from '../html/style.js';
import { figureHtml, figuresHtml, momentsOf } from './figures.js';
import { fontFaces } from './fonts.js';
import { heldOf } from './held.js';
import { player } from './player.js';
import { citationOf, meansLecture } from './sources.js';
import { labStyle } from './style.js';
import { type Words, words } from './words.js';

const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

export async function renderLabPage(results: ExperimentResults, language: Language): Promise<string> {
  const say = words(language);
  const { experiment, findings } = results;
  const [first, ...others] = findings.figures;
  const paths = findings.figures.filter((figure): figure is Path => figure.kind === 'path').map((path) => momentsOf(path, language));
  const script = `<script>(() => {
${player.toString()}
player(window, JSON.parse(document.getElementById('paths').textContent), ${JSON.stringify(say.play)}, ${JSON.stringify(say.pause)});
})();</script>`;
  const body = `<a class="skip" href="#results">${text(say.skip)}</a>
<main>
<header><p class="product">${text(say.product)}</p><h1>${text(experiment.title[language])}</h1>
<p class="claim">${text(experiment.claim[language])}</p>
${outcome(results, language, say)}</header>
${first === undefined ? '' : figureHtml(first, language, false)}
<section aria-labelledby="results"><h2 id="results">${text(say.table)}</h2>
<div class="checks">${checks(findings.checks, language, say)}</div></section>
${others.length === 0 ? '' : `<section aria-labelledby="pictures"><h2 id="pictures">${text(say.pictures)}</h2>\n${figuresHtml(others, language)}</section>`}
<section aria-labelledby="method"><h2 id="method">${text(say.method)}</h2><p>${text(experiment.method[language])}</p>
<h3>${text(say.refutation)}</h3><p>${text(experiment.refutation[language])}</p></section>
<section aria-labelledby="sources"><h2 id="sources">${text(say.sources)}</h2><ul>${experiment.sources.map((source) => `<li>${citationOf(source)}</li>`).join('')}</ul>${meansLecture(experiment) ? `<p>${text(say.lecture)}</p>` : ''}</section>
${provenance(results, say)}
<section aria-labelledby="again"><h2 id="again">${text(say.again)}</h2><pre tabindex="0"><code>${text(results.command)}</code></pre></section>
<footer>${text(say.footer)}</footer>
</main>
${paths.length === 0 ? '' : `${jsonBlock('paths', paths)}\n${script}`}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(experiment.title[language])} - Zeroth</title>
<link rel="icon" href="data:,">
<style>${await fontFaces(body)}${style({})}${labStyle}</style>
</head>
<body>
${body.replace(/(\d) %/g, '$1\u00a0%')}
</body>
</html>
`;
}

function outcome(
  { findings: { verdict, because, checks: list }, form, fullVerdict }: ExperimentResults,
  language: Language,
  say: Words,
): string {
  const held = heldOf(list, language);
  const failed =
    held === undefined || held.failed.length === 0
      ? ''
      : `<ul>${held.failed.map(({ what, ours }) => `<li>${text(what)}${text(say.colon)}${text(ours)}</li>`).join('')}</ul>`;
  const holding = held === undefined ? '' : `<p class="held">${text(held.sentence)}</p>${failed}`;
  return `<div class="outcome ${verdict.replace(' ', '-')}" role="status"><p class="word"><span aria-hidden="true">${say.signs[verdict]}</span>${text(say.verdictOf(verdict, form))}</p>${holding}<p>${text(because[language])}</p>${form === 'quick' ? `<p class="form">${text(say.fullForm(fullVerdict))}</p>` : ''}</div>`;
}

function checks(list: readonly Check[], language: Language, say: Words): string {
  const { what, published, ours, seeds, holds } = say.columns;
  const heads = [{ name: what }, { name: published }, { name: ours }, { name: seeds, numeric: true }, { name: holds }];
  // On a narrow screen each line is a block of its own, and its cells name their column.
  const named = (column: string, content: string) => `<span class="column">${text(column)}</span>${content}`;
  const rows = list.map((check) => ({
    cells: [
      { content: text(check.what[language]), head: true },
      { content: named(published, publishedCell(check, language, say)) },
      { content: named(ours, text(check.ours[language])) },
      { content: named(seeds, text(check.seeds === 0 ? say.arithmetic : check.seeds)), numeric: true },
      { content: named(holds, holdsCell(check, say)) },
    ],
  }));
  return table(say.table, heads, rows);
}

function publishedCell({ published }: Check, language: Language, say: Words): string {
  if (published === undefined) return `<span class="muted">${text(say.none)}</span>`;
  const { value, source, mark } = published;
  const from = `${source.authors}${say.bracketed(String(source.year))}${say.semicolon}${say.markedAs(mark)}`;
  return `${text(inLanguage(value, language))}<br><span class="muted title"><small>${text(from)}</small></span>`;
}

function holdsCell({ holds }: Check, say: Words): string {
  if (holds === undefined) return `<span class="muted">${text(say.holds.told)}</span>`;
  return holds ? `<span class="yes">✓ ${text(say.holds.yes)}</span>` : `<span class="no">✗ ${text(say.holds.no)}</span>`;
}

function provenance({ provenance: p, form, settings, seconds }: ExperimentResults, say: Words): string {
  const facts: [string, string][] = [
    [say.facts.form, text(say.forms[form])],
    [say.facts.settings, `<code>${text(JSON.stringify(settings))}</code>`],
    [say.facts.time, text(formatSeconds(seconds))],
    [say.facts.software, text(`Zeroth ${p.zeroth}, Node.js ${p.node}, ONNX Runtime ${p.onnxruntime}`)],
    [say.facts.machine, text(say.machine(p.processor, p.cores, formatBytes(p.memoryBytes), p.platform))],
    [say.facts.started, text(p.started)],
  ];
  return `<section aria-labelledby="run"><h2 id="run">${text(say.run)}</h2><dl>${facts.map(([name, value]) => `<dt>${text(name)}</dt><dd>${value}</dd>`).join('')}</dl></section>`;
}
