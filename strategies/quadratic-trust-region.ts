/**
 * A trust region with bounds over quadratics that interpolate 2n + 1 points, each with a Hessian as close as can be to the one before.
 * After Powell's NEWUOA (2006, https://doi.org/10.1007/0-387-30065-1_16) and BOBYQA (2009, report NA2009/06): their radii, their rules
 * for the trust region and for points that are too far. Not Powell's: conjugate gradients end at the ball, the system of the
 * interpolation is solved anew each time, and the point to leave is chosen by its Lagrange polynomial alone.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError } from '../src/core/errors.js';
import { type DensePopulation, densePopulation } from '../src/core/population.js';
import type { Rng } from '../src/core/rng.js';
import type { Space } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, firstSteps, resolution } from './shared/first-point.js';
import { lagrangeAt, lagrangeOf, moveOrigin, type QuadraticModel, quadraticModel, refit } from './shared/quadratic-model.js';
import { type TrustScratch, trustScratch, trustStep } from './shared/trust-step.js';
import { within } from './shared/within.js';

const options = z.strictObject({
  initialRadius: z.number().gt(0).max(1e6).default(0.5).describe('rho at first, in scales of the start. Above 0 to 1,000,000.'),
  finalRadius: z.number().gt(0).max(1).default(1e-10).describe('rho at which it has converged, as a share of the first. Above 0 to 1.'),
});

interface State {
  readonly space: Space;
  readonly rng: Rng;
  readonly limits: Limits | undefined;
  readonly scale: Float64Array;
  readonly model: QuadraticModel;
  readonly scratch: TrustScratch;
  readonly first: DensePopulation;
  readonly trial: DensePopulation;
  readonly step: Float64Array;
  /** The other of two steps that are compared. */
  readonly other: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Gradient and Hessian of a Lagrange polynomial. */
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
  readonly last: number;
  /** first: the points that the model begins with; trust: a step to a lower loss; geometry: one for the sake of the model. */
  phase: 'first' | 'trust' | 'geometry';
  rho: number;
  delta: number;
  /** What the model promises of the step; which point a geometry step replaces. */
  fall: number;
  leaving: number;
  converged: boolean;
}

export const quadraticTrustRegion = defineStrategy<z.output<typeof options>, State>({
  name: 'quadratic-trust-region',
  title: 'Quadratic trust region',
  family: 'model-based',
  reference: {
    authors: 'M. J. D. Powell',
    year: 2009,
    title: 'The BOBYQA algorithm for bound constrained optimization without derivatives',
    link: 'https://www.damtp.cam.ac.uk/user/na/NA_papers/NA2009_06.pdf',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 200,
    memory: (dimension) => 8 * ((3 * dimension + 2) ** 2 + 6 * dimension * dimension + 30 * dimension),
    work: (dimension) => 30 * dimension ** 3,
    invariances: [],
  },
  options,

  start(space, { initialRadius, finalRadius }, rng) {
    const n = space.dimension;
    const { bounds } = space;
    // A quarter of the width at most, so that two steps to one side stay inside.
    const scale = firstSteps(space, initialRadius).map((d, i) =>
      Math.min(d, bounds === undefined ? Infinity : (bounds.upper[i] - bounds.lower[i]) / 4),
    );
    const state: State = {
      space,
      rng: rng.fork('start'),
      limits: limitsOf(space),
      scale,
      model: quadraticModel(n, 2 * n + 1),
      scratch: trustScratch(n),
      first: densePopulation(space, 2 * n + 1),
      trial: densePopulation(space, 1),
      step: new Float64Array(n),
      other: new Float64Array(n),
      low: new Float64Array(n),
      high: new Float64Array(n),
      slope: new Float64Array(n),
      curvature: new Float64Array(n * n),
      last: Math.max(finalRadius, resolution(space)),
      phase: 'first',
      rho: 1,
      delta: 1,
      fall: 0,
      leaving: -1,
      converged: false,
    };
    layOut(state);
    return state;
  },

  ask: ({ phase, first, trial }) => ({ kind: 'losses', population: phase === 'first' ? first : trial }),

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`quadratic-trust-region asked for losses and was told a ${answer.kind}.`);
    if (state.phase === 'first') {
      if (open(state, answer.losses)) plan(state);
      else layOut(state);
      return;
    }
    take(state, answer.losses[0]);
  },

  stop: ({ converged }) => (converged ? 'converged' : undefined),
});

/** A first point, one scale from it along each coordinate, and one back, or two ahead where a bound is behind. */
function layOut({ space, rng, limits, scale, first }: State): void {
  const n = scale.length;
  const { x } = firstPoint(space, rng, 1);
  const { values } = first;
  for (let p = 0; p < first.size; p++) values.set(x, p * n);
  for (let i = 0; i < n; i++) {
    const inside = (value: number) => limits === undefined || (value >= limits.lower[i] && value <= limits.upper[i]);
    const side = inside(x[i] + scale[i]) ? scale[i] : -scale[i];
    values[(1 + i) * n + i] = within(x[i] + side, limits, i);
    values[(1 + n + i) * n + i] = within(inside(x[i] - side) ? x[i] - side : x[i] + 2 * side, limits, i);
  }
}

/** The first model; false where all losses are infinite. */
function open({ model, first, scale }: State, losses: Float64Array): boolean {
  const { n, m, points, values } = model;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let p = 0; p < m; p++) {
    if (losses[p] < lowest) {
      lowest = losses[p];
      model.best = p;
    }
    if (losses[p] < Infinity) highest = Math.max(highest, losses[p]);
  }
  if (lowest === Infinity) return false;
  for (let p = 0; p < m; p++) {
    values[p] = losses[p] < Infinity ? losses[p] : wall(lowest, highest);
    for (let i = 0; i < n; i++) points[p * n + i] = first.values[p * n + i] / scale[i];
  }
  refit(model, 1);
  return true;
}

