import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { UsageError } from '../../src/core/errors.js';
import { datasetShape, describeDatasets, loadDataset } from '../../src/datasets/catalog.js';

async function parts(name: string) {
  const set = await loadDataset(name);
  return 'pool' in set.parts ? { train: set.parts.pool } : set.parts;
}

describe('the built-in sets', () => {
  test('Iris: 150 flowers, the first 5.1, 3.5, 1.4, 0.2, the mean petal 3.758 cm long', async () => {
    const { train } = await parts('iris');
    expect(train.count).toBe(150);
    expect([...train.inputs.slice(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2].map(Math.fround));
    let petals = 0;
    for (let row = 0; row < 150; row++) petals += train.inputs[row * 4 + 2];
    expect(petals / 150).toBeCloseTo(3.758, 5);
    expect([0, 1, 2].map((label) => train.targets.filter((target: number) => target === label).length)).toEqual([50, 50, 50]);
  });

  test('exclusive or', async () => {
    const { train } = await parts('xor');
    for (let row = 0; row < 4; row++) expect(train.targets[row]).toBe(train.inputs[2 * row] ^ train.inputs[2 * row + 1]);
  });

  test('two spirals: 97 points each, mirror images, from radius 6.5 inwards to half a unit', async () => {
    const { train } = await parts('two-spirals');
    expect(train.count).toBe(194);
    expect([...train.inputs.slice(0, 4)]).toEqual([0, 6.5, -0, -6.5]);
    for (let i = 0; i < 97; i++) {
      expect(train.inputs[4 * i]).toBe(-train.inputs[4 * i + 2]);
      expect(train.targets[2 * i]).not.toBe(train.targets[2 * i + 1]);
    }
    expect(Math.hypot(train.inputs[4 * 96], train.inputs[4 * 96 + 1])).toBeCloseTo(0.5, 6);
  });

  test('two moons: each point lies within five deviations of its half circle', async () => {
    const { train } = await parts('two-moons');
    for (let row = 0; row < train.count; row++) {
      const [cx, cy] = train.targets[row] === 0 ? [0, 0] : [1, 0.5];
      const radius = Math.hypot(train.inputs[2 * row] - cx, train.inputs[2 * row + 1] - cy);
      expect(Math.abs(radius - 1)).toBeLessThan(0.5);
    }
  });

  test('the parabola is exact, its ends are learned and a fifth is held out', async () => {
    const { train, test: held } = await parts('parabola');
    expect([train.count, held?.count]).toEqual([81, 20]);
    expect([train.inputs[0], train.inputs[80]]).toEqual([-1, 1]);
    expect([train.targets[0], train.targets[80]]).toEqual([3, 3]);
    for (const part of [train, held]) {
      part?.inputs.forEach((x: number, i: number) => {
        expect(part.targets[i]).toBeCloseTo(2 * x * x + 1, 6);
      });
    }
  });

  test('the noisy polynomial: residuals have the stated deviation 0.3 within sampling error', async () => {
    const { train, test: held } = await parts('noisy-polynomial');
    expect([train.count, held?.count]).toEqual([20, 200]);
    let squares = 0;
    held?.inputs.forEach((x: number, i: number) => {
      squares += (held.targets[i] - (4 * x ** 3 - 3 * x)) ** 2;
    });
    // the deviation of a mean of 200 squares of N(0, 0.09) is 0.09 sqrt(2 / 200) = 0.009
    expect(Math.abs(squares / 200 - 0.09)).toBeLessThan(4 * 0.009);
  });

  test('a content hash is SHA-256 over each part: a line with its shapes, the inputs, the targets', async () => {
    const hash = createHash('sha256').update('train 4 2 Float32Array Int32Array\n');
    hash.update(new Uint8Array(Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1).buffer)).update(new Uint8Array(Int32Array.of(0, 1, 1, 0).buffer));
    expect((await loadDataset('xor')).source.hash()).toBe(hash.digest('hex'));
  });

  test('golden: sets with noise never change', async () => {
    const hashes = await Promise.all(
      ['two-moons', 'noisy-polynomial'].map(async (name) => (await loadDataset(name)).source.hash().slice(0, 16)),
    );
    expect(hashes).toEqual(['4ee87e9da8387d6b', 'f8bfd8f7e030900a']);
  });
});

describe('the catalog', () => {
  test('describes every set without loading it; shapes agree with what is loaded', async () => {
    for (const listed of describeDatasets()) {
      const shape = datasetShape(listed.name);
      expect(shape.kind).toBe(listed.kind);
      if (!listed.installed || listed.get !== undefined) continue;
      const set = await loadDataset(listed.name);
      expect({ inputShape: set.inputShape, outputs: set.outputs }).toEqual({ inputShape: shape.inputShape, outputs: shape.outputs });
    }
  });

  test('an unknown set is refused with the nearest name', async () => {
    await expect(loadDataset('mnits')).rejects.toThrow(UsageError);
    await expect(loadDataset('mnits')).rejects.toThrow('Did you mean mnist');
    expect(() => datasetShape('cifar')).toThrow('Did you mean cifar10');
  });

  test('MNIST: 60,000 and 10,000 digits with the published counts and mean', async () => {
    const { train, test: held } = await parts('mnist');
    expect([train.count, held?.count]).toEqual([60_000, 10_000]);
    const ones = train.targets.filter((label: number) => label === 1).length;
    expect(ones).toBe(6742);
    let sum = 0;
    for (let i = 0; i < train.inputs.length; i++) sum += train.inputs[i];
    expect(sum / train.inputs.length / 255).toBeCloseTo(0.1306604762738429, 12);
  });
});
