/**
 * Which share of the problems a strategy solves, by kinds of problems: by the groups of their suite, smooth or not, convex or not,
 * and by size, as L. M. Rios and N. V. Sahinidis 2013 (https://doi.org/10.1007/s10898-012-9951-y) group theirs. What counts as
 * solved, and the bounds of the sizes, are our choice.
 */
import type { ProblemInfo, RunRecord, StudyResults } from './results.js';

/**
 * A run has solved its problem at or below the best known loss and this much: absolute, or a share of its size, whichever is more.
 * Where a problem is an instance of a group, its optimum's value is drawn and says nothing about scale: there it is absolute.
 */
export const tolerance = 0.01;

export interface Kind {
  /** Letters and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly by: 'all' | 'group' | 'class' | 'size';
}

export interface SolvedKind extends Kind {
  readonly problems: number;
  /** For each strategy: evaluations (gradients counted in) until each run that solved its problem had, in no order; of so many runs. */
  readonly solved: readonly { readonly times: Float64Array; readonly runs: number }[];
}

const sizes: readonly (readonly [least: number, most: number])[] = [
  [1, 2],
  [3, 9],
  [10, 30],
  [31, 300],
  [301, Number.POSITIVE_INFINITY],
];

/** At or below which loss a run has solved its problem, whose best known loss is given. */
export type TargetOf = (run: RunRecord, best: number, problem: ProblemInfo) => number;

const nearBest: TargetOf = (_, best, { group }) => best + Math.max(tolerance, group === undefined ? tolerance * Math.abs(best) : 0);

/** What is needed of a study's results; its strategies may have run on some of the problems only. */
export type Solving = Pick<StudyResults, 'problems' | 'runs'> & { readonly strategies: readonly { readonly label: string }[] };

/** All problems together first, then the groups, the classes and the sizes; those that no problem is of are left out, and those that all are. */
export function solvedByKind(results: Solving, targetOf: TargetOf = nearBest): SolvedKind[] {
  const best = bestKnown(results);
  const problems = new Map(results.problems.map((problem) => [problem.id, problem]));
  const times = results.runs.map((run) => timeOf(run, problems.get(run.settings.problem), best.get(run.settings.problem), targetOf));
  const members = (kind: Kind) => results.problems.filter((problem) => kindsOf(problem).some(({ id }) => id === kind.id)).length;
  const groups = [...new Set(results.problems.flatMap(({ classes: known }) => known?.group ?? []))].map(groupKind);
  const kinds = [...groups, ...classes, ...sizes.map(sizeKind)].filter(
    (kind) => members(kind) > 0 && members(kind) < results.problems.length,
  );
  return [all, ...kinds].map((kind) => {
    const within = results.runs.map(({ settings }) => {
      const problem = problems.get(settings.problem);
      return problem !== undefined && (kind === all || kindsOf(problem).some(({ id }) => id === kind.id));
    });
    return {
      ...kind,
      problems: kind === all ? results.problems.length : members(kind),
      solved: results.strategies.map(({ label }) => {
        const own = times.filter((_, r) => within[r] && results.runs[r].label === label);
        return { times: Float64Array.from(own.flatMap((time) => time ?? [])), runs: own.length };
      }),
    };
  });
}

const all: Kind = { id: 'all', title: 'All problems', by: 'all' };

/** Letters and hyphens of a title. */
const idOf = (title: string) => title.toLowerCase().replace(/[^a-z]+/g, '-');

const groupKind = (title: string): Kind => ({ id: `group-${idOf(title)}`, title, by: 'group' });

const words = { smooth: ['not smooth', 'smooth'], convex: ['not convex', 'convex'] } as const;

function classKind(smooth: boolean | undefined, convex: boolean | undefined): Kind {
  const parts = [
    smooth === undefined ? 'smoothness not known' : words.smooth[Number(smooth)],
    convex === undefined ? 'convexity not known' : words.convex[Number(convex)],
  ];
  const title = parts.join(', ');
  return { id: idOf(title), title: title[0].toUpperCase() + title.slice(1), by: 'class' };
}

const classes: readonly Kind[] = [true, false, undefined].flatMap((smooth) =>
  [true, false, undefined].map((convex) => classKind(smooth, convex)),
);

function sizeKind([least, most]: readonly [number, number]): Kind {
  const range = most === Number.POSITIVE_INFINITY ? `${least} variables and more` : `${least} to ${most} variables`;
  return { id: `size-${most === Number.POSITIVE_INFINITY ? `${least}-up` : `${least}-${most}`}`, title: range, by: 'size' };
}

function kindsOf({ classes: known, dimension }: ProblemInfo): Kind[] {
  const size = sizes.find(([least, most]) => dimension >= least && dimension <= most);
  return [
    ...(known?.group === undefined ? [] : [groupKind(known.group)]),
    classKind(known?.smooth, known?.convex),
    ...(size === undefined ? [] : [sizeKind(size)]),
  ];
}

/** The optimum, or where it is not known the lowest loss of all runs of the study. */
function bestKnown({ problems, runs }: Solving): Map<string, number> {
  const best = new Map(problems.map(({ id, optimum }) => [id, optimum ?? Number.POSITIVE_INFINITY]));
  const known = new Set(problems.filter(({ optimum }) => optimum !== undefined).map(({ id }) => id));
  for (const { settings, final, status } of runs) {
    const loss = final.loss;
    if (status !== 'done' || loss === null || known.has(settings.problem)) continue;
    best.set(settings.problem, Math.min(best.get(settings.problem) ?? Number.POSITIVE_INFINITY, loss));
  }
  return best;
}

function timeOf(run: RunRecord, problem: ProblemInfo | undefined, best: number | undefined, targetOf: TargetOf): number | null {
  if (run.status !== 'done' || problem === undefined || best === undefined || !Number.isFinite(best)) return null;
  const target = targetOf(run, best, problem);
  const row = run.trace.loss.findIndex((loss) => loss !== null && loss <= target);
  return row < 0 ? null : run.trace.evaluations[row] + run.trace.gradients[row];
}
