/**
 * The fully informed swarm of Mendes, Kennedy and Neves (2004, https://doi.org/10.1109/TEVC.2004.826074): a particle listens to all
 * of its neighbourhood N instead of to its best,
 *   v <- w v + sum over k of N (phi / |N|) r_k (p_k - x),   x <- x + v,   r_k uniform in [0, 1) for each coordinate
 */
import type { Rng } from '../../src/core/rng.js';
import type { Swarm } from '../../src/kernels/swarm.js';

/** Moves all particles. The neighbours of particle p are (p + offset) mod size for each of `offsets`. */
export function moveFullyInformed(swarm: Swarm, offsets: Int32Array, inertia: number, phi: number, rng: Rng): void {
  const { population, velocities, bests, limits } = swarm;
  const { size, dimension, values } = population;
  const share = phi / offsets.length / 4294967296;
  for (let p = 0; p < size; p++) {
    const at = p * dimension;
    for (let j = 0; j < dimension; j++) {
      const x = values[at + j];
      let v = inertia * velocities[at + j];
      for (let k = 0; k < offsets.length; k++) {
        let neighbour = p + offsets[k];
        if (neighbour >= size) neighbour -= size;
        v += share * rng.uint32() * (bests[neighbour * dimension + j] - x);
      }
      if (limits.length > 0) v = Math.min(Math.max(v, -limits[j]), limits[j]);
      velocities[at + j] = v;
      values[at + j] = x + v;
    }
  }
}
