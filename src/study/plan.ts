/** A study resolved to its runs: every problem parsed, every option with its default, every run with its id. */
import type { Budget } from '../core/budget.js';
import { DataError, StrategyError, UsageError } from '../core/errors.js';
import type { Start } from '../core/start.js';
import type { Problem } from '../problems/problem.js';
import { expandProblemIds, findProblem } from '../problems/registry.js';
import { type Canonical, shortHash } from './canonical.js';
import { labelStrategies } from './labels.js';
import { Places } from './places.js';
import { loadLimit, PlannedStrategies, type PlannedStrategy } from './planned-strategies.js';
import type { ProblemInfo, RunSettings, StrategyInfo } from './results.js';
import type { Study, StudyStrategy } from './study-schema.js';
import { groundOf, unfitness } from './unfit.js';

/** Part of every run's id: raised when a change of the program changes what equal settings give. */
const resultsVersion = 8;

export interface PlannedRun {
  readonly id: string;
  /** Of its strategy in this study. */
  readonly label: string;
  readonly settings: RunSettings;
  /** The defaults of its strategy's options. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Why it cannot be carried out: its strategy is a plug-in that cannot be loaded. */
  readonly refused?: string;
}

export interface Plan {
  readonly name: string;
  readonly problems: readonly ProblemInfo[];
  readonly strategies: readonly StrategyInfo[];
  readonly seeds: readonly number[];
  readonly budget: Budget;
  /** By problem, then strategy, then seed. */
  readonly runs: readonly PlannedRun[];
  /** Runs that cannot succeed, known from the problems' data and the strategies' cards: a line for each. */
  readonly notes: readonly string[];
}

interface PlannedProblem {
  readonly info: ProblemInfo;
  /** Why its data cannot be read. */
  readonly fault: DataError | undefined;
  readonly budget: Budget;
  readonly start: Start | undefined;
}

interface StudiedStrategy {
  readonly written: StudyStrategy;
  readonly strategy: PlannedStrategy;
  /** Options by family name or problem id, over the strategy's own. */
  readonly overrides: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly info: StrategyInfo;
}

/** Where and how runs are evaluated. */
export interface Resources {
  /** Resolved, never `auto`. */
  readonly provider: string;
  readonly threads: number;
}

export interface PlanOptions {
  /** Seconds that a plug-in may take to load. */
  readonly limit?: number;
  /** What errors call the study's fields. */
  readonly places?: Places;
}

/**
 * Resolves a study. `resources` is asked once, with the number of runs and whether any of them is on a network.
 * Throws UsageError with the place of what is wrong, StrategyError where no strategy can be loaded, DataError where no problem's data
 * can be read.
 */
export async function planStudy(
  study: Study,
  resources: (runs: number, networks: boolean) => Promise<Resources>,
  { limit = Math.max(loadLimit, study.timeLimit ?? 0), places = new Places() }: PlanOptions = {},
): Promise<Plan> {
  const found = new PlannedStrategies(limit);
  try {
    return await planWith(found, study, resources, places);
  } finally {
    found.close();
  }
}

async function planWith(
  found: PlannedStrategies,
  study: Study,
  resources: (runs: number, networks: boolean) => Promise<Resources>,
  places: Places,
): Promise<Plan> {
  const problems = await planProblems(study, places);
  const strategies = await planStrategies(found, study, problems, places);
  const count = problems.length * strategies.length * study.seeds.length;
  const networks = problems.some(({ info }) => info.kind !== 'function');
  const { provider, threads } = await resources(count, networks);
  const runs: PlannedRun[] = [];
  const known: Canonical = new WeakMap();
  const notes: string[] = [];
  const builtIn = strategies.flatMap(({ strategy }) => strategy.builtIn ?? []);
  for (const { info: problem, fault, budget, start } of problems) {
    if (fault) notes.push(`No strategy can run on ${problem.id}: ${fault.message}`);
    const ground = await groundOf(problem, builtIn, study.seeds[0]);
    const on = problem.kind === 'function' ? { provider: 'cpu', threads: 1 } : { provider, threads }; // functions need no engine
    for (const { written, strategy, overrides, info } of strategies) {
      const options = { ...written.options, ...overrides.get(familyOf(problem.id)), ...overrides.get(problem.id) };
      const settings = { name: written.name, options: await strategy.parse(options) };
      const { defaults, refused } = strategy;
      const unfit = strategy.builtIn && unfitness(strategy.builtIn, settings.options, ground);
      if (unfit) notes.push(`${info.label} cannot run on ${problem.id}: ${unfit}`);
      for (const seed of study.seeds) {
        const run = {
          problem: problem.id,
          strategy: settings,
          seed,
          budget,
          bounds: study.bounds,
          ...(start !== undefined && { start }),
          ...on,
        };
        runs.push({
          id: runId(run, problem, known),
          label: info.label,
          settings: run,
          defaults,
          ...(refused !== undefined && { refused }),
        });
      }
    }
  }
  return {
    name: study.name,
    problems: problems.map(({ info }) => info),
    strategies: strategies.map(({ info }) => info),
    seeds: study.seeds,
    budget: withoutUndefined(study.budget ?? {}),
    runs,
    notes,
  };
}

