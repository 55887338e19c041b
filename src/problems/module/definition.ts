/** Reads the default export of a user's module. */
import type { Description } from './messages.js';

/** One candidate's loss. */
export type LossOf = (x: Float64Array) => unknown;
/** A population's losses: `values` holds `size` candidates of `dimension` coordinates, one after another. */
export type LossesOf = (population: { readonly size: number; readonly dimension: number; readonly values: Float64Array }) => unknown;

export interface Definition {
  readonly description: Description;
  readonly loss?: LossOf;
  readonly losses?: LossesOf;
}

const largestDimension = 10_000_000;
const form = '{ dimension: 2, bounds: [-5, 5], loss(x) { return ... } }';

/** The definition, or what is wrong with it. */
export function readDefinition(exported: unknown): Definition | string {
  if (typeof exported !== 'object' || exported === null) {
    return `needs a default export that is an object such as ${form}; it has ${exported === undefined ? 'none' : typeof exported}`;
  }
  const { dimension, bounds, optimum, title, loss, losses } = exported as Record<string, unknown>;
  if (typeof dimension !== 'number' || !Number.isInteger(dimension) || dimension < 1 || dimension > largestDimension) {
    return `must give dimension, a whole number from 1 to ${largestDimension}; it gives ${show(dimension)}`;
  }
  if ((typeof loss === 'function') === (typeof losses === 'function')) {
    return `must have one function, loss(x) or losses(population); it has ${typeof loss === 'function' ? 'both' : 'neither'}`;
  }
  if (optimum !== undefined && (typeof optimum !== 'number' || !Number.isFinite(optimum))) {
    return `gives optimum ${show(optimum)}: it must be a number, or left out where the least loss is not known`;
  }
  if (title !== undefined && typeof title !== 'string') return `gives title ${show(title)}: it must be text`;
  const limits = bounds === undefined ? undefined : readBounds(bounds, dimension);
  if (typeof limits === 'string') return limits;
  const method = (f: unknown) => (f as (...args: unknown[]) => unknown).bind(exported);
  return {
    description: {
      dimension,
      ...(limits && { bounds: limits }),
      ...(optimum !== undefined && { optimum }),
      ...(title !== undefined && { title }),
      takes: typeof losses === 'function' ? 'population' : 'candidate',
    },
    ...(typeof loss === 'function' && { loss: method(loss) as LossOf }),
    ...(typeof losses === 'function' && { losses: method(losses) as LossesOf }),
  };
}

/** `[low, high]` for every coordinate, or one such pair for each. */
function readBounds(given: unknown, dimension: number): NonNullable<Description['bounds']> | string {
  const wrong = `gives bounds ${show(given)}: they must be [low, high], or a list of ${dimension} such pairs, low below high`;
  if (!Array.isArray(given)) return wrong;
  const single = given.length === 2 && given.every((value) => typeof value === 'number');
  const pairs = single ? Array.from({ length: dimension }, () => given) : given;
  if (pairs.length !== dimension) return wrong;
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((value) => typeof value === 'number') || !(pair[0] < pair[1]))
      return wrong;
  }
  return { lower: Float64Array.from(pairs, ([low]) => low as number), upper: Float64Array.from(pairs, ([, high]) => high as number) };
}

export function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
