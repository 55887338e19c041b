/** Sampling from and adaptation of CMA-ES's covariance, full and diagonal: equations 38 to 40 and 47 of Hansen, arXiv:1604.00772. */
import type { CmaState } from './cma-state.js';
import { outside } from './outside.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** I: n x n, or its diagonal. */
export function firstCovariance(n: number, full: boolean): Float64Array {
  if (!full) return new Float64Array(n).fill(1);
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  return identity;
}

/** y = B D z and x = m + sigma s y, for every candidate. */
export function sampleFull(state: CmaState): void {
  const { population, z, steps, axes, deviations, mean, scale, sigma, covariance, edges, distances } = state;
  const { size, dimension: n, values } = population;
  steps.fill(0);
  // An eigenvector stays in the nearest cache while all candidates use it.
  for (let k = 0; k < n; k++) {
    const axis = k * n;
    for (let p = 0; p < size; p++) {
      const at = p * n;
      const length = deviations[k] * z[at + k];
      for (let i = 0; i < n; i++) steps[at + i] += length * axes[axis + i];
    }
  }
  for (let p = 0; p < size; p++) {
    const at = p * n;
    let distance = 0;
    for (let i = 0; i < n; i++) {
      const x = mean[i] + sigma * scale[i] * steps[at + i];
      values[at + i] = x;
      if (edges !== undefined) distance += outside(edges, i, x, sigma * scale[i] * Math.sqrt(covariance[i * n + i]));
    }
    if (distances !== undefined) distances[p] = distance;
  }
}

/** The same where B = I. */
export function sampleSeparable(state: CmaState): void {
  const { population, z, deviations, mean, scale, sigma, edges, distances } = state;
  const { size, dimension: n, values } = population;
  for (let p = 0; p < size; p++) {
    const at = p * n;
    let distance = 0;
    for (let i = 0; i < n; i++) {
      const deviation = sigma * scale[i] * deviations[i];
      const x = mean[i] + deviation * z[at + i];
      values[at + i] = x;
      if (edges !== undefined) distance += outside(edges, i, x, deviation);
    }
    if (distances !== undefined) distances[p] = distance;
  }
}

/**
 * C <- (1 + c1 (1 - h) cc (2 - cc) - c1 - cmu sum w) C + c1 pc pc' + cmu sum w_i y_i y_i' (47). A negative weight takes its step
 * at the length sqrt(n) that a standard normal vector has on average: w_i n / |z_i|^2 (46).
 */
export function adaptFull(state: CmaState, h: number): void {
  const { constants, covariance, pc, steps, order, scratch } = state;
  const { c1, cmu, mu } = constants;
  const n = pc.length;
  const keep = remaining(state, h);
  const used = constants.weightSum < 1 ? order.length : mu;
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const one = c1 * pc[i];
    for (let j = 0; j <= i; j++) covariance[row + j] = keep * covariance[row + j] + one * pc[j];
  }
  for (let k = 0; k < used; k++) {
    const at = order[k] * n;
    const share = cmu * stepWeight(state, k);
    for (let i = 0; i < n; i++) scratch[i] = steps[at + i];
    for (let i = 0; i < n; i++) {
      const row = i * n;
      const y = share * scratch[i];
      for (let j = 0; j <= i; j++) covariance[row + j] += y * scratch[j];
    }
  }
}

/** The same for the diagonal, whose square roots are D at once. */
export function adaptSeparable(state: CmaState, h: number): void {
  const { constants, covariance, pc, z, order, deviations, scratch } = state;
  const { c1, cmu, mu } = constants;
  const n = pc.length;
  const keep = remaining(state, h);
  const used = constants.weightSum < 1 ? order.length : mu;
  scratch.fill(0);
  for (let k = 0; k < used; k++) {
    const at = order[k] * n;
    const w = stepWeight(state, k);
    for (let i = 0; i < n; i++) scratch[i] += w * z[at + i] * z[at + i];
  }
  for (let i = 0; i < n; i++) {
    covariance[i] = covariance[i] * (keep + cmu * scratch[i]) + c1 * pc[i] * pc[i];
    deviations[i] = Math.sqrt(covariance[i]);
  }
}

/** What is kept of C. */
function remaining({ constants: { c1, cmu, cc, weightSum } }: CmaState, h: number): number {
  return 1 + c1 * (1 - h) * cc * (2 - cc) - c1 - cmu * weightSum;
}

/** The weight of the k-th best step in C. */
function stepWeight({ constants: { weights }, order, z, mean }: CmaState, k: number): number {
  const w = weights[k];
  if (w >= 0) return w;
  const n = mean.length;
  const at = order[k] * n;
  let square = 0;
  for (let i = 0; i < n; i++) square += z[at + i] * z[at + i];
  return square > 0 ? (w * n) / square : 0;
}

/** C = B D^2 B' anew, when enough generations have passed; the run has converged when C is no longer positive definite. */
export function decompose(state: CmaState): void {
  const { constants, covariance, axes, deviations, scratch, generation } = state;
  if (!constants.full || generation - state.decomposedAt < constants.patience) return;
  state.decomposedAt = generation;
  axes.set(covariance);
  const finite = symmetricEigen(axes, deviations, scratch);
  let least = Infinity;
  for (let i = 0; i < deviations.length; i++) least = Math.min(least, deviations[i]);
  if (!finite || !(least > 0)) {
    // The last good axes are lost: go on along the coordinates, should anyone ask again.
    axes.set(firstCovariance(deviations.length, true));
    deviations.fill(1);
    state.converged = true;
    return;
  }
  for (let i = 0; i < deviations.length; i++) deviations[i] = Math.sqrt(deviations[i]);
}
