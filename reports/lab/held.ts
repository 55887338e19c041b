/** What of an experiment's table held, at a glance: beside a verdict, how many judged lines hold and which do not. */
import type { Check } from '../../src/lab/experiment.js';
import type { Language } from '../../src/lab/text.js';
import { words } from './words.js';

export interface Held {
  /** "19 of 20 judged lines hold. This one does not:" */
  readonly sentence: string;
  /** The lines that do not hold, and what was measured. */
  readonly failed: readonly { readonly what: string; readonly ours: string }[];
}

/** undefined where nothing is judged. */
export function heldOf(checks: readonly Check[], language: Language): Held | undefined {
  const judged = checks.filter(({ holds }) => holds !== undefined);
  if (judged.length === 0) return undefined;
  const failed = judged.filter(({ holds }) => holds === false).map(({ what, ours }) => ({ what: what[language], ours: ours[language] }));
  return { sentence: words(language).held(judged.length - failed.length, judged.length), failed };
}
