/** Populations: P candidates of D coordinates, written out as a matrix or described as departures from a centre. */
import { allocate, type Space, type Vector } from './space.js';

/** One row-major matrix. */
export interface DensePopulation {
  readonly kind: 'dense';
  readonly size: number;
  readonly dimension: number;
  /** Row-major, length size * dimension; row p is candidate p. */
  readonly values: Vector;
}

/**
 * Every candidate is the centre and a departure of few numbers: to each dense layer's weights the product A B of two thin matrices,
 * to all other coordinates one number each. An engine that knows how evaluates it without building the candidates.
 */
export interface LowRankPopulation {
  readonly kind: 'low-rank';
  readonly size: number;
  readonly dimension: number;
  /** Length dimension. */
  readonly centre: Vector;
  /** Rank r of the departures of matrices. */
  readonly rank: number;
  /** Where the coordinates get their departures; in order, covering all. */
  readonly blocks: readonly FactorBlock[];
  /** Numbers that describe one candidate. */
  readonly width: number;
  /** Row-major [size, width]. */
  readonly factors: Vector;
}

/**
 * matrix: the coordinates from `offset` are a row-major matrix [rows, columns]; a candidate's factors hold from `at` the r rows of A'
 * (each of `rows` numbers), then the r rows of B (each of `columns`), and element (i, j) departs by the sum over r of A'[r, i] B[r, j].
 * vector: `length` coordinates from `offset` depart by the factors from `at`.
 */
export type FactorBlock =
  | { readonly kind: 'matrix'; readonly offset: number; readonly at: number; readonly rows: number; readonly columns: number }
  | { readonly kind: 'vector'; readonly offset: number; readonly at: number; readonly length: number };

/** Discriminated by `kind`. Objectives are given dense ones, unless they say that they take others too. */
export type Population = DensePopulation | LowRankPopulation;

export function densePopulation(space: Space, size: number): DensePopulation {
  return { kind: 'dense', size, dimension: space.dimension, values: allocate(space, size * space.dimension) };
}

/** The blocks for a space and a rank: a matrix for the weights of each dense layer, vectors for the rest; and the numbers of one candidate. */
export function factorBlocks(
  { dimension, layout = [] }: Pick<Space, 'dimension' | 'layout'>,
  rank: number,
): { blocks: FactorBlock[]; width: number } {
  const blocks: FactorBlock[] = [];
  let at = 0;
  let offset = 0;
  const addVector = (end: number) => {
    if (end === offset) return;
    blocks.push({ kind: 'vector', offset, at, length: end - offset });
    at += end - offset;
    offset = end;
  };
  for (const slice of layout) {
    if (slice.role !== 'weights' || slice.shape.length !== 2) continue;
    addVector(slice.offset);
    const [rows, columns] = slice.shape;
    blocks.push({ kind: 'matrix', offset, at, rows, columns });
    at += rank * (rows + columns);
    offset += rows * columns;
  }
  addVector(dimension);
  return { blocks, width: at };
}

/** Writes candidate `p` out, to `out[at .. at + dimension)`. */
export function writeCandidate(population: Population, p: number, out: Vector, at = 0): void {
  const { dimension } = population;
  if (population.kind === 'dense') {
    const from = p * dimension;
    for (let i = 0; i < dimension; i++) out[at + i] = population.values[from + i];
    return;
  }
  const { centre, blocks, factors, width, rank } = population;
  for (const block of blocks) {
    const own = p * width + block.at;
    if (block.kind === 'vector') {
      for (let i = 0; i < block.length; i++) out[at + block.offset + i] = centre[block.offset + i] + factors[own + i];
      continue;
    }
    const { rows, columns } = block;
    const right = own + rank * rows;
    for (let i = 0; i < rows; i++) {
      const from = block.offset + i * columns;
      for (let j = 0; j < columns; j++) {
        let departure = 0;
        for (let r = 0; r < rank; r++) departure += factors[own + r * rows + i] * factors[right + r * columns + j];
        out[at + from + j] = centre[from + j] + departure;
      }
    }
  }
}

/** The same candidates as a matrix in `values`, which has room for size * dimension numbers. A dense population stays what it is. */
export function materialize(population: Population, values: Vector): DensePopulation {
  if (population.kind === 'dense') return population;
  const { size, dimension } = population;
  for (let p = 0; p < size; p++) writeCandidate(population, p, values, p * dimension);
  return { kind: 'dense', size, dimension, values };
}
