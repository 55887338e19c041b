/** Rows of a verification: a strategy's expected running times on BBOB beside a published entrant's of BBOB-2009. */
import { readFileSync } from 'node:fs';
import type { AnyStrategy } from '../../src/core/strategy.js';
import { runningTime } from './running-time.js';

/** One line of `docs/verification.md`. Times are evaluations to 1e-8; `ratio` is ours to the published one. */
export interface VerificationRow {
  readonly what: string;
  readonly ours: number;
  readonly published: number;
  readonly ratio: number;
  readonly seeds: number;
  readonly source: string;
  readonly note?: string;
}

export interface BbobCase {
  readonly function: number;
  readonly dimension: number;
  readonly note?: string;
}

interface Entry {
  readonly ert: number | null;
  readonly succ: number;
  readonly n: number;
}

type Table = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Entry>>>>>>;

/** Expected running times to 1e-8 of entrants of BBOB-2009: by algorithm, function and dimension; see the fixture's origin in docs. */
export function publishedTimes(): Table {
  return JSON.parse(readFileSync(new URL('../../../test/fixtures/bbob2009-ert.json', import.meta.url), 'utf8')) as Table;
}

export async function bbobRows(
  strategy: AnyStrategy,
  entrant: string,
  cases: readonly BbobCase[],
  settings: { readonly runs: number; readonly budgetPerDimension: number; readonly options?: object },
  progress: (done: string) => void,
): Promise<VerificationRow[]> {
  const times = publishedTimes();
  const rows: VerificationRow[] = [];
  for (const { function: f, dimension, note } of cases) {
    const budget = settings.budgetPerDimension * dimension;
    const result = await runningTime(strategy, { ...settings, function: f, dimension, budget });
    const entry = times[entrant]?.[f]?.[dimension];
    const published = entry?.ert ?? Number.POSITIVE_INFINITY;
    const failed = result.successes < result.runs ? [`${result.successes} of ${result.runs} runs reached the target`] : [];
    const unsolved = published === Number.POSITIVE_INFINITY ? [`${entrant} reached it in no run`] : [];
    const notes = [...(note === undefined ? [] : [note]), ...failed, ...unsolved];
    rows.push({
      what: `${strategy.name}, BBOB f${f}, ${dimension}-D: evaluations to 1e-8`,
      ours: result.ert,
      published,
      ratio: published === Number.POSITIVE_INFINITY ? Number.NaN : result.ert / published,
      seeds: result.runs,
      source: `${entrant}, BBOB-2009 data archive`,
      ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
    });
    progress(rows[rows.length - 1].what);
  }
  return rows;
}
