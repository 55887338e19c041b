/**
 * The simplex of Nelder and Mead (1965, https://doi.org/10.1093/comjnl/7.4.308), in the form and with the tie-breaking rules of
 * Lagarias, Reeds, Wright and Wright (1998, https://doi.org/10.1137/S1052623496303470), as plain data: it proposes points and
 * takes their losses. Comparisons of losses alone steer it.
 */
import type { Vector } from '../../src/core/space.js';

export interface Coefficients {
  /** rho or alpha: reflection; above 0. */
  readonly reflection: number;
  /** chi or beta: expansion; above 1. */
  readonly expansion: number;
  /** gamma: contraction; between 0 and 1. */
  readonly contraction: number;
  /** sigma or delta: shrinkage; between 0 and 1. */
  readonly shrinkage: number;
}

/** Nelder and Mead 1965. */
export const standardCoefficients: Coefficients = { reflection: 1, expansion: 2, contraction: 1 / 2, shrinkage: 1 / 2 };

/**
 * Gao and Han 2012, equation 4.1 (https://doi.org/10.1007/s10589-010-9329-3), for n >= 2 coordinates; at n = 2 the standard ones,
 * which also serve n = 1, where the formula would shrink to a point.
 */
export function adaptiveCoefficients(n: number): Coefficients {
  if (n < 2) return standardCoefficients;
  return { reflection: 1, expansion: 1 + 2 / n, contraction: 3 / 4 - 1 / (2 * n), shrinkage: 1 - 1 / n };
}

export interface Simplex {
  readonly n: number;
  readonly coefficients: Coefficients;
  /** n + 1 points, row-major. */
  readonly vertices: Vector;
  readonly losses: Float64Array;
  /** Rows of the vertices from best to worst. */
  readonly order: Int32Array;
  /** Mean of all vertices but the worst. */
  readonly centroid: Float64Array;
  readonly reflected: Vector;
  reflectedLoss: number;
  /** The point that is asked, but for whole simplices and shrunk ones. */
  readonly trial: Vector;
  /** What is asked: `vertices` all rows, `shrink` rows 0 .. n - 1 of the vertices (the best lies in row n), else the trial. */
  phase: 'vertices' | 'reflect' | 'expand' | 'outside' | 'inside' | 'shrink';
}

/** A simplex whose vertices are for the caller to write, before it asks for their losses. */
export function openSimplex(n: number, coefficients: Coefficients, allocateVector: (length: number) => Vector): Simplex {
  return {
    n,
    coefficients,
    vertices: allocateVector((n + 1) * n),
    losses: new Float64Array(n + 1),
    order: new Int32Array(n + 1),
    centroid: new Float64Array(n),
    reflected: allocateVector(n),
    reflectedLoss: Infinity,
    trial: allocateVector(n),
    phase: 'vertices',
  };
}

/** How many points are asked now. */
export function asked({ phase, n }: Simplex): number {
  return phase === 'vertices' ? n + 1 : phase === 'shrink' ? n : 1;
}

/** The losses of the asked points; the simplex then asks for the next ones. */
export function takeLosses(simplex: Simplex, losses: Float64Array): void {
  const { phase, coefficients, order, n, reflected, trial } = simplex;
  const vertexLosses = simplex.losses;
  const loss = losses[0];
  if (phase === 'vertices') {
    vertexLosses.set(losses);
    for (let row = 0; row <= n; row++) insert(simplex, row, row);
    reflect(simplex);
  } else if (phase === 'shrink') {
    vertexLosses.set(losses);
    order[0] = n;
    for (let row = 0; row < n; row++) insert(simplex, row, row + 1);
    reflect(simplex);
  } else if (phase === 'reflect') {
    reflected.set(trial);
    simplex.reflectedLoss = loss;
    if (loss < vertexLosses[order[0]]) propose(simplex, 'expand', coefficients.expansion);
    else if (loss < vertexLosses[order[n - 1]]) accept(simplex, reflected, loss);
    else if (loss < vertexLosses[order[n]]) propose(simplex, 'outside', coefficients.contraction);
    else propose(simplex, 'inside', coefficients.contraction);
  } else if (phase === 'expand') {
    if (loss < simplex.reflectedLoss) accept(simplex, trial, loss);
    else accept(simplex, reflected, simplex.reflectedLoss);
  } else if (phase === 'outside') {
    if (loss <= simplex.reflectedLoss) accept(simplex, trial, loss);
    else shrink(simplex);
  } else {
    if (loss < vertexLosses[order[n]]) accept(simplex, trial, loss);
    else shrink(simplex);
  }
}

/** Puts `row` in its place among the `count` best ones that are in order; after those with an equal loss. */
function insert({ order, losses }: Simplex, row: number, count: number): void {
  let place = count;
  while (place > 0 && losses[row] < losses[order[place - 1]]) {
    order[place] = order[place - 1];
    place--;
  }
  order[place] = row;
}

function accept(simplex: Simplex, point: Vector, loss: number): void {
  const { n, order } = simplex;
  const worst = order[n];
  simplex.vertices.set(point, worst * n);
  simplex.losses[worst] = loss;
  insert(simplex, worst, n);
  reflect(simplex);
}

function reflect(simplex: Simplex): void {
  const { n, vertices, order, centroid, trial, coefficients } = simplex;
  centroid.fill(0);
  for (let k = 0; k < n; k++) {
    const at = order[k] * n;
    for (let i = 0; i < n; i++) centroid[i] += vertices[at + i];
  }
  const worst = order[n] * n;
  for (let i = 0; i < n; i++) {
    centroid[i] /= n;
    trial[i] = centroid[i] + coefficients.reflection * (centroid[i] - vertices[worst + i]);
  }
  simplex.phase = 'reflect';
}

/** Asks for a point beyond (expand), before (outside) or behind (inside) the centroid, seen from the reflected point. */
function propose(simplex: Simplex, phase: 'expand' | 'outside' | 'inside', factor: number): void {
  const { n, vertices, order, centroid, reflected, trial } = simplex;
  const worst = order[n] * n;
  for (let i = 0; i < n; i++) {
    const end = phase === 'inside' ? vertices[worst + i] : reflected[i];
    trial[i] = centroid[i] + factor * (end - centroid[i]);
  }
  simplex.phase = phase;
}

function shrink(simplex: Simplex): void {
  const { n, vertices, losses, order, coefficients } = simplex;
  const best = order[0];
  if (best !== n) {
    for (let i = 0; i < n; i++) {
      const x = vertices[best * n + i];
      vertices[best * n + i] = vertices[n * n + i];
      vertices[n * n + i] = x;
    }
    const loss = losses[best];
    losses[best] = losses[n];
    losses[n] = loss;
  }
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < n; i++) {
      const x1 = vertices[n * n + i];
      vertices[row * n + i] = x1 + coefficients.shrinkage * (vertices[row * n + i] - x1);
    }
  }
  simplex.phase = 'shrink';
}

/** The greatest distance of a vertex from the best one along coordinate `i`. */
export function extent({ n, vertices, order }: Simplex, i: number): number {
  const x = vertices[order[0] * n + i];
  let reach = 0;
  for (let row = 0; row <= n; row++) reach = Math.max(reach, Math.abs(vertices[row * n + i] - x));
  return reach;
}

/** Whether every vertex has the same finite loss: comparisons then lead nowhere. */
export function flat({ n, losses, order }: Simplex): boolean {
  return losses[order[0]] === losses[order[n]] && losses[order[n]] < Infinity;
}
