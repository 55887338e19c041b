/** The data sets by name: what there is, without loading it, and each loaded once a process. */
import { unknownName } from '../core/errors.js';
import type { DataShape, DatasetKind, RawDataset } from './dataset.js';
import { imageSets, locateImageSet, notInstalled, readImageSet } from './image-sets.js';
import { irisDataset } from './iris.js';
import { lofarStandIn } from './lofar-stand-in.js';
import { noisyPolynomial, parabola, twoMoons, twoSpirals, xor } from './synthetic.js';

/** What a listing shows of a set. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: string;
  readonly kind: DatasetKind;
  readonly samples: number;
  /** Zero for a regression. */
  readonly classes: number;
  /** Whether it can be loaded here and now. */
  readonly installed: boolean;
  /** The command that gets it; absent where it is built in. */
  readonly get?: string;
}

const builtIn = new Map(
  [irisDataset, xor, twoSpirals, twoMoons, parabola, noisyPolynomial, lofarStandIn].map((make) => {
    const set = make();
    return [set.name, set] as const;
  }),
);
const loaded = new Map<string, Promise<RawDataset>>();

/** Every named set, without loading what is not built in. */
export function describeDatasets(): DatasetDescription[] {
  const small = [...builtIn.values()].map((set) => ({
    name: set.name,
    title: set.title,
    kind: set.kind,
    samples: 'pool' in set.parts ? set.parts.pool.count : set.parts.train.count + (set.parts.test?.count ?? 0),
    classes: set.classes?.length ?? 0,
    installed: true,
  }));
  const large = imageSets.map((set) => ({
    name: set.name,
    title: set.title,
    kind: 'classification' as const,
    samples: set.samples,
    classes: set.classes.length,
    installed: locateImageSet(set) !== undefined,
    get: set.get,
  }));
  return [...small, ...large];
}

/** The shapes of a named set, without loading it. */
export function datasetShape(name: string): DataShape {
  const small = builtIn.get(name);
  if (small) return small;
  const large = imageSets.find((set) => set.name === name);
  if (!large) throw unknownSet(name);
  return { title: large.title, kind: 'classification', inputShape: large.inputShape, outputs: large.classes.length };
}

/**
 * A named set; from `folder` where one is given. Files are read once a process, when first asked for; a failure is not kept.
 * Throws UsageError for an unknown name, DataError for a set that is missing or malformed.
 */
export async function loadDataset(name: string, folder?: string): Promise<RawDataset> {
  const small = builtIn.get(name);
  if (small) return small;
  const set = imageSets.find((candidate) => candidate.name === name);
  if (!set) throw unknownSet(name);
  const found = locateImageSet(set, folder);
  if (!found) throw notInstalled(set, folder);
  const key = [name, ...found.files].join('\n');
  let loading = loaded.get(key);
  if (!loading) {
    loading = readImageSet(set, found);
    loaded.set(key, loading);
    loading.catch(() => loaded.delete(key));
  }
  return loading;
}

function unknownSet(name: string) {
  return unknownName('data set', name, [...builtIn.keys(), ...imageSets.map((set) => set.name)], 'zeroth datasets');
}
