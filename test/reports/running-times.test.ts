/** Times to targets, budgets and runtime distributions of whole traces against cocopp and NumPy; targets by run lengths too: test/fixtures/running-times.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { chart as ecdf } from '../../reports/charts/ecdf.js';
import { compare } from '../../reports/comparison.js';
import { shareBy } from '../../reports/statistics/ecdf.js';
import { seededDraws, simulatedRestarts } from '../../reports/statistics/running-time.js';
import { runLengthTargets } from '../../reports/statistics/targets.js';
import { attempts } from '../../reports/targets.js';
import type { RunRecord, StudyResults } from '../../src/study/results.js';
import { largeStudy } from './large-study.js';

interface LengthTarget {
  readonly length: number;
  readonly target: number;
}

interface Fixture {
  readonly runs: Record<string, [evaluations: number, distance: number][][]>;
  readonly targets: number[];
  readonly ert: Record<string, (number | null)[]>;
  readonly distribution: Record<string, { evaluations: number[]; mean: number[]; deviation: number[] }>;
  readonly summary: Record<string, number[]>;
  readonly budgets: { budget: number; medians: number[] }[];
  readonly runLengths: Record<string, (LengthTarget & { times: (number | null)[] })[]>;
  readonly manyLengths: {
    readonly multiples: number[];
    readonly levels: number[];
    readonly references: Record<string, { ert: (number | null)[]; targets: LengthTarget[] }>;
  };
}

const fixture = JSON.parse(readFileSync('test/fixtures/running-times.json', 'utf8')) as Fixture;
const names = Object.keys(fixture.runs);
const comparison = compare(fixtureStudy());
const [compared] = comparison.tasks;

/** The fixture's runs as a study: one on each of 15 instances, whose optima are zero. */
function fixtureStudy(): StudyResults {
  const frame = largeStudy(names.length, 1, 1, 15);
  const runs = frame.runs.map((run): RunRecord => {
    const strategy = frame.strategies.findIndex(({ label }) => label === run.label);
    const instance = frame.problems.findIndex(({ id }) => id === run.settings.problem);
    const rows = fixture.runs[names[strategy]][instance];
    const evaluations = rows.map(([count]) => count);
    const loss = rows.map(([, distance]) => distance);
    const none = rows.map(() => 0);
    const trace = { evaluations, gradients: none, samplePasses: evaluations, seconds: evaluations.map((count) => count * 1e-6), loss };
    const end = evaluations[evaluations.length - 1];
    return {
      ...run,
      label: names[strategy],
      trace,
      cost: { ...run.cost, evaluations: end, samplePasses: end },
      final: { loss: loss[loss.length - 1] },
    };
  });
  const strategies = frame.strategies.map((strategy, s) => ({ ...strategy, label: names[s] }));
  return { ...frame, problems: frame.problems.map((problem) => ({ ...problem, optimum: 0 })), strategies, runs };
}

/** To the six digits that tables hold; a number that does not exist is null on both sides. */
function expectAlike(own: number | null, reference: number | null): void {
  if (reference === null || own === null) expect(own).toBe(reference);
  else expect(Math.abs(own / reference - 1)).toBeLessThan(1e-5);
}

test('expected running times are those of cocopp', () => {
  const { table } = compared.targets;
  expect(table.evaluations.map(({ target }) => target)).toEqual(fixture.targets);
  table.evaluations.forEach(({ times }, row) => {
    for (const [s, name] of names.entries()) expectAlike(times[s].value, fixture.ert[name][row]);
  });
});

