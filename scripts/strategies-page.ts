/**
 * `npm run docs`: writes docs/strategies.md from the strategies themselves: their cards, options and references, and the measurements
 * that docs/verification and docs/field.json hold. `--print` writes the text to stdout instead (a test compares it with the committed page).
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { contestants } from '../experiments/es-mnist.js';
import { citation, suits } from '../src/core/card-words.js';
import { describeOptions, type OptionInfo, parseOptions } from '../src/core/options.js';
import type { AnyStrategy, Family } from '../src/core/strategy.js';
import { inLanguage } from '../src/lab/text.js';
import { allStrategies } from '../src/study/strategy-registry.js';
import { demands } from '../src/testing/budgets.js';
import { Trial } from '../src/testing/check.js';
import { bbobBox, over, sphere } from '../src/testing/test-objectives.js';
import { combinators } from '../strategies/shared/combinators.js';
import { chooser, sideBySide } from './field-table.js';
import type { ExperimentRecord } from './take-experiment.js';

const page = new URL('../../docs/strategies.md', import.meta.url);
const verifications = new URL('../../docs/verification/', import.meta.url);
const esMnist = JSON.parse(readFileSync(new URL('../../docs/experiments/es-mnist.json', import.meta.url), 'utf8')) as ExperimentRecord;
const dimensions = [100, 10_000] as const;

const strategies = await allStrategies();
const text = `${[
  ...opening(),
  ...chooser(strategies),
  ...sideBySide(strategies),
  ...choices(),
  ...around(),
  'In the tables of families, memory is that of the state, in float64; work is the arithmetic of ask and tell for one question. Both are what the cards say, with default options and the population named, at 100 and at 10,000 coordinates. Evaluations come on top.',
  '',
  ...families().flatMap(section),
].join('\n')}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(page, text);

function opening(): string[] {
  return [
    '<!-- Written by `npm run docs` from the strategies’ own cards and options: edit those, not this page. -->',
    '',
    '# Strategies',
    '',
    'All that Zeroth brings along: first which to try and what they reached, then every strategy by family, with its options. `zeroth strategies NAME` prints those too; `zeroth new strategy NAME` writes a strategy of your own to begin with.',
    '',
  ];
}

/** Who can take what, from the cards alone. */
function choices(): string[] {
  const list = (what: string, fits: (strategy: AnyStrategy) => boolean) =>
    `| ${what} | ${strategies.filter(fits).map(link).join(', ') || 'none'} |`;
  const byLosses = ({ card }: AnyStrategy) => card.needs === 'losses';
  return [
    '## By what they need',
    '',
    'From their cards. A card says what a strategy needs and stands, and the conformance suite, which the tests and `zeroth check NAME` run, proves every word of it.',
    '',
    '| a problem with | strategies |',
    '| --- | --- |',
    list('a gradient', ({ card }) => card.needs === 'gradient'),
    list('noisy losses', (strategy) => byLosses(strategy) && strategy.card.noise === 'tolerates'),
    list('losses that take minutes each', ({ card }) => card.largestBudget !== undefined),
    list('more than 100,000 coordinates', (strategy) => byLosses(strategy) && largestDimension(strategy) > 100_000),
    list('coordinates mixed by any rotation', (s) => byLosses(s) && s.card.invariances.includes('rotation')),
    list('losses of which only the order counts', (s) => byLosses(s) && s.card.invariances.includes('order')),
    '',
  ];
}

