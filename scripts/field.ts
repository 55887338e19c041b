/**
 * `npm run field [FOLDER]`: every strategy with its default options on the same problems at equal cost, into FOLDER (out/field); then
 * the figures that docs/strategies.md shows, to docs/field.json. Interrupted, it saves its runs, and goes on where it was.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cocoTargets } from '../src/core/targets.js';
import type { RunRecord, StudyResults } from '../src/study/results.js';
import { runStudy } from '../src/study/run-study.js';
import { allStrategies } from '../src/study/strategy-registry.js';
import { parseStudy } from '../src/study/study-schema.js';
import type { Field, FieldColumn } from './field-table.js';

const dimension = 10;
const evaluations = 10_000;
const fewEvaluations = 200;
/** BBOB's five groups, and the sphere and the ellipsoid under severe noise: Gaussian, uniform and Cauchy. */
const groups: readonly { readonly id: string; readonly means: string; readonly functions: readonly number[] }[] = [
  { id: 'separable', means: 'coordinates that act one by one', functions: [1, 2, 3, 4, 5] },
  { id: 'moderate', means: 'low or moderate conditioning', functions: [6, 7, 8, 9] },
  { id: 'ill-conditioned', means: 'one minimum, high conditioning', functions: [10, 11, 12, 13, 14] },
  { id: 'multi-modal', means: 'many minima with a global structure', functions: [15, 16, 17, 18, 19] },
  { id: 'weak structure', means: 'many minima with little structure', functions: [20, 21, 22, 23, 24] },
  { id: 'noisy', means: 'severe noise', functions: [107, 108, 109, 116, 117, 118] },
];
const exact = Array.from({ length: 24 }, (_, k) => k + 1);
const small = { id: 'iris(4-7-3,tanh)', parameters: 59, samplePasses: 300_000, seeds: 5 };
const large = { id: 'mnist(784-16-10,relu,batch=256)', parameters: 12_730, samplePasses: 3_000_000, seeds: 3 };

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
const out = resolve(process.argv[2] ?? fileURLToPath(new URL('../../out/field/', import.meta.url)));
const strategies = await allStrategies();
const all = strategies.map(({ name }) => name);
const withoutGradient = strategies.filter(({ card }) => card.needs === 'losses');
const names = (thrifty: boolean) =>
  withoutGradient.filter(({ card }) => (card.largestBudget !== undefined) === thrifty).map(({ name }) => name);

// Strategies for small budgets think long about each point: they get one instance of each function.
const onFunctions = [
  await run('functions', { problems: bbob('i1-5'), strategies: names(false), seeds: 1, budget: { evaluations } }),
  await run('functions-thrifty', { problems: bbob('i1'), strategies: names(true), seeds: 1, budget: { evaluations: fewEvaluations } }),
];
const [onSmall, onLarge] = [await onNetwork('small', small), await onNetwork('large', large)];

