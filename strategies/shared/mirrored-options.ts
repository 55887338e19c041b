/** Options that the evolution strategies with mirrored noise have in common: each spreads those that it has. */
import { z } from 'zod';
import { shapings } from './utilities.js';

export const mirroredPopulation = {
  populationSize: z
    .int()
    .min(2)
    .max(1_000_000)
    .multipleOf(2)
    .default(50)
    .describe('P, candidates in mirrored pairs. Even, 2 to 1,000,000.'),
};

export const sigmaDecay = z.number().gt(0).max(1).default(1).describe('sigma is multiplied by it after each generation. Above 0 to 1.');

export const sigmaLimit = z.number().min(0).max(1e6).default(0).describe('At and below it sigma decays no further. 0 to 1,000,000.');

export const learningRateDecay = z
  .number()
  .gt(0)
  .max(1)
  .default(1)
  .describe('learningRate is multiplied by it after each generation. Above 0 to 1.');

/** Of the optimizer in `ascent.ts`, which turns an estimate of the gradient into a step. */
export const ascentOptions = {
  learningRate: z
    .number()
    .positive()
    .max(1e6)
    .default(0.05)
    .describe('alpha of the optimizer, in units; for adam about the largest step of a coordinate. Above 0 to 1,000,000.'),
  learningRateDecay,
  optimizer: z.enum(['adam', 'momentum', 'plain']).default('adam').describe('What turns the estimate into a step.'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('For momentum: share of the running mean that is kept. 0 to below 1.'),
};

export const adamDecays = {
  beta1: z.number().min(0).lt(1).default(0.9).describe('For adam: decay of the running mean of the estimate. 0 to below 1.'),
  beta2: z.number().min(0).lt(1).default(0.999).describe('For adam: decay of the running mean of its square. 0 to below 1.'),
};

export const shaping = z
  .enum(shapings)
  .default('centred-ranks')
  .describe('Utilities of losses. centred-ranks: rank / (P - 1) - 1/2; z-scores: in standard deviations from the mean; raw: as they are.');

export const noiseTable = z
  .int()
  .min(0)
  .max(500_000_000)
  .default(0)
  .describe(
    'Numbers in a table of noise that is drawn once and read at random places; 0: fresh noise. 0, or from the dimension to 500,000,000.',
  );

export const units = z
  .enum(['start', 'absolute'])
  .default('start')
  .describe('Whether sigma and learningRate count in deviations of the start, one each coordinate, or in coordinates as the paper does.');
