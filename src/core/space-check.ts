/** What a search space must be, in words. */
import { UsageError } from './errors.js';
import { shown } from './settings-check.js';
import type { Bounds, Space } from './space.js';

/** Throws UsageError on anything but a whole number of at least 1. */
export function checkDimension(dimension: unknown): void {
  if (!Number.isSafeInteger(dimension) || (dimension as number) < 1) {
    throw new UsageError(`A space must have a whole number of at least 1 coordinates; got ${shown(dimension)}.`);
  }
}

/** Throws UsageError where a space is none, its start does not cover it, or its bounds are no bounds. */
export function checkSpaceForm(space: unknown): void {
  if (typeof space !== 'object' || space === null) {
    throw new UsageError(`A search space is needed, for example boxSpace(10, -5, 5); got ${shown(space)}.`);
  }
  const { dimension, precision, start, bounds } = space as Space;
  checkDimension(dimension);
  if (precision !== 'float32' && precision !== 'float64') {
    throw new UsageError(
      `space.precision must be float32 or float64; got ${shown(precision)}. boxSpace(${dimension}, -5, 5) and openSpace(${dimension}, 0, 1) make whole spaces.`,
    );
  }
  const covered = Array.isArray(start) ? start.reduce((at, segment) => (segment.offset === at ? at + segment.length : Number.NaN), 0) : 0;
  if (covered !== dimension) {
    throw new UsageError(`space.start must cover coordinates 0 to ${dimension - 1} once, in order; its segments do not.`);
  }
  if (bounds !== undefined) checkBounds(bounds, dimension);
}

function checkBounds({ lower, upper }: Bounds, dimension: number): void {
  for (const [name, side] of Object.entries({ lower, upper })) {
    if (side?.length !== dimension) {
      throw new UsageError(`space.bounds.${name} must be ${dimension} numbers, one for each coordinate; got ${shown(side)}.`);
    }
  }
  for (let i = 0; i < dimension; i++) {
    if (lower[i] <= upper[i] && lower[i] < Infinity && upper[i] > -Infinity) continue;
    throw new UsageError(
      `The bounds of coordinate ${i} must be numbers, the lower not above the upper; got ${lower[i]} and ${upper[i]}. -Infinity and Infinity stand for none.`,
    );
  }
}
