/**
 * Where a run begins, where not at draws from the problem's own starting distribution: at one point that is the same for all
 * strategies. Rios and Sahinidis (2013, https://doi.org/10.1007/s10898-012-9951-y) ask of solvers that they improve a given
 * start, and that they refine a point near the optimum. How near theirs were is not known here; the fraction is our choice.
 */
import { UsageError } from './errors.js';
import type { Objective } from './objective.js';
import type { Rng } from './rng.js';
import { sampleStart, startScale } from './space.js';

/**
 * `given`: the problem's published start, or where it has none one draw from its starting distribution. `near`: the point at
 * this fraction, above 0 and at most 1, of the way from an optimum to the given start.
 */
export type Start = 'given' | { readonly near: number };

/**
 * The objective with another start. The first point of every strategy that draws one is the start itself; further ones, of a
 * population or after a restart, are normal around it. Their deviations, and so the first steps, are those of the problem's own
 * starting distribution, with `near` that fraction of them. `rng`: the same for all strategies.
 * Throws UsageError where `near` is asked for and no optimum's place is known.
 */
export function startedAt(objective: Objective, start: Start, rng: Rng): Objective {
  const { space, optimumAt, publishedStart } = objective;
  const { dimension, bounds } = space;
  const point = new Float64Array(dimension);
  if (publishedStart !== undefined) point.set(publishedStart);
  else sampleStart(space, rng, point);
  const deviation = new Float64Array(dimension);
  startScale(space, deviation);
  const fraction = start === 'given' ? 1 : start.near;
  if (start !== 'given') {
    if (optimumAt === undefined) {
      throw new UsageError(
        'A start near the optimum needs to know where that is, and this problem does not tell. Use `given`, or another problem.',
      );
    }
    for (let i = 0; i < dimension; i++) {
      point[i] = optimumAt[i] + fraction * (point[i] - optimumAt[i]);
      deviation[i] *= fraction;
    }
  }
  if (bounds !== undefined) for (let i = 0; i < dimension; i++) point[i] = Math.min(Math.max(point[i], bounds.lower[i]), bounds.upper[i]);
  const around = { kind: 'around', offset: 0, length: dimension, mean: point, deviation } as const;
  return { ...objective, space: { ...space, start: [around], first: point.slice() } };
}
