/**
 * Adam's update, with or without decoupled weight decay: Kingma and Ba, ICLR 2015, algorithm 1; Loshchilov and Hutter, ICLR 2019,
 * algorithm 2. At 24 bytes a coordinate it keeps the point and two running means.
 */
import { z } from 'zod';
import type { Rng } from '../../src/core/rng.js';
import { allocate, type Space, sampleStart, type Vector } from '../../src/core/space.js';
import { rateAt, type ScheduledRate, scheduleOptions } from './schedule.js';

/** Options of both. */
export const momentOptions = {
  learningRate: z.number().positive().max(1e6).default(0.001).describe('alpha, about the largest change of a coordinate in one step.'),
  beta1: z.number().min(0).lt(1).default(0.9).describe('Decay of the running mean of the gradient.'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('Decay of the running mean of the squared gradient.'),
  epsilon: z.number().positive().max(1).default(1e-8).describe('Added to the root, against division by zero.'),
  ...scheduleOptions,
};

export interface MomentSettings extends ScheduledRate {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface Moments<Settings extends MomentSettings> {
  readonly options: Settings;
  /** theta */
  readonly point: Vector;
  /** m, the running mean of the gradient. */
  readonly mean: Vector;
  /** v, the running mean of the squared gradient. */
  readonly square: Vector;
  /** t, the steps made. */
  step: number;
  /** beta1^t and beta2^t, kept as products: a power could differ in the last bit between machines. */
  power1: number;
  power2: number;
}

export function startMoments<Settings extends MomentSettings>(space: Space, options: Settings, rng: Rng): Moments<Settings> {
  const point = allocate(space, space.dimension);
  sampleStart(space, rng, point);
  const zeros = () => allocate(space, space.dimension);
  return { options, point, mean: zeros(), square: zeros(), step: 0, power1: 1, power2: 1 };
}

/**
 * adamax (Kingma and Ba, algorithm 2): divides by a decaying largest gradient instead of the root of the mean square.
 * nadam (T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR workshop 2016): steps along the mean as it will be after the next
 * step, as far as that is known: beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t), with a constant beta1.
 */
export type MomentVariant = 'adam' | 'adamax' | 'nadam';

/** One step along the gradient, after the point was shrunk by the rate times `weightDecay`. */
export function moveByMoments(
  state: Moments<MomentSettings>,
  gradient: Vector,
  weightDecay: number,
  variant: MomentVariant = 'adam',
): void {
  const { point, mean, square } = state;
  const { beta1, beta2, epsilon } = state.options;
  const learningRate = rateAt(state.options, state.step++);
  state.power1 *= beta1;
  state.power2 *= beta2;
  if (variant !== 'adam') {
    moveByVariant(state, gradient, learningRate, variant);
    return;
  }
  const scale1 = 1 / (1 - state.power1); // bias corrections of m and v
  const scale2 = 1 / (1 - state.power2);
  const keep = 1 - learningRate * weightDecay;
  for (let i = 0; i < point.length; i++) {
    const g = gradient[i];
    mean[i] = beta1 * mean[i] + (1 - beta1) * g;
    square[i] = beta2 * square[i] + (1 - beta2) * g * g;
    point[i] = keep * point[i] - (learningRate * mean[i] * scale1) / (Math.sqrt(square[i] * scale2) + epsilon);
  }
}

function moveByVariant(state: Moments<MomentSettings>, gradient: Vector, learningRate: number, variant: 'adamax' | 'nadam'): void {
  const { point, mean, square, power1, power2 } = state;
  const { beta1, beta2, epsilon } = state.options;
  const ahead = beta1 / (1 - power1 * beta1);
  for (let i = 0; i < point.length; i++) {
    const g = gradient[i];
    mean[i] = beta1 * mean[i] + (1 - beta1) * g;
    if (variant === 'adamax') {
      square[i] = Math.max(beta2 * square[i], Math.abs(g)); // u, the decaying largest
      point[i] -= ((learningRate / (1 - power1)) * mean[i]) / (square[i] + epsilon);
    } else {
      square[i] = beta2 * square[i] + (1 - beta2) * g * g;
      const slope = ahead * mean[i] + ((1 - beta1) / (1 - power1)) * g;
      point[i] -= (learningRate * slope) / (Math.sqrt(square[i] / (1 - power2)) + epsilon);
    }
  }
}