describe('the runtime distribution', () => {
  test("is cocopp's: exactly while no run has ended, then within four deviations of its draws", () => {
    for (const [s, name] of names.entries()) {
      const { evaluations, mean, deviation } = fixture.distribution[name];
      const { task, targets } = compared;
      const parts = targets.levels.map((_, at) =>
        simulatedRestarts(attempts(task, targets.reached, s, at, 'evaluations'), seededDraws(`${name}/${at}`)),
      );
      const times = Float64Array.from(parts.flatMap((part) => [...part]));
      const shares = shareBy(times, 51 * 45, evaluations);
      expect(deviation.filter((spread) => spread === 0).length).toBeGreaterThan(20);
      shares.forEach((share, i) => {
        expect(Math.abs(share - mean[i])).toBeLessThanOrEqual(4 * deviation[i] + 1e-8);
      });
    }
  });

  test('is drawn so, over evaluations for each dimension', () => {
    const drawn = ecdf.make(fixtureStudy(), comparison).find(({ axis }) => axis === 'evaluations');
    for (const name of names) {
      const { evaluations, mean, deviation } = fixture.distribution[name];
      const rows = (drawn?.table.rows ?? []).filter(([label]) => label === name);
      const inside = rows.filter(([, point]) => Number(point) * 5 <= evaluations[evaluations.length - 1]);
      expect(inside.length).toBeGreaterThan(20);
      for (const [, point, share] of inside) {
        // cocopp's shares just before and just after; points are rounded to four digits
        const before = evaluations.findLastIndex((count) => count <= Number(point) * 5 * 0.999);
        const after = evaluations.findIndex((count) => count >= Number(point) * 5 * 1.001);
        if (before >= 0) expect(Number(share)).toBeGreaterThanOrEqual(mean[before] - 4 * deviation[before] - 1e-5);
        if (after >= 0) expect(Number(share)).toBeLessThanOrEqual(mean[after] + 4 * deviation[after] + 1e-5);
      }
    }
  });
});

test('medians by fixed budgets, and quartiles at the end, are those of NumPy', () => {
  const own = compared.budgets.evaluations;
  expect(own).toHaveLength(fixture.budgets.length);
  own.forEach(({ budget, medians }, row) => {
    expectAlike(budget, fixture.budgets[row].budget);
    for (const s of names.keys()) expectAlike(medians[s], fixture.budgets[row].medians[s]);
  });
  for (const [s, name] of names.entries()) {
    const summary = compared.standing.places[s].summary;
    [summary?.q1, summary?.median, summary?.q3].forEach((value, i) => {
      expectAlike(value ?? null, fixture.summary[name][i]);
    });
  }
});

describe("run-length targets are cocopp's", () => {
  test.each([undefined, ...names])('and the times to them; reference: %s', (reference) => {
    const own = compare(fixtureStudy(), reference).tasks[0].runLengths.evaluations;
    const expected = fixture.runLengths[reference ?? 'best'];
    expect(own.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    own.forEach(({ target, times }, row) => {
      expectAlike(target, expected[row].target);
      for (const s of names.keys()) expectAlike(times[s].value, expected[row].times[s]);
    });
  });

  const { multiples, levels, references } = fixture.manyLengths;
  const lengths = multiples.map((multiple) => 5 * multiple);
  test.each(Object.keys(references))('where many lengths force them apart and the last one is reached; reference: %s', (name) => {
    const { ert, targets } = references[name];
    const own = runLengthTargets(lengths, ert);
    expect(own.map(({ length }) => length)).toEqual(targets.map(({ length }) => length));
    own.forEach(({ level }, row) => {
      expectAlike(levels[level], targets[row].target);
    });
  });

  test('a reference that reaches nothing in time has the first level for its target, and one level more for each length', () => {
    expect(runLengthTargets([4, 5, 6, 100, 200], [90, 95, 99, 300, null])).toEqual([
      { length: 4, level: 0 },
      { length: 5, level: 1 },
      { length: 6, level: 2 },
      { length: 100, level: 3 },
      { length: 200, level: 4 },
    ]);
  });
});

test('lengths beyond the runs of the reference have no target, and a reference must be one of the strategies', () => {
  const whole = fixtureStudy();
  const short = (run: RunRecord): RunRecord => {
    const { evaluations, loss, ...rest } = run.trace;
    const rows = evaluations.filter((count) => count <= 40).length;
    const cut = { ...rest, evaluations: evaluations.slice(0, rows), gradients: rest.gradients.slice(0, rows), loss: loss.slice(0, rows) };
    return run.label === names[0] ? { ...run, trace: cut } : run;
  };
  const study = { ...whole, runs: whole.runs.map(short) };
  expect(compare(study, names[0]).tasks[0].runLengths.evaluations.map(({ length }) => length)).toEqual([2.5, 6, 15]);
  expect(compare(study).tasks[0].runLengths.evaluations).toHaveLength(5);
  expect(() => compare(study, 'nobody')).toThrow(
    'The reference "nobody" is no strategy of this study. Name one of its labels: early, late.',
  );
});
