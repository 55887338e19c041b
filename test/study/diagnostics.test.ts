/** Diagnostics against sums made by hand, and on their way from a run into the report's tables. */
import { expect, test } from '@jest/globals';
import { csvFiles } from '../../reports/csv.js';
import { buildReport } from '../../reports/report.js';
import { boxSpace } from '../../src/core/space.js';
import { diagnosticsOf } from '../../src/study/diagnostics.js';
import { performRun } from '../../src/study/perform.js';
import { ProblemCache } from '../../src/study/problem-cache.js';
import { study } from '../reports/synthetic.js';

test('of a point in a box: its distance to the optimum, and how many coordinates lie on a bound', () => {
  const point = new Float64Array([1, 5, -5, 4]);
  const optimumAt = new Float64Array([1, 2, -1, 4]);
  expect(diagnosticsOf({ space: boxSpace(4, -5, 5), optimumAt }, point)).toEqual({
    'distance to the place of the optimum': 5, // 0, 3, 4, 0
    'share of coordinates on a bound': 0.5,
  });
});

test('of a network: how large the weights of its layers are; of a space of which nothing is known: nothing', () => {
  const { bounds: _, ...space } = boxSpace(5, -1, 1);
  const slice = { layer: 0, shape: [1, 1], units: 1, fanIn: 1, unitStride: 1, inputStride: 1 };
  const layout = [
    { ...slice, name: 'dense1.weights', role: 'weights' as const, offset: 0, length: 2 },
    { ...slice, name: 'dense1.biases', role: 'biases' as const, offset: 2, length: 1 },
    { ...slice, name: 'dense2.weights', role: 'weights' as const, offset: 3, length: 2 },
  ];
  const point = new Float64Array([1, 7, 100, 3, 3]);
  expect(diagnosticsOf({ space: { ...space, layout } }, point)).toEqual({
    'root mean square of dense1.weights': 5,
    'root mean square of dense2.weights': 3,
  });
  expect(diagnosticsOf({ space }, point)).toEqual({});
});

test('stand in the record of a run', async () => {
  const settings = {
    problem: 'bbob:f1:i1:d2',
    strategy: { name: 'nelder-mead', options: {} },
    seed: 1,
    budget: { evaluations: 200 },
    bounds: 'clip',
    provider: 'cpu',
    threads: 1,
  } as const;
  const { final } = (await performRun({ id: 'a', settings }, new ProblemCache(), {})) ?? {};
  // of the sphere the loss above the optimum is that distance squared
  const distance = final?.diagnostics?.['distance to the place of the optimum'] ?? Number.NaN;
  const { optimum } = await new ProblemCache().find('bbob:f1:i1:d2');
  expect(distance ** 2).toBeCloseTo((final?.loss ?? Number.NaN) - (optimum ?? 0), 10);
  expect(final?.diagnostics?.['share of coordinates on a bound']).toBe(0);
});

test('are told in a table with medians and quartiles, and run by run in a file', () => {
  const whole = study({ seeds: 5 });
  const runs = whole.runs.map((run) =>
    run.settings.problem === 'rastrigin:d10' && run.label !== 'ga'
      ? { ...run, final: { ...run.final, diagnostics: { 'share of coordinates on a bound': run.settings.seed / 10 } } }
      : run,
  );
  const report = buildReport({ ...whole, runs }, []);
  const tables = report.tables.map((list) => list.filter(({ kind }) => kind === 'diagnostics'));
  expect(tables.map(({ length }) => length)).toEqual([0, 0, 1]);
  const [{ heads, rows }] = tables[2];
  expect(heads).toEqual(['strategy', 'share of coordinates on a bound']);
  expect(rows).toEqual(whole.strategies.map(({ label }) => [label, label === 'ga' ? 'none' : '0.3 (0.2 to 0.4)']));
  const lines = [...(csvFiles(report).get('diagnostics')?.() ?? [])].join('').trim().split('\n');
  expect(lines).toHaveLength(1 + 3 * 5);
  expect(lines[1].endsWith(',rastrigin:d10,sgd,1,share of coordinates on a bound,0.1')).toBe(true);
  expect(csvFiles(buildReport(whole, [])).has('diagnostics')).toBe(false);
});
