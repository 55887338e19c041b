/** What report.json holds, as a schema; docs/report.schema.json is made of it. */
import { z } from 'zod';

const number = z.number();
const count = z.int().min(0);
const maybe = number.nullable();
const share = number.min(0).max(1);
const text = z.string();
const perStrategy = <T extends z.ZodType>(item: T) => z.array(item).describe("in the study's order of strategies");

const summary = z.strictObject({ count, minimum: maybe, q1: maybe, median: maybe, q3: maybe, maximum: maybe });
const interval = z
  .strictObject({ value: number, low: number, high: number })
  .describe('a value and the middle 95 % of its bootstrap resamples');
const settings = z.strictObject({ name: text, options: z.record(text, z.unknown()) });
const budget = z.strictObject({
  evaluations: count.optional(),
  samplePasses: count.optional(),
  seconds: number.optional(),
  target: number.optional(),
  stagnation: count.optional(),
});

const friedman = z.strictObject({
  blocks: count,
  meanRanks: perStrategy(number),
  statistic: number,
  p: share,
  criticalDifference: number.describe("Nemenyi's, at the 5 % level"),
});

const standing = z.strictObject({
  measure: z.strictObject({ key: z.enum(['loss', 'distance', 'testAccuracy']), name: text, higherIsBetter: z.boolean() }),
  places: perStrategy(
    z.strictObject({
      strategy: text,
      summary: summary.nullable().describe('of all its runs; a failed run is worse than every number'),
      interquartileMean: interval.nullable(),
      meanRank: maybe.describe('over the paired runs'),
    }),
  ),
  pairedRuns: count,
  duels: z.array(
    z.strictObject({
      strategy: text,
      against: text,
      test: z.enum(['signed-rank', 'rank-sum']),
      runs: count,
      p: share,
      corrected: share.describe('by Holm, for the other strategies'),
      a12: share,
      winRate: share.nullable(),
      leastP: share.describe('the least that so few runs can give'),
    }),
  ),
  winRates: z.array(z.array(share.nullable())).describe('how often the row beats the column over paired runs, ties half'),
  friedman: friedman.nullable(),
  verdict: z.strictObject({
    certainty: z.enum(['clear', 'too few runs', 'too close', 'tie', 'nothing to compare']),
    leader: text.nullable(),
    sentence: text,
  }),
});

const cell = z.strictObject({
  strategy: text,
  done: count,
  failed: count,
  missing: count,
  loss: summary.nullable(),
  trainAccuracy: summary.nullable(),
  testAccuracy: summary.nullable(),
  testLoss: summary.nullable(),
  diagnostics: z.record(text, summary).describe("of the finished runs' best points"),
  evaluations: maybe,
  gradients: maybe,
  samplePasses: maybe,
  failedEvaluations: count,
  secondsEvaluate: maybe,
  secondsAsk: maybe,
  secondsTell: maybe,
  seconds: maybe,
  peakBytes: maybe,
});

const times = perStrategy(
  z.strictObject({ value: maybe.describe('expected running time; null where no run reached the target'), successes: count, runs: count }),
);
const onAxes = <T extends z.ZodType>(rows: T) =>
  z.strictObject({ evaluations: z.array(rows), 'sample-passes': z.array(rows), seconds: z.array(rows) });
const target = z.strictObject({ target: number, times });

const task = z.strictObject({
  id: text,
  title: text,
  kind: z.enum(['function', 'classification', 'regression']),
  dimension: count,
  optimumKnown: z.boolean(),
  problems: z.array(text).describe('ids: several where they are instances of one'),
  standing,
  accuracy: standing.nullable(),
  spending: text.nullable(),
  warning: text.nullable().describe('where a run got below the optimum that its problem declares'),
  cells: perStrategy(cell),
  targets: z.strictObject({
    kind: z.enum(['distance', 'improvement', 'none']),
    levels: z.array(number).describe('descending'),
    scores: perStrategy(z.array(z.array(share))).describe('for each problem the share of levels that each run reached'),
    expectedTimes: onAxes(target),
    accuracies: onAxes(target),
  }),
  budgets: onAxes(z.strictObject({ share, budget: number, medians: perStrategy(maybe) })),
  runLengths: onAxes(z.strictObject({ length: number, target: number, times })),
});