/** The value that stands for a failed evaluation: as far above the highest as that is above the lowest. */
const wall = (lowest: number, highest: number) => highest + Math.max(highest - lowest, 1);

/** The next point to ask, after as many reductions of rho as it takes. */
function plan(state: State): void {
  const { model, scratch, step, low, high, rho } = state;
  room(state);
  state.fall = trustStep(model.gradient, model.hessian, state.delta, low, high, step, scratch);
  if (length(step) >= 0.5 * rho && state.fall > 0) propose(state, 'trust');
  else improve(state, true);
}

/** A step for the model's sake if a point is too far away; else, if `done` with this rho, a smaller one; else another step. */
function improve(state: State, done: boolean): void {
  const { model, delta } = state;
  const { n, m, points, best } = model;
  let furthest = 2 * delta;
  let t = -1;
  for (let p = 0; p < m; p++) {
    let square = 0;
    for (let k = 0; k < n; k++) square += (points[p * n + k] - points[best * n + k]) ** 2;
    if (Math.sqrt(square) > furthest) {
      furthest = Math.sqrt(square);
      t = p;
    }
  }
  if (t >= 0) {
    stretch(state, t, Math.max(Math.min(0.1 * furthest, 0.5 * delta), state.rho));
    return;
  }
  if (done) {
    if (state.rho <= state.last) state.converged = true;
    else {
      const ratio = state.rho / state.last;
      const next = ratio <= 16 ? state.last : ratio <= 250 ? Math.sqrt(ratio) * state.last : 0.1 * state.rho;
      state.delta = Math.max(0.5 * state.rho, next);
      state.rho = next;
    }
  }
  if (state.converged) propose(state, 'trust');
  else plan(state);
}

/** The step within the radius where the Lagrange polynomial of point t is largest in size. */
function stretch(state: State, t: number, radius: number): void {
  const { model, scratch, step, other, low, high, slope, curvature } = state;
  lagrangeOf(model, t, slope, curvature);
  room(state);
  const down = trustStep(slope, curvature, radius, low, high, step, scratch);
  for (let k = 0; k < slope.length; k++) slope[k] = -slope[k];
  for (let k = 0; k < curvature.length; k++) curvature[k] = -curvature[k];
  const up = trustStep(slope, curvature, radius, low, high, other, scratch);
  if (up > down) step.set(other);
  state.leaving = t;
  state.fall = 0;
  propose(state, 'geometry');
}

/** How far each coordinate may move from the best point, in units. */
function room({ model, limits, scale, low, high }: State): void {
  for (let i = 0; i < scale.length; i++) {
    const x = model.points[model.best * model.n + i];
    low[i] = limits === undefined ? -Infinity : Math.min(limits.lower[i] / scale[i] - x, 0);
    high[i] = limits === undefined ? Infinity : Math.max(limits.upper[i] / scale[i] - x, 0);
  }
}

function propose(state: State, phase: 'trust' | 'geometry'): void {
  const { model, trial, step, scale, limits } = state;
  for (let i = 0; i < scale.length; i++) {
    trial.values[i] = within((model.points[model.best * model.n + i] + step[i]) * scale[i], limits, i);
  }
  state.phase = phase;
}

function take(state: State, loss: number): void {
  const { model, trial, step, scale, rho, phase } = state;
  const { n, m, points, values, best } = model;
  let highest = -Infinity;
  for (let p = 0; p < m; p++) highest = Math.max(highest, values[p]);
  const lowest = values[best];
  const value = loss < Infinity ? loss : wall(lowest, highest);
  for (let i = 0; i < n; i++) step[i] = trial.values[i] / scale[i] - points[best * n + i];
  const way = length(step);
  let ratio = 1;
  if (phase === 'trust') {
    ratio = state.fall > 0 ? (lowest - value) / state.fall : -1;
    if (ratio <= 0.1) state.delta = Math.min(0.5 * state.delta, way);
    else state.delta = Math.max(0.5 * state.delta, ratio <= 0.7 ? way : 2 * way);
    if (state.delta <= 1.5 * rho) state.delta = rho;
  }
  const leaving = phase === 'geometry' ? state.leaving : replaced(state, value < lowest);
  if (leaving >= 0) {
    for (let i = 0; i < n; i++) points[leaving * n + i] = points[best * n + i] + step[i];
    values[leaving] = value;
    if (value < lowest) moveOrigin(model, leaving);
    refit(model, state.delta);
  }
  if (phase === 'geometry' || ratio >= 0.1) plan(state);
  else improve(state, state.delta <= rho && way <= 2 * rho);
}

/** Which point makes way: where its Lagrange polynomial is large at the new one, and it is far away. -1: the new one is not worth it. */
function replaced({ model, step, delta, rho }: State, better: boolean): number {
  const { n, m, points, best } = model;
  const polynomials = lagrangeAt(model, step);
  const unit = Math.max(0.1 * delta, rho);
  let most = better ? 0 : 1;
  let leaving = -1;
  for (let t = 0; t < m; t++) {
    if (t === best) continue;
    let square = 0;
    for (let k = 0; k < n; k++) {
      const way = points[t * n + k] - points[best * n + k] - (better ? step[k] : 0);
      square += way * way;
    }
    const weight = Math.max(1, (square / (unit * unit)) ** 3);
    const size = polynomials[t] * polynomials[t] * weight;
    if (size > most) {
      most = size;
      leaving = t;
    }
  }
  return leaving;
}

function length(d: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < d.length; i++) sum += d[i] * d[i];
  return Math.sqrt(sum);
}
