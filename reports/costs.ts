/** The cost axes: what a run had spent at each row of its trace. */
import type { RunRecord } from '../src/study/results.js';
import { type CostAxis, costAxes } from './chart.js';

export function costsOf({ trace }: RunRecord, axis: CostAxis): readonly number[] {
  const { evaluations, gradients, samplePasses, seconds } = trace;
  if (axis === 'seconds') return seconds;
  if (axis === 'sample-passes') return samplePasses;
  const used = (gradients.at(-1) ?? 0) > 0; // counts never fall
  return used ? evaluations.map((count, row) => count + gradients[row]) : evaluations;
}

export function onAxes<T>(make: (axis: CostAxis) => T): Record<CostAxis, T> {
  return Object.fromEntries(costAxes.map((axis) => [axis, make(axis)])) as Record<CostAxis, T>;
}
