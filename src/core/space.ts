/**
 * A search space: how many coordinates, in which precision, within which bounds, where the first points come from,
 * and, for networks, which coordinates belong to which neuron. Plain data, so that a run can be saved with it.
 */
import { UsageError } from './errors.js';
import type { Rng } from './rng.js';
import { shown } from './settings-check.js';
import { checkDimension } from './space-check.js';

export type Precision = 'float32' | 'float64';

/** One candidate, or one coordinate-wise quantity, in the precision of its space. */
export type Vector = Float32Array | Float64Array;

export interface Bounds {
  /** Length = dimension; -Infinity where a coordinate has no lower bound. */
  readonly lower: Float64Array;
  /** Length = dimension; +Infinity where a coordinate has no upper bound. */
  readonly upper: Float64Array;
}

/** How the coordinates `offset` to `offset + length - 1` of a first point are drawn. */
export type StartSegment = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /** Two-sided exponential: density exp(-|x - mean| / scale) / (2 scale). */
  | { readonly kind: 'laplace'; readonly mean: number; readonly scale: number }
  /** Normal around a point, each coordinate with its own mean and deviation. */
  | { readonly kind: 'around'; readonly mean: Float64Array; readonly deviation: Float64Array }
);

/**
 * One named slice of a network's parameter vector.
 * Incoming weight `i` of unit `j` is at `offset + j * unitStride + i * inputStride`; biases have `fanIn` 1.
 */
export interface LayoutSlice {
  /** For example `dense1.weights`. */
  readonly name: string;
  /** Index of the layer in the network's list of layers. */
  readonly layer: number;
  readonly role: 'weights' | 'biases';
  readonly offset: number;
  readonly length: number;
  /** Tensor shape in the graph: dense weights [inputs, units], filters [units, channels, height, width], biases [units]. */
  readonly shape: readonly number[];
  readonly units: number;
  readonly fanIn: number;
  readonly unitStride: number;
  readonly inputStride: number;
}

export interface Space {
  readonly dimension: number;
  readonly precision: Precision;
  readonly bounds?: Bounds;
  /** Covers every coordinate once, in order. */
  readonly start: readonly StartSegment[];
  /** What the run's first draw gives, instead of a draw from `start`; `sampleStart` takes it away. */
  first?: Float64Array;
  /** Present for networks. */
  readonly layout?: readonly LayoutSlice[];
}

/** A zeroed array of `length` numbers in the space's precision. Strategies allocate only through this. */
export function allocate(space: Space, length: number): Vector {
  return space.precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
}

/** Numbers drawn at once. */
const piece = new Float64Array(1024);

/** Draws one first point into `out[at .. at + dimension)`; the first draw of all gives `space.first`, where there is one. */
export function sampleStart(space: Space, rng: Rng, out: Vector, at = 0): void {
  const first = takeFirst(space);
  if (first !== undefined) {
    out.set(first, at);
    return;
  }
  for (const segment of space.start) {
    const from = at + segment.offset;
    const to = from + segment.length;
    switch (segment.kind) {
      case 'constant':
        out.fill(segment.value, from, to);
        break;
      case 'normal':
        for (let i = from; i < to; i += piece.length) {
          const count = Math.min(piece.length, to - i);
          rng.normals(piece, count);
          for (let k = 0; k < count; k++) out[i + k] = segment.mean + segment.deviation * piece[k];
        }
        break;
      case 'uniform':
        for (let i = from; i < to; i += piece.length) {
          const count = Math.min(piece.length, to - i);
          rng.uniforms(piece, count);
          for (let k = 0; k < count; k++) out[i + k] = segment.low + (segment.high - segment.low) * piece[k];
        }
        break;
      case 'laplace':
        for (let i = from; i < to; i++) out[i] = segment.mean + segment.scale * rng.laplace();
        break;
      case 'around':
        for (let i = 0; i < segment.length; i++) out[from + i] = segment.mean[i] + segment.deviation[i] * rng.normal();
        break;
    }
  }
}

