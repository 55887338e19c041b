/** Builders, shapes, parameter counts, starting distributions, and what a bad network is told. */
import { describe, expect, test } from '@jest/globals';
import { alexNet } from '../../models/alexnet.js';
import { cnn } from '../../models/cnn.js';
import { mlp } from '../../models/mlp.js';
import type { Initializer, Network } from '../../models/network.js';
import { parametersOf } from '../../models/parameters.js';
import { prepareNetwork } from '../../models/prepare.js';
import { layerShapes, outputCount } from '../../models/shapes.js';
import { validateNetwork } from '../../models/validate.js';
import { UsageError } from '../../src/core/errors.js';

/** D. Ha's MNIST network: 208 + 3,216 + 7,850 parameters. */
const mnist = cnn([1, 28, 28], [{ conv: 8, kernel: 5 }, { maxPool: 2 }, { conv: 16, kernel: 5 }, { maxPool: 2 }, { dense: 10 }]);

test.each([
  [mlp([4, 7, 3]), 59],
  [mlp([784, 32, 10]), 25_450],
  [mlp([784, 128, 10]), 101_770],
  [mnist, 11_274],
  // layers-80sec of cuda-convnet: 2,432 + 25,632 + 51,264 + 65,600 + 650
  [
    cnn(
      [3, 32, 32],
      [
        { conv: 32, kernel: 5 },
        { maxPool: 3, stride: 2, padding: 1 },
        { conv: 32, kernel: 5 },
        { averagePool: 3, stride: 2, padding: 1 },
        { conv: 64, kernel: 5 },
        { averagePool: 3, stride: 2, padding: 1 },
        { dense: 64 },
        { dense: 10 },
      ],
    ),
    145_578,
  ],
  [alexNet(), 60_965_224],
  [alexNet({ grouped: false }), 62_378_344],
])('network %# has the published number of parameters', (network, dimension) => {
  const { dimension: counted, layout, start } = parametersOf(network);
  expect(counted).toBe(dimension);
  for (const pieces of [layout, start]) {
    let next = 0;
    for (const { offset, length } of pieces) {
      expect(offset).toBe(next);
      next += length;
    }
    expect(next).toBe(dimension);
  }
});

test('layers have the shapes that their windows leave', () => {
  expect(layerShapes(mnist)).toEqual([[8, 28, 28], [8, 14, 14], [16, 14, 14], [16, 7, 7], [10]]);
  expect(outputCount(mnist)).toBe(10);
  // floor((7 + 2 - 3) / 2) + 1 = 4 and floor((8 + 2 - 3) / 2) + 1 = 4: the last column is left out
  expect(layerShapes(cnn([1, 7, 8], [{ conv: 2, kernel: 3, stride: 2, padding: 1 }, 'flatten', { dense: 2 }]))[0]).toEqual([2, 4, 4]);
});

test('AlexNet has the layers of its paper', () => {
  const network = alexNet();
  const shapes = [
    [96, 55, 55],
    [96, 27, 27],
    [256, 27, 27],
    [256, 13, 13],
    [384, 13, 13],
    [384, 13, 13],
    [256, 13, 13],
    [256, 6, 6],
  ];
  expect(layerShapes(network)).toEqual([...shapes, [4096], [4096], [4096], [4096], [1000]]);
  const { layout } = parametersOf(network);
  const each = layout.flatMap(({ role, length }, i) => (role === 'weights' ? [length + layout[i + 1].length] : []));
  expect(each).toEqual([34_944, 307_456, 885_120, 663_936, 442_624, 37_752_832, 16_781_312, 4_097_000]);
});

test('slices say where the incoming weights of a unit are', () => {
  const { layout } = parametersOf(cnn([2, 4, 4], [{ conv: 3, kernel: 3 }, { dense: 5 }]));
  expect(layout.map(({ name }) => name)).toEqual(['conv1.weights', 'conv1.biases', 'dense1.weights', 'dense1.biases']);
  // filters [3, 2, 3, 3]: those of one filter follow each other
  expect(layout[0]).toMatchObject({ shape: [3, 2, 3, 3], units: 3, fanIn: 18, unitStride: 18, inputStride: 1, offset: 0, length: 54 });
  // dense weights [48, 5]: a unit is a column
  expect(layout[2]).toMatchObject({
    shape: [48, 5],
    units: 5,
    fanIn: 48,
    unitStride: 1,
    inputStride: 5,
    offset: 57,
    length: 240,
    layer: 1,
  });
  expect(layout[3]).toMatchObject({ role: 'biases', shape: [5], fanIn: 1, offset: 297 });
});

