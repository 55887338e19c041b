/** Who did how well on one task: what every strategy reached, its rank over paired runs, the tests, and in words who won and how sure that is. */
import type { RunRecord, StudyResults } from '../src/study/results.js';
import { belowOptimum } from './below-optimum.js';
import { type FixedBudgets, fixedBudgets } from './budgets.js';
import { type Duel, duels, type Reached, winRate } from './duels.js';
import { finalValues } from './final-values.js';
import { rounded } from './formatting.js';
import type { Measure, Place } from './measure.js';
import { type RunLengths, runLengths } from './run-lengths.js';
import { divergences, earlyEndings, unequalSpending } from './spending.js';
import { type Interval, interquartileMeanInterval } from './statistics/bootstrap.js';
import { type Friedman, friedman } from './statistics/friedman.js';
import { type Summary, summarize } from './statistics/quantiles.js';
import { meanRanks } from './statistics/ranks.js';
import { type TaskTargets, targetsOf } from './targets.js';
import { lossName, paired, type Task } from './tasks.js';
import { judge, leaderOf, notYetRun, type Verdict } from './verdict.js';

export interface Standing {
  readonly measure: Measure;
  /** In the study's order of strategies. */
  readonly places: readonly Place[];
  /** Runs that every strategy has of the same problem and seed, failed ones included. */
  readonly pairedRuns: number;
  /** The leader against every other strategy; empty where there is no leader. */
  readonly duels: readonly Duel[];
  /** Share of the runs that two strategies pair in which the row beats the column, ties half; null without pairs. */
  readonly winRates: readonly (readonly (number | null)[])[];
  /** Over the paired runs; null with fewer than five of them or fewer than three strategies. */
  readonly friedman: Friedman | null;
  readonly verdict: Verdict;
}

/** Everything about one strategy on one task. Medians over its finished runs; the fields named `seconds*` are times. */
export interface Cell {
  readonly strategy: string;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
  readonly loss: Summary | null;
  readonly trainAccuracy: Summary | null;
  readonly testAccuracy: Summary | null;
  readonly testLoss: Summary | null;
  /** Of its runs' best points, by name; a failed run is left out. */
  readonly diagnostics: Readonly<Record<string, Summary>>;
  readonly evaluations: number | null;
  readonly gradients: number | null;
  readonly samplePasses: number | null;
  readonly failedEvaluations: number;
  readonly secondsEvaluate: number | null;
  readonly secondsAsk: number | null;
  readonly secondsTell: number | null;
  readonly seconds: number | null;
  readonly peakBytes: number | null;
}

export interface TaskComparison {
  readonly task: Task;
  /** By final loss, or by its loss above the optimum where that is known. */
  readonly standing: Standing;
  /** Classification only. */
  readonly accuracy: Standing | null;
  /** Says so where the strategies spent different sample-passes, some ended by themselves early, or some diverged; null where none is so. */
  readonly spending: string | null;
  /** Says so where a run got below the optimum that the problem declares; else null. */
  readonly warning: string | null;
  readonly cells: readonly Cell[];
  /** How long it took to reach targets. */
  readonly targets: TaskTargets;
  readonly budgets: FixedBudgets;
  readonly runLengths: RunLengths;
}

/** Fewest paired runs that Friedman's test is made over. */
export const fewestBlocks = 5;

/** `reference`: index of the strategy whose times set the run-length targets; default the best of the study. */
export function compareTask(results: StudyResults, task: Task, reference?: number): TaskComparison {
  const measure: Measure = { key: task.optimumKnown ? 'distance' : 'loss', name: lossName(task), higherIsBetter: false };
  const accuracy: Measure = { key: 'testAccuracy', name: 'test accuracy', higherIsBetter: true };
  const measured = task.runs.some((runs) => runs.some((run) => run.final.testAccuracy !== undefined));
  const cells = results.strategies.map(({ label }, s) => cell(task, label, s));
  const targets = targetsOf(task);
  return {
    task,
    standing: stand(results, task, measure, finalValues(task)),
    accuracy: measured ? stand(results, task, accuracy, worstAccuracy) : null,
    spending: spendingOf(cells, task),
    warning: belowOptimum(task),
    cells,
    targets,
    budgets: fixedBudgets(task),
    runLengths: runLengths(task, targets, reference),
  };
}

