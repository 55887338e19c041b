/** docs/field.json in docs/strategies.md: which strategies did best for which kind of problem, and all of them side by side. */
import { readFileSync } from 'node:fs';
import type { AnyStrategy } from '../src/core/strategy.js';

export interface FieldColumn {
  readonly id: string;
  readonly on: 'functions' | 'networks';
  /** Of shares and accuracies more is better, of losses less. */
  readonly unit: 'share' | 'loss' | 'accuracy';
  readonly what: string;
}

/** What scripts/field.ts measured. */
export interface Field {
  readonly date: string;
  readonly machine: string;
  /** What the columns of each table have in common. */
  readonly on: Readonly<Record<FieldColumn['on'], string>>;
  readonly columns: readonly FieldColumn[];
  /** One number a column; null where the strategy does not run there. */
  readonly rows: Readonly<Record<string, readonly (number | null)[]>>;
}

const field = JSON.parse(readFileSync(new URL('../../docs/field.json', import.meta.url), 'utf8')) as Field;
const shown = 4;

/** A problem in words, the column that tells, and who is eligible. */
const situations: readonly { readonly problem: string; readonly column: string; readonly fits?: (strategy: AnyStrategy) => boolean }[] = [
  { problem: 'a network, with its gradient', column: 'large network', fits: byGradient },
  { problem: 'a network of thousands of parameters, without its gradient', column: 'large network', fits: byLosses },
  { problem: 'a network of tens of parameters, without its gradient', column: 'small network', fits: byLosses },
  { problem: 'a function of which little is known, thousands of evaluations', column: 'all 24' },
  { problem: 'a function whose coordinates act one by one', column: 'separable' },
  { problem: 'a smooth function, badly scaled or with long curved valleys', column: 'ill-conditioned' },
  { problem: 'many local minima, better ones towards the best', column: 'multi-modal' },
  { problem: 'many local minima in no order', column: 'weak structure' },
  { problem: 'noisy losses', column: 'noisy' },
  { problem: 'a few hundred evaluations, because each takes long', column: 'at 200' },
];

function byGradient({ card }: AnyStrategy): boolean {
  return card.needs === 'gradient';
}

function byLosses({ card }: AnyStrategy): boolean {
  return card.needs === 'losses';
}

/** A row for each kind of problem: the strategies that came out best there. */
export function chooser(strategies: readonly AnyStrategy[]): string[] {
  return [
    '## Choose in a minute',
    '',
    'Find your problem; try the strategies behind it, best first. The figures are what they reached with default options in the column named last of [Side by side](#side-by-side): shares of targets reached, accuracies, or losses. Those a point or two apart are equals.',
    '',
    '| your problem | try | measured in |',
    '| --- | --- | --- |',
    ...situations.map(({ problem, column, fits = byLosses }) => {
      const at = field.columns.findIndex(({ id }) => id === column);
      const names = ranked(strategies.filter(fits), at).slice(0, shown);
      return `| ${problem} | ${names.map((name) => `[${name}](#${name}) ${figure(field.rows[name][at], field.columns[at])}`).join(', ')} | ${column} |`;
    }),
    '',
    'If there is a gradient, use it on large networks: compare the first two rows. A strategy that ends early (its run says `converged`) goes on from new starts as [`restarted(NAME)`](#around-any-strategy). Not sure? `npx zeroth compare --problems YOURS --strategies bipop-cma-es,l-shade,pso --evaluations 10000` runs several on your problem and tests whether they differ.',
    '',
  ];
}

/** Every strategy that was measured, best first. */
export function sideBySide(strategies: readonly AnyStrategy[]): string[] {
  const { date, machine } = field;
  return [
    '## Side by side',
    '',
    `Every strategy with its default options on the same problems at equal cost (\`npm run field\`; measured ${date} on ${machine}). Defaults are not tuned to these problems: a low figure says what a strategy does untuned. The best of each column is bold. A dash: the strategy cannot run there, because it needs a gradient or bounds that the problem lacks, or works up to fewer coordinates or evaluations.`,
    '',
    ...table(strategies, 'functions', 'all 24'),
    ...table(strategies, 'networks', 'large network'),
  ];
}

function table(strategies: readonly AnyStrategy[], on: FieldColumn['on'], by: string): string[] {
  const columns = field.columns.map((column, at) => ({ ...column, at })).filter((column) => column.on === on);
  const measured = strategies.filter(({ name }) => columns.some(({ at }) => measuredAt(name, at) !== null));
  const best = new Map(columns.map((column) => [column.at, ranked(measured, column.at)[0]]));
  const order = ranked(
    measured,
    field.columns.findIndex(({ id }) => id === by),
  );
  const rows = [...order, ...measured.map(({ name }) => name).filter((name) => !order.includes(name))];
  return [
    `${capital(on)}: ${field.on[on]}.`,
    '',
    ...columns.map(({ id, what }) => `- **${id}**: ${what}.`),
    '',
    `| strategy | family | ${columns.map(({ id }) => id).join(' | ')} |`,
    `| --- | --- |${' ---: |'.repeat(columns.length)}`,
    ...rows.map((name) => {
      const cells = columns.map((column) => {
        const text = figure(measuredAt(name, column.at), column);
        return best.get(column.at) === name ? `**${text}**` : text;
      });
      return `| [${name}](#${name}) | ${strategies.find((strategy) => strategy.name === name)?.family} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

/** Names of those that have a figure in the column, best first. */
function ranked(strategies: readonly AnyStrategy[], at: number): string[] {
  const sign = field.columns[at].unit === 'loss' ? 1 : -1;
  const names = strategies.map(({ name }) => name).filter((name) => measuredAt(name, at) !== null);
  return names.sort((a, b) => sign * ((measuredAt(a, at) ?? 0) - (measuredAt(b, at) ?? 0)));
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}

function measuredAt(name: string, at: number): number | null {
  return field.rows[name]?.[at] ?? null;
}

function figure(value: number | null, { unit }: FieldColumn): string {
  if (value === null) return '–';
  return unit === 'loss' ? Number(value.toPrecision(2)).toString() : `${(100 * value).toFixed(unit === 'accuracy' ? 1 : 0)} %`;
}
