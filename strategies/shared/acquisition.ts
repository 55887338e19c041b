/** Where in the unit cube a Gaussian process expects the most improvement: the best of many points, each then followed uphill. */
import { log } from '../../src/core/math.js';
import type { Rng } from '../../src/core/rng.js';
import { type Improvement, improvement } from './expected-improvement.js';
import { type GaussianProcess, type Prediction, predict } from './gaussian-process.js';
import { descend } from './projected-descent.js';

/** Points that are followed uphill, and the steps that each may take. */
const followed = 4;
const steps = 30;
/** How far points lie from the best one: a hundred at each of these deviations, for what is left there is soon narrow. */
const near = [0.1, 0.01, 0.001];
const around = 30;

/** Writes the point into `out`; returns the logarithm of the improvement that is expected below `best`. */
export function mostImprovement(gp: GaussianProcess, best: number, bestPoint: Float64Array, rng: Rng, out: Float64Array): number {
  const n = gp.dimension;
  const x = new Float64Array(n);
  const prediction: Prediction = { mean: 0, deviation: 0, meanSlope: new Float64Array(n), deviationSlope: new Float64Array(n) };
  const gain: Improvement = { log: 0, mean: 0, deviation: 0 };
  const starts = new Float64Array(followed * n);
  const promise = new Float64Array(followed).fill(-Infinity);
  const consider = () => {
    predict(gp, x, 0, prediction, false);
    improvement((best - prediction.mean) / prediction.deviation, gain);
    let hole = followed - 1;
    const expected = gain.log + log(prediction.deviation);
    if (!(expected > promise[hole])) return;
    for (; hole > 0 && expected > promise[hole - 1]; hole--) {
      promise[hole] = promise[hole - 1];
      starts.copyWithin(hole * n, (hole - 1) * n, hole * n);
    }
    promise[hole] = expected;
    starts.set(x, hole * n);
  };
  const anywhere = Math.min(200 * n, 600);
  for (let k = 0; k < anywhere; k++) {
    for (let i = 0; i < n; i++) x[i] = rng.uniform();
    consider();
  }
  for (const deviation of near) {
    for (let k = 0; k < around; k++) {
      for (let i = 0; i < n; i++) x[i] = Math.min(Math.max(bestPoint[i] + deviation * rng.normal(), 0), 1);
      consider();
    }
  }
  const low = new Float64Array(n);
  const high = new Float64Array(n).fill(1);
  const negative = (point: Float64Array, slope: Float64Array) => {
    predict(gp, point, 0, prediction, true);
    const { mean, deviation, meanSlope, deviationSlope } = prediction;
    improvement((best - mean) / deviation, gain);
    for (let i = 0; i < n; i++) slope[i] = (gain.mean * meanSlope[i] - gain.deviation * deviationSlope[i]) / deviation;
    return -gain.log - log(deviation);
  };
  let most = -Infinity;
  for (let k = 0; k < followed && promise[k] > -Infinity; k++) {
    x.set(starts.subarray(k * n, (k + 1) * n));
    const expected = -descend(negative, x, low, high, steps);
    if (expected > most) {
      most = expected;
      out.set(x);
    }
  }
  return most;
}
