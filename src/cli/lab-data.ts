/** The image sets that experiments read. They do not come with this package. */
import { UsageError } from '../core/errors.js';
import { type ImageSet, imageSets, locateImageSet } from '../datasets/image-sets.js';
import type { Experiment } from '../lab/experiment.js';

/** Throws UsageError on a name that is no image set's. */
export function dataOf({ name, data = [] }: Pick<Experiment, 'name' | 'data'>): ImageSet[] {
  return data.map((wanted) => {
    const set = imageSets.find((one) => one.name === wanted);
    if (set === undefined) throw new UsageError(`experiments/${name} names the data "${wanted}", and no image set has that name.`);
    return set;
  });
}

/** Those of them that are not on this machine. */
export function missingData(experiment: Pick<Experiment, 'name' | 'data'>): ImageSet[] {
  return dataOf(experiment).filter((set) => locateImageSet(set) === undefined);
}
