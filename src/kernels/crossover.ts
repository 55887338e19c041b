/** Crossover of two rows of `parents` into one row of `children`: row-major matrices with rows of `n` genes. */
import type { Vector } from '../core/space.js';
import type { Lanes } from './lanes.js';
import { type Home, homeOf, openStage, type Stage } from './memory.js';
import { piecesOf, shortRow } from './rows.js';
import * as twin from './twins/crossover.js';

/** How genes are mixed. */
export type Mixing =
  /** Each gene from either parent with probability 1/2. */
  | { readonly kind: 'uniform' }
  /** Each gene a + t (b - a), t uniform in [-alpha, 1 + alpha): BLX-alpha. */
  | { readonly kind: 'blend'; readonly alpha: number }
  /** Every gene a + share (b - a). */
  | { readonly kind: 'arithmetic'; readonly share: number };

/** Quickest where both matrices are `residentArrays` of one call. */
export function crossRows(
  lanes: Lanes,
  mixing: Mixing,
  parents: Vector,
  a: number,
  b: number,
  children: Vector,
  child: number,
  n: number,
): void {
  const home = homeOf(parents);
  if (home !== undefined && home === homeOf(children)) {
    home.lanes.set(lanes);
    const row = 4 * n;
    apply(home, mixing, parents.byteOffset + a * row, parents.byteOffset + b * row, children.byteOffset + child * row, n);
    lanes.set(home.lanes);
    return;
  }
  const single = children instanceof Float32Array && parents instanceof Float32Array;
  const stage = single && n >= shortRow ? openStage() : undefined;
  if (stage === undefined) {
    crossByTwin(lanes, mixing, parents, a * n, b * n, children, child * n, n);
    return;
  }
  stage.lanes.set(lanes);
  const from = piecesOf(parents, n, a);
  const other = piecesOf(parents, n, b);
  const to = piecesOf(children, n, child);
  for (let k = 0; k < to.length; k++) {
    apply(stage, mixing, stage.put(0, from[k]), stage.put(1, other[k]), stage.at(2), to[k].length);
    stage.take(2, to[k]);
  }
  lanes.set(stage.lanes);
}

function apply({ kernels }: Home | Stage, mixing: Mixing, a: number, b: number, child: number, n: number): void {
  switch (mixing.kind) {
    case 'uniform':
      kernels.crossUniform(a, b, child, n);
      break;
    case 'blend':
      kernels.crossBlend(a, b, child, n, 1 + 2 * mixing.alpha, mixing.alpha);
      break;
    case 'arithmetic':
      kernels.crossArithmetic(a, b, child, n, mixing.share);
      break;
  }
}

function crossByTwin(lanes: Lanes, mixing: Mixing, parents: Vector, a: number, b: number, children: Vector, at: number, n: number): void {
  switch (mixing.kind) {
    case 'uniform':
      twin.crossUniform(lanes, parents, a, b, children, at, n);
      break;
    case 'blend':
      twin.crossBlend(lanes, parents, a, b, children, at, n, mixing.alpha);
      break;
    case 'arithmetic':
      twin.crossArithmetic(parents, a, b, children, at, n, mixing.share);
      break;
  }
}
