/** The four IDX files of MNIST and of Fashion-MNIST: images and labels, for training and for testing. */
import { DataError } from '../core/errors.js';
import type { Samples } from './dataset.js';
import { firstExisting } from './files.js';
import { readIdx } from './idx.js';

const side = 28;
const classes = 10;

/** The files' paths, or undefined when the folder does not hold all four. */
export function findIdxFiles(folder: string): readonly string[] | undefined {
  const files = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'].map((name) => {
    const names = [`${name}-ubyte`, `${name.replace(/-(?=idx)/, '.')}-ubyte`];
    return firstExisting(folder, [...names, ...names.map((variant) => `${variant}.gz`)]);
  });
  return files.every((file) => file !== undefined) ? files : undefined;
}

export function readIdxFiles([trainImages, trainLabels, testImages, testLabels]: readonly string[]): { train: Samples; test: Samples } {
  return { train: pair(trainImages, trainLabels), test: pair(testImages, testLabels) };
}

function pair(imageFile: string, labelFile: string): Samples {
  const images = readIdx(imageFile, 3);
  const [count, height, width] = images.shape;
  if (height !== side || width !== side) {
    throw new DataError(`${imageFile} holds images of ${height} x ${width} pixels; expected ${side} x ${side}.`);
  }
  const labels = readIdx(labelFile, 1);
  if (labels.shape[0] !== count) {
    throw new DataError(
      `${labelFile} holds ${labels.shape[0]} labels, but ${imageFile} holds ${count} images. The files do not belong together.`,
    );
  }
  return { count, inputs: images.values, targets: classNumbers(labelFile, labels.values, classes) };
}

/** Class numbers 0 to `count` - 1. Throws DataError at the first that is not. */
export function classNumbers(file: string, labels: ArrayLike<unknown>, count: number): Int32Array {
  const numbers = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (!Number.isInteger(label) || (label as number) < 0 || (label as number) >= count) {
      throw new DataError(`${file}: label ${String(label)} of sample ${i + 1} is not a class number from 0 to ${count - 1}.`);
    }
    numbers[i] = label as number;
  }
  return numbers;
}
