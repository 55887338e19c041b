/** Moves a whole swarm by one generation. */
import type { DensePopulation } from '../core/population.js';
import type { Vector } from '../core/space.js';
import type { Lanes } from './lanes.js';
import { moveParticle, type Pull } from './twins/swarm.js';

export type { Pull } from './twins/swarm.js';

/** The arrays of a swarm; matrices are row-major [size, dimension] in the population's precision. */
export interface Swarm {
  readonly population: DensePopulation;
  readonly velocities: Vector;
  /** Best position of each particle so far. */
  readonly bests: Vector;
  /** For each particle, the row of `bests` that draws it beside its own. */
  readonly informants: Int32Array;
  /** Largest speed of each coordinate; length dimension, or 0 for no limit. */
  readonly limits: Vector;
  readonly lanes: Lanes;
}

/** v <- w v + c1 r1 (p - x) + c2 r2 (g - x), x <- x + v for every particle, two uniforms a coordinate. */
export function moveSwarm(swarm: Swarm, pull: Pull): void {
  const { population, velocities, bests, informants, lanes } = swarm;
  const { size, dimension, values } = population;
  const limits = swarm.limits.length > 0 ? swarm.limits : undefined;
  for (let p = 0; p < size; p++) {
    moveParticle(lanes, values, velocities, bests, p * dimension, informants[p] * dimension, dimension, pull, limits);
  }
}
