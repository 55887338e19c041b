/**
 * The conformance kit: what every strategy must show, whoever wrote it. Used by the project's own tests, by `zeroth check`,
 * and, as `zeroth/testing`, by the tests of strategies that live elsewhere.
 */
import { UsageError } from '../core/errors.js';
import type { AnyStrategy } from '../core/strategy.js';
import { type Check, type CheckResult, type Skip, skipped } from './check.js';
import { leavesGiven, stopsByReason } from './conduct-checks.js';
import { invariantToOrder, invariantToRotation, invariantToTranslation } from './invariance-checks.js';
import { beatsRandom, reachesRosenbrock, reachesSphere, toleratesNoise } from './progress-checks.js';
import { staysInBounds, survivesFailures, worksInDimensions } from './robustness-checks.js';
import { endsAtBudget, fitsMemory, followsSeed, keepsContract, refusesBeyondCard, resumes } from './run-checks.js';

export type { Check, CheckResult, Outcome, Skip } from './check.js';

/** All checks, in the order in which they run: the quick and basic ones first. */
export const checks: readonly Check[] = [
  keepsContract,
  leavesGiven,
  stopsByReason,
  followsSeed,
  resumes,
  staysInBounds,
  survivesFailures,
  worksInDimensions,
  fitsMemory,
  refusesBeyondCard,
  endsAtBudget,
  invariantToTranslation,
  invariantToOrder,
  invariantToRotation,
  reachesSphere,
  reachesRosenbrock,
  beatsRandom,
  toleratesNoise,
];

export interface ConformanceOptions {
  /** Checks to leave out, each with its reason. */
  readonly skip?: readonly Skip[];
  /** Names of the checks to run. Default: all. */
  readonly only?: readonly string[];
  /** Called after each check. */
  readonly onResult?: (result: CheckResult) => void;
}

/**
 * Runs the checks on a strategy. Nothing that the strategy does makes this throw: an error is a failed check.
 * Throws UsageError on the name of a check that does not exist.
 */
export async function conformance(strategy: AnyStrategy, options: ConformanceOptions = {}): Promise<CheckResult[]> {
  const { skip = [], only, onResult } = options;
  const names = checks.map(({ name }) => name);
  for (const name of [...(only ?? []), ...skip.flatMap((entry) => entry.checks)]) {
    if (!names.includes(name)) throw new UsageError(`There is no check "${name}". The checks are ${names.join(', ')}.`);
  }
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (only !== undefined && !only.includes(check.name)) continue;
    const exempt = skip.find((entry) => entry.checks.includes(check.name));
    const result =
      exempt === undefined ? await runCheck(check, strategy) : { ...describeCheck(check, strategy), ...skipped(exempt.reason) };
    results.push(result);
    onResult?.(result);
  }
  return results;
}

/** One check; what it throws is told as its failure. */
export async function runCheck(check: Check, strategy: AnyStrategy): Promise<CheckResult> {
  const told = describeCheck(check, strategy);
  try {
    return { ...told, ...(await check.run(strategy)) };
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}${placeOf(error)}` : String(error);
    return { ...told, status: 'failed', detail };
  }
}

/** A check in words. */
export function describeCheck({ name, claim, input }: Check, strategy: AnyStrategy): Pick<CheckResult, 'name' | 'claim' | 'howToSee'> {
  return { name, claim, howToSee: input(strategy) };
}

/** Where the strategy threw what the harness then named: ` (mine.js:12:5)`; empty where the error is the harness's own. */
function placeOf({ cause }: Error): string {
  const place = cause instanceof Error ? /([^\\/()\s]+:\d+:\d+)\)?$/m.exec(cause.stack ?? '') : null;
  return place === null ? '' : ` (${place[1]})`;
}
