/**
 * The rows of a report. A task is one problem, or all instances of one together (`ProblemInfo.group`): 15 instances of a BBOB
 * function in one dimension are one task. Runs of a task are paired by problem and seed.
 */
import type { ProblemInfo, RunRecord, StudyResults } from '../src/study/results.js';

export interface Task {
  /** Of its group where it has several problems, else of its problem. */
  readonly id: string;
  readonly title: string;
  readonly kind: ProblemInfo['kind'];
  readonly dimension: number;
  /** Whether the optimum of all its problems is known: then runs are compared by their distance to it. */
  readonly optimumKnown: boolean;
  readonly problems: readonly ProblemInfo[];
  /** For each strategy, in the study's order, its runs by problem and seed. */
  readonly runs: readonly (readonly RunRecord[])[];
  /** What every strategy has a run of, failed ones included: for each problem and seed one run a strategy. */
  readonly pairs: readonly (readonly RunRecord[])[];
  /** Runs that the study has of it, for each strategy. */
  readonly planned: number;
}

/** In the order of the study's problems. */
export function tasksOf({ problems, strategies, seeds, runs }: StudyResults): Task[] {
  const byProblem = new Map<string, Map<string, RunRecord[]>>();
  for (const run of runs) {
    const labels = entry(byProblem, run.settings.problem, () => new Map<string, RunRecord[]>());
    entry(labels, run.label, () => [] as RunRecord[]).push(run);
  }
  const groups = new Map<string, ProblemInfo[]>();
  for (const problem of problems) entry(groups, problem.group?.id ?? problem.id, () => [] as ProblemInfo[]).push(problem);
  return [...groups].map(([id, members]): Task => {
    const [first] = members;
    const own = strategies.map(({ label }) => members.flatMap((problem) => byProblem.get(problem.id)?.get(label) ?? []));
    return {
      id: members.length > 1 ? id : first.id,
      title: members.length > 1 ? (first.group?.title ?? first.title) : first.title,
      kind: first.kind,
      dimension: first.dimension,
      optimumKnown: members.every(({ optimum }) => optimum !== undefined),
      problems: members,
      runs: own,
      pairs: paired(own),
      planned: members.length * seeds.length,
    };
  });
}

/** Runs of several lists that share problem and seed, in the order of the first list. */
export function paired(lists: readonly (readonly RunRecord[])[]): RunRecord[][] {
  if (lists.length === 0) return [];
  const key = ({ settings }: RunRecord) => `${settings.seed} ${settings.problem}`;
  const others = lists.slice(1).map((list) => new Map(list.map((run) => [key(run), run])));
  return lists[0].flatMap((run) => {
    const block = [run];
    for (const other of others) {
      const partner = other.get(key(run));
      if (partner === undefined) return [];
      block.push(partner);
    }
    return [block];
  });
}

/** What a loss of a run is worth: its loss above the optimum where the task's optima are known, else itself. */
export function valueIn(task: Task): (problem: string, loss: number | null) => number | null {
  if (!task.optimumKnown) return (_, loss) => distance({}, loss);
  const problems = new Map(task.problems.map((problem) => [problem.id, problem]));
  return (problem, loss) => distance(problems.get(problem) ?? {}, loss);
}

/** What its runs are compared by, in words: what `valueIn` gives. */
export function lossName({ optimumKnown, kind }: Task): string {
  if (optimumKnown) return 'loss above the optimum';
  return kind === 'function' ? 'loss' : 'training loss';
}

/** `loss - optimum` where the optimum is known (rounding below it counts as reached), else `loss`; null where there is none. */
export function distance({ optimum }: Pick<ProblemInfo, 'optimum'>, loss: number | null): number | null {
  if (loss === null || !Number.isFinite(loss)) return null;
  if (optimum === undefined) return loss;
  const gap = loss - optimum;
  return gap < 0 && gap > -1e-12 * Math.max(1, Math.abs(optimum)) ? 0 : gap;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
