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
import { imageSets } from '../src/datasets/image-sets.js';
import type { Experiment } from '../src/lab/experiment.js';
import { allExperiments } from '../src/lab/registry.js';
import { type Lesson, lessons, linesOf } from './lessons.js';
import type { ExperimentRecord } from './take-experiment.js';

const page = new URL('../../docs/experiments.md', import.meta.url);
const say = words('en');

const glossary: readonly (readonly [word: string, meaning: string])[] = [
  [
    'activation',
    'the function at the end of a unit, such as logistic, tanh or relu. *First values* are the random weights before training.',
  ],
  [
    'gradient',
    'how the loss changes with each weight. Back-propagation computes it backwards through the layers; gradient descent (SGD) follows it downhill, with steps whose length is the *learning rate*. Adam is gradient descent that fits the step to each weight.',
  ],
  [
    'without gradients',
    'methods that only compare how good candidates are: genetic algorithms, particle swarms, evolution strategies (CMA-ES, OpenAI-ES), and the solvers of `rios-sahinidis`.',
  ],
  [
    'loss',
    'how wrong a model is, as a number; training makes it small. *Training* and *test* say on which data: the model’s own, or data that it has never seen.',
  ],
  ['evaluation', 'one candidate tried on the data; an *epoch* is one pass over the training data.'],
  [
    'seed',
    'the number that random numbers start from. Several seeds are several independent repetitions; *arithmetic* in the column Seeds means that chance plays no part.',
  ],
  ['median', 'the value in the middle: half of the runs lie below it.'],
  [
    '± and 95 % interval',
    'where the true mean lies with a confidence of 95 %, as far as the seeds tell; in `montana-davis` ± is one standard error.',
  ],
  [
    'V, S, C',
    'where a published number is from. V: read in the primary source, its code or its data; S: in a secondary source; C: computed from the source named.',
  ],
];

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
    : `${say.signs[record.findings.verdict]} ${say.verdicts[record.findings.verdict].toLowerCase()}`;
}

function lessonOf({ name }: Experiment): Lesson {
  const lesson = lessons[name];
  if (lesson === undefined) throw new Error(`scripts/lessons.ts has nothing for a teacher about ${name}.`);
  return lesson;
}

/** The line of the table that is projected. */
function row(experiment: Experiment): string {
  const { name } = experiment;
  const { claim, published, ours } = lessonOf(experiment);
  const record = recordOf(experiment);
  const cells =
    record === undefined ? [claim, withoutLines(published), '-'] : [claim, published(linesOf(record, name)), ours(linesOf(record, name))];
  return `| ${cells.map(plain).join(' | ')} | ${verdictOf(record)} | [${name}](#${name}) |`;
}

/** What was published, of an experiment without a committed run. */
function withoutLines(published: Lesson['published']): string {
  const none = (): never => {
    throw new Error('Without a committed run there are no lines to take a number from.');
  };
  return published({ ours: none, published: none });
}

function opening(): string[] {
  const without = experiments.filter((experiment) => recordOf(experiment) === undefined).map(({ name }) => `\`${name}\``);
  return [
    '<!-- Written by `npm run docs` from the experiments, from scripts/lessons.ts and from docs/experiments: edit those, not this page. -->',
    '',
    '# Experiments',
    '',
    'What a lecture on deep networks claims, what the works that it cites published, and what came out when it was run here. Every number of ours on this page is from a full run, at the settings that its section names.',
    '',
    '| The claim | Published | Ours | Verdict | Experiment |',
    '| --- | --- | --- | --- | --- |',
    ...experiments.map(row),
    '',
    '- ✓ **Reproduced**: every judged line of the section’s table holds, in the source’s own terms.',
    '- ≈ **Shown on a stand-in**: every judged line holds, but on other data or at a smaller scale than the source’s; the section says which.',
    '- ✗ **Not reproduced**: at least one judged line does not hold. The section says which, and how many do.',
    '',
    ...(without.length === 0
      ? []
      : [
          `Of ${without.join(' and ')} no full run is committed: ${without.length === 1 ? 'its section gives' : 'their sections give'} the claim and the way to test it, and no result.`,
          '',
        ]),
    'To show one to a class: `npx zeroth lab NAME` runs its quick form in at most two minutes, prints the verdict and writes a page with the pictures. `--full` repeats the run that stands here; `--lang zh` speaks Chinese. What to say to the class goes with the full run; [the laboratory](laboratory.md) names the quick forms that show less, and says more.',
    '',
    ...imageSets.flatMap(({ name, title, get }) => {
      const readers = experiments.filter(({ data }) => data?.includes(name)).map((experiment) => `\`${experiment.name}\``);
      return readers.length === 0 ? [] : [`- ${title}, which does not come with Zeroth (\`${get}\`), is read by ${listed(readers)}.`];
    }),
    '',
    '## Words of this page',
    '',
    ...glossary.map(([word, meaning]) => `- **${word}**: ${meaning}`),
    '',
  ];
}

/** One, two and three. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function section(experiment: Experiment): string[] {
  const record = recordOf(experiment);
  const { name, claim, sources } = experiment;
  return [
    `## ${name}`,
    '',
    `**${say.claim}.** ${plain(claim.en)}`,
    '',
    ...(record === undefined ? announced(experiment) : measured(experiment, record)),
    ...(sources.length === 0 ? [] : [`**${say.sources}:** ${sources.map(cited).join(' ')}`, '']),
  ];
}

function cited(source: Reference): string {
  return `${plain(citationText(source))}${source.link === undefined ? '' : ` <${source.link}>`}`;
}

/** Of an experiment without a committed run. */
function announced(experiment: Experiment): string[] {
  return [
    `**No full run of it is committed, so nothing stands here as measured.** \`npx zeroth lab ${experiment.name} --full\` makes one; \`npx zeroth lab ${experiment.name}\` runs the quick form, whose few seeds and short runs decide little.`,
    '',
    `**What to say to the class.** ${plain(lessonOf(experiment).say)}`,
    '',
    `**${say.refutation}.** ${plain(experiment.refutation.en)}`,
    '',
    `**How it is tested.** ${plain(experiment.method.en)}`,
    '',
  ];
}

function measured(experiment: Experiment, { findings, pictures, provenance: p, seconds, command, ...record }: ExperimentRecord): string[] {
  const { name } = experiment;
  const quick = experiment.seconds?.quick;
  return [
    ...pictures.flatMap(({ id, title, reading }) => [
      `![${plain(title.en)}](experiments/${name}-${id}.png)`,
      '',
      `*${plain(title.en)}.* ${plain(reading.en)}`,
      '',
    ]),
    `**What to say to the class.** ${plain(lessonOf(experiment).say)}`,
    '',
    '**What came out.**',
    '',
    ...verdictLines(findings, say.verdicts[findings.verdict], 'en'),
    '',
    `**${say.refutation}.** ${plain(experiment.refutation.en)}`,
    '',
    `**What it cost.** ${formatSeconds(seconds)} on ${plain(p.processor)}, ${p.cores} cores, with Zeroth ${p.zeroth} on ${p.started.slice(0, 10)}: \`${command}\`.${quick === undefined ? '' : ` The quick form takes about ${formatSeconds(quick)}.`}`,
    '',
    '**Line by line.**',
    '',
    ...checksTable(findings.checks, 'en'),
    '',
    `**${say.method}.** ${plain(record.experiment.method.en)}`,
    '',
  ];
}
