/** Exports for other programs: what they are made of, and what they share. */
import { fileName } from '../../src/study/file-name.js';
import type { ProblemInfo, RunRecord, StrategyInfo, StudyResults } from '../../src/study/results.js';

export interface ExportFile {
  /** Below the report's folder, with `/`. */
  readonly name: string;
  readonly make: () => string;
}

/** What a reader gets where a run had found nothing finite yet; COCO writes the same for infinity. */
export const nothingFound = '3e21';

/** One line of a run: the best by then. */
export interface Row {
  /** Evaluations and gradients: each asks the objective once. */
  readonly count: number;
  /** The row of the trace that it comes from; -1 where nothing is known yet. */
  readonly at: number;
}

/**
 * The rows of a run's trace by strictly increasing count, the first at 1 and the last at all that was spent. A run on
 * minibatches knows nothing before its first question is answered, so that its row at 1 says so.
 */
export function rowsOf({ trace, cost }: RunRecord): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < trace.loss.length; at++) {
    const count = trace.evaluations[at] + trace.gradients[at];
    if (rows.length === 0 && count > 1) rows.push({ count: 1, at: -1 });
    if (rows.at(-1)?.count === count) rows.pop();
    rows.push({ count, at });
  }
  const total = cost.evaluations + cost.gradients;
  const last = rows.at(-1);
  if (last !== undefined && last.count < total) rows.push({ count: total, at: last.at });
  return rows;
}

/** Runs that have something to show. */
export function exportable(run: RunRecord): boolean {
  return run.status === 'done' && run.trace.loss.length > 0;
}

/** A folder for each strategy: its label, made safe; different also where file systems do not tell capitals. */
export function algorithmFolders(strategies: readonly StrategyInfo[]): Map<string, string> {
  const folders = new Map<string, string>();
  const taken = new Set<string>();
  for (const { label } of strategies) {
    const safe = fileName(label).replace(/^\.+/, '') || 'strategy';
    let folder = safe;
    for (let k = 1; taken.has(folder.toLowerCase()); k++) folder = `${safe}-${k}`;
    taken.add(folder.toLowerCase());
    folders.set(label, folder);
  }
  return folders;
}

/** BBOB's functions as COCO has them: without noise, of its suite `bbob`. */
export interface BbobProblem {
  readonly number: number;
  readonly instance: number;
  readonly info: ProblemInfo;
}

/** By id, the problems of a study that are COCO's. */
export function bbobProblems(results: StudyResults): Map<string, BbobProblem> {
  const found = new Map<string, BbobProblem>();
  for (const info of results.problems) {
    const { id, facts } = info;
    if (facts.suite !== 'bbob' || facts.noise !== 'none') continue;
    found.set(id, { number: Number(facts.function), instance: Number(facts.instance), info });
  }
  return found;
}

/** Groups in the order of first appearance. */
export function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
