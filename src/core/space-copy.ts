/** Spaces of their own for those who start: what a strategy does to its space changes nobody else's. */
import type { Rng } from './rng.js';
import { type Space, type StartSegment, takeFirst } from './space.js';
import type { Strategy } from './strategy.js';

/** An equal space whose arrays nobody else holds. */
export function copySpace(space: Space): Space {
  const { bounds, start, first, layout } = space;
  return {
    ...space,
    ...(bounds === undefined ? {} : { bounds: { lower: bounds.lower.slice(), upper: bounds.upper.slice() } }),
    start: start.map(copySegment),
    ...(first === undefined ? {} : { first: first.slice() }),
    ...(layout === undefined ? {} : { layout: layout.map((slice) => ({ ...slice, shape: [...slice.shape] })) }),
  };
}

function copySegment(segment: StartSegment): StartSegment {
  if (segment.kind !== 'around') return { ...segment };
  return { ...segment, mean: segment.mean.slice(), deviation: segment.deviation.slice() };
}

/** Starts a strategy within another, in a copy of the other's space; the first of all to start gets the run's first point. */
export function startWithin<Options, State>(
  inner: Pick<Strategy<Options, State>, 'start'>,
  space: Space,
  options: Options,
  rng: Rng,
): State {
  const own = copySpace(space);
  takeFirst(space);
  return inner.start(own, options, rng);
}
