/** What the experiment alexnet starts from; the network's parameters are counted in test/models/networks.test.ts. */
import { expect, test } from '@jest/globals';
import { firstValues } from '../../experiments/alexnet.js';
import { cnn } from '../../models/cnn.js';
import { parametersOf } from '../../models/parameters.js';
import { Rng } from '../../src/core/rng.js';

test('first values are normal with deviation 0.01; biases are 1 from the second convolution on, but for the third and the last layer', () => {
  const conv = { conv: 20, kernel: 5 };
  const network = cnn([3, 16, 16], [conv, conv, conv, conv, conv, { dense: 40 }, { dense: 40 }, { dense: 10 }]);
  const { layout } = parametersOf(network);
  const theta = firstValues(network.layers, layout, Rng.seeded(1));
  const biases = layout
    .filter(({ role }) => role === 'biases')
    .map(({ offset, length }) => new Set(theta.subarray(offset, offset + length)));
  expect(biases).toEqual([0, 1, 0, 1, 1, 1, 1, 0].map((value) => new Set([value])));
  const largest = layout.reduce((a, b) => (b.length > a.length ? b : a));
  let square = 0;
  for (let i = largest.offset; i < largest.offset + largest.length; i++) square += theta[i] * theta[i];
  expect(Math.sqrt(square / largest.length)).toBeCloseTo(0.01, 4);
});
