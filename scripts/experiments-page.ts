/**
 * `npm run docs`: writes docs/experiments.md from the experiments and from what docs/experiments holds of their full runs. `--print`
 * writes the text to stdout instead (a test compares it with the committed page).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { formatSeconds } from '../reports/formatting.js';
import { checksTable, plain, verdictLines } from '../reports/lab/markdown.js';
import { citationText } from '../reports/lab/sources.js';
import { words } from '../reports/lab/words.js';
import type { Reference } from '../src/core/strategy.js';
import type { Experiment } from '../src/lab/experiment.js';
import { allExperiments } from '../src/lab/registry.js';
import type { ExperimentRecord } from './take-experiment.js';

const page = new URL('../../docs/experiments.md', import.meta.url);
const say = words('en');

const experiments = await allExperiments();
const text = `${[...opening(), ...experiments.flatMap(section)].join('\n').trimEnd()}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(page, text);

function recordOf({ name }: Experiment): ExperimentRecord | undefined {
  const file = new URL(`../../docs/experiments/${name}.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ExperimentRecord) : undefined;
}

function verdictOf(record: ExperimentRecord | undefined): string {
  return record === undefined
    ? 'no full run is committed'
    : `${say.signs[record.findings.verdict]} ${say.verdicts[record.findings.verdict]}`;
}

function holdingOf(record: ExperimentRecord | undefined): string {
  if (record === undefined) return '';
  const judged = record.findings.checks.filter(({ holds }) => holds !== undefined);
  return `${judged.filter(({ holds }) => holds).length} of ${judged.length}`;
}

function opening(): string[] {
  return [
    '<!-- Written by `npm run docs` from the experiments and from docs/experiments: edit those, not this page. -->',
    '',
    '# Experiments',
    '',
    'The lecture’s claims and the works that it cites, each as one command with a picture: `zeroth lab NAME` runs the quick form in at most two minutes, `--full` the one whose figures stand here, `--lang zh` in Chinese.',
    '',
    'Published numbers carry a mark: V was read in the primary source, its code or its data, S in a secondary source, C is computed from such a source. *Reproduced* means in the source’s own terms; *shown on a stand-in*, on other data or at another scale, which the text names.',
    '',
    '| experiment | what it shows | verdict | judged lines that hold | time of the full run |',
    '| --- | --- | --- | --- | --- |',
    ...experiments.map((experiment) => {
      const record = recordOf(experiment);
      const time = record === undefined ? '' : formatSeconds(record.seconds);
      return `| [${experiment.name}](#${experiment.name}) | ${plain(experiment.title.en)} | ${verdictOf(record)} | ${holdingOf(record)} | ${time} |`;
    }),
    '',
  ];
}

function section(experiment: Experiment): string[] {
  const record = recordOf(experiment);
  const { name, claim, sources } = experiment;
  return [
    `## ${name}`,
    '',
    plain(claim.en),
    '',
    ...(record === undefined ? [`No full run is committed. \`npx zeroth lab ${name} --full\` makes one.`, ''] : measured(record)),
    ...(sources.length === 0 ? [] : [`**${say.sources}:** ${sources.map(cited).join(' ')}`, '']),
  ];
}

function cited(source: Reference): string {
  return `${plain(citationText(source))}${source.link === undefined ? '' : ` <${source.link}>`}`;
}

function measured(record: ExperimentRecord): string[] {
  const { experiment, findings, pictures, provenance: p, seconds } = record;
  return [
    ...verdictLines(findings, say.verdicts[findings.verdict], 'en'),
    '',
    ...pictures.flatMap(({ id, title, reading }) => [
      `![${plain(title.en)}](experiments/${experiment.name}-${id}.png)`,
      '',
      `*${plain(title.en)}.* ${plain(reading.en)}`,
      '',
    ]),
    ...checksTable(findings.checks, 'en'),
    '',
    `**${say.method}:** ${plain(experiment.method.en)}`,
    '',
    `**${say.refutation}:** ${plain(experiment.refutation.en)}`,
    '',
    `${formatSeconds(seconds)} on ${plain(p.processor)}, ${p.cores} cores, Zeroth ${p.zeroth}, ${p.started.slice(0, 10)}; \`${record.command}\`.`,
    '',
  ];
}
