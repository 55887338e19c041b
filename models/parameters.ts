/**
 * A network's parameters in one vector: layer by layer, weights then biases; and the distribution of their first values.
 *
 * Initializers, with n incoming weights and m outgoing ones of a unit (for filters both within their group, times the kernel's area):
 * - `lecture`: normal, deviation sqrt(2 / n) (He et al. 2015, https://arxiv.org/abs/1502.01852); biases 0.
 * - `glorot`: uniform within sqrt(6 / (n + m)) (Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html); biases 0.
 * - `lecun`: normal, deviation sqrt(1 / n) (LeCun et al. 1998, Efficient BackProp); biases 0.
 * - `uniform`: within the given number, biases too.
 * - `laplace`: two-sided exponential with the given mean absolute value, biases too (Montana and Davis 1989).
 */
import type { LayoutSlice, StartSegment } from '../src/core/space.js';
import type { Initializer, Network, Parameters } from './network.js';
import { count, inputShapes, layerShapes } from './shapes.js';

/** Expects a valid network. */
export function parametersOf(network: Network): Parameters {
  const inputs = inputShapes(network);
  const outputs = layerShapes(network);
  const layout: LayoutSlice[] = [];
  const start: StartSegment[] = [];
  const numbers = { dense: 0, conv: 0 };
  let offset = 0;
  network.layers.forEach((layer, index) => {
    if (layer.kind !== 'dense' && layer.kind !== 'conv') return;
    numbers[layer.kind] += 1;
    const name = `${layer.kind}${numbers[layer.kind]}`;
    const units = outputs[index][0];
    const area = layer.kind === 'conv' ? layer.kernel ** 2 : 1;
    const groups = layer.kind === 'conv' ? (layer.groups ?? 1) : 1;
    const channels = inputs[index][0] / groups;
    const fanIn = layer.kind === 'conv' ? channels * area : count(inputs[index]);
    const length = fanIn * units;
    layout.push({
      name: `${name}.weights`,
      layer: index,
      role: 'weights',
      offset,
      length,
      shape: layer.kind === 'conv' ? [units, channels, layer.kernel, layer.kernel] : [fanIn, units],
      units,
      fanIn,
      unitStride: layer.kind === 'conv' ? fanIn : 1,
      inputStride: layer.kind === 'conv' ? 1 : units,
    });
    layout.push({
      name: `${name}.biases`,
      layer: index,
      role: 'biases',
      offset: offset + length,
      length: units,
      shape: [units],
      units,
      fanIn: 1,
      unitStride: 1,
      inputStride: 1,
    });
    start.push(...startOf(network.initializer, offset, length, units, fanIn, (units / groups) * area));
    offset += length + units;
  });
  return { dimension: offset, layout, start };
}

function startOf(initializer: Initializer, offset: number, weights: number, biases: number, n: number, m: number): StartSegment[] {
  const zeros: StartSegment = { offset: offset + weights, length: biases, kind: 'constant', value: 0 };
  const drawn = { offset, length: weights };
  if (initializer === 'lecture') return [{ ...drawn, kind: 'normal', mean: 0, deviation: Math.sqrt(2 / n) }, zeros];
  if (initializer === 'lecun') return [{ ...drawn, kind: 'normal', mean: 0, deviation: Math.sqrt(1 / n) }, zeros];
  if (initializer === 'glorot') {
    const limit = Math.sqrt(6 / (n + m));
    return [{ ...drawn, kind: 'uniform', low: -limit, high: limit }, zeros];
  }
  const all = { offset, length: weights + biases };
  if ('uniform' in initializer) return [{ ...all, kind: 'uniform', low: -initializer.uniform, high: initializer.uniform }];
  return [{ ...all, kind: 'laplace', mean: 0, scale: initializer.laplace }];
}