/** Threads are left out, because results do not depend on them; the problem's facts are in, because its data may change. */
function runId({ threads: _, ...settings }: RunSettings, problem: ProblemInfo, known: Canonical): string {
  return shortHash({ version: resultsVersion, settings, facts: problem.facts }, known);
}

async function planProblems(study: Study, places: Places): Promise<PlannedProblem[]> {
  const planned = new Map<string, PlannedProblem>();
  for (const [i, written] of study.problems.entries()) {
    const at = ['problems', i];
    const budget = written.budget ?? study.budget;
    if (budget === undefined) {
      const whole = places.name(['budget']);
      throw new UsageError(`${whole} is missing, and ${places.name(at)} has none of its own: give evaluations, samplePasses or seconds.`);
    }
    for (const id of await places.locateLater(at, () => expandProblemIds(written.id))) {
      const { info, fault } = await places.locateLater(at, () => describeProblem(id));
      const asked = written.start ?? study.start;
      const start = asked === 'own' ? undefined : asked;
      if (typeof start === 'object') {
        await places.locateLater(written.start === undefined ? ['start'] : [...at, 'start'], () => checkNear(id, study.seeds[0]));
      }
      planned.set(info.id, { info, fault, budget: withoutUndefined(budget), start });
    }
  }
  const problems = [...planned.values()];
  const faults = problems.flatMap(({ fault }) => fault ?? []);
  if (faults.length === problems.length) throw faults[0];
  return problems;
}

/** Throws UsageError where a problem does not tell the place of an optimum. */
async function checkNear(id: string, seed: number): Promise<void> {
  const problem = await findProblem(id);
  if (problem.kind === 'function') {
    const objective = await problem.open({ seed, provider: 'cpu', threads: 1 });
    await objective.close?.();
    if (objective.optimumAt !== undefined) return;
  }
  throw new UsageError(
    `near needs the place of an optimum, which ${problem.id} does not tell. Use given, or a problem such as sphere:d10, bbob:f8:i1:d10 or more-wild:7.`,
  );
}

/** A problem whose data is missing stays in the study: its runs fail with the reason, `fault`, and harm no other. */
async function describeProblem(id: string): Promise<{ readonly info: ProblemInfo; readonly fault?: DataError }> {
  let problem: Problem | undefined;
  try {
    problem = await findProblem(id);
    return { info: { ...infoOf(problem), facts: await problem.facts() } };
  } catch (fault) {
    if (!(fault instanceof DataError)) throw fault;
    return { info: { ...(problem ? infoOf(problem) : { id, title: id, kind: 'function', dimension: 0 }), facts: {} }, fault };
  }
}

function infoOf({ id, title, kind, dimension, optimum, group, classes }: Problem): Omit<ProblemInfo, 'facts'> {
  return {
    id,
    title,
    kind,
    dimension,
    ...(optimum !== undefined && { optimum }),
    ...(group !== undefined && { group }),
    ...(classes && { classes }),
  };
}

async function planStrategies(
  strategies: PlannedStrategies,
  study: Study,
  problems: readonly PlannedProblem[],
  places: Places,
): Promise<StudiedStrategy[]> {
  const found: (Omit<StudiedStrategy, 'info'> & { readonly options: Readonly<Record<string, unknown>> })[] = [];
  for (const [i, written] of study.strategies.entries()) {
    const at = ['strategies', i];
    const strategy = await places.locateLater(at, () => strategies.find(written.name));
    const options = await places.locateLater([...at, 'options'], () => strategy.parse(written.options), strategy.name);
    const overrides = new Map<string, Readonly<Record<string, unknown>>>();
    for (const [key, values] of Object.entries(written.on)) {
      const on = [...at, 'on', key];
      overrides.set(await places.locateLater(on, () => keyOf(key, problems)), values);
      await places.locateLater(on, () => strategy.parse({ ...written.options, ...values }), strategy.name);
    }
    found.push({ written, strategy, overrides, options });
  }
  const refused = found.flatMap(({ strategy }) => strategy.refused ?? []);
  if (refused.length === found.length) throw new StrategyError(refused[0]);
  const labelled = found.map(({ written, strategy, options, overrides }) => {
    return { given: written.label, name: strategy.name, options, defaults: strategy.defaults, on: Object.fromEntries(overrides) };
  });
  const labels = labelStrategies(labelled, places);
  return found.map(({ options, ...entry }, i) => {
    const settings = { name: entry.written.name, options };
    return { ...entry, info: { label: labels[i], title: entry.strategy.title, family: entry.strategy.family, settings } };
  });
}

/** A key of `on` as it is looked up: a family's name, or the canonical id of one of the study's problems. */
async function keyOf(key: string, problems: readonly PlannedProblem[]): Promise<string> {
  if (problems.some(({ info }) => familyOf(info.id) === key)) return key;
  const { id } = await findProblem(key);
  if (problems.some(({ info }) => info.id === id)) return id;
  throw new UsageError(`${id} is no problem of the study: it has ${problems.map(({ info }) => info.id).join(', ')}.`);
}

function familyOf(id: string): string {
  return /^[^:(]*/.exec(id)?.[0] ?? id;
}

function withoutUndefined(budget: NonNullable<Study['budget']>): Budget {
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined)) as Budget;
}
