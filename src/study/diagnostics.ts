/** What a run's best point looks like, in a few named numbers, where the problem knows something of its space. */
import type { Objective } from '../core/objective.js';
import type { Vector } from '../core/space.js';

/** By name, in words; the same names for all runs on a problem. */
export type Diagnostics = Readonly<Record<string, number>>;

/**
 * Where it is known, the Euclidean distance to the place of the optimum (one of several, if there are several); with bounds, the
 * share of coordinates that lie on one; of networks the root mean square of each layer's weights. Empty where there is none.
 */
export function diagnosticsOf({ space, optimumAt }: Pick<Objective, 'space' | 'optimumAt'>, point: Vector): Diagnostics {
  const found: Record<string, number> = {};
  if (optimumAt !== undefined) {
    let squares = 0;
    for (let i = 0; i < optimumAt.length; i++) squares += (point[i] - optimumAt[i]) ** 2;
    found['distance to the place of the optimum'] = Math.sqrt(squares);
  }
  if (space.bounds !== undefined) {
    const { lower, upper } = space.bounds;
    let on = 0;
    for (let i = 0; i < point.length; i++) if (point[i] <= lower[i] || point[i] >= upper[i]) on++;
    found['share of coordinates on a bound'] = on / point.length;
  }
  for (const { name, role, offset, length } of space.layout ?? []) {
    if (role !== 'weights') continue;
    let squares = 0;
    for (let i = offset; i < offset + length; i++) squares += point[i] * point[i];
    found[`root mean square of ${name}`] = Math.sqrt(squares / length);
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => Number.isFinite(value)));
}
