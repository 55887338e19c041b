/** An experiment's report.md: the same as the page, for places that show Markdown. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import type { Language } from '../../src/lab/text.js';
import { formatBytes, formatSeconds } from '../formatting.js';
import { heldOf } from './held.js';
import { citationText, meansLecture, publishedText } from './sources.js';
import { words } from './words.js';

export function renderLabMarkdown(results: ExperimentResults, language: Language): string {
  const say = words(language);
  const { experiment, findings, fullVerdict, provenance: p, form, seconds, settings, command } = results;
  const pictures = findings.figures.flatMap(({ id, title, reading }) => [
    `### ${plain(title[language])}`,
    '',
    `![${plain(title[language])}](charts/${id}.png)`,
    '',
    plain(reading[language]),
    '',
  ]);
  return [
    `# ${plain(experiment.title[language])}`,
    '',
    plain(experiment.claim[language]),
    '',
    ...verdictLines(findings, say.verdictOf(findings.verdict, form), language),
    ...(form === 'quick' ? ['', plain(say.fullForm(fullVerdict))] : []),
    '',
    `## ${say.table}`,
    '',
    ...checksTable(findings.checks, language),
    '',
    `## ${say.pictures}`,
    '',
    ...pictures,
    `## ${say.method}`,
    '',
    plain(experiment.method[language]),
    '',
    `**${say.refutation}${say.colon.trim()}** ${plain(experiment.refutation[language])}`,
    '',
    `## ${say.sources}`,
    '',
    ...experiment.sources.map((source) => `- ${plain(citationText(source))}${source.link === undefined ? '' : ` <${source.link}>`}`),
    '',
    ...(meansLecture(experiment) ? [plain(say.lecture), ''] : []),
    `## ${say.run}`,
    '',
    `- ${say.facts.form}${say.colon}${say.forms[form]}`,
    `- ${say.facts.settings}${say.colon}\`${JSON.stringify(settings).replaceAll('`', "'")}\``,
    `- ${say.facts.time}${say.colon}${formatSeconds(seconds)}`,
    `- ${say.facts.software}${say.colon}Zeroth ${p.zeroth}, Node.js ${p.node}, ONNX Runtime ${p.onnxruntime}`,
    `- ${say.facts.machine}${say.colon}${plain(say.machine(p.processor, p.cores, formatBytes(p.memoryBytes), p.platform))}`,
    `- ${say.facts.started}${say.colon}${p.started}`,
    '',
    `## ${say.again}`,
    '',
    `    ${command}`,
    '',
  ].join('\n');
}

/** The verdict, what held and what did not, and why. */
export function verdictLines({ verdict, because, checks }: Omit<Findings, 'figures'>, told: string, language: Language): string[] {
  const { signs, colon, stop } = words(language);
  const held = heldOf(checks, language);
  const failed = (held?.failed ?? []).map(({ what, ours }) => `- ✗ ${plain(what)}${colon}${plain(ours)}`);
  const sentence = held === undefined ? '' : ` ${plain(held.sentence)}`;
  return [`**${signs[verdict]} ${told}${stop}**${sentence}`, '', ...(failed.length === 0 ? [] : [...failed, '']), plain(because[language])];
}

/** The lines of the table. */
export function checksTable(checks: readonly Check[], language: Language): string[] {
  const say = words(language);
  const { what, published, ours, seeds, holds } = say.columns;
  const rows = checks.map((check) => {
    return [
      plain(check.what[language]),
      check.published === undefined ? say.none : plain(publishedText(check.published, language)),
      plain(check.ours[language]),
      check.seeds === 0 ? say.arithmetic : String(check.seeds),
      check.holds === undefined ? say.holds.told : check.holds ? `✓ ${say.holds.yes}` : `✗ ${say.holds.no}`,
    ];
  });
  return [[what, published, ours, seeds, holds], ['---', '---', '---', '--:', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`);
}

/** Text that Markdown and its tables leave as it is. */
export function plain(content: string): string {
  return content
    .replace(/[\\`*_[\]|<>]/g, '\\$&')
    .replace(/\s+/g, ' ')
    .trim();
}
