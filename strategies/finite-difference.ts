/**
 * Descent along gradients from finite differences, one loss or two for each coordinate and all of them in one question. The steps are
 * the spectral projected gradients of Birgin, Martinez and Raydan 2000 (https://doi.org/10.1137/S1052623497330963, algorithm SPG2):
 * d = P(x - alpha g) - x, P onto the bounds, alpha = s's / s'y of Barzilai and Borwein from the last step s and change of gradient y;
 * x + lambda d is taken when its loss is below the largest of the last M by gamma lambda g'd, else lambda is shortened.
 * All in units of the start's scale.
 */
import { z } from 'zod';
import { type Limits, limitsOf } from '../src/core/bounds.js';
import { StrategyError } from '../src/core/errors.js';
import { exp, log } from '../src/core/math.js';
import type { Rng } from '../src/core/rng.js';
import { allocate, type Space, sampleStart, type Vector } from '../src/core/space.js';
import { defineStrategy } from '../src/core/strategy.js';
import { firstPoint, resolution } from './shared/first-point.js';
import { within } from './shared/within.js';

const options = z.strictObject({
  differences: z
    .enum(['central', 'forward'])
    .default('central')
    .describe('central: two losses for each coordinate, exact on quadratics; forward: one, with an error that grows with the difference.'),
  difference: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      "h, as a share of the coordinate's size (its distance from 0 or its scale, if larger). Default: the cube root of the relative distance of neighbouring numbers, forward the square root.",
    ),
  firstStep: z.number().gt(0).max(1e6).default(0.1).describe('Longest change of a coordinate in the first step, in scales of the start.'),
  memory: z.int().min(1).max(1000).default(10).describe('M: losses that a step is compared with; 1 lets none rise. 1 to 1,000.'),
});

interface State {
  readonly central: boolean;
  readonly share: number;
  readonly firstStep: number;
  readonly space: Space;
  readonly limits: Limits | undefined;
  readonly rng: Rng;
  readonly epsilon: number;
  /** first: the loss of a first point; differences: the gradient at x; line: the loss at the trial point. */
  phase: 'first' | 'differences' | 'line';
  readonly points: Vector;
  readonly trial: Vector;
  readonly x: Vector;
  readonly scale: Float64Array;
  /** In units: gradient at x, at the point before, and the step d from x. */
  readonly gradient: Float64Array;
  readonly before: Float64Array;
  readonly direction: Float64Array;
  readonly losses: Float64Array;
  loss: number;
  accepted: number;
  alpha: number;
  lambda: number;
  /** g'd */
  slope: number;
  converged: boolean;
}

const gamma = 1e-4;

export const finiteDifference = defineStrategy<z.output<typeof options>, State>({
  name: 'finite-difference',
  title: 'Finite-difference descent',
  family: 'gradient estimated',
  reference: {
    authors: 'E. G. Birgin, J. M. Martinez, M. Raydan',
    year: 2000,
    title: 'Nonmonotone Spectral Projected Gradient Methods on Convex Sets',
    link: 'https://doi.org/10.1137/S1052623497330963',
  },
  card: {
    needs: 'losses',
    bounds: 'respected',
    noise: 'misled',
    largestDimension: 5000,
    memory: (dimension) => 8 * dimension * (2 * dimension + 10) + 80,
    work: (dimension) => 2 * dimension * dimension,
    invariances: ['rotation'],
  },
  options,

  start(space, { differences, difference, firstStep, memory }, rng) {
    const n = space.dimension;
    const { x, step } = firstPoint(space, rng, 1);
    const central = differences === 'central';
    const epsilon = resolution(space);
    const numbers = () => new Float64Array(n);
    return {
      central,
      share: difference ?? (central ? exp(log(epsilon) / 3) : Math.sqrt(epsilon)),
      firstStep,
      space,
      limits: limitsOf(space),
      rng,
      epsilon,
      phase: 'first',
      points: allocate(space, (central ? 2 : 1) * n * n),
      trial: x.slice(),
      x,
      scale: step.map(Math.abs),
      gradient: numbers(),
      before: numbers(),
      direction: numbers(),
      losses: new Float64Array(memory).fill(-Infinity),
      loss: Infinity,
      accepted: 0,
      alpha: 0,
      lambda: 1,
      slope: 0,
      converged: false,
    };
  },

  ask(state) {
    const { phase, trial, points, x, direction, lambda, scale, limits } = state;
    const n = x.length;
    if (phase === 'differences') {
      layOut(state);
      return { kind: 'losses', population: { kind: 'dense', size: points.length / n, dimension: n, values: points } };
    }
    for (let i = 0; i < n; i++) trial[i] = within(x[i] + lambda * direction[i] * scale[i], limits, i);
    return { kind: 'losses', population: { kind: 'dense', size: 1, dimension: n, values: trial } };
  },

  tell(state, answer) {
    if (answer.kind !== 'losses') throw new StrategyError(`finite-difference asked for losses and was told a ${answer.kind}.`);
    if (state.phase === 'differences') {
      takeGradient(state, answer.losses);
      direct(state);
    } else if (state.phase === 'first') {
      if (answer.losses[0] < Infinity) accept(state, answer.losses[0]);
      else sampleStart(state.space, state.rng, state.x); // nothing can be learned around a point that has no loss
    } else judge(state, answer.losses[0]);
  },

  stop: ({ converged }) => (converged ? 'converged' : undefined),
});

