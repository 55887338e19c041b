/** What holds over all tasks together: ranks, tests, scores and chances, each task counting the same. */
import type { StudyResults } from '../src/study/results.js';
import { finalValues } from './final-values.js';
import { formatP, listed, plural, rounded } from './formatting.js';
import { type Interval, interquartileMeanInterval, resamples } from './statistics/bootstrap.js';
import { type Friedman, friedman, nemenyiP } from './statistics/friedman.js';
import { improvementInterval } from './statistics/improvement.js';
import { averageRanks } from './statistics/ranks.js';
import { roundedFriedman, type TaskComparison } from './task-comparison.js';

export interface OverallPlace {
  readonly strategy: string;
  /** Mean over the tasks of the rank of its median; null where no task has ranks, and for a strategy that has not run at all. */
  readonly meanRank: number | null;
  /** Tasks that it leads, and of these the clear wins. */
  readonly leads: number;
  readonly clear: number;
  /** Interquartile mean over its runs of the share of targets reached, 0 to 1, with its interval by stratified bootstrap. */
  readonly score: Interval | null;
}

export interface Overall {
  readonly places: readonly OverallPlace[];
  /** Tasks with ranks: those on which every strategy has run, of the strategies that have run at all. */
  readonly tasks: number;
  /** Tasks left out because a strategy has not run on them yet. */
  readonly waiting: number;
  /** Over the tasks; null with fewer than five of them, one strategy alone, or one that has not run at all. */
  readonly friedman: Friedman | null;
  /** Mean over the tasks of the chance that a run of the row is better than one of the column (A12); null without runs of both. */
  readonly improvement: readonly (readonly (number | null)[])[];
  /** The same with intervals: runs drawn again within each task. */
  readonly improvementIntervals: readonly (readonly (Interval | null)[])[];
  /** Who is ahead and how sure that is; empty where there is one task alone or nothing to compare. */
  readonly sentence: string;
}

/** Fewest tasks that a test is made over. */
export const fewestTasks = 5;

export function overallOf({ strategies }: StudyResults, compared: readonly TaskComparison[]): Overall {
  const labels = strategies.map(({ label }) => label);
  const ran = ({ cells }: TaskComparison, s: number) => cells[s].done + cells[s].failed > 0;
  const present = labels.flatMap((_, s) => (compared.some((task) => ran(task, s)) ? [s] : []));
  const counted = compared.filter((task) => present.every((s) => ran(task, s)));
  const medians = counted.map(({ standing }) => present.map((s) => standing.places[s].summary?.median ?? null));
  const blocks = medians.filter((block) => block.some((median) => median !== null));
  const ranks = blocks.map(averageRanks);
  const places = labels.map((strategy, s): OverallPlace => {
    const led = counted.filter(({ standing }) => standing.verdict.leader === strategy);
    const at = present.indexOf(s);
    const mean = ranks.reduce((sum, block) => sum + block[at], 0) / ranks.length;
    return {
      strategy,
      meanRank: ranks.length > 0 && at >= 0 ? rounded(mean) : null,
      leads: led.length,
      clear: led.filter(({ standing }) => standing.verdict.certainty === 'clear').length,
      score: score(counted, s, strategy),
    };
  });
  const chances = improvement(compared, labels);
  const waiting = compared.length - counted.length;
  const test =
    blocks.length >= fewestTasks && labels.length >= 2 && present.length === labels.length ? roundedFriedman(friedman(blocks)) : null;
  return {
    places,
    tasks: blocks.length,
    waiting,
    friedman: test,
    improvement: chances.map((row) => row.map((chance) => chance?.value ?? null)),
    improvementIntervals: chances,
    sentence: inWords(places, blocks.length, waiting, test),
  };
}

