/** What a caller hands to the engine, checked where it comes in. */
import type { Network } from '../../models/network.js';
import { count, outputCount } from '../../models/shapes.js';
import { UsageError } from '../core/errors.js';
import { shown } from '../core/settings-check.js';
import type { Batch, EngineOptions } from './network-engine.js';
import { providers } from './provider.js';

/** Throws UsageError unless the options name a provider. */
export function checkProvider(options: EngineOptions): void {
  const given: unknown = (options as Partial<EngineOptions> | undefined)?.provider;
  if (providers.some((provider) => provider === given)) return;
  throw new UsageError(
    `openNetworkEngine needs options.provider, one of ${providers.join(', ')}; got ${shown(given)}. resolveProvider('auto') finds the best that works here.`,
  );
}

/** Throws UsageError unless the batch has samples, with inputs and targets that fit the network. */
export function checkBatch(network: Network, batch: Batch): void {
  if (typeof batch !== 'object' || batch === null)
    throw new UsageError(`A batch is needed: { count, inputs, targets }; got ${shown(batch)}.`);
  const { count: samples, inputs, targets } = batch;
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
  const outputs = outputCount(network);
  const each = classes ? 1 : outputs;
  checkLength('targets', targets, samples * each, `${samples} samples of ${each}`);
  if (classes) checkClasses(targets, samples, outputs);
}

function checkClasses(targets: ArrayLike<number>, samples: number, classes: number): void {
  for (let i = 0; i < samples; i++) {
    if (targets[i] >= 0 && targets[i] < classes) continue;
    throw new UsageError(`targets[${i}] must be a class of the network's ${classes}, from 0 to ${classes - 1}; got ${targets[i]}.`);
  }
}

/** Throws UsageError when the array is too short; longer ones are read from their beginning. */
export function checkLength(what: string, values: { readonly length: number }, needed: number, meaning: string): void {
  if (typeof values !== 'object' || values === null || values instanceof Float64Array) {
    const got = values instanceof Float64Array ? 'a Float64Array: Float32Array.from(...) makes one of it' : shown(values);
    throw new UsageError(`The ${what} must be a Float32Array; got ${got}.`);
  }
  if (values.length < needed) throw new UsageError(`The ${what} need ${needed} numbers (${meaning}); got ${values.length}.`);
}
