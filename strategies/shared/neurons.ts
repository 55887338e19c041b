/**
 * The neurons of a parameter vector, by its layout: which weights come into one and which leave it, what it answers, and networks whose
 * neurons are put in another order, which leaves their function what it was. Without a layout every coordinate is a neuron.
 */
import { StrategyError } from '../../src/core/errors.js';
import type { LayerResponses } from '../../src/core/query.js';
import type { Space, Vector } from '../../src/core/space.js';

/** Neurons side by side. Incoming weight i of neuron j lies at offset + j unitStride + i inputStride. */
export interface NeuronLayer {
  /** Index in the network's list of layers; -1 without a network. */
  readonly layer: number;
  readonly neurons: number;
  readonly offset: number;
  readonly fanIn: number;
  readonly unitStride: number;
  readonly inputStride: number;
  /** Where the thresholds begin; -1 if there are none. */
  readonly biases: number;
  /** Inputs of the next layer that one of these neurons feeds: more than one behind filters. 0 in the last layer. */
  readonly fed: number;
}

/** Of the whole network, input side first. */
export function neuronLayers({ dimension, layout }: Pick<Space, 'dimension' | 'layout'>): NeuronLayer[] {
  if (layout === undefined) {
    return [{ layer: -1, neurons: dimension, offset: 0, fanIn: 1, unitStride: 1, inputStride: 0, biases: -1, fed: 0 }];
  }
  const weights = layout.filter(({ role }) => role === 'weights');
  return weights.map(({ layer, units, offset, fanIn, unitStride, inputStride }, k) => ({
    layer,
    neurons: units,
    offset,
    fanIn,
    unitStride,
    inputStride,
    biases: layout.find((slice) => slice.role === 'biases' && slice.layer === layer)?.offset ?? -1,
    fed: k + 1 < weights.length ? weights[k + 1].fanIn / units : 0,
  }));
}

/** Writes the places of a neuron's incoming weights and its threshold into `places`; returns how many there are. */
export function incomingPlaces({ offset, fanIn, unitStride, inputStride, biases }: NeuronLayer, j: number, places: Int32Array): number {
  for (let i = 0; i < fanIn; i++) places[i] = offset + j * unitStride + i * inputStride;
  if (biases < 0) return fanIn;
  places[fanIn] = biases + j;
  return fanIn + 1;
}

/** Writes the places of the weights that leave neuron j of layer `l`, from `at` on; returns where they end. */
export function outgoingPlaces(layers: readonly NeuronLayer[], l: number, j: number, places: Int32Array, at = 0): number {
  const { fed } = layers[l];
  if (fed === 0) return at;
  const { neurons, offset, unitStride, inputStride } = layers[l + 1];
  for (let unit = 0; unit < neurons; unit++) {
    for (let i = j * fed; i < (j + 1) * fed; i++) places[at++] = offset + unit * unitStride + i * inputStride;
  }
  return at;
}

/** Room for the places of any neuron. */
export function mostPlaces(layers: readonly NeuronLayer[]): number {
  return Math.max(...layers.map(({ fanIn, fed }, l) => fanIn + 1 + (fed === 0 ? 0 : fed * layers[l + 1].neurons)));
}

/** The answers of a hidden layer's neurons, one row each: [neurons, samples times what one neuron gives for a sample]. */
export function answersOf(layer: NeuronLayer, responses: readonly LayerResponses[]): Float32Array {
  const found = responses.find((entry) => entry.layer === layer.layer);
  if (found === undefined) throw new StrategyError(`The network gave no responses of its layer ${layer.layer}.`);
  const { samples, units, values } = found;
  const each = units / layer.neurons;
  const rows = new Float32Array(values.length);
  for (let j = 0; j < layer.neurons; j++) {
    for (let sample = 0; sample < samples; sample++) {
      for (let i = 0; i < each; i++) rows[(j * samples + sample) * each + i] = values[sample * units + j * each + i];
    }
  }
  return rows;
}

/**
 * For each row of `own` the row of `other` that plays its part: the two rows of all that differ least (by the sum of squares) belong
 * together, then the two of the rest, and so on; the first of equals.
 */
export function matchRows(own: Float32Array, other: Float32Array, rows: number): Int32Array {
  const length = own.length / rows;
  const distances = new Float64Array(rows * rows);
  for (let a = 0; a < rows; a++) {
    for (let b = 0; b < rows; b++) {
      let sum = 0;
      for (let i = 0; i < length; i++) {
        const difference = own[a * length + i] - other[b * length + i];
        sum += difference * difference;
      }
      distances[a * rows + b] = sum;
    }
  }
  const pairs = Int32Array.from(distances, (_, pair) => pair).sort((x, y) => distances[x] - distances[y] || x - y);
  const partner = new Int32Array(rows).fill(-1);
  const taken = new Int32Array(rows);
  for (const pair of pairs) {
    const [a, b] = [Math.floor(pair / rows), pair % rows];
    if (partner[a] >= 0 || taken[b] === 1) continue;
    partner[a] = b;
    taken[b] = 1;
  }
  return partner;
}

/** Puts neuron order[j] of layer `l` in place j: its incoming weights, its threshold, its outgoing weights. `from` and `to` differ. */
export function reorder(layers: readonly NeuronLayer[], l: number, order: Int32Array, from: Vector, to: Vector): void {
  to.set(from);
  const layer = layers[l];
  const size = mostPlaces(layers);
  const [source, target] = [new Int32Array(size), new Int32Array(size)];
  for (let j = 0; j < layer.neurons; j++) {
    const end = outgoingPlaces(layers, l, order[j], source, incomingPlaces(layer, order[j], source));
    outgoingPlaces(layers, l, j, target, incomingPlaces(layer, j, target));
    for (let k = 0; k < end; k++) to[target[k]] = from[source[k]];
  }
}