/** The point that the run's first draw gives, and no other will; for strategies that draw a first point more than once. */
export function takeFirst(space: Space): Float64Array | undefined {
  const { first } = space;
  delete space.first;
  return first;
}

/** The mean of the starting distribution, into `out`. */
export function startMean(space: Space, out: Vector): void {
  for (const segment of space.start) {
    if (segment.kind === 'around') {
      out.set(segment.mean, segment.offset);
      continue;
    }
    const mean = segment.kind === 'constant' ? segment.value : segment.kind === 'uniform' ? (segment.low + segment.high) / 2 : segment.mean;
    out.fill(mean, segment.offset, segment.offset + segment.length);
  }
}

/**
 * The standard deviation of the starting distribution, into `out`. Zero for constants:
 * a strategy that needs a scale for every coordinate passes `floor`, the least value to return.
 */
export function startDeviation(space: Space, out: Vector, floor = 0): void {
  for (const segment of space.start) {
    let deviation: number;
    switch (segment.kind) {
      case 'constant':
        deviation = 0;
        break;
      case 'normal':
        deviation = segment.deviation;
        break;
      case 'uniform':
        deviation = (segment.high - segment.low) / Math.sqrt(12);
        break;
      case 'laplace':
        deviation = segment.scale * Math.SQRT2;
        break;
      case 'around':
        for (let i = 0; i < segment.length; i++) out[segment.offset + i] = Math.max(segment.deviation[i], floor);
        continue;
    }
    out.fill(Math.max(deviation, floor), segment.offset, segment.offset + segment.length);
  }
}

/**
 * A positive scale for every coordinate, into `out`: the standard deviation of the starting distribution; where that is zero,
 * the least positive one of the other coordinates. If all are zero: that of a uniform distribution within the bounds, else 1.
 */
export function startScale(space: Space, out: Vector): void {
  startDeviation(space, out);
  let least = Infinity;
  for (let i = 0; i < out.length; i++) if (out[i] > 0 && out[i] < least) least = out[i];
  for (let i = 0; i < out.length; i++) {
    if (out[i] > 0) continue;
    const width = space.bounds === undefined ? Infinity : space.bounds.upper[i] - space.bounds.lower[i];
    out[i] = least < Infinity ? least : width > 0 && width < Infinity ? width / Math.sqrt(12) : 1;
  }
}

/**
 * A space of `dimension` coordinates within [low, high], first points uniform there. `low` and `high` are finite, one number for
 * all coordinates or one for each. Throws UsageError.
 */
export function boxSpace(
  dimension: number,
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  precision: Precision = 'float64',
): Space {
  checkDimension(dimension);
  const lower = sideOf('low', low, dimension);
  const upper = sideOf('high', high, dimension);
  const start: StartSegment[] = [];
  for (let i = 0, from = 0; i < dimension; i++) {
    if (lower[i] > upper[i]) {
      const at = typeof low === 'number' && typeof high === 'number' ? '' : ` at coordinate ${i}`;
      throw new UsageError(`boxSpace needs low not above high; got ${lower[i]} and ${upper[i]}${at}.`);
    }
    if (i + 1 < dimension && lower[i + 1] === lower[i] && upper[i + 1] === upper[i]) continue;
    start.push({ offset: from, length: i + 1 - from, kind: 'uniform', low: lower[i], high: upper[i] });
    from = i + 1;
  }
  return { dimension, precision, bounds: { lower, upper }, start };
}

function sideOf(name: 'low' | 'high', given: number | ArrayLike<number>, dimension: number): Float64Array {
  const side = typeof given === 'number' ? new Float64Array(dimension).fill(given) : Float64Array.from(given ?? []);
  if (side.length !== dimension) {
    throw new UsageError(`boxSpace needs ${name} as one number, or as ${dimension}, one for each coordinate; got ${shown(given)}.`);
  }
  const wrong = side.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return side;
  throw new UsageError(
    `boxSpace needs finite numbers; ${name} is ${side[wrong]}${typeof given === 'number' ? '' : ` at coordinate ${wrong}`}. openSpace(dimension, mean, deviation) has no bounds.`,
  );
}