const table = z.strictObject({ columns: z.array(text), rows: z.array(z.array(z.union([text, number, z.null()]))) });
const absent = z.strictObject({ problem: text, strategy: text, seed: z.int(), reason: text });

/** The whole of report.json. */
export const reportSchema = z
  .strictObject({
    format: z.literal('zeroth-report/2'),
    name: text,
    what: text.describe('what was compared, in a sentence'),
    rule: text.describe('how sure the verdicts are'),
    provenance: z.strictObject({
      zeroth: text,
      node: text,
      onnxruntime: text,
      platform: text,
      processor: text,
      cores: count,
      memoryBytes: number,
      provider: text,
      providerReason: text,
      started: text,
    }),
    budget,
    seeds: z.array(z.int()),
    strategies: z.array(z.strictObject({ label: text, title: text, family: text, settings })),
    problems: z.array(
      z.strictObject({
        id: text,
        title: text,
        kind: z.enum(['function', 'classification', 'regression']),
        dimension: count,
        optimum: number.optional(),
        group: z.strictObject({ id: text, title: text }).optional(),
        classes: z
          .strictObject({ smooth: z.boolean().optional(), convex: z.boolean().optional(), group: text.optional() })
          .optional()
          .describe('as far as they are known'),
        facts: z.record(text, z.union([text, number, z.boolean()])),
      }),
    ),
    reference: text.nullable().describe('label of the strategy whose times set the run-length targets; null: the best of the study'),
    tasks: z.array(task),
    overall: z.strictObject({
      places: perStrategy(z.strictObject({ strategy: text, meanRank: maybe, leads: count, clear: count, score: interval.nullable() })),
      tasks: count.describe('on which every strategy has run'),
      waiting: count.describe('left out, because a strategy has not run on them yet'),
      friedman: friedman.nullable(),
      improvement: z.array(z.array(share.nullable())).describe('mean over the tasks of the chance (A12) that a run of the row is better'),
      improvementIntervals: z.array(z.array(interval.nullable())).describe('the same with intervals, runs drawn again within each task'),
      sentence: text,
    }),
    charts: z.array(
      z.strictObject({
        section: text,
        id: text,
        title: text,
        task: text.nullable(),
        axis: z.enum(['evaluations', 'sample-passes', 'seconds']).nullable(),
        csv: text,
        timed: z.boolean(),
        summary: text.optional(),
        table: table.optional(),
        seconds: z.strictObject({ summary: text, table }).optional().describe('of a timed chart, in place of summary and table'),
      }),
    ),
    runs: z.array(
      z.strictObject({
        id: text,
        settings: z.strictObject({
          problem: text,
          strategy: settings,
          seed: z.int(),
          budget,
          bounds: z.enum(['clip', 'reflect', 'periodic', 'resample']),
          provider: text,
          threads: count,
        }),
        label: text,
        status: z.enum(['done', 'failed']),
        stop: text.nullable(),
        error: text.nullable(),
        cost: z.strictObject({
          evaluations: count,
          gradients: count,
          samplePasses: count,
          failed: count,
          secondsEvaluate: number,
          secondsAsk: number,
          secondsTell: number,
        }),
        peakBytes: number,
        seconds: maybe,
        final: z.strictObject({
          loss: maybe,
          trainAccuracy: share.optional(),
          testLoss: number.optional(),
          testAccuracy: share.optional(),
          diagnostics: z.record(text, number).optional().describe('what the best point looks like'),
        }),
        command: text.nullable(),
      }),
    ),
    failed: z.array(absent),
    troubled: z.array(absent).describe('finished runs in which evaluations failed, and why'),
    missing: z.array(absent),
    commands: z.strictObject({ study: text }),
  })
  .describe(
    'report.json of Zeroth: every number of a report. Numbers that do not exist are null, with the reason in a sentence beside them.',
  );

/** The schema as JSON Schema (draft 2020-12). */
export function reportJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`;
}