/** x + h e_i for each coordinate, and after them x - h e_i. What lies beyond a bound is put on it. */
function layOut({ points, x, scale, share, limits, central }: State): void {
  const n = x.length;
  for (let row = 0; row < points.length; row += n) for (let i = 0; i < n; i++) points[row + i] = x[i];
  for (let i = 0; i < n; i++) {
    const h = share * Math.max(Math.abs(x[i]), scale[i]);
    const ahead = within(x[i] + h, limits, i);
    points[i * n + i] = central || ahead > x[i] ? ahead : within(x[i] - h, limits, i);
    if (central) points[(n + i) * n + i] = within(x[i] - h, limits, i);
  }
}

/** Differences over the ways between the points as they were asked; a side that failed leaves the other, against x itself. */
function takeGradient({ points, x, scale, central, loss, gradient, before }: State, losses: Float64Array): void {
  const n = x.length;
  before.set(gradient);
  for (let i = 0; i < n; i++) {
    let [a, fa] = [points[i * n + i], losses[i]];
    let [b, fb] = central ? [points[(n + i) * n + i], losses[n + i]] : [x[i], loss];
    if (fa === Infinity) [a, fa] = [x[i], loss];
    if (fb === Infinity) [b, fb] = [x[i], loss];
    gradient[i] = a === b ? 0 : ((fa - fb) / (a - b)) * scale[i];
  }
}

/** alpha by the last step, still in `direction` and `lambda`, then the new direction. */
function direct(state: State): void {
  const { gradient, before, direction, x, scale, limits, firstStep } = state;
  const n = x.length;
  let ss = 0;
  let sy = 0;
  let steepest = 0;
  for (let i = 0; i < n; i++) {
    const s = state.lambda * direction[i];
    ss += s * s;
    sy += s * (gradient[i] - before[i]);
    steepest = Math.max(steepest, Math.abs(gradient[i]));
  }
  if (state.accepted === 1) state.alpha = firstStep / steepest;
  else state.alpha = sy > 0 ? Math.min(ss / sy, 1e30) : Math.min(1, 1 / steepest);
  state.slope = 0;
  for (let i = 0; i < n; i++) {
    const to = within(x[i] - state.alpha * scale[i] * gradient[i], limits, i);
    direction[i] = scale[i] > 0 && steepest > 0 ? (to - x[i]) / scale[i] : 0;
    state.slope += gradient[i] * direction[i];
  }
  state.lambda = 1;
  state.phase = 'line';
  settle(state);
}

function judge(state: State, loss: number): void {
  const { losses, lambda, slope } = state;
  let highest = -Infinity;
  for (let k = 0; k < losses.length; k++) highest = Math.max(highest, losses[k]);
  if (loss <= highest + gamma * lambda * slope) {
    state.x.set(state.trial);
    accept(state, loss);
    return;
  }
  // The minimum of the parabola through what is known of the line, if it is not too near an end.
  const next = (-0.5 * lambda * lambda * slope) / (loss - state.loss - lambda * slope);
  state.lambda = next >= 0.1 * lambda && next <= 0.9 * lambda ? next : lambda / 2;
  settle(state);
}

function accept(state: State, loss: number): void {
  state.loss = loss;
  state.losses[state.accepted++ % state.losses.length] = loss;
  state.phase = 'differences';
}

/** Converged where the step is lost in rounding. */
function settle(state: State): void {
  const { x, direction, lambda, scale, epsilon } = state;
  state.converged = true;
  for (let i = 0; i < x.length; i++) {
    if (Math.abs(lambda * direction[i] * scale[i]) > epsilon * Math.max(Math.abs(x[i]), epsilon * scale[i])) state.converged = false;
  }
}
