/**
 * The report as data: everything that the page, the Markdown and the JSON print, computed once.
 *
 * Two executions of one study differ in measured times alone. Those are: keys that begin with `seconds`, `peakBytes`,
 * `started`, and charts whose `timed` is true. `withoutTimes` drops exactly them, and what is left is the same to the byte.
 */
import type { RunRecord, StudyResults } from '../src/study/results.js';
import type { Chart, ChartSection } from './chart.js';
import { type Comparison, compare } from './comparison.js';
import { formatCount, formatNumber, listed, plural } from './formatting.js';
import { type TextTable, tablesOf } from './tables.js';
import { rule } from './verdict.js';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly charts: readonly Chart[];
  readonly tables: readonly TextTable[];
}

/** A run that the study has and that gave no result, or one that did in spite of trouble. */
export interface Absent {
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  readonly reason: string;
}

export interface Report {
  readonly results: StudyResults;
  readonly comparison: Comparison;
  readonly sections: readonly Section[];
  /** The tables of each task, in the order of the comparison's tasks. */
  readonly tables: readonly (readonly TextTable[])[];
  /** So many tasks that what is of one alone is folded. */
  readonly folded: boolean;
  /** What was compared, in a sentence. */
  readonly what: string;
  /** How sure the verdicts are: the rule behind them. */
  readonly rule: string;
  readonly failed: readonly Absent[];
  /** Finished runs in which evaluations failed. */
  readonly troubled: readonly Absent[];
  readonly missing: readonly Absent[];
}

/** `reference`: label of the strategy whose times set the run-length targets; default the best of the study. */
export function buildReport(results: StudyResults, kinds: readonly ChartSection[], reference?: string): Report {
  const comparison = compare(results, reference);
  const sections = kinds
    .filter((kind) => kind.applies(results))
    .map((kind) => ({
      id: kind.id,
      title: kind.title,
      reading: kind.reading,
      charts: kind.make(results, comparison),
      tables: kind.tables?.(results, comparison) ?? [],
    }))
    .filter(({ charts }) => charts.length > 0);
  return {
    results,
    comparison,
    sections,
    tables: comparison.tasks.map((compared) => tablesOf(compared, comparison.reference)),
    folded: comparison.tasks.length > mostOpen,
    what: describe(results, comparison),
    rule,
    failed: failures(results),
    troubled: troubles(results),
    missing: gaps(results),
  };
}

/** Tasks whose charts and tables stand open; more are folded, a page each. */
const mostOpen = 6;
/** Names that a sentence lists. */
const mostNames = 12;

/** The charts that are also pictures: all, but of folded tasks none, for they would be hundreds. */
export function picturesOf({ sections, folded }: Report): Chart[] {
  return sections.flatMap((section) => section.charts).filter(({ task }) => !(folded && task !== undefined));
}

function describe(results: StudyResults, { tasks }: Comparison): string {
  const { strategies, problems, seeds, budget, runs, missing } = results;
  const limits = [
    budget.evaluations === undefined ? '' : plural(budget.evaluations, 'evaluation'),
    budget.samplePasses === undefined ? '' : `${formatCount(budget.samplePasses)} sample-passes`,
    budget.seconds === undefined ? '' : `${formatNumber(budget.seconds)} seconds`,
    budget.target === undefined ? '' : `a loss of ${formatNumber(budget.target)}`,
    budget.stagnation === undefined ? '' : `${formatCount(budget.stagnation)} evaluations without a better loss`,
  ].filter((limit) => limit !== '');
  const done = runs.filter((run) => run.status === 'done').length;
  const state = [
    `${formatCount(done)} of ${plural(runs.length + missing, 'run')} finished`,
    runs.length > done ? `${formatCount(runs.length - done)} failed` : '',
    missing > 0 ? `${formatCount(missing)} not yet run` : '',
  ].filter((part) => part !== '');
  const named = (names: readonly string[]) => (names.length === 0 || names.length > mostNames ? '' : ` (${listed(names)})`);
  const instances = problems.length > tasks.length ? ` in ${formatCount(problems.length)} instances` : '';
  const titles = tasks.length > mostOpen ? [] : [...new Set(tasks.map(({ task }) => task.title))];
  const until = limits.length === 0 ? '' : `, each run until ${limits.join(' or ')}`;
  return (
    `${plural(strategies.length, 'strategy', 'strategies')}${named(strategies.map(({ label }) => label))} on ` +
    `${plural(tasks.length, 'problem')}${instances}${named(titles)}, ${plural(seeds.length, 'seed')} each${until}. ` +
    `${listed(state)}.`
  );
}

function failures(results: StudyResults): Absent[] {
  const because = (run: RunRecord) => (run.error === undefined || run.error === '' ? 'No message was given.' : run.error);
  return results.runs
    .filter((run) => run.status === 'failed')
    .map((run) => ({ problem: run.settings.problem, strategy: run.label, seed: run.settings.seed, reason: because(run) }));
}

export const troubledTitle = 'Finished runs in which evaluations failed';

function troubles(results: StudyResults): Absent[] {
  return results.runs
    .filter((run) => run.status === 'done' && (run.cost.failed > 0 || (run.error ?? '') !== ''))
    .map((run) => {
      const { failed, evaluations, gradients } = run.cost;
      const told = run.error === undefined || run.error === '' ? 'losses that are no finite numbers' : run.error;
      const reason = `${formatCount(failed)} of ${plural(evaluations + gradients, 'evaluation')}: ${told}`;
      return { problem: run.settings.problem, strategy: run.label, seed: run.settings.seed, reason };
    });
}

function gaps(results: StudyResults): Absent[] {
  const key = (problem: string, strategy: string, seed: number) => JSON.stringify([problem, strategy, seed]);
  const there = new Set(results.runs.map((run) => key(run.settings.problem, run.label, run.settings.seed)));
  return results.problems.flatMap(({ id }) =>
    results.strategies.flatMap(({ label }) =>
      results.seeds
        .filter((seed) => !there.has(key(id, label, seed)))
        .map((seed) => ({ problem: id, strategy: label, seed, reason: "Not in the store yet: the study's command runs it." })),
    ),
  );
}
