/**
 * How strategies that sample from a distribution live with bounds: their model is updated with the points as they were sampled,
 * not as they were repaired, so that the distribution keeps its shape at a bound. In the ranking a point that was outside
 * pays for it: the interquartile range of the generation's losses times its squared distance from the box, in deviations of the
 * distribution. This is the penalty of Hansen, Niederberger, Guzzella and Koumoutsakos 2009 (https://doi.org/10.1109/TEVC.2008.924423,
 * appendix A) with a weight that follows each generation in place of one that is learned.
 */
import type { Limits } from '../../src/core/bounds.js';
import { rankByLoss } from '../../src/core/ranking.js';

/** What a coordinate adds to its point's squared distance from the box. */
export function outside(limits: Limits, i: number, x: number, deviation: number): number {
  const beyond = x < limits.lower[i] ? limits.lower[i] - x : x > limits.upper[i] ? x - limits.upper[i] : 0;
  return beyond === 0 ? 0 : (beyond / deviation) * (beyond / deviation);
}

/**
 * Ranks by loss plus penalty, lowest first, into `order`. `distances` holds the squared distances; it becomes the penalized losses.
 * Without `distances` (a space without bounds) the losses alone rank.
 */
export function rankPenalized(losses: Float64Array, distances: Float64Array | undefined, order: Int32Array): void {
  rankByLoss(losses, order);
  if (distances === undefined) return;
  let finite = order.length;
  while (finite > 0 && !(losses[order[finite - 1]] < Infinity)) finite--;
  const range = finite === 0 ? 0 : losses[order[(3 * finite) >> 2]] - losses[order[finite >> 2]];
  // Equal losses: any positive weight sends the points back inside.
  const weight = range > 0 && range < Infinity ? range : 1;
  for (let p = 0; p < order.length; p++) distances[p] = losses[p] + weight * distances[p];
  rankByLoss(distances, order);
}
