/** A guess of the work of a study's runs before any has been measured, for the time that the study will still take. */
import type { Plan } from '../study/plan.js';
import type { ProblemInfo, RunSettings } from '../study/results.js';
import type { ExpectedRun } from './remaining-time.js';

/** What a sample-pass takes besides its parameters' products, in those: about so many were measured of a small network. */
const passOverhead = 3000;
/** Products a second, of one process on two cores. */
const productsPerSecond = 8e9;

/** The runs that are not finished. */
export function expectedRuns(plan: Plan, finished: ReadonlySet<string>): ExpectedRun[] {
  const problems = new Map(plan.problems.map((problem) => [problem.id, problem]));
  return plan.runs.flatMap(({ id, label, settings }) => {
    const problem = problems.get(settings.problem);
    if (finished.has(id) || problem === undefined) return [];
    return [{ id, problem: problem.id, strategy: label, work: expectedWork(settings, problem) }];
  });
}

/** Seconds, roughly. */
function expectedWork({ budget }: RunSettings, { dimension, facts }: ProblemInfo): number {
  const { samplePasses = Infinity, evaluations = Infinity, seconds = Infinity } = budget;
  const batch = typeof facts.batch === 'number' ? facts.batch : 1;
  return Math.min((Math.min(samplePasses, evaluations * batch) * (dimension + passOverhead)) / productsPerSecond, seconds);
}
