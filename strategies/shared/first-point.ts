/** Where a search from one point begins, and how far its first steps go. */
import type { Rng } from '../../src/core/rng.js';
import { allocate, type Space, sampleStart, startScale, type Vector } from '../../src/core/space.js';

export interface FirstPoint {
  /** One draw from the starting distribution, within the bounds. */
  readonly x: Vector;
  /**
   * A step for every coordinate, signed: `size` scales of the start, at most half the width of the bounds, and towards the side
   * where x + step lies within them. Never zero, unless the bounds leave a coordinate no room.
   */
  readonly step: Float64Array;
}

export function firstPoint(space: Space, rng: Rng, size: number): FirstPoint {
  const { dimension, bounds } = space;
  const x = allocate(space, dimension);
  sampleStart(space, rng, x);
  const step = firstSteps(space, size);
  if (bounds !== undefined) {
    for (let i = 0; i < dimension; i++) {
      x[i] = Math.min(Math.max(x[i], bounds.lower[i]), bounds.upper[i]);
      if (x[i] + step[i] > bounds.upper[i]) step[i] = -step[i];
    }
  }
  return { x, step };
}

/** The lengths of the first steps alone: no point is drawn. */
export function firstSteps(space: Space, size: number): Float64Array {
  const { dimension, bounds } = space;
  const step = new Float64Array(dimension);
  startScale(space, step);
  for (let i = 0; i < dimension; i++) {
    step[i] *= size;
    if (bounds !== undefined) step[i] = Math.min(step[i], (bounds.upper[i] - bounds.lower[i]) / 2);
  }
  return step;
}

/** The relative distance of neighbouring numbers in the space's precision. */
export function resolution(space: Space): number {
  return space.precision === 'float32' ? 2 ** -23 : 2 ** -52;
}
