/**
 * Who did how well: for each problem what every strategy reached, its rank over paired seeds, and in words who won and
 * how sure that is. Every writer prints from this.
 */
import type { ProblemInfo, RunRecord, StudyResults } from '../src/study/results.js';
import { rounded } from './formatting.js';
import type { Measure, Place } from './measure.js';
import { unequalSpending } from './spending.js';
import { type Summary, summarize } from './statistics/quantiles.js';
import { meanRanks } from './statistics/ranks.js';
import { judge, type Verdict } from './verdict.js';

export interface Standing {
  readonly measure: Measure;
  /** In the study's order of strategies. */
  readonly places: readonly Place[];
  /** Seeds on which every strategy has a run, failed ones included. */
  readonly pairedSeeds: number;
  readonly verdict: Verdict;
}

/** Everything about one strategy on one problem. Medians over its finished runs; the fields named `seconds*` are times. */
export interface Cell {
  readonly strategy: string;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
  readonly loss: Summary | null;
  readonly trainAccuracy: Summary | null;
  readonly testAccuracy: Summary | null;
  readonly testLoss: Summary | null;
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

export interface ProblemComparison {
  readonly problem: ProblemInfo;
  /** By final training loss, or by its distance to the optimum where that is known. */
  readonly standing: Standing;
  /** Classification only. */
  readonly accuracy: Standing | null;
  /** Says so where the strategies spent different sample-passes; null where they spent alike. */
  readonly spending: string | null;
  readonly cells: readonly Cell[];
}

export interface Comparison {
  readonly problems: readonly ProblemComparison[];
  /** Mean over the problems that have ranks, each problem counting the same; in the study's order of strategies. */
  readonly overall: readonly { readonly strategy: string; readonly meanRank: number | null; readonly problems: number }[];
}

export function compare(results: StudyResults): Comparison {
  const problems = results.problems.map((problem) => compareProblem(results, problem));
  const overall = results.strategies.map(({ label }, index) => {
    const ranks = problems.map(({ standing }) => standing.places[index].meanRank).filter((rank) => rank !== null);
    const sum = ranks.reduce((total, rank) => total + rank, 0);
    return { strategy: label, meanRank: ranks.length > 0 ? rounded(sum / ranks.length) : null, problems: ranks.length };
  });
  return { problems, overall };
}

/** The runs of one strategy on one problem, in the order of the study's seeds. */
export function runsOf(results: StudyResults, problem: string, strategy: string): RunRecord[] {
  return results.runs.filter((run) => run.settings.problem === problem && run.label === strategy);
}

/** Final loss, as its distance to the optimum where that is known; null for a failed run. */
export function finalValue(problem: ProblemInfo, run: RunRecord): number | null {
  return run.status === 'done' ? distance(problem, run.final.loss) : null;
}

/** `loss - optimum` where the optimum is known (rounding below it counts as reached), else `loss`. */
export function distance(problem: ProblemInfo, loss: number | null): number | null {
  if (loss === null || !Number.isFinite(loss)) return null;
  if (problem.optimum === undefined) return loss;
  const gap = loss - problem.optimum;
  return gap < 0 && gap > -1e-12 * Math.max(1, Math.abs(problem.optimum)) ? 0 : gap;
}

function compareProblem(results: StudyResults, problem: ProblemInfo): ProblemComparison {
  const byDistance = problem.optimum !== undefined;
  const measure: Measure = byDistance
    ? { key: 'distance', name: 'distance to the optimum', higherIsBetter: false }
    : { key: 'loss', name: 'training loss', higherIsBetter: false };
  const accuracy: Measure = { key: 'testAccuracy', name: 'test accuracy', higherIsBetter: true };
  const measured = results.runs.some((run) => run.settings.problem === problem.id && run.final.testAccuracy !== undefined);
  const cells = results.strategies.map(({ label }) => cell(results, problem, label));
  return {
    problem,
    standing: stand(results, problem, measure, (run) => finalValue(problem, run)),
    accuracy: measured ? stand(results, problem, accuracy, (run) => accuracyOf(run)) : null,
    spending: unequalSpending(cells),
    cells,
  };
}

function accuracyOf(run: RunRecord): number | null {
  const value = run.final.testAccuracy;
  return run.status === 'done' && value !== undefined && Number.isFinite(value) ? value : null;
}

function stand(results: StudyResults, problem: ProblemInfo, measure: Measure, reached: (run: RunRecord) => number | null): Standing {
  const runs = results.strategies.map(({ label }) => runsOf(results, problem.id, label));
  const paired = results.seeds.filter((seed) => runs.length > 0 && runs.every((list) => list.some((run) => run.settings.seed === seed)));
  const blocks = paired.map((seed) =>
    runs.map((list) => {
      const run = list.find((candidate) => candidate.settings.seed === seed);
      const value = run === undefined ? null : reached(run);
      return value !== null && measure.higherIsBetter ? -value : value;
    }),
  );
  // Where nobody reached anything there is nothing to rank.
  const ranks = meanRanks(blocks.filter((block) => block.some((value) => value !== null)));
  const places = results.strategies.map(({ label }, index) => ({
    strategy: label,
    summary: roundedSummary(summarize(runs[index].map(reached), measure.higherIsBetter)),
    meanRank: ranks === null ? null : rounded(ranks[index]),
  }));
  return { measure, places, pairedSeeds: paired.length, verdict: judge(measure, places, paired.length) };
}

function cell(results: StudyResults, problem: ProblemInfo, strategy: string): Cell {
  const runs = runsOf(results, problem.id, strategy);
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
    missing: results.seeds.filter((seed) => runs.every((run) => run.settings.seed !== seed)).length,
    loss: roundedSummary(summarize(runs.map((run) => (run.status === 'done' ? run.final.loss : null)))),
    trainAccuracy: final((run) => run.final.trainAccuracy, true),
    testAccuracy: final((run) => run.final.testAccuracy, true),
    testLoss: final((run) => run.final.testLoss, false),
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