const many = evaluations.toLocaleString('en');
const on = {
  functions: `share of COCO's 51 targets, from 100 to 1e-8 above the optimum, reached within ${many} evaluations; BBOB in ${dimension}-D, mean over 5 instances of each function`,
  networks: 'after equal numbers of sample-passes, of which a loss costs one for each sample and a gradient three',
};
const columns: FieldColumn[] = [
  ...groups.map(({ id, functions, means }) => ({
    id,
    on: 'functions' as const,
    unit: 'share' as const,
    what: `${means}, BBOB ${spans(functions)}`,
  })),
  {
    id: 'all 24',
    on: 'functions',
    unit: 'share',
    what: 'mean of the 24 functions without noise',
  },
  {
    id: `at ${fewEvaluations}`,
    on: 'functions',
    unit: 'share',
    what: `the same mean after the first ${fewEvaluations} evaluations of these runs; a strategy for small budgets stops there, and had one instance of each function`,
  },
  {
    id: 'small network',
    on: 'networks',
    unit: 'loss',
    what: `training loss of \`${small.id}\`, ${small.parameters} parameters, after ${small.samplePasses.toLocaleString('en')} sample-passes, median of ${small.seeds} seeds`,
  },
  {
    id: 'large network',
    on: 'networks',
    unit: 'accuracy',
    what: `test accuracy on \`${large.id}\`, ${large.parameters.toLocaleString('en')} parameters, after ${large.samplePasses.toLocaleString('en')} sample-passes, median of ${large.seeds} seeds`,
  },
];
const rows = Object.fromEntries(
  all.map((name) => {
    const runs = onFunctions.flatMap((results) => runsOf(results, name));
    const thrifty = names(true).includes(name);
    return [
      name,
      [
        ...[...groups.map(({ functions }) => functions), exact].map((functions) =>
          thrifty ? null : mean(runs.filter(within(functions)).map((r) => reached(r, evaluations))),
        ),
        mean(runs.filter(within(exact)).map((r) => reached(r, fewEvaluations))),
        median(runsOf(onSmall, name).flatMap(({ final }) => final.loss ?? [])),
        median(runsOf(onLarge, name).flatMap(({ final }) => final.testAccuracy ?? [])),
      ],
    ];
  }),
);
const machine = `${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`;
const field: Field = { date: new Date().toISOString().slice(0, 10), machine, on, columns, rows };
writeFileSync(new URL('../../docs/field.json', import.meta.url), `${JSON.stringify(field, rounded, 2)}\n`);

function bbob(instances: string): string[] {
  return groups.flatMap(({ functions }) => functions.map((f) => `bbob:f${f}:${instances}:d${dimension}`));
}

function onNetwork(name: string, { id, samplePasses, seeds }: typeof small): Promise<StudyResults> {
  return run(`${name}-network`, { problems: [id], strategies: all, seeds, budget: { samplePasses } });
}

async function run(name: string, study: object): Promise<StudyResults> {
  let done = 0;
  const { results, interrupted } = await runStudy(parseStudy({ name, ...study }), {
    out: join(out, name),
    command: 'npm run field',
    signal: interruption.signal,
    events: {
      planned: (plan, finished) => console.error(`${name}: ${plan.runs.length} runs, ${finished.size} of them finished before`),
      note: (text) => console.error(`  ${text}`),
      finished: ({ id, status, error }) => {
        if (++done % 100 === 0) console.error(`  ${done} runs`);
        if (status === 'failed') console.error(`  ${id}: ${error}`);
      },
    },
  });
  if (interrupted) process.exit(130);
  return results;
}

function runsOf(results: StudyResults, strategy: string): RunRecord[] {
  return results.runs.filter(({ settings, status }) => status === 'done' && settings.strategy.name === strategy);
}

function within(functions: readonly number[]): (run: RunRecord) => boolean {
  return ({ settings }) => functions.some((f) => settings.problem.startsWith(`bbob:f${f}:`));
}

/** The share of the targets that a run had reached after so many evaluations: the trace has a row wherever one was. */
function reached({ settings, trace }: RunRecord, budget: number): number {
  const optimum = onFunctions.flatMap(({ problems }) => problems).find(({ id }) => id === settings.problem)?.optimum;
  if (optimum === undefined) throw new Error(`${settings.problem} has no known optimum`);
  const row = trace.evaluations.findLastIndex((spent) => spent <= budget);
  const distance = (trace.loss[row] ?? Number.POSITIVE_INFINITY) - optimum;
  return cocoTargets.filter((target) => distance <= target).length / cocoTargets.length;
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0 ? null : (sorted[Math.ceil(half - 0.5)] + sorted[Math.floor(half - 0.5)]) / 2;
}

/** 1, 2, 3, 7 as `f1 to f3, f7`. */
function spans(functions: readonly number[]): string {
  const runs: number[][] = [];
  for (const f of functions) {
    if (runs.at(-1)?.at(-1) === f - 1) runs.at(-1)?.push(f);
    else runs.push([f]);
  }
  return runs.map((run) => (run.length === 1 ? `f${run[0]}` : `f${run[0]} to f${run[run.length - 1]}`)).join(', ');
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
