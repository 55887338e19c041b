/** What a caller hands to the engine, checked where it comes in. */
import type { Network } from '../../models/network.js';
import { count, outputCount } from '../../models/shapes.js';
import { UsageError } from '../core/errors.js';
import type { Batch } from './network-engine.js';

/** Throws UsageError unless the batch has samples, with inputs and targets that fit the network. */
export function checkBatch(network: Network, { count: samples, inputs, targets }: Batch): void {
  if (!Number.isInteger(samples) || samples < 1)
    throw new UsageError(`A batch must have a whole number of samples from 1; got ${samples}.`);
  const features = count(network.input);
  checkLength('inputs', inputs, samples * features, `${samples} samples of ${features}`);
  const classes = network.loss === 'cross-entropy';
  if (classes !== targets instanceof Int32Array) {
    throw new UsageError(
      classes
        ? 'Targets of cross-entropy are class numbers in an Int32Array; got a Float32Array.'
        : 'Targets of squared error are values in a Float32Array; got an Int32Array.',
    );
  }
  const each = classes ? 1 : outputCount(network);
  checkLength('targets', targets, samples * each, `${samples} samples of ${each}`);
}

/** Throws UsageError when the array is too short; longer ones are read from their beginning. */
export function checkLength(what: string, values: { readonly length: number }, needed: number, meaning: string): void {
  if (values.length < needed) throw new UsageError(`The ${what} need ${needed} numbers (${meaning}); got ${values.length}.`);
}
