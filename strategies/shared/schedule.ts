/**
 * How a learning rate changes over a run, as options that gradient strategies share. After one `period` of steps the rate is `decay`
 * times what it was: in a jump (step), by the same factor at each step (exponential), or along half a cosine, where it then stays
 * (Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5, without restarts). A linear rise may come before
 * (Goyal and others 2017, https://arxiv.org/abs/1706.02677, section 2.2).
 */
import { z } from 'zod';
import { cosPi, exp, log } from '../../src/core/math.js';

/** To be spread into a strategy's options. */
export const scheduleOptions = {
  schedule: z
    .enum(['constant', 'step', 'exponential', 'cosine'])
    .default('constant')
    .describe('How the learning rate falls: not at all, in jumps, by the same factor at each step, or along half a cosine.'),
  period: z
    .int()
    .min(1)
    .max(1e12)
    .default(1000)
    .describe('Steps until the rate is `decay` times what it was; changes nothing where it is constant. 1 to 1e12.'),
  decay: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe('What is left of the rate after a period; changes nothing where it is constant. 0 to 1.'),
  warmUp: z
    .int()
    .min(0)
    .max(1e12)
    .default(0)
    .describe('First steps, in which the rate rises in equal parts to its full size; the schedule begins after them. 0 to 1e12.'),
};

export interface ScheduledRate {
  readonly learningRate: number;
  readonly schedule: 'constant' | 'step' | 'exponential' | 'cosine';
  readonly period: number;
  readonly decay: number;
  readonly warmUp: number;
}

/** The learning rate of step t = 0, 1, 2, ... */
export function rateAt({ learningRate, schedule, period, decay, warmUp }: ScheduledRate, t: number): number {
  if (t < warmUp) return (learningRate * (t + 1)) / warmUp;
  if (schedule === 'constant') return learningRate;
  const time = (t - warmUp) / period;
  if (schedule === 'cosine') return learningRate * (time >= 1 ? decay : decay + ((1 - decay) * (1 + cosPi(time))) / 2);
  return learningRate * power(decay, schedule === 'step' ? Math.floor(time) : time);
}

/** base^exponent for base and exponent of at least 0. */
function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  return base === 0 ? 0 : exp(exponent * log(base));
}