/** Every problem is a stratum. */
function score(compared: readonly TaskComparison[], strategy: number, label: string): Interval | null {
  const strata = compared.flatMap(({ targets }) => targets.scores[strategy] ?? []);
  const interval = interquartileMeanInterval(strata, `score/${label}`);
  if (interval === undefined) return null;
  return { value: rounded(interval.value) ?? 0, low: rounded(interval.low) ?? 0, high: rounded(interval.high) ?? 0 };
}

/** Of so many strategies the pairs are hundreds, and their intervals are made of fewer resamples. */
const mostPrecise = 15;

/** The same for both sides of a pair: what one gains the other loses. */
function improvement(compared: readonly TaskComparison[], labels: readonly string[]): (Interval | null)[][] {
  const values = compared.map(({ task }) => {
    const reached = finalValues(task);
    return task.runs.map((runs) => runs.map(reached));
  });
  const draws = labels.length > mostPrecise ? resamples / 5 : resamples;
  const known = labels.map(() => labels.map((): Interval | null => null));
  labels.forEach((label, a) => {
    for (let b = a + 1; b < labels.length; b++) {
      const meetings = values.map((runs) => ({ a: runs[a], b: runs[b] }));
      const chance = improvementInterval(meetings, `improvement/${label}/${labels[b]}`, draws);
      if (chance === undefined) continue;
      const [value, low, high] = [chance.value, chance.low, chance.high].map((share) => rounded(share) ?? 0);
      known[a][b] = { value, low, high };
      const [less, least, most] = [1 - chance.value, 1 - chance.high, 1 - chance.low].map((share) => rounded(share) ?? 0);
      known[b][a] = { value: less, low: least, high: most };
    }
  });
  return known;
}

function inWords(places: readonly OverallPlace[], tasks: number, waiting: number, test: Friedman | null): string {
  if (places.length < 2) return '';
  const left = `${plural(waiting, 'problem')} on which a strategy has not run yet`;
  if (tasks < 2) return waiting === 0 ? '' : `Nothing is said over all problems: there ${waiting === 1 ? 'is' : 'are'} ${left}.`;
  const ranked = places.filter(({ meanRank }) => meanRank !== null).sort((a, b) => (a.meanRank ?? 0) - (b.meanRank ?? 0));
  const best = ranked.filter(({ meanRank }) => meanRank === ranked[0].meanRank);
  const names = listed(best.map(({ strategy }) => strategy));
  const rank = ranked[0].meanRank ?? 0;
  const over = waiting === 0 ? `Over all ${plural(tasks, 'problem')}` : `Over ${plural(tasks, 'problem')}, without ${left},`;
  const fact = `${over} ${names} ${best.length > 1 ? 'share' : 'has'} the best mean rank, ${rank.toFixed(2)} of ${ranked.length}.`;
  if (test === null) {
    const why =
      tasks < fewestTasks
        ? `Too few problems for a test over problems: ${fewestTasks} are needed`
        : 'No test while a strategy has not run at all';
    return `${fact} ${why}.`;
  }
  const p = `Friedman's test: p ${formatP(test.p, true)}`;
  if (test.p > 0.05) return `${fact} Too close to tell: over the problems no difference is shown (${p}).`;
  if (best.length > 1) return `${fact} The strategies differ (${p}).`;
  const others = ranked.slice(1);
  const close = others.filter(({ meanRank }) => nemenyiP((meanRank ?? 0) - rank, ranked.length, tasks) > 0.05);
  if (close.length === 0) {
    const rest = others.length === 1 ? 'the other' : 'each of the others';
    return `${fact} The strategies differ (${p}), and it can be told apart from ${rest} (Nemenyi's comparison).`;
  }
  const apart =
    others.length > close.length ? `from ${listed(others.filter((o) => !close.includes(o)).map(({ strategy }) => strategy))}, but ` : '';
  return `${fact} The strategies differ (${p}); it can be told apart ${apart}not from ${listed(close.map(({ strategy }) => strategy))} (Nemenyi's comparison).`;
}
