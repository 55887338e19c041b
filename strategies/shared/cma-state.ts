/** What CMA-ES keeps, its constants, and when it has converged. Equations: Hansen, arXiv:1604.00772. */
import { effectiveSize, logWeights } from './recombination.js';
import { type Sampling, settled, tolX, unchanged } from './sampling.js';

export interface CmaConstants {
  /** Parents. */
  readonly mu: number;
  /** w_1 .. w_lambda: the first mu with sum 1; the others 0, or negative where active. */
  readonly weights: Float64Array;
  /** Sum of all weights. */
  readonly weightSum: number;
  /** Variance-effective number of parents. */
  readonly mueff: number;
  /** Learning rate and damping of the step size, learning rate of the evolution path of C. */
  readonly cs: number;
  readonly ds: number;
  readonly cc: number;
  /** Learning rates of C: rank one, rank mu. */
  readonly c1: number;
  readonly cmu: number;
  readonly full: boolean;
  /** Generations between two decompositions. */
  readonly patience: number;
}

export interface CmaState extends Sampling {
  readonly constants: CmaConstants;
  /** y = B D z, lambda x n, in scaled coordinates; empty where C is diagonal, for there y = D z. */
  readonly steps: Float64Array;
  /** y_w and z_w of the generation. */
  readonly meanStep: Float64Array;
  readonly meanDraw: Float64Array;
  /** Evolution paths of the step size and of C. */
  readonly ps: Float64Array;
  readonly pc: Float64Array;
  /** C: n x n, its lower triangle in use; or its diagonal. */
  readonly covariance: Float64Array;
  /** Rows: eigenvectors of C, the columns of B; empty where C is diagonal. */
  readonly axes: Float64Array;
  /** D: square roots of C's eigenvalues. */
  readonly deviations: Float64Array;
  readonly scratch: Float64Array;
  /** (1 - cs)^(2 g): how much of ps is still its start at zero. */
  unsettled: number;
  generation: number;
  /** Generation of the last decomposition. */
  decomposedAt: number;
  readonly maximumGenerations: number | undefined;
}

export function cmaConstants(n: number, lambda: number, full: boolean, active: boolean): CmaConstants {
  const mu = lambda >> 1;
  const weights = logWeights(lambda);
  const mueff = effectiveSize(weights.subarray(0, mu));
  // Learning rates (55 to 58), with alpha_cov = 2 and without the 1/4 that later versions add to mueff in cmu
  const cc = (4 + mueff / n) / (n + 4 + (2 * mueff) / n);
  const cs = (mueff + 2) / (n + mueff + 5);
  const ds = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (n + 1)) - 1) + cs;
  // A diagonal has n numbers to learn where a full matrix has n^2: (n + 2) / 3 times faster (Ros and Hansen, section 3)
  const speed = full ? 1 : (n + 2) / 3;
  const c1 = Math.min(1, (speed * 2) / ((n + 1.3) * (n + 1.3) + mueff));
  const cmu = Math.min(1 - c1, (speed * 2 * (mueff - 2 + 1 / mueff)) / ((n + 2) * (n + 2) + mueff));
  normalize(weights, mu, active ? negativeSum(weights.subarray(mu), mueff, n, c1, cmu) : 0);
  let weightSum = 0;
  for (const w of weights) weightSum += w;
  return { mu, weights, weightSum, mueff, cs, ds, cc, c1, cmu, full, patience: 1 / (10 * n * (c1 + cmu)) };
}

/** The absolute sum of the negative weights: the least of three limits (50 to 52), the last of which keeps C positive definite. */
function negativeSum(negative: Float64Array, mueff: number, n: number, c1: number, cmu: number): number {
  if (cmu === 0) return 0;
  return Math.min(1 + c1 / cmu, 1 + (2 * effectiveSize(negative)) / (mueff + 2), (1 - c1 - cmu) / (n * cmu));
}

/** Positive weights to sum 1, negative ones to sum -`negative` (53). */
function normalize(weights: Float64Array, mu: number, negative: number): void {
  let positiveTotal = 0;
  let negativeTotal = 0;
  for (let i = 0; i < weights.length; i++) {
    if (i < mu) positiveTotal += weights[i];
    else negativeTotal -= weights[i];
  }
  for (let i = 0; i < weights.length; i++) weights[i] *= i < mu ? 1 / positiveTotal : negative / negativeTotal;
}

const largestCondition = 1e14;

/** The criteria of Hansen 2009, section 2, in its words: MaxIter, TolHistFun, EqualFunVals, Stagnation, TolX, TolUpSigma, ConditionCov, NoEffectAxis, NoEffectCoord. */
export function converged(state: CmaState): boolean {
  const { constants, mean, pc, firstSigma, sigma, deviations } = state;
  const n = mean.length;
  if (state.maximumGenerations !== undefined && state.generation >= state.maximumGenerations) return true;
  let longest = 0;
  let shortest = Infinity;
  for (let i = 0; i < n; i++) {
    if (deviations[i] > longest) longest = deviations[i];
    if (deviations[i] < shortest) shortest = deviations[i];
  }
  if (!(longest * longest <= largestCondition * shortest * shortest) || settled(state, longest)) return true;
  let small = true;
  for (let i = 0; i < n; i++) {
    const deviation = Math.sqrt(state.covariance[constants.full ? i * n + i : i]);
    if (sigma * deviation >= tolX * firstSigma || sigma * Math.abs(pc[i]) >= tolX * firstSigma) small = false;
    if (unchanged(state, i, 0.2 * sigma * deviation)) return true;
  }
  return small || noEffectAlongAxis(state);
}

/** Along one axis a generation: 0.1 deviations move no coordinate. */
function noEffectAlongAxis(state: CmaState): boolean {
  const { constants, mean, axes, deviations, sigma, generation } = state;
  const n = mean.length;
  const axis = generation % n;
  const step = 0.1 * sigma * deviations[axis];
  if (!constants.full) return unchanged(state, axis, step);
  for (let i = 0; i < n; i++) if (!unchanged(state, i, step * axes[axis * n + i])) return false;
  return true;
}

/** MaxIter: the most generations of a run that is restarted, 100 + 50 (n + 3)^2 / sqrt(lambda) (Hansen 2009, section 2). */
export function longestRun(n: number, lambda: number): number {
  return Math.floor(100 + (50 * (n + 3) * (n + 3)) / Math.sqrt(lambda));
}
