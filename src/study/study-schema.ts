/** A study as its author writes it: problems x strategies x seeds and a budget. One schema for YAML, JSON and modules. */
import { z } from 'zod';
import { UsageError } from '../core/errors.js';
import { providers } from '../engine/provider.js';
import { explainIssues } from './issues.js';
import { Places } from './places.js';
import { parseStrategyArgument } from './strategy-argument.js';

const count = z.number().int().positive();

/** Each seed is one run of every strategy on every problem. */
export const mostSeeds = 100_000;

export const budgetSchema = z
  .strictObject({
    evaluations: count.describe('Losses of single candidates.').optional(),
    samplePasses: count.describe('Samples forward through one network; a gradient counts 3 for each sample.').optional(),
    seconds: z.number().positive().describe('Wall-clock seconds of ask, evaluate and tell.').optional(),
    target: z
      .number()
      .describe('Stop when the best loss is at most this far above the least possible loss; where that is not known, at or below this.')
      .optional(),
    stagnation: count.describe('Stop after this many evaluations without a better loss.').optional(),
  })
  .refine((budget) => budget.evaluations !== undefined || budget.samplePasses !== undefined || budget.seconds !== undefined, {
    message: 'must limit evaluations, samplePasses or seconds, so that every run ends',
  });

const startSchema = z
  .union([
    z.enum(['own', 'given']),
    z.strictObject({ near: z.number().positive().max(1).describe('Share of the way from an optimum to the given start.') }),
  ])
  .describe("Where runs begin: at draws from the problem's own distribution, at one given point, or near an optimum.");

const options = z.record(z.string(), z.unknown());

const problemSchema = z.union([
  z.string().min(1),
  z.strictObject({
    id: z.string().min(1).describe('A problem id; wildcards and ranges are expanded.'),
    budget: budgetSchema.describe("Replaces the study's budget for this problem.").optional(),
    start: startSchema.optional(),
  }),
]);

const strategySchema = z.union([
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1).describe('A registered name, the path of a file, or a package.'),
    label: z.string().min(1).describe('The name in reports; by default the name with the options that tell it from others.').optional(),
    options: options.describe('Options that differ from the defaults.').optional(),
    on: z
      .record(z.string(), options)
      .describe("Options for some problems, over `options`: by problem id as in `problems`, or by the id's first word.")
      .optional(),
  }),
]);

export const studySchema = z.strictObject({
  name: z.string().min(1).default('comparison').describe('Names the study in its report.'),
  problems: z.array(problemSchema).min(1),
  strategies: z.array(strategySchema).min(1),
  seeds: z
    .union([count.max(mostSeeds), z.array(z.number().int().nonnegative()).min(1).max(mostSeeds)])
    .default(10)
    .describe('A count n for the seeds 1 to n, or a list.'),
  budget: budgetSchema.describe('For every problem that has none of its own.').optional(),
  start: startSchema.default('own'),
  bounds: z.enum(['clip', 'reflect', 'periodic', 'resample']).default('clip').describe('What happens to candidates outside the bounds.'),
  provider: z
    .enum(['auto', ...providers])
    .default('auto')
    .describe('The execution provider of ONNX Runtime.'),
  workers: count.max(1024).describe('Child processes; by default one for each core, and 1 on a device.').optional(),
  threads: count.max(1024).describe('Threads inside one evaluation; by default cores / workers. Does not change results.').optional(),
  saveSeconds: z
    .number()
    .nonnegative()
    .default(10)
    .describe('Seconds between two savings of an unfinished run; 0 saves after every query.'),
  timeLimit: z.number().positive().describe('Seconds after which a run is killed and recorded as failed; by default none.').optional(),
});

/** A study as written. */
export type StudyInput = z.input<typeof studySchema>;

export interface StudyStrategy {
  readonly name: string;
  readonly label?: string | undefined;
  readonly options: Readonly<Record<string, unknown>>;
  readonly on: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A study with its defaults filled in and its short forms written out. */
export type Study = Omit<z.output<typeof studySchema>, 'problems' | 'strategies' | 'seeds'> & {
  readonly problems: readonly Exclude<z.output<typeof problemSchema>, string>[];
  readonly strategies: readonly StudyStrategy[];
  readonly seeds: readonly number[];
};

/** Checks a study. Throws UsageError that names the place of each wrong field. */
export function parseStudy(input: unknown, places = new Places()): Study {
  const result = studySchema.safeParse(input);
  if (!result.success) throw new UsageError(explainIssues(result.error, input, places, studySchema));
  const study = result.data;
  return {
    ...study,
    problems: study.problems.map((problem) => (typeof problem === 'string' ? { id: problem } : problem)),
    strategies: study.strategies.map((strategy, i) => places.locate(['strategies', i], () => strategyOf(strategy))),
    seeds: seedsOf(study.seeds, places),
  };
}

function strategyOf(written: z.output<typeof strategySchema>): StudyStrategy {
  if (typeof written === 'string') return { ...parseStrategyArgument(written), on: {} };
  return { ...named(written.name, written.options ?? {}), label: written.label, on: written.on ?? {} };
}

function seedsOf(written: number | readonly number[], places: Places): readonly number[] {
  if (typeof written === 'number') return Array.from({ length: written }, (_, i) => i + 1);
  const first = new Map<number, number>();
  for (const [i, seed] of written.entries()) {
    const before = first.get(seed);
    if (before !== undefined) {
      throw new UsageError(`${places.name(['seeds', i])} is ${seed}, as entry ${before + 1} is: a seed is one run, name each once.`);
    }
    first.set(seed, i);
  }
  return written;
}

/** A name may hold options of its own, in parentheses; those beside it replace them. */
function named(name: string, options: Readonly<Record<string, unknown>>): Pick<StudyStrategy, 'name' | 'options'> {
  if (!name.endsWith(')')) return { name, options };
  const written = parseStrategyArgument(name);
  return { name: written.name, options: { ...written.options, ...options } };
}
