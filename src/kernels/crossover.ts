/** Crossover of two rows of `parents` into one row of `children`: row-major matrices with rows of `n` genes. */
import type { Vector } from '../core/space.js';
import type { Lanes } from './lanes.js';
import { type Home, homeOf, openStage, type Stage } from './memory.js';
import { piecesOf, shortRow } from './rows.js';
import * as twin from './twins/crossover.js';

/**
 * How genes are mixed, and what `amount` means for it.
 * uniform: each gene from either parent with probability 1/2; no amount.
 * blend (BLX-alpha): each gene a + t (b - a), t uniform in [-alpha, 1 + alpha); amount is alpha.
 * simulated-binary (SBX): each gene, with probability 1/2, a + (1 -+ beta) / 2 (b - a), else a; amount is the distribution's index.
 * arithmetic: every gene a + share (b - a); amount is the share.
 */
export type Mixing = 'uniform' | 'blend' | 'simulated-binary' | 'arithmetic';

/** Quickest where both matrices are `residentArrays` of one call. */
export function crossRows(
  lanes: Lanes,
  mixing: Mixing,
  amount: number,
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
    apply(home, mixing, amount, parents.byteOffset + a * row, parents.byteOffset + b * row, children.byteOffset + child * row, n);
    lanes.set(home.lanes);
    return;
  }
  const single = children instanceof Float32Array && parents instanceof Float32Array;
  const stage = single && n >= shortRow ? openStage() : undefined;
  if (stage === undefined) {
    crossByTwin(lanes, mixing, amount, parents, a * n, b * n, children, child * n, n);
    return;
  }
  stage.lanes.set(lanes);
  const from = piecesOf(parents, n, a);
  const other = piecesOf(parents, n, b);
  const to = piecesOf(children, n, child);
  for (let k = 0; k < to.length; k++) {
    apply(stage, mixing, amount, stage.put(0, from[k]), stage.put(1, other[k]), stage.at(2), to[k].length);
    stage.take(2, to[k]);
  }
  lanes.set(stage.lanes);
}

function apply({ kernels }: Home | Stage, mixing: Mixing, amount: number, a: number, b: number, child: number, n: number): void {
  switch (mixing) {
    case 'uniform':
      kernels.crossUniform(a, b, child, n);
      break;
    case 'blend':
      kernels.crossBlend(a, b, child, n, 1 + 2 * amount, amount);
      break;
    case 'simulated-binary':
      kernels.crossSimulatedBinary(a, b, child, n, 1 / (amount + 1));
      break;
    case 'arithmetic':
      kernels.crossArithmetic(a, b, child, n, amount);
      break;
  }
}

function crossByTwin(
  lanes: Lanes,
  mixing: Mixing,
  amount: number,
  parents: Vector,
  a: number,
  b: number,
  children: Vector,
  at: number,
  n: number,
): void {
  switch (mixing) {
    case 'uniform':
      twin.crossUniform(lanes, parents, a, b, children, at, n);
      break;
    case 'blend':
      twin.crossBlend(lanes, parents, a, b, children, at, n, amount);
      break;
    case 'simulated-binary':
      twin.crossSimulatedBinary(lanes, parents, a, b, children, at, n, amount);
      break;
    case 'arithmetic':
      twin.crossArithmetic(parents, a, b, children, at, n, amount);
      break;
  }
}
