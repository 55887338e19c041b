/**
 * Networks as short text, layers with hyphens between.
 * - Dense: `784-128-10`, features, hidden units, outputs.
 * - Convolutional, on images: `conv8k5-max2-conv16k5-max2-32-10`; `convFkK` has F filters of K x K pixels (stride `sS`, 1 if left
 *   out; padded so that an odd K keeps the size), `maxK` and `avgK` pool K x K pixels (stride `sS`, K if left out), a number is a
 *   dense layer.
 */
import { type CnnLayer, cnn } from '../../models/cnn.js';
import { mlp } from '../../models/mlp.js';
import type { Initializer, Network } from '../../models/network.js';
import { UsageError } from '../core/errors.js';
import { type DataShape, sizeOf } from '../datasets/dataset.js';
import type { NetworkSettings } from './network-settings.js';

const conv = /^conv(\d+)k(\d+)(?:s(\d+))?$/;
const pool = /^(max|avg)(\d+)(?:s(\d+))?$/;
const dense = /^\d+$/;

/** Whether a text is meant as a network: sizes, or convolutional layers. */
export function isNetworkText(text: string): boolean {
  return /^(\d+(-\d+)+|(conv|max|avg)\d[^-]*(-[^-]+)+)$/.test(text);
}

/** The network of an id's settings, as it is for the data. Throws UsageError when it is malformed or does not fit the data. */
export function networkOf(id: string, data: DataShape, settings: NetworkSettings): Network {
  const { activation, output, loss, dropout, network: text } = settings;
  if (data.kind === 'regression' && loss === 'cross-entropy') {
    throw new UsageError(`"${id}" is a regression, so its loss is squared-error: leave out loss=cross-entropy.`);
  }
  const initializer = initializerOf(settings.init);
  const options = { activation, output, loss, ...(initializer !== undefined && { initializer }) };
  const features = sizeOf(data.inputShape);
  const parts = text.split('-');
  const convolutional = !dense.test(parts[0]);
  const fits = Number(parts.at(-1)) === data.outputs && (convolutional || (parts.length > 1 && Number(parts[0]) === features));
  if (!fits) {
    throw new UsageError(
      `The network ${text} in "${id}" does not fit ${data.title}, which has ${features} inputs and ${data.outputs} ` +
        `${data.kind === 'classification' ? 'classes' : 'outputs'}: write ${features}-HIDDEN-${data.outputs}, for example ${features}-16-${data.outputs}.`,
    );
  }
  if (!convolutional) return mlp(parts.map(Number), { ...options, dropout });
  if (data.inputShape.length !== 3)
    throw new UsageError(`The network ${text} in "${id}" needs images, and ${data.title} has none: write dense layers.`);
  return cnn(data.inputShape, layersOf(id, parts, dropout), options);
}

function layersOf(id: string, parts: readonly string[], dropout: number): CnnLayer[] {
  return parts.flatMap((part, i): CnnLayer[] => {
    const filters = conv.exec(part);
    if (filters) return [{ conv: Number(filters[1]), kernel: Number(filters[2]), ...(filters[3] && { stride: Number(filters[3]) }) }];
    const window = pool.exec(part);
    if (window) {
      const stride = window[3] ? { stride: Number(window[3]) } : {};
      return [window[1] === 'max' ? { maxPool: Number(window[2]), ...stride } : { averagePool: Number(window[2]), ...stride }];
    }
    if (!dense.test(part)) {
      throw new UsageError(
        `Unknown layer "${part}" in the problem id "${id}": layers are convFkK, maxK, avgK and numbers of units, for example conv8k5-max2-10.`,
      );
    }
    const layer = { dense: Number(part) };
    return dropout > 0 && i < parts.length - 1 ? [layer, { dropout }] : [layer];
  });
}

/** The initializer of its name, or undefined. */
export function initializerOf(text: string): Initializer | undefined {
  if (text === 'lecture' || text === 'glorot' || text === 'lecun') return text;
  const match = /^(uniform|laplace)\((.+)\)$/.exec(text);
  const size = match ? Number(match[2]) : Number.NaN;
  if (!match || !Number.isFinite(size) || size <= 0) return undefined;
  return match[1] === 'uniform' ? { uniform: size } : { laplace: size };
}
