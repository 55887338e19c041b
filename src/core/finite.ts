/** Whether numbers are finite: every asked population is checked, so it must cost little beside its evaluation. */
import type { Vector } from './space.js';

/** Answers for `values[from .. to)`, or gives undefined for arrays that it does not know. */
export type FiniteCheck = (values: Vector, from: number, to: number) => boolean | undefined;

let faster: FiniteCheck | undefined;

/** Takes a faster check for some arrays: the kernels, where they are loaded, bring one for theirs. It changes no answer. */
export function useFiniteCheck(check: FiniteCheck): void {
  faster = check;
}

/** Whether `values[from .. to)` holds no NaN and no infinity. */
export function allFinite(values: Vector, from: number, to: number): boolean {
  return faster?.(values, from, to) ?? allFinitePlain(values, from, to);
}

export function allFinitePlain(values: Vector, from: number, to: number): boolean {
  // 0 * x is 0 for finite x and NaN otherwise; four sums, so that additions do not wait for each other.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = from;
  for (; i + 3 < to; i += 4) {
    a += 0 * values[i];
    b += 0 * values[i + 1];
    c += 0 * values[i + 2];
    d += 0 * values[i + 3];
  }
  for (; i < to; i++) a += 0 * values[i];
  return a + b + c + d === 0;
}
