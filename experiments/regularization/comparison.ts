/** A remedy against none, seed by seed: what it does to the gap and to the wrong answers, and whether that is an effect against over-fitting. */
import type { Check } from '../../src/lab/experiment.js';
import { halfInterval, mean } from '../shared/intervals.js';
import { percent, short } from '../shared/numbers-in-words.js';
import type { Remedy } from './cases.js';
import { remedyNames } from './figures.js';

/** Means without and with a remedy, and the mean of the paired differences with half of its 95 % interval. */
export interface Comparison {
  readonly without: number;
  readonly with_: number;
  readonly change: number;
  readonly half: number;
  readonly seeds: number;
}

/** `values[remedy][seed]`; the first remedy is none. */
export function comparisonOf(values: readonly (readonly number[])[], remedy: number): Comparison {
  const [without, with_] = [values[0], values[remedy]];
  const differences = with_.map((value, i) => value - without[i]);
  const half = halfInterval(differences) ?? Number.POSITIVE_INFINITY;
  return { without: mean(without), with_: mean(with_), change: mean(differences), half, seeds: with_.length };
}

/** -1: surely less than without; 1: surely more; 0: these seeds do not decide. */
export function sure({ change, half }: Comparison): -1 | 0 | 1 {
  if (change + half < 0) return -1;
  return change - half > 0 ? 1 : 0;
}

/** A remedy reduces over-fitting where the gap is surely smaller and not surely more answers are wrong: a network that learned nothing has no gap. */
export function remedyCheck(strategy: string, remedy: Remedy, gap: Comparison, error: Comparison): Check {
  const sign = (value: number) => (value > 0 ? '+' : '');
  const change = `${short(gap.without)} → ${short(gap.with_)} (${sign(gap.change)}${short(gap.change)} ± ${short(gap.half)})`;
  const [from, to] = [error.without, error.with_].map((share) => percent(share));
  const points = `${sign(error.change)}${short(100 * error.change, 2)} ± ${short(100 * error.half, 2)}`;
  const undecided = sure(gap) === 0;
  return {
    what: {
      en: `${strategy}: the gap with ${remedy} is smaller, and not surely more test answers are wrong`,
      zh: `${strategy}：用${remedyNames[remedy].zh}时差距更小，且测试错误率没有确定升高`,
    },
    ours: {
      en: `${change}${undecided ? `, not decided by ${gap.seeds} seeds` : ''}; wrong ${from} → ${to} (${points} points)`,
      zh: `${change}${undecided ? `，${gap.seeds} 个种子未能判定` : ''}；错误率 ${from} → ${to}（${points} 个百分点）`,
    },
    value: gap.change,
    seeds: gap.seeds,
    holds: sure(gap) < 0 && sure(error) <= 0,
  };
}
