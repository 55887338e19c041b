import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { UsageError } from '../../src/core/errors.js';
import { describeOptions, parseOptions } from '../../src/core/options.js';
import { randomSearch } from '../../strategies/random-search.js';

const swarm = {
  ...randomSearch,
  name: 'pso',
  options: z
    .strictObject({
      swarmSize: z.int().min(2).max(1_000_000).default(40).describe('Number of particles.'),
      c1: z.number().min(0).default(1.5).describe('Pull of the own best.'),
      rate: z.number().gt(0).lt(1).default(0.5).describe('A share.'),
      neighbourhood: z.enum(['global', 'ring']).default('global').describe('Who informs whom.'),
      clamp: z.boolean().default(true).describe('Whether speed is limited.'),
      limit: z
        .union([z.literal('none'), z.number().positive()])
        .default('none')
        .describe('Speed limit.'),
      low: z.number().default(0).describe('Least.'),
      high: z.number().default(1).describe('Most.'),
    })
    .refine(({ low, high }) => low < high, { message: 'must be above low', path: ['high'] }),
};

describe('options', () => {
  test('that are left out take their defaults', () => {
    expect(parseOptions(swarm, { swarmSize: 10 })).toEqual({
      swarmSize: 10,
      c1: 1.5,
      rate: 0.5,
      neighbourhood: 'global',
      clamp: true,
      limit: 'none',
      low: 0,
      high: 1,
    });
    expect(parseOptions(swarm)).toMatchObject({ swarmSize: 40 });
  });

  test.each([
    [{ swarmSize: 0 }, 'pso.swarmSize must be a whole number from 2 to 1,000,000; got 0.'],
    [{ swarmSize: 2.5 }, 'pso.swarmSize must be a whole number from 2 to 1,000,000; got 2.5.'],
    [{ swarmSize: '40' }, 'pso.swarmSize must be a whole number from 2 to 1,000,000; got "40".'],
    [{ swarmSize: 2e9 }, 'pso.swarmSize must be a whole number from 2 to 1,000,000; got 2000000000.'],
    [{ c1: -1 }, 'pso.c1 must be a number of at least 0; got -1.'],
    [{ c1: Number.NaN }, 'pso.c1 must be a number of at least 0; got NaN.'],
    [{ rate: 1 }, 'pso.rate must be a number above 0 and below 1; got 1.'],
    [{ neighbourhood: 'Ring' }, 'pso.neighbourhood must be one of "global", "ring"; got "Ring".'],
    [{ clamp: 1 }, 'pso.clamp must be true or false; got 1.'],
    [{ limit: -2 }, 'pso.limit must be "none", or a number above 0; got -2.'],
    [{ low: 2 }, 'pso.high: must be above low; got nothing.'],
    [{ swarmSize: 0, c1: -1 }, 'got 0. pso.c1 must be'],
    [{ swarmsize: 10 }, 'pso has no option "swarmsize". Did you mean swarmSize? pso has swarmSize, c1, rate,'],
    [[], 'The options of pso must be an object of names and values; got [].'],
  ])('%j are refused in words', (given, message) => {
    expect(() => parseOptions(swarm, given)).toThrow(UsageError);
    expect(() => parseOptions(swarm, given)).toThrow(message);
  });

  test('are listed with range, default and meaning', () => {
    expect(describeOptions(swarm)[0]).toEqual({
      name: 'swarmSize',
      allowed: 'a whole number from 2 to 1,000,000',
      default: 40,
      meaning: 'Number of particles.',
    });
    expect(describeOptions(swarm).map(({ name }) => name)).toEqual(Object.keys(parseOptions(swarm) as object));
  });
});
