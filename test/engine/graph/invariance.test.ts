/** Losses do not depend, in any bit, on how a population is cut into chunks, on the number of threads, or on a graph made for one. */
import { describe, expect, test } from '@jest/globals';
import { cnn } from '../../../models/cnn.js';
import { mlp } from '../../../models/mlp.js';
import type { Network } from '../../../models/network.js';
import { parametersOf } from '../../../models/parameters.js';
import { compileLosses } from '../../../src/engine/graph/compile.js';
import { caseOf, run } from './cases.js';

const members = 23;
const threads = 2;

const networks: Record<string, Network> = {
  ...Object.fromEntries(
    ['logistic', 'tanh', 'relu', 'leaky-relu', 'elu', 'softsign', 'gelu', 'swish'].map((activation) => [
      activation,
      mlp([4, 7, 3], { activation }),
    ]),
  ),
  'wide layers': mlp([300, 40, 10], { activation: 'relu' }),
  'many inputs': mlp([127, 9, 3]),
  'more inputs': mlp([300, 9, 3]),
  'one unit': mlp([6, 1, 3]),
  'squared error': mlp([3, 5, 2], { loss: 'squared-error' }),
  convolutions: cnn(
    [1, 9, 9],
    [{ conv: 3, kernel: 3 }, { maxPool: 2, stride: 1 }, { conv: 5, kernel: 3 }, { averagePool: 2 }, { dense: 5 }, { dense: 3 }],
  ),
};

describe.each(Object.keys(networks))('%s', (name) => {
  const network = networks[name];
  const { dimension } = parametersOf(network);

  test.each([1, 37, 150])('chunks of 2, 5 and 16 members give the bits of one run, with %i samples', async (samples) => {
    const population = caseOf(network, samples, name, members);
    const losses = async (from: number, size: number, intraOpNumThreads: number, alone = false) => {
      const theta = population.theta.slice(from * dimension, (from + size) * dimension);
      const compiled = compileLosses(network, { population: size, samples });
      const graph = alone ? (compiled.inOneThread?.() ?? compiled) : compiled;
      return (await run(graph, { inputs: population.inputs, targets: population.targets, theta }, { intraOpNumThreads })).loss;
    };
    const whole = await losses(0, members, 1);
    expect(await losses(0, members, threads)).toEqual(whole);
    for (const size of [threads, 5, 16]) {
      expect(await losses(members - size, size, threads)).toEqual(whole.slice(members - size));
    }
    for (const size of [1, 5, members]) expect(await losses(members - size, size, 1, true)).toEqual(whole.slice(members - size));
  });
});
