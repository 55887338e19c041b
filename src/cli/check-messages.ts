/** What `zeroth check` and the process that runs the checks say to each other. */
import type { CheckResult } from '../testing/conformance.js';

export type ToChecker = {
  /** A registered name, a path or a package. */
  readonly strategy: string;
  /** Names of the checks to run. */
  readonly checks: readonly string[];
};

export type FromChecker =
  /** The strategy is loaded. */
  | { readonly type: 'found'; readonly name: string; readonly title: string }
  /** It cannot be: the message for the user, and the exit code. */
  | { readonly type: 'refused'; readonly message: string; readonly exitCode: 1 | 2 }
  /** The check that is under way, in words. */
  | { readonly type: 'started'; readonly check: Pick<CheckResult, 'name' | 'claim' | 'howToSee'> }
  | { readonly type: 'result'; readonly result: CheckResult; readonly seconds: number };