describe('initializers', () => {
  const startOf = (initializer: Initializer) => parametersOf(mlp([50, 32, 10], { initializer })).start;
  const zeros = { kind: 'constant', value: 0 };

  test.each<[Initializer, object, object]>([
    ['lecture', { kind: 'normal', mean: 0, deviation: Math.sqrt(2 / 50), length: 1600 }, zeros],
    ['lecun', { kind: 'normal', mean: 0, deviation: Math.sqrt(1 / 50), length: 1600 }, zeros],
    ['glorot', { kind: 'uniform', low: -Math.sqrt(6 / 82), high: Math.sqrt(6 / 82), length: 1600 }, zeros],
    [{ uniform: 10 }, { kind: 'uniform', low: -10, high: 10, length: 1632 }, { kind: 'uniform', offset: 1632 }],
    [{ laplace: 1 }, { kind: 'laplace', mean: 0, scale: 1, length: 1632 }, { kind: 'laplace', offset: 1632 }],
  ])('%j draws as its source says', (initializer, first, second) => {
    expect(startOf(initializer)[0]).toMatchObject(first);
    expect(startOf(initializer)[1]).toMatchObject(second);
  });

  test('filters count their area on both sides', () => {
    const { start } = parametersOf(cnn([3, 8, 8], [{ conv: 4, kernel: 5 }, { dense: 2 }], { initializer: 'glorot' }));
    expect(start[0]).toMatchObject({ high: Math.sqrt(6 / (3 * 25 + 4 * 25)) });
  });
});

test('dropout follows hidden dense layers only', () => {
  const kinds = (network: Network) => network.layers.map(({ kind }) => kind);
  expect(kinds(mlp([4, 8, 6, 3], { dropout: 0.5 }))).toEqual(['dense', 'dropout', 'dense', 'dropout', 'dense']);
  expect(kinds(cnn([1, 4, 4], [{ conv: 2, kernel: 3 }, { dense: 4 }, { dense: 2 }], { dropout: 0.5 }))).toEqual([
    'conv',
    'dense',
    'dropout',
    'dense',
  ]);
});

const good = mlp([4, 7, 3]);
const dense = (units: unknown, activation: unknown = 'tanh') => ({ kind: 'dense', units, activation });
const windowed = (changes: object) => ({ kind: 'conv', filters: 2, kernel: 3, stride: 1, padding: 1, activation: 'relu', ...changes });
const image = { input: [1, 6, 6] };

test.each<[object, RegExp]>([
  [{ input: [4, 4] }, /network\.input must be \[features\] or \[channels, height, width\]; got \[4,4\]/],
  [{ input: [0] }, /network\.input\[0\] must be a whole number from 1; got 0/],
  [{ layers: [] }, /network\.layers must list at least one layer/],
  [{ layers: [{ kind: 'lstm' }] }, /network\.layers\[0\]\.kind must be one of dense, .*; got "lstm"/],
  [{ layers: [dense(7), dense(2.5)] }, /network\.layers\[1\]\.units must be a whole number from 1; got 2\.5/],
  [{ layers: [dense(3, 'rellu')] }, /network\.layers\[0\]\.activation: Unknown activation "rellu"\. Did you mean relu/],
  [{ layers: [dense(3, 7)] }, /network\.layers\[0\]\.activation must be one of/],
  [{ layers: [dense(3), { kind: 'dropout', rate: 1 }] }, /network\.layers\[1\]\.rate must be from 0 to below 1; got 1/],
  [{ layers: [windowed({})] }, /network\.layers\[0\] is a conv layer, which needs images/],
  [{ ...image, layers: [windowed({ kernel: 9 })] }, /network\.layers\[0\]\.kernel must be at most 8, .*; got 9/],
  [{ ...image, layers: [windowed({ padding: 3 })] }, /network\.layers\[0\]\.padding must be smaller than the kernel, 3; got 3/],
  [{ ...image, layers: [windowed({ stride: 0 })] }, /network\.layers\[0\]\.stride must be a whole number from 1; got 0/],
  [
    { ...image, layers: [windowed({ groups: 2 })] },
    /network\.layers\[0\]\.groups must divide the 1 channels that reach it and its 2 filters; got 2/,
  ],
  [{ ...image, layers: [windowed({ groups: 0 })] }, /network\.layers\[0\]\.groups must be a whole number from 1; got 0/],
  [{ ...image, layers: [{ kind: 'flatten' }] }, /nothing to train/],
  [{ layers: [dense(1)] }, /at least 2 outputs/],
  [{ loss: 'hinge' }, /network\.loss must be cross-entropy or squared-error; got "hinge"/],
  [{ initializer: 'he' }, /network\.initializer must be lecture, .*; got "he"/],
  [{ initializer: { uniform: -1 } }, /with a positive number a; got \{"uniform":-1\}/],
])('a network with %j is refused in words', (changes, message) => {
  const broken = { ...good, ...changes } as Network;
  expect(() => validateNetwork(broken)).toThrow(UsageError);
  expect(() => validateNetwork(broken)).toThrow(message);
});

test('preparing a network looks into its expressions', async () => {
  await expect(prepareNetwork(mlp([2, 3, 2], { activation: 'x * zeta(x)' }))).rejects.toThrow(/"zeta" is not known at character 5/);
  const fine = mlp([2, 3, 2], { activation: 'x / (1 + abs(x))' });
  await expect(prepareNetwork(fine)).resolves.toBe(fine);
});
