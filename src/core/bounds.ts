/** What the harness does with coordinates that leave their bounds: four policies, each ending exactly inside. */
import { UsageError } from './errors.js';
import type { Rng } from './rng.js';
import type { Precision, Space, Vector } from './space.js';

/**
 * clip: to the nearest bound. reflect: mirrored at the bounds until inside. periodic: wrapped around.
 * resample: drawn anew, uniformly within the bounds. The last two need both bounds; a coordinate with one reflects at it.
 */
export const boundsPolicies = ['clip', 'reflect', 'periodic', 'resample'] as const;

export type BoundsPolicy = (typeof boundsPolicies)[number];

/** The least and greatest values that coordinates may take: finite, and exact in the space's precision. */
export interface Limits {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Largest finite number of the precision; a limit at it stands for no bound. */
  readonly largest: number;
}

const largest32 = 3.4028234663852886e38;

/**
 * The bounds of a space as limits: rounded inwards to its precision, missing ones at the largest finite number.
 * Undefined when nothing is bounded. Throws UsageError on bounds of the wrong length, NaN, crossed, or with no number between.
 */
export function limitsOf(space: Space): Limits | undefined {
  const { bounds, dimension, precision } = space;
  if (bounds === undefined) return undefined;
  if (bounds.lower.length !== dimension || bounds.upper.length !== dimension) {
    throw new UsageError(
      `bounds must have one lower and one upper value for each of the ${dimension} coordinates; got ${bounds.lower.length} and ${bounds.upper.length}.`,
    );
  }
  const largest = precision === 'float32' ? largest32 : Number.MAX_VALUE;
  const lower = new Float64Array(dimension);
  const upper = new Float64Array(dimension);
  let bounded = false;
  for (let i = 0; i < dimension; i++) {
    lower[i] = Math.max(roundUp(bounds.lower[i], precision), -largest);
    upper[i] = Math.min(-roundUp(-bounds.upper[i], precision), largest);
    if (!(lower[i] <= upper[i])) {
      throw new UsageError(
        `bounds of coordinate ${i} must be a lower and a higher number with a ${precision} between them; got ${bounds.lower[i]} and ${bounds.upper[i]}.`,
      );
    }
    bounded ||= lower[i] > -largest || upper[i] < largest;
  }
  return bounded ? { lower, upper, largest } : undefined;
}

/**
 * Brings the row `values[at .. at + dimension)` inside, in place.
 * Returns false, leaving the rest as it is, at a coordinate that is not finite.
 */
export function repairRow(values: Vector, at: number, limits: Limits, policy: BoundsPolicy, rng: Rng): boolean {
  const { lower, upper, largest } = limits;
  for (let i = 0; i < lower.length; i++) {
    const x = values[at + i];
    if (x >= lower[i] && x <= upper[i]) continue;
    if (!Number.isFinite(x)) return false;
    const repaired = repair(x, lower[i], upper[i], largest, policy, rng);
    // Both limits are exact in the array's precision, so rounding on assignment cannot cross them.
    values[at + i] = Math.min(Math.max(repaired, lower[i]), upper[i]);
  }
  return true;
}

function repair(x: number, low: number, high: number, largest: number, policy: BoundsPolicy, rng: Rng): number {
  const width = high - low;
  if (policy === 'clip' || width === 0) return x;
  if (low === -largest || high === largest) return x < low ? low + (low - x) : high - (x - high);
  if (!Number.isFinite(2 * width)) return x;
  switch (policy) {
    case 'reflect': {
      const t = modulo(x - low, 2 * width);
      return low + (t <= width ? t : 2 * width - t);
    }
    case 'periodic':
      return low + modulo(x - low, width);
    case 'resample':
      return low + width * rng.uniform();
  }
}

function modulo(x: number, period: number): number {
  const remainder = x % period;
  return remainder < 0 ? remainder + period : remainder;
}

/** The least number of the precision that is not below `x`. */
function roundUp(x: number, precision: Precision): number {
  if (precision === 'float64') return x;
  const rounded = Math.fround(x);
  if (!(rounded < x)) return rounded;
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, rounded);
  if (rounded === 0) return 1.401298464324817e-45;
  bits.setInt32(0, bits.getInt32(0) + (rounded > 0 ? 1 : -1));
  return bits.getFloat32(0);
}