/** What goes around any strategy: the options that it adds, seen on one that has none of these names. */
function around(): string[] {
  const [inner] = strategies;
  const own = new Set(describeOptions(inner).map(({ name }) => name));
  const rows = Object.entries(combinators).flatMap(([outer, { title, around: put }]) => [
    `| \`${outer}(NAME)\` | | | ${title}. |`,
    ...describeOptions(put(inner))
      .filter(({ name }) => !own.has(name))
      .map(optionRow),
  ]);
  return [
    '## Around any strategy',
    '',
    'Restarts and multistart go around every strategy below, a file of your own and one another: `restarted(nelder-mead)`, `multistart(./mine.js, starts=5)`. The options of both stand together, `restarted(pso, swarmSize=60, patience=5000)`, and `restarted(pso(swarmSize=60), patience=5000)` says the same. In code, `restarted(strategy)` and `multistart(strategy)` are exported beside `scheduled`, which takes a schedule of your own: what each run is given, and when it ends.',
    '',
    '| option | default | takes | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ];
}

/** In the order in which the contract lists them. */
function families(): Family[] {
  return (Object.keys(demands) as Family[]).filter((family) => strategies.some((strategy) => strategy.family === family));
}

function section(family: Family): string[] {
  const members = strategies.filter((strategy) => strategy.family === family);
  return [
    `## ${capital(family)}`,
    '',
    '| strategy | for problems with | population | memory | work |',
    '| --- | --- | --- | --- | --- |',
    ...members.map(row),
    '',
    ...members.flatMap(details),
  ];
}

function row(strategy: AnyStrategy): string {
  const costs = dimensions.map((dimension) => costsAt(strategy, dimension));
  const both = (of: (cost: Costs) => string) =>
    [...new Set(costs.map((cost) => (cost === undefined ? 'not so far' : of(cost))))].join('; ');
  const cells = [
    `${link(strategy)}: ${strategy.title}`,
    suits(strategy).join(', '),
    both(({ population }) => population.toLocaleString('en')),
    both(({ memory }) => `${scaled(memory)}B`),
    both(({ work }) => scaled(work).trim()),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

interface Costs {
  readonly population: number;
  readonly memory: number;
  readonly work: number;
}

/** What its card says for the population of its third question, as the conformance suite measures it; undefined beyond its largest dimension. */
function costsAt(strategy: AnyStrategy, dimension: number): Costs | undefined {
  if (dimension > largestDimension(strategy)) return undefined;
  let population = 1;
  const trial = new Trial(strategy, over(sphere, bbobBox(dimension)), { seed: 1 });
  for (let k = 0; k < 3; k++) {
    trial.step((query) => {
      if (query.kind === 'losses') population = query.population.size;
    });
  }
  return { population, memory: strategy.card.memory(dimension, population), work: strategy.card.work(dimension, population) };
}

/** With default options. */
function largestDimension(strategy: AnyStrategy): number {
  return strategy.largestDimension?.(parseOptions(strategy)) ?? strategy.card.largestDimension;
}

function details(strategy: AnyStrategy): string[] {
  const source = strategy.reference.link;
  const rows = describeOptions(strategy).map(optionRow);
  return [
    `### ${strategy.name}`,
    '',
    `${strategy.title}. ${citation(strategy)}${source === undefined ? '' : ` <${source}>`}`,
    '',
    ...evidence(strategy),
    ...(rows.length === 0 ? ['It has no options.'] : ['| option | default | takes | meaning |', '| --- | --- | --- | --- |', ...rows]),
    '',
  ];
}

function optionRow({ name, default: value, allowed, meaning }: OptionInfo): string {
  const cells = [`\`${name}\``, value === undefined ? '' : `\`${JSON.stringify(value)}\``, allowed, meaning];
  return `| ${cells.map(cell).join(' | ')} |`;
}

type VerificationRow = { readonly what: string } & Readonly<Record<'ours' | 'published' | 'ratio', number | null>>;

interface Verification {
  readonly name: string;
  readonly date: string;
  readonly rows: readonly VerificationRow[];
}

/** Its rows of docs/verification: each begins with the strategy's name. */
function evidence({ name }: AnyStrategy): string[] {
  const lines: string[] = [];
  for (const file of readdirSync(verifications).filter((entry) => entry.endsWith('.json'))) {
    const verification = JSON.parse(readFileSync(new URL(file, verifications), 'utf8')) as Verification;
    const rows = verification.rows.filter(({ what }) => /^[\w-]+/.exec(what)?.[0] === name);
    if (rows.length === 0) continue;
    const figures = `${rows.length} ${rows.length === 1 ? 'figure' : 'figures'}`;
    const beside = `beside [figures of others](verification.md#${verification.name})`;
    lines.push(`Measured ${verification.date} ${beside}, ${figures}: ${inShort(rows)}.`, '');
  }
  return [...lines, ...onMnist(name)];
}

/** Its line of the committed run of the experiment es-mnist. */
function onMnist(name: string): string[] {
  const contestant = contestants.find((one) => one.name === name);
  if (contestant === undefined) return [];
  const check = esMnist.findings.checks.find(({ what }) => what.en.startsWith(`${contestant.label}: `));
  if (check?.published === undefined)
    throw new Error(`The committed run of es-mnist has no line with a published figure for ${contestant.label}.`);
  const { published, ours, seeds } = check;
  const at = `[at the settings of EvoJAX](experiments.md#es-mnist)`;
  return [
    `Test accuracy on MNIST, a convolutional network of 11,274 parameters after 2,000 iterations ${at}: ${ours.en}, published ${inLanguage(published.value, 'en')} (${seeds} run each).`,
    '',
  ];
}

/** The range of ratios, and, so that it hides no defeat, how many rows have none and why. */
function inShort(rows: readonly VerificationRow[]): string {
  const ratios = rows
    .map(({ ratio }) => ratio)
    .filter((ratio) => ratio !== null)
    .sort((a, b) => a - b);
  const count = (fits: (row: VerificationRow) => boolean) => rows.filter((row) => row.ratio === null && fits(row)).length;
  const without = [
    [count(({ ours, published }) => ours === null && published !== null), 'reached by theirs alone'],
    [count(({ ours, published }) => ours !== null && published === null), 'reached by ours alone'],
    [count(({ ours, published }) => ours === null && published === null), 'without a figure on either side'],
    [count(({ ours, published }) => ours !== null && published !== null), 'without a ratio'],
  ] as const;
  const span =
    ratios.length === 0
      ? []
      : [
          `ours / theirs ${ratios[0].toFixed(2)} to ${ratios[ratios.length - 1].toFixed(2)}${ratios.length === rows.length ? '' : ` on ${ratios.length}`}`,
        ];
  return [...span, ...without.filter(([many]) => many > 0).map(([many, how]) => `${many} ${how}`)].join('; ');
}

function link({ name }: AnyStrategy): string {
  return `[${name}](#${name})`;
}

/** Text as a cell of a table: a bar would end it. */
function cell(content: string): string {
  return content.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

/** Two digits and a unit prefix: 1,234,567 as `1.2 M`. */
function scaled(value: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T'];
  let rounded = Number(value.toPrecision(2));
  let k = 0;
  for (; rounded >= 1000 && k < prefixes.length - 1; k++) rounded /= 1000;
  return `${Number(rounded.toPrecision(2))} ${prefixes[k]}`;
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
