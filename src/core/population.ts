/** A population: P candidates of D coordinates, as one row-major matrix. */
import { allocate, type Space, type Vector } from './space.js';

export interface DensePopulation {
  readonly kind: 'dense';
  readonly size: number;
  readonly dimension: number;
  /** Row-major, length size * dimension; row p is candidate p. */
  readonly values: Vector;
}

/** Discriminated by `kind`, so that described populations (a centre and departures from it) can join dense ones. */
export type Population = DensePopulation;

export function densePopulation(space: Space, size: number): DensePopulation {
  return { kind: 'dense', size, dimension: space.dimension, values: allocate(space, size * space.dimension) };
}
