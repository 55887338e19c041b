/** What a run had spent at each row of its trace. */
import type { RunRecord } from '../src/study/results.js';
import type { CostAxis } from './chart.js';

export function costsOf({ trace }: RunRecord, axis: CostAxis): readonly number[] {
  const { evaluations, gradients, samplePasses, seconds } = trace;
  if (axis === 'seconds') return seconds;
  if (axis === 'sample-passes') return samplePasses;
  return gradients.some((count) => count > 0) ? evaluations.map((count, row) => count + gradients[row]) : evaluations;
}
