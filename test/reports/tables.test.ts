/** The places where the ranking changes from one cost axis to another, against orders counted from the numbers themselves. */
import { expect, test } from '@jest/globals';
import { type CostAxis, costAxes } from '../../reports/chart.js';
import { compare } from '../../reports/comparison.js';
import { lowest } from '../../reports/orders.js';
import { tablesOf } from '../../reports/tables.js';
import { study } from './synthetic.js';

const whole = study();
const comparison = compare(whole);
const labels = whole.strategies.map(({ label }) => label);
const listed = (names: readonly string[]) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** Strategies by value, those without one left out. */
function order(values: readonly (number | null)[]): string[] {
  return labels.filter((_, s) => values[s] !== null).sort((a, b) => Number(values[labels.indexOf(a)]) - Number(values[labels.indexOf(b)]));
}

test.each(['sample-passes', 'seconds'] as const)('where the order by %s is another than by evaluations, a sentence says so', (axis) => {
  let told = 0;
  for (const compared of comparison.tasks) {
    const medians = (on: CostAxis) => compared.budgets[on].map((row) => order(row.medians));
    const changed = compared.budgets[axis].filter((_, i) => medians(axis)[i].join() !== medians('evaluations')[i].join());
    const table = tablesOf(compared).find(({ kind, axes }) => kind === 'budgets' && axes?.includes(axis));
    const notes = table?.axes?.includes('evaluations') ? [] : (table?.notes ?? []);
    const shares = notes.flatMap((note) => [...(/^With (.*) of the budget /.exec(note)?.[1] ?? '').matchAll(/[\d.]+(?= %)/g)]).map(Number);
    if (!table?.axes?.includes('evaluations')) {
      expect(shares.sort((a, b) => a - b)).toEqual(changed.map(({ share }) => 100 * share));
      for (const { share, medians: own } of changed) {
        const there = compared.budgets.evaluations.find((row) => row.share === share)?.medians ?? [];
        expect(notes.join(' ')).toContain(`the order by ${axis} is ${listed(order(own))}; by evaluations ${listed(order(there))}.`);
      }
    }
    expect(new Set(notes).size).toBe(notes.length);
    told += notes.length;
  }
  expect(told).toBeGreaterThan(0);
  expect(tablesOf(comparison.tasks[0]).flatMap(({ axes, notes }) => (axes?.includes('evaluations') ? notes : []))).toEqual([]);
  expect(costAxes).toContain(axis);
});

test('all that are equally good are marked as best, and none where all are equal', () => {
  expect([[3, 1, 1], [null, 2, 5], [4, 4], [null, null], []].map(lowest)).toEqual([[1, 2], [1], [], [], []]);
});

test('a function is not trained: it has a loss, a network a training loss', () => {
  const unknown = compare({ ...whole, problems: whole.problems.map(({ optimum: _, ...problem }) => problem) });
  expect(unknown.tasks.map(({ standing }) => standing.measure.name)).toEqual(['training loss', 'training loss', 'loss']);
});
