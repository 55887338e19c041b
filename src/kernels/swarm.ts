/** Moves a whole swarm by one generation. */
import type { DensePopulation } from '../core/population.js';
import type { Vector } from '../core/space.js';
import type { Lanes } from './lanes.js';
import { type Home, homeOf, openStage, type Stage } from './memory.js';
import { piecesOf, shortRow } from './rows.js';
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

/**
 * v <- w v + c1 r1 (p - x) + c2 r2 (g - x), x <- x + v for every particle and coordinate; r1 and r2 uniform in [0, 1), 16 bits each.
 * Quickest where the matrices are `residentArrays`.
 */
export function moveSwarm(swarm: Swarm, pull: Pull): void {
  const { population, velocities, bests, limits } = swarm;
  const home = homeOf(population.values);
  if (home !== undefined && home === homeOf(velocities) && home === homeOf(bests) && (limits.length === 0 || home === homeOf(limits))) {
    moveInPlace(swarm, pull, home);
    return;
  }
  const single = population.values instanceof Float32Array && population.dimension >= shortRow;
  const stage = single ? openStage() : undefined;
  if (stage !== undefined) moveOnStage(swarm, pull, stage);
  else moveByTwin(swarm, pull);
}

function moveInPlace(swarm: Swarm, pull: Pull, { kernels, lanes }: Home): void {
  const { population, velocities, bests, informants, limits } = swarm;
  const { size, dimension, values } = population;
  const limitsAt = limits.length > 0 ? limits.byteOffset : 0;
  lanes.set(swarm.lanes);
  for (let p = 0; p < size; p++) {
    const row = 4 * dimension * p;
    kernels.moveParticle(
      values.byteOffset + row,
      velocities.byteOffset + row,
      bests.byteOffset + row,
      bests.byteOffset + 4 * dimension * informants[p],
      limitsAt,
      dimension,
      pull.inertia,
      pull.cognitive,
      pull.social,
    );
  }
  swarm.lanes.set(lanes);
}

function moveOnStage(swarm: Swarm, pull: Pull, stage: Stage): void {
  const { population, velocities, bests, informants, limits } = swarm;
  const { size, dimension, values } = population;
  const limitPieces = limits.length > 0 ? piecesOf(limits, dimension, 0) : undefined;
  stage.lanes.set(swarm.lanes);
  for (let p = 0; p < size; p++) {
    const x = piecesOf(values, dimension, p);
    const v = piecesOf(velocities, dimension, p);
    const own = piecesOf(bests, dimension, p);
    const others = piecesOf(bests, dimension, informants[p]);
    for (let k = 0; k < x.length; k++) {
      stage.kernels.moveParticle(
        stage.put(0, x[k]),
        stage.put(1, v[k]),
        stage.put(2, own[k]),
        stage.put(3, others[k]),
        limitPieces === undefined ? 0 : stage.put(4, limitPieces[k]),
        x[k].length,
        pull.inertia,
        pull.cognitive,
        pull.social,
      );
      stage.take(0, x[k]);
      stage.take(1, v[k]);
    }
  }
  swarm.lanes.set(stage.lanes);
}

function moveByTwin({ population, velocities, bests, informants, limits, lanes }: Swarm, pull: Pull): void {
  const { size, dimension, values } = population;
  const speeds = limits.length > 0 ? limits : undefined;
  for (let p = 0; p < size; p++) {
    moveParticle(lanes, values, velocities, bests, p * dimension, informants[p] * dimension, dimension, pull, speeds);
  }
}
