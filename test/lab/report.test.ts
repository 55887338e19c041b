import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { heldOf } from '../../reports/lab/held.js';
import { renderLabMarkdown } from '../../reports/lab/markdown.js';
import { renderLabPage } from '../../reports/lab/page.js';
import { labSummary } from '../../reports/lab/terminal.js';
import { words } from '../../reports/lab/words.js';
import { writeLabReport } from '../../reports/lab/write.js';
import type { Figure } from '../../src/lab/figure.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import { runExperiment } from '../../src/lab/run-experiment.js';
import { languages, same } from '../../src/lab/text.js';
import { sample } from './sample.js';

let folder = '';
let results: ExperimentResults;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zeroth-lab-report-'));
  results = await runExperiment(sample, { out: folder, form: 'quick', command: 'npx zeroth lab sample' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a browser would show as text. */
function visible(page: string): string {
  return page
    .replace(/<(style|script)[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"');
}

test.each(languages)('the page in %s asks for nothing from outside', async (language) => {
  const page = await renderLabPage(results, language);
  expect(page).toContain("default-src 'none'");
  const links = [...page.matchAll(/\s(?:src|href|xlink:href|srcset|poster|action)\s*=\s*"([^"]*)"/g)].map(([, address]) => address);
  expect(links.filter((address) => !/^(?:data:|#)/.test(address))).toEqual(['https://example.org/h91']); // the source, as a link to follow
  expect([...page.matchAll(/url\((?!data:)/g)]).toEqual([]);
  expect(page).not.toMatch(/@import|<link rel="stylesheet"/);
});

test('claim, verdict and the first figure come before anything else, and the verdict has a sign beside its colour', async () => {
  const page = await renderLabPage(results, 'en');
  const order = [
    'Deep logistic networks do not learn',
    'Reproduced',
    'The sum is 6.',
    'figure-lines',
    'Claimed, published, measured',
    'figure-bars',
  ];
  const places = order.map((part) => page.indexOf(part));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  expect(page).toContain('<span aria-hidden="true">✓</span>Reproduced');
});

test('no English word is left on the Chinese page but names, and every word of the furniture is there', async () => {
  const page = visible(await renderLabPage(results, 'zh'));
  const [english, chinese] = [words('en'), words('zh')];
  for (const key of [
    'product',
    'table',
    'pictures',
    'method',
    'refutation',
    'sources',
    'again',
    'run',
    'footer',
    'optimum',
    'candidates',
  ] as const) {
    expect(page).toContain(chinese[key]);
    expect(page).not.toContain(english[key]);
  }
  for (const key of ['en', 'zh'] as const) {
    for (const figure of results.findings.figures)
      expect([figure.id, page.includes(figure.reading[key])]).toEqual([figure.id, key === 'zh']);
  }
  expect(await renderLabPage(results, 'zh')).toContain('<html lang="zh">');
});

test('hostile text is text', async () => {
  const attack = same('<img src=x onerror=alert(1)> & "\' </script><script>alert(2)</script> | `x`');
  const [lines, ...others] = results.findings.figures;
  const hostile: ExperimentResults = {
    ...results,
    experiment: { ...results.experiment, title: attack, claim: attack, method: attack, refutation: attack },
    command: attack.en,
    findings: {
      verdict: 'not reproduced',
      because: attack,
      checks: [
        {
          what: attack,
          ours: attack,
          seeds: 1,
          published: {
            value: attack.en,
            mark: 'V',
            source: { authors: attack.en, year: 1, title: attack.en, link: 'javascript:alert(3)' },
          },
        },
      ],
      figures: [
        { ...lines, title: attack, reading: attack },
        ...others.map((figure): Figure => ({ ...figure, title: attack, reading: attack })),
      ],
    },
  };
  const page = await renderLabPage(hostile, 'en');
  expect(page).not.toContain('<img');
  expect(page).not.toContain('alert(2)</script>');
  expect(page.match(/<script/g)).toHaveLength(2); // the paths' data and the player
  expect(page).not.toMatch(/href="javascript/);
  const markdown = renderLabMarkdown(hostile, 'en').replace(/^ {4}.*$/gm, ''); // the command, as code
  expect(markdown).not.toMatch(/(^|[^\\])<img/);
  const row = markdown.split('\n').find((line) => line.startsWith('| ') && line.includes('onerror')) ?? '';
  expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(7);
});

test.each(languages)('the summary in %s says the verdict, why, and each line of the table', (language) => {
  const text = labSummary(results, language, { color: false, width: 80 });
  const say = words(language);
  for (const part of [say.verdicts.reproduced, results.findings.because[language], '0.25', 'S. Hochreiter 1991, S', say.arithmetic])
    expect(text).toContain(part);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(labSummary(results, language, { color: true, width: 80 })).toContain('\x1b[1;32m✓');
});

test.each([
  ['en', 'Reproduced (quick form)', 'full run (docs/experiments.md): Not reproduced', '“The lecture” is a lecture', 'S: from a secondary'],
  ['zh', '已复现（快速版）', '完整版运行（docs/experiments.md）的结论：未复现', '指一门关于深层网络的课程', 'S：引自二手来源'],
] as const)('a quick form in %s says so beside its verdict, and what the full run gave', async (language, verdict, full, lecture, mark) => {
  const claim = same('The lecture: a sum is 6.');
  const quick: ExperimentResults = { ...results, experiment: { ...results.experiment, claim }, fullVerdict: 'not reproduced' };
  const summary = labSummary(quick, language, { color: false, width: 400 });
  expect(summary).toContain(mark);
  const written = [renderLabMarkdown(quick, language).replaceAll('\\', ''), visible(await renderLabPage(quick, language))];
  for (const text of [summary, ...written]) {
    expect(text).toContain(verdict);
    expect(text).toContain(full);
  }
  for (const text of written) expect(text).toContain(lecture);
  const whole = { ...quick, form: 'full' } as const;
  for (const text of [labSummary(whole, language, { color: false, width: 400 }), renderLabMarkdown(whole, language)])
    expect(text).not.toContain(verdict);
  expect(renderLabMarkdown(results, language)).not.toContain(lecture); // its texts speak of none
});

test('Chinese lines of the summary begin with no closing punctuation, whatever stands before it', () => {
  const because = same('普通梯度下降为 0.00196。另一种办法（把 logistic 换成 relu）更便宜，为 0.5；最好的是 CMA-ES，为 1。');
  for (let width = 12; width <= 60; width++) {
    const text = labSummary({ ...results, findings: { ...results.findings, because, checks: [] } }, 'zh', { color: false, width });
    expect(text.split('\n').filter((line) => /^\s*[，。；：、？！）]|（$/.test(line))).toEqual([]);
    expect(text.replace(/\s/g, '')).toContain(because.zh.replace(/\s/g, ''));
  }
});

test('the report is a page, Markdown, the findings as data and a picture for each figure; old pictures go', async () => {
  await writeLabReport(results, folder, 'en');
  writeFileSync(join(folder, 'charts', 'of-yesterday.png'), '');
  const { page, files } = await writeLabReport(results, folder, 'zh');
  expect(page).toBe(join(folder, 'index.html'));
  const pictures = results.findings.figures.map(({ id }) => `${id}.png`);
  expect(readdirSync(join(folder, 'charts')).sort()).toEqual([...pictures].sort());
  expect([...files].sort()).toEqual([...pictures.map((name) => `charts/${name}`), 'index.html', 'report.json', 'report.md'].sort());
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(results);
  const markdown = readFileSync(join(folder, 'report.md'), 'utf8');
  for (const [, file] of markdown.matchAll(/\]\((charts\/[^)]+)\)/g)) expect(files).toContain(file);
  expect(markdown).toContain('已复现');
});

test('beside the verdict: how many judged lines hold, and those that do not with what was measured', () => {
  const line = (what: string, holds?: boolean) => ({ what: same(what), ours: same('7'), seeds: 1, ...(holds !== undefined && { holds }) });
  expect(heldOf([line('told')], 'en')).toBeUndefined();
  expect(heldOf([line('a', true), line('b', true), line('told')], 'en')).toEqual({ sentence: 'All 2 judged lines hold.', failed: [] });
  expect(heldOf([line('a', false)], 'en')).toEqual({ sentence: 'The one judged line does not hold:', failed: [{ what: 'a', ours: '7' }] });
  const checks = [line('a', true), line('b', false), line('c', true), line('told')];
  expect(heldOf(checks, 'en')?.sentence).toBe('2 of 3 judged lines hold; this one does not:');
  expect(heldOf(checks, 'zh')?.sentence).toBe('3 项判断中有 2 项成立，不成立的是：');
  expect(heldOf([line('a', false)], 'zh')?.sentence).toBe('唯一的一项判断不成立：');
  expect(heldOf([line('a', false), line('b', false)], 'zh')?.sentence).toBe('2 项判断中没有一项成立：');
  const markdown = renderLabMarkdown({ ...results, findings: { ...results.findings, verdict: 'not reproduced', checks } }, 'en');
  expect(markdown).toMatch(/Not reproduced[^\n]*2 of 3 judged lines hold; this one does not:\n\n- ✗ b: 7\n/);
});
