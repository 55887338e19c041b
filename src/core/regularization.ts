/**
 * The lecture's penalties, applied by the harness so that every strategy has them: L1 and L2 as terms of the loss,
 * or, where a strategy follows gradients, as its decoupled updates; max-norm as a projection of each neuron's incoming weights.
 */
import { UsageError } from './errors.js';
import type { Regularization } from './objective.js';
import type { LayoutSlice, Space, Vector } from './space.js';

/** Whether losses get a term added. */
export function penalizes(regularization: Regularization): boolean {
  return (regularization.l1 ?? 0) !== 0 || (regularization.l2 ?? 0) !== 0;
}

/** l1 * sum |theta_i| + l2 / 2 * sum theta_i^2 over `values[from .. to)`. */
export function penalty(regularization: Regularization, values: Vector, from: number, to: number): number {
  let absolute = 0;
  let squared = 0;
  for (let i = from; i < to; i++) {
    const x = values[i];
    absolute += Math.abs(x);
    squared += x * x;
  }
  return (regularization.l1 ?? 0) * absolute + ((regularization.l2 ?? 0) / 2) * squared;
}

/**
 * One decoupled update, in place: theta_i -= l2 * theta_i, then theta_i -= l1 where theta_i > 0 and theta_i += l1 elsewhere.
 * The rates stand alone: they are not multiplied by a learning rate.
 */
export function decay(regularization: Regularization, point: Vector): void {
  const l1 = regularization.l1 ?? 0;
  const l2 = regularization.l2 ?? 0;
  if (l2 !== 0) for (let i = 0; i < point.length; i++) point[i] -= l2 * point[i];
  if (l1 !== 0) for (let i = 0; i < point.length; i++) point[i] -= point[i] > 0 ? l1 : -l1;
}

/** Scales, within the row that starts at `at`, every unit's incoming weights that are longer than allowed. */
export type MaxNorm = (values: Vector, at: number) => void;

/**
 * The projection for a space, or undefined where none is asked for. Biases are left alone. Norms hold to within rounding.
 * Throws UsageError on rates out of range, and on a max-norm for a space without a network's layout.
 */
export function maxNormOf(space: Space, regularization: Regularization): MaxNorm | undefined {
  for (const [name, value] of Object.entries(regularization)) {
    if (value !== undefined && !(value >= 0 && Number.isFinite(value))) {
      throw new UsageError(`regularization.${name} must be a number of at least 0; got ${value}.`);
    }
  }
  const limit = regularization.maxNorm ?? 0;
  if (limit === 0) return undefined;
  const slices = (space.layout ?? []).filter((slice) => slice.role === 'weights');
  if (slices.length === 0) {
    throw new UsageError('regularization.maxNorm needs a network: this space has no layout that says which weights enter which unit.');
  }
  const scales = new Float64Array(Math.max(...slices.map((slice) => slice.units)));
  return (values, at) => {
    for (const slice of slices) projectSlice(slice, values, at, limit, scales);
  };
}

/** Walks a slice in memory order: units run fastest in dense weights, inputs in filters. */
function projectSlice(slice: LayoutSlice, values: Vector, at: number, limit: number, scales: Float64Array): void {
  const { units, fanIn, unitStride, inputStride } = slice;
  const start = at + slice.offset;
  const unitsInner = unitStride <= inputStride;
  const outer = unitsInner ? fanIn : units;
  const inner = unitsInner ? units : fanIn;
  const outerStride = unitsInner ? inputStride : unitStride;
  const innerStride = unitsInner ? unitStride : inputStride;
  scales.fill(0, 0, units);
  for (let o = 0; o < outer; o++) {
    let k = start + o * outerStride;
    for (let i = 0; i < inner; i++, k += innerStride) scales[unitsInner ? i : o] += values[k] * values[k];
  }
  let longer = false;
  for (let j = 0; j < units; j++) {
    const norm = Math.sqrt(scales[j]);
    scales[j] = norm > limit ? limit / norm : 1;
    longer ||= norm > limit;
  }
  if (!longer) return;
  for (let o = 0; o < outer; o++) {
    let k = start + o * outerStride;
    for (let i = 0; i < inner; i++, k += innerStride) values[k] *= scales[unitsInner ? i : o];
  }
}
