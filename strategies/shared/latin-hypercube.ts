/**
 * Latin hypercubes: P points in the unit cube, of which each coordinate has one in every P-th part (McKay, Beckman and Conover 1979,
 * https://doi.org/10.1080/00401706.1979.10489755). Of several, the one whose nearest points are furthest apart (Johnson, Moore and
 * Ylvisaker 1990, https://doi.org/10.1016/0378-3758(90)90122-B).
 */
import type { Rng } from '../../src/core/rng.js';

const tries = 20;

/** `size` points, row-major. */
export function latinHypercube(size: number, dimension: number, rng: Rng): Float64Array {
  const order = new Int32Array(size);
  const candidate = new Float64Array(size * dimension);
  const best = new Float64Array(size * dimension);
  let widest = -1;
  for (let t = 0; t < tries; t++) {
    for (let i = 0; i < dimension; i++) {
      for (let p = 0; p < size; p++) order[p] = p;
      rng.shuffle(order);
      for (let p = 0; p < size; p++) candidate[p * dimension + i] = (order[p] + rng.uniform()) / size;
    }
    const distance = leastDistance(candidate, size, dimension);
    if (distance > widest) {
      widest = distance;
      best.set(candidate);
    }
  }
  return best;
}

/** Squared distance of the two nearest points. */
function leastDistance(points: Float64Array, size: number, dimension: number): number {
  let least = Infinity;
  for (let p = 1; p < size; p++) {
    for (let q = 0; q < p; q++) {
      let square = 0;
      for (let i = 0; i < dimension; i++) square += (points[p * dimension + i] - points[q * dimension + i]) ** 2;
      least = Math.min(least, square);
    }
  }
  return least;
}
