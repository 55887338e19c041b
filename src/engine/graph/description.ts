/** What a saved model says of itself: read back from the `metadata_props` that `savedModel` wrote. */
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from 'onnx-buf';
import { UsageError } from '../../core/errors.js';

export interface ModelDescription {
  /** The version of Zeroth that wrote it. */
  readonly zeroth: string;
  /** Id of the problem that it was trained on, and the run's seed, which chose the training part. */
  readonly problem: string;
  readonly seed: number;
  readonly task: 'classification' | 'regression';
  /** In words: shape, order and range of the input, and what the output means. */
  readonly input: string;
  readonly output: string;
  /** Names of the numbers of a sample; empty where they have none (pixels). */
  readonly features: readonly string[];
  /** Names of the classes, in the order of the output; empty for a regression. */
  readonly classes: readonly string[];
  /** Names of the values of a regression. */
  readonly targets: readonly string[];
  readonly lossFunction: 'cross-entropy' | 'squared-error';
  /** What trained it, where that is known. */
  readonly strategy?: string;
  /** As the run reports them; absent where they are not known. Accuracies are shares, 0 to 1. */
  readonly loss?: number;
  readonly trainAccuracy?: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
}

/** Fields that are kept as text; all others are JSON. */
const texts: readonly string[] = ['zeroth', 'problem', 'task', 'input', 'output', 'lossFunction', 'strategy'];

export function metadataOf(description: ModelDescription): Record<string, string> {
  const entries = Object.entries(description).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, texts.includes(key) ? String(value) : JSON.stringify(value)]));
}

/**
 * What the bytes of a saved model say of it. Throws UsageError on bytes that are no such model.
 *
 * @example
 * const { classes, features } = describeModel(await readFile('iris.onnx'));
 */
export function describeModel(bytes: Uint8Array): ModelDescription {
  if (!ArrayBuffer.isView(bytes)) {
    throw new UsageError(
      `describeModel takes the bytes of a model, as readFile gives them; got ${bytes === null ? 'null' : `a ${typeof bytes}`}.`,
    );
  }
  let entries: [string, string][];
  try {
    entries = fromBinary(ModelProtoSchema, bytes).metadataProps.map(({ key = '', value = '' }) => [key, value]);
  } catch (error) {
    throw new UsageError(`These ${bytes.length} bytes are no ONNX model: ${(error as Error).message}.`, { cause: error });
  }
  const found = Object.fromEntries(entries);
  if (found.zeroth === undefined || found.problem === undefined) {
    throw new UsageError('This ONNX model holds no description: it was not saved by Zeroth from a problem.');
  }
  return Object.fromEntries(
    entries.map(([key, value]) => [key, texts.includes(key) ? value : (JSON.parse(value) as unknown)]),
  ) as unknown as ModelDescription;
}
