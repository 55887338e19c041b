import { describe, expect, test } from '@jest/globals';
import { type ExpectedRun, RemainingTime } from '../../src/cli/remaining-time.js';

interface Simulated extends ExpectedRun {
  /** What it takes in truth. */
  readonly seconds: number;
}

function runs(problem: string, strategy: string, count: number, seconds: number, work: number): Simulated[] {
  return Array.from({ length: count }, (_, i) => ({ id: `${problem} ${strategy} ${i}`, problem, strategy, work, seconds }));
}

/** Carries the runs out over `processes` with reports ten times a second; returns, for each whole second, the truth and the estimate. */
function simulate(all: readonly Simulated[], processes: number): { at: number; truth: number; estimate: number | undefined }[] {
  const remaining = new RemainingTime(all, 0);
  const waiting = [...all];
  const under = new Map<Simulated, number>();
  const rows: { at: number; estimate: number | undefined }[] = [];
  let tick = 0;
  for (; waiting.length + under.size > 0; tick++) {
    const now = tick / 10;
    for (const [run, began] of under) {
      const share = (now - began) / run.seconds;
      if (share < 1) {
        remaining.progress(run.id, share, now);
      } else {
        under.delete(run);
        remaining.finished(run.id, now);
      }
    }
    while (under.size < processes && waiting.length > 0) {
      const run = waiting.shift() as Simulated;
      under.set(run, now);
      remaining.started(run.id, now);
    }
    if (tick % 10 === 0) rows.push({ at: now, estimate: remaining.left(now) });
  }
  return rows.map(({ at, estimate }) => ({ at, truth: (tick - 1) / 10 - at, estimate }));
}

describe('the time that a study will still take', () => {
  // as in the quick start: a problem of short runs first, then one of runs ten times as long, then one of very short ones
  const quick = [
    ...runs('small', 'a', 7, 0.5, 0.4),
    ...runs('small', 'b', 7, 0.3, 0.4),
    ...runs('large', 'a', 7, 6, 5),
    ...runs('large', 'b', 7, 5, 5),
    ...runs('tiny', 'a', 14, 0.1, 0.05),
  ];

  test('is right within a quarter from the first second that it is told, whatever the runs cost', () => {
    const told = simulate(quick, 2).filter(({ estimate }) => estimate !== undefined);
    expect(told.length).toBeGreaterThan(20);
    for (const { truth, estimate = Number.NaN } of told) expect(Math.abs(estimate - truth)).toBeLessThan(0.25 * truth + 2);
  });

  test('does not jump: the end that it tells moves by no more than a tenth of what is left in a second', () => {
    const told = simulate(quick, 2).filter(({ estimate }) => estimate !== undefined);
    for (let i = 1; i < told.length; i++) {
      const moved = told[i].at + (told[i].estimate ?? Number.NaN) - told[i - 1].at - (told[i - 1].estimate ?? Number.NaN);
      expect(Math.abs(moved)).toBeLessThan(0.1 * told[i].truth + 1);
    }
  });

  test('is learned where the guess is far off', () => {
    const slow = [...runs('p', 'a', 20, 5, 0.5), ...runs('p', 'b', 20, 5, 0.5)];
    const rows = simulate(slow, 4).filter(({ at }) => at >= 20);
    expect(rows.length).toBeGreaterThan(20);
    for (const { truth, estimate = Number.NaN } of rows) expect(Math.abs(estimate - truth)).toBeLessThan(0.25 * truth + 3);
  });

  test('counts a run that ends before its budget as done', () => {
    const early = runs('p', 'a', 40, 1, 10); // a tenth of the guess: a target was reached
    const last = simulate(early, 1).at(-5);
    expect(last?.estimate).toBeLessThan(8);
  });

  test('goes on from where earlier runs were saved', () => {
    const remaining = new RemainingTime(runs('p', 'a', 1, 100, 100), 0);
    remaining.started('p a 0', 0);
    for (let now = 1; now <= 10; now++) remaining.progress('p a 0', 0.9 + now / 200, now); // 200 s for the whole, a twentieth left
    const left = remaining.left(10);
    expect(left).toBeGreaterThan(5);
    expect(left).toBeLessThan(11);
  });

  test('is not told before anything was measured', () => {
    const remaining = new RemainingTime(quick, 0);
    expect(remaining.left(1)).toBeUndefined();
  });
});
