/** Which strategies are best in a row of numbers, and where their order is another on one cost axis than on another. */
import type { CostAxis } from './chart.js';
import { listed } from './formatting.js';

/** Places of the lowest value; none where there is no value, or where all are equal. */
export function lowest(values: readonly (number | null)[]): number[] {
  const least = Math.min(...values.map((value) => value ?? Number.POSITIVE_INFINITY));
  const places = values.flatMap((value, place) => (value === least ? [place] : []));
  return places.length < values.length ? places : [];
}

/**
 * Sentences on the rows whose order of strategies is not that of the first axis, one for those whose orders are the same ones.
 * Strategies without a value are left out.
 */
export function changesOfOrder(
  values: readonly (readonly (number | null)[])[],
  first: readonly (readonly (number | null)[])[],
  labels: readonly string[],
  where: (rows: readonly number[]) => string,
  axis: CostAxis,
  firstAxis: CostAxis,
): string[] {
  if (axis === firstAxis) return [];
  const named = (list: readonly number[]) => listed(list.map((s) => labels[s]));
  const rows = new Map<string, number[]>();
  values.forEach((row, i) => {
    const [here, there] = [order(row), order(first[i])];
    if (here.join() === there.join()) return;
    const orders = `the order by ${axis} is ${named(here)}; by ${firstAxis} ${named(there)}.`;
    rows.set(orders, [...(rows.get(orders) ?? []), i]);
  });
  return [...rows].map(([orders, places]) => `${where(places)} ${orders}`);
}

function order(values: readonly (number | null)[]): number[] {
  const known = values.flatMap((value, s) => (value === null ? [] : [s]));
  return known.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}
