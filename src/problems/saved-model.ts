/** A trained network of a problem as a model that takes the data as it is, and that says in words what it takes and gives. */
import type { Network } from '../../models/network.js';
import { type RawDataset, sizeOf } from '../datasets/dataset.js';
import type { Dataset } from '../datasets/prepare.js';
import { metadataOf } from '../engine/graph/description.js';
import { exportModel } from '../engine/graph/export.js';
import { packageVersion } from '../engine/package-version.js';
import type { ModelFacts } from './problem.js';

/** What is known of the model beside its data. */
export interface SavedModelFacts extends ModelFacts {
  readonly problem: string;
  readonly seed: number;
}

/** `dataset`: the run's own, whose scaling goes into the model. */
export async function savedModel(
  network: Network,
  theta: ArrayLike<number>,
  { raw, inputScaling, targetScaling }: Dataset,
  facts: SavedModelFacts,
): Promise<Uint8Array> {
  const input = inputScaling ?? (hasPixels(raw) ? { divisor: 255 } : undefined);
  const metadata = metadataOf({
    zeroth: await packageVersion(),
    ...facts,
    task: raw.kind,
    input: inputWords(network, raw, inputScaling !== undefined),
    output: outputWords(network, raw),
    features: raw.features ?? [],
    classes: raw.classes ?? [],
    targets: raw.targets ?? [],
    lossFunction: network.loss,
  });
  return exportModel(network, theta, { ...(input && { input }), ...(targetScaling && { target: targetScaling }), metadata });
}

function hasPixels({ parts }: RawDataset): boolean {
  return ('pool' in parts ? parts.pool : parts.train).inputs instanceof Uint8Array;
}

function inputWords(network: Network, raw: RawDataset, standardized: boolean): string {
  const shape = `float32 [samples, ${network.input.join(', ')}]`;
  const inside = standardized ? 'the model standardizes them itself' : hasPixels(raw) ? 'the model divides them by 255 itself' : '';
  const advice = inside === '' ? '' : `; ${inside}`;
  if (hasPixels(raw) && raw.inputShape.length === 3) {
    const [channels, height, width] = raw.inputShape;
    const planes = channels === 3 ? 'red, green and blue plane after each other, each ' : '';
    return `${shape}: pixels from 0 to 255, ${planes}${height} rows of ${width}, from the top left${advice}`;
  }
  const what = raw.features?.join(', ') ?? `${sizeOf(raw.inputShape)} features`;
  return `${shape}: ${what}, in this order and as they stand in the data${advice}`;
}

function outputWords(network: Network, raw: RawDataset): string {
  const shape = `float32 [samples, ${raw.outputs}]`;
  if (raw.kind === 'regression') return `${shape}: ${raw.targets?.join(', ') ?? 'the target'}, as in the data`;
  return network.loss === 'cross-entropy'
    ? `${shape}: the probability of each class, in the order of \`classes\``
    : `${shape}: a score for each class, in the order of \`classes\`; the largest is the answer`;
}