function spendingOf(cells: readonly Cell[], task: Task): string | null {
  const strategies = cells.map(({ strategy }, s) => ({ strategy, runs: task.runs[s] }));
  const sentences = [unequalSpending(cells), earlyEndings(strategies), divergences(strategies)].filter((sentence) => sentence !== null);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** Test accuracy with its sign turned, so that lower is better. */
function worstAccuracy(run: RunRecord): number | null {
  const value = run.final.testAccuracy;
  return run.status === 'done' && value !== undefined && Number.isFinite(value) ? -value : null;
}

function stand(results: StudyResults, task: Task, measure: Measure, reached: Reached): Standing {
  const labels = results.strategies.map(({ label }) => label);
  const sign = measure.higherIsBetter ? -1 : 1;
  const values = task.runs.map((runs) => runs.map(reached));
  // Where nobody reached anything there is nothing to rank.
  const blocks = task.pairs.map((block) => block.map(reached)).filter((block) => block.some((value) => value !== null));
  const ranks = meanRanks(blocks);
  const places = labels.map((strategy, s): Place => {
    const own = values[s].map((value) => (value === null ? null : sign * value));
    return {
      strategy,
      summary: roundedSummary(summarize(own, measure.higherIsBetter)),
      interquartileMean: middleMean(task, s, reached, measure, strategy),
      meanRank: ranks === null ? null : rounded(ranks[s]),
    };
  });
  const leader = leaderOf(measure, places);
  const fought = leader === undefined ? [] : duels(labels, task.runs, leader, reached);
  return {
    measure,
    places,
    pairedRuns: task.pairs.length,
    duels: fought,
    winRates: winRates(task, reached),
    friedman: blocks.length >= fewestBlocks && labels.length >= 3 ? roundedFriedman(friedman(blocks)) : null,
    verdict: task.runs.every(({ length }) => length === 0) ? notYetRun : judge(measure, places, fought),
  };
}

/** Interquartile mean, its interval by resampling the runs of each problem. */
function middleMean(task: Task, strategy: number, reached: Reached, measure: Measure, label: string): Interval | null {
  const strata = new Map<string, number[]>();
  for (const run of task.runs[strategy]) {
    const { problem } = run.settings;
    const stratum = strata.get(problem) ?? [];
    stratum.push(reached(run) ?? Number.POSITIVE_INFINITY);
    strata.set(problem, stratum);
  }
  const interval = interquartileMeanInterval([...strata.values()], `${task.id}/${label}/${measure.key}`);
  if (interval === undefined) return null;
  const [value, low, high] = [interval.value, interval.low, interval.high].map((x) => rounded(measure.higherIsBetter ? -x : x) ?? 0);
  return measure.higherIsBetter ? { value, low: high, high: low } : { value, low, high };
}

function winRates(task: Task, reached: Reached): (number | null)[][] {
  const values = new Map(task.runs.flatMap((runs) => runs.map((run) => [run, reached(run)] as const)));
  return task.runs.map((own, a) =>
    task.runs.map((others, b) => {
      if (a === b) return null;
      return rounded(winRate(paired([own, others]).map((pair) => pair.map((run) => values.get(run) ?? null))));
    }),
  );
}

function diagnostics(done: readonly RunRecord[]): Record<string, Summary> {
  const names = new Set(done.flatMap(({ final }) => Object.keys(final.diagnostics ?? {})));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const summary = roundedSummary(summarize(done.flatMap(({ final }) => final.diagnostics?.[name] ?? [])));
      return summary === null ? [] : [[name, summary]];
    }),
  );
}

function cell(task: Task, strategy: string, index: number): Cell {
  const runs = task.runs[index];
  const done = runs.filter((run) => run.status === 'done');
  const middle = (pick: (run: RunRecord) => number) => rounded(summarize(done.map(pick))?.median);
  const final = (pick: (run: RunRecord) => number | undefined, higher: boolean) => {
    const known = done.some((run) => pick(run) !== undefined);
    return known
      ? roundedSummary(
          summarize(
            runs.map((run) => (run.status === 'done' ? (pick(run) ?? null) : null)),
            higher,
          ),
        )
      : null;
  };
  return {
    strategy,
    done: done.length,
    failed: runs.length - done.length,
    missing: task.planned - runs.length,
    loss: roundedSummary(summarize(runs.map((run) => (run.status === 'done' ? run.final.loss : null)))),
    trainAccuracy: final((run) => run.final.trainAccuracy, true),
    testAccuracy: final((run) => run.final.testAccuracy, true),
    testLoss: final((run) => run.final.testLoss, false),
    diagnostics: diagnostics(done),
    evaluations: middle((run) => run.cost.evaluations),
    gradients: middle((run) => run.cost.gradients),
    samplePasses: middle((run) => run.cost.samplePasses),
    failedEvaluations: runs.reduce((sum, run) => sum + run.cost.failed, 0),
    secondsEvaluate: middle((run) => run.cost.secondsEvaluate),
    secondsAsk: middle((run) => run.cost.secondsAsk),
    secondsTell: middle((run) => run.cost.secondsTell),
    seconds: middle((run) => run.cost.secondsEvaluate + run.cost.secondsAsk + run.cost.secondsTell),
    peakBytes: middle((run) => run.peakBytes),
  };
}

function roundedSummary(summary: Summary | null): Summary | null {
  if (summary === null) return null;
  const { count, minimum, q1, median, q3, maximum } = summary;
  return {
    count,
    minimum: rounded(minimum),
    q1: rounded(q1),
    median: rounded(median),
    q3: rounded(q3),
    maximum: rounded(maximum),
  };
}

export function roundedFriedman(result: Friedman): Friedman {
  const { blocks, statistic, p, criticalDifference } = result;
  return {
    blocks,
    meanRanks: result.meanRanks.map((rank) => rounded(rank) ?? 0),
    statistic: rounded(statistic) ?? 0,
    p: rounded(p) ?? 1,
    criticalDifference: rounded(criticalDifference) ?? 0,
  };
}
