/** Dense networks. */
import { UsageError } from '../src/core/errors.js';
import { shown } from '../src/core/settings-check.js';
import { cnn } from './cnn.js';
import type { Network } from './network.js';
import type { NetworkOptions } from './network-options.js';

/** A stack of dense layers: `mlp([784, 128, 10], { activation: 'relu' })`. Throws UsageError. */
export function mlp(sizes: readonly number[], options: NetworkOptions = {}): Network {
  if (!Array.isArray(sizes))
    throw new UsageError(`mlp takes the sizes of its layers, inputs first, as in mlp([4, 7, 3]); got ${shown(sizes)}.`);
  const dense = sizes.slice(1).map((units) => ({ dense: units }));
  return cnn(sizes.slice(0, 1), dense, { activation: 'tanh', ...options });
}
