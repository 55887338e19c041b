/**
 * Clearing, a way to keep several optima at once: A. Pétrowski, "A clearing procedure as a niching method for genetic algorithms",
 * Proc. IEEE International Conference on Evolutionary Computation 1996, https://doi.org/10.1109/ICEC.1996.542703.
 * From the best on, every individual that still has its resources keeps them to itself and to the next best within its radius, as
 * many as the niche's capacity; all others there are cleared: they lose theirs, and with them the chance to become parents.
 */
import type { DensePopulation } from '../../src/core/population.js';
import type { Vector } from '../../src/core/space.js';

export interface Niches {
  /** Individuals that stay in one niche. */
  readonly capacity: number;
  /** Root mean square, over the coordinates, of the difference in `units`. */
  readonly radius: number;
  /** One length a coordinate. */
  readonly units: Vector;
}

/**
 * Moves those that are cleared to the end of `order`, which ranks the population from best to worst; both parts keep their order.
 * Returns how many are not. Failed ones are cleared, unless all have failed: then none is. `room`: as long as `order`.
 */
export function clearNiches(
  population: DensePopulation,
  losses: Float64Array,
  order: Int32Array,
  niches: Niches,
  room: Int32Array,
): number {
  const { size } = population;
  if (losses[order[0]] === Infinity) return size;
  room.fill(0);
  for (let i = 0; i < size; i++) {
    if (room[i] === 1) continue;
    if (losses[order[i]] === Infinity) {
      room[i] = 1;
      continue;
    }
    let members = 1;
    for (let j = i + 1; j < size; j++) {
      if (room[j] === 1 || !near(population, order[i], order[j], niches)) continue;
      if (members < niches.capacity) members++;
      else room[j] = 1;
    }
  }
  return divide(order, room);
}

/** Whether two individuals are closer than the radius. */
function near({ values, dimension }: DensePopulation, a: number, b: number, { radius, units }: Niches): boolean {
  const limit = radius * radius * dimension;
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    const difference = (values[a * dimension + i] - values[b * dimension + i]) / units[i];
    sum += difference * difference;
    if (sum >= limit) return false;
  }
  return true;
}

/** Ranks marked with 0 first, those with 1 behind. Uses up the marks. */
function divide(order: Int32Array, marks: Int32Array): number {
  let kept = 0;
  for (let i = 0; i < order.length; i++) {
    const individual = order[i];
    if (marks[i] === 1) {
      marks[i - kept] = individual; // a mark that has been read: the cleared so far
    } else {
      order[kept++] = individual;
    }
  }
  for (let i = kept; i < order.length; i++) order[i] = marks[i - kept];
  return kept;
}
