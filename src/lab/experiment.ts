/**
 * The contract of an experiment of the laboratory: a claim of the lecture or of a work that it cites, what would refute it, and
 * how to see it. One file in `experiments/` each, which exports it as `experiment`.
 */
import type { Reference } from '../core/strategy.js';
import type { StudyResults } from '../study/results.js';
import type { StudyInput } from '../study/study-schema.js';
import type { Figure } from './figure.js';
import type { Text } from './text.js';

/**
 * How a published number is known. V: read in the primary source, its code or its data; S: in a secondary source; C: computed
 * from such a source. Others are not printed as published.
 */
export type Mark = 'V' | 'S' | 'C';

export interface Published {
  /** As it is printed, unit included: '97.43 %'. */
  readonly value: string | Text;
  readonly source: Reference;
  readonly mark: Mark;
}

/** One line of the table "claimed, published, measured". */
export interface Check {
  readonly what: Text;
  readonly published?: Published;
  /** As it is printed, unit included. */
  readonly ours: Text;
  /** The same as a number, for `--json` and tests. */
  readonly value?: number;
  /** Seeds, or repetitions, behind it. 0: it is arithmetic. */
  readonly seeds: number;
  /** Whether what the claim says of it holds; absent: it is told, not judged. */
  readonly holds?: boolean;
}

/**
 * reproduced: published numbers or the lecture's claim, in its own terms. stand-in: shown on other data or at another scale than
 * the source's; `because` says which, and whether the claim held there. not reproduced: it did not come out.
 */
export type Verdict = 'reproduced' | 'stand-in' | 'not reproduced';

export interface Findings {
  readonly verdict: Verdict;
  /** Why, in two or three plain sentences: what was seen, and what it does not show. */
  readonly because: Text;
  readonly checks: readonly Check[];
  /** The first is the one that makes the point. */
  readonly figures: readonly Figure[];
}

export interface Experiment<Settings = unknown> {
  /** As on the command line; also the file's name. */
  readonly name: string;
  readonly title: Text;
  /** Names of the image sets that it reads: they do not come with this package. */
  readonly data?: readonly string[];
  /** What is claimed, and by whom. */
  readonly claim: Text;
  /** What is done here to see it: data, networks, budgets, seeds; where it departs from the source. */
  readonly method: Text;
  /** What would refute it. */
  readonly refutation: Text;
  readonly sources: readonly Reference[];
  /** Plain JSON. `quick` takes at most two minutes on two cores, data included. */
  readonly settings: { readonly quick: Settings; readonly full: Settings };
  /** What the forms took on two cores, where that was measured. */
  readonly seconds?: { readonly quick?: number; readonly full?: number };
  run(lab: Lab<Settings>): Promise<Findings>;
}

/** What an experiment is given. */
export interface Lab<Settings = unknown> {
  readonly settings: Settings;
  readonly form: 'quick' | 'full';
  readonly signal: AbortSignal;
  /**
   * Does a piece of work once: its answer (plain JSON data; numbers must be finite or null) is kept in the experiment's folder
   * under `name`, so that an interrupted experiment goes on from there. `name` is unique in the experiment and names everything
   * the answer depends on beside the settings.
   */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Runs a study in the experiment's folder, over child processes; finished runs are not run again. */
  study(name: string, study: StudyInput): Promise<StudyResults>;
  /**
   * Tells how far it is: 0 to 1 of the whole, and what is being done. `until`: where the next study ends; its runs, finished and under
   * way, lead there from `share`.
   */
  progress(share: number, doing: Text, until?: number): void;
}
