/** One BBOB function at one instance and dimension, ready to be evaluated. */
import { drawOffset } from './random.js';
import { suite } from './suite.js';
import { outside } from './transforms.js';

export interface Instance {
  readonly dimension: number;
  /** f_opt. */
  readonly offset: number;
  /** x_opt. */
  readonly optimum: Float64Array;
  /** f(x) - f_opt without penalty or noise. Does not allocate; not re-entrant. */
  value(x: Float64Array): number;
  /** The boundary penalty, which noise does not change. */
  penalty(x: Float64Array): number;
}

/** Instances made most recently; rotations and peaks are costly to make and are shared by all objectives on one instance. */
const recent = new Map<string, Instance>();
const kept = 64;

/** `number` is one of the suite's, `dimension` from 2 to 40, `index` the instance from 1. */
export function bbobInstance(number: number, index: number, dimension: number): Instance {
  const key = `${number}:${index}:${dimension}`;
  const known = recent.get(key);
  const instance = known ?? makeInstance(number, index, dimension);
  recent.delete(key);
  recent.set(key, instance);
  for (const oldest of recent.keys()) {
    if (recent.size <= kept) break;
    recent.delete(oldest);
  }
  return instance;
}

function makeInstance(number: number, index: number, dimension: number): Instance {
  const f = suite.get(number);
  if (!f) throw new RangeError(`there is no BBOB function f${number}`);
  const seed = f.seedNumber + 10_000 * index;
  const { optimum, value } = f.definition.build(dimension, seed);
  const factor = f.definition.penalty(dimension);
  return {
    dimension,
    offset: drawOffset(seed),
    optimum,
    value,
    penalty: factor === 0 ? () => 0 : (x) => factor * outside(x),
  };
}
