/**
 * The downhill simplex of Nelder and Mead (1965), by default with the coefficients of Gao and Han, "Implementing the Nelder-Mead
 * simplex algorithm with adaptive parameters" (2012, https://doi.org/10.1007/s10589-010-9329-3), which keep it moving in more
 * than a few dimensions. A local search: it ends `converged`, and restarts lead it out of where it is stuck.
 * Points beyond a bound are moved onto it before they are evaluated, and enter the simplex where they were evaluated.
 */
import { z } from 'zod';
import { StrategyError } from '../src/core/errors.js';
import { allocate } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';
import {
  adaptiveCoefficients,
  asked,
  extent,
  flat,
  openSimplex,
  type Simplex,
  standardCoefficients,
  takeLosses,
} from './shared/simplex.js';

const options = z.strictObject({
  coefficients: z
    .enum(['adaptive', 'standard'])
    .default('adaptive')
    .describe(
      'adaptive: expansion 1 + 2/n, contraction 3/4 - 1/(2n), shrinkage 1 - 1/n in n dimensions (Gao and Han); standard: 2, 1/2, 1/2. Equal for n = 2.',
    ),
  initialStep: z
    .number()
    .gt(0)
    .max(1e6)
    .default(1)
    .describe('Edges of the first simplex, one along each coordinate, in deviations of its start. Above 0 to 1,000,000.'),
  tolerance: z
    .number()
    .min(0)
    .max(1)
    .default(1e-10)
    .describe('Converged when the simplex reaches no further than this share of its first edge along any coordinate. 0 to 1.'),
});

export interface State {
  readonly simplex: Simplex;
  /** Edges of the first simplex times the tolerance. */
  readonly small: Float64Array;
  /** Relative distance of neighbouring numbers. */
  readonly epsilon: number;
}

export const nelderMead = defineStrategy<z.output<typeof options>, State>({
  name: 'nelder-mead',
  title: 'Nelder-Mead simplex',
  family: 'direct search',
  reference: {
    authors: 'F. Gao, L. Han',
    year: 2012,
    title: 'Implementing the Nelder-Mead simplex algorithm with adaptive parameters',
    link: 'https://doi.org/10.1007/s10589-010-9329-3',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 5000,
    memory: (dimension) => 8 * dimension * (dimension + 5) + 12 * (dimension + 1),
    work: (dimension) => 2 * dimension * dimension,
    invariances: ['translation', 'order'],
  },
  options,

  start(space, { coefficients, initialStep, tolerance }, rng) {
    const n = space.dimension;
    const { x, step } = firstPoint(space, rng, initialStep);
    const simplex = openSimplex(n, coefficients === 'adaptive' ? adaptiveCoefficients(n) : standardCoefficients, (length) =>
      allocate(space, length),
    );
    for (let row = 0; row <= n; row++) simplex.vertices.set(x, row * n);
    for (let i = 0; i < n; i++) simplex.vertices[(i + 1) * n + i] += step[i];
    return { simplex, small: step.map((edge) => tolerance * Math.abs(edge)), epsilon: resolution(space) };
  },

  ask({ simplex }) {
    const { phase, n, trial, vertices } = simplex;
    const values = phase === 'vertices' || phase === 'shrink' ? vertices : trial;
    return { kind: 'losses', population: { kind: 'dense', size: asked(simplex), dimension: n, values } };
  },

  tell({ simplex }, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`nelder-mead asked for losses and was told a ${answer.kind}.`);
    takeLosses(simplex, answer.losses);
  },

  stop({ simplex, small, epsilon }) {
    const { n, vertices, order, phase } = simplex;
    if (phase !== 'reflect') return undefined; // between two simplices
    if (flat(simplex)) return 'converged';
    const best = order[0] * n;
    for (let i = 0; i < n; i++) {
      if (extent(simplex, i) > Math.max(small[i], 2 * epsilon * Math.abs(vertices[best + i]))) return undefined;
    }
    return 'converged';
  },
});
