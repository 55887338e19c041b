/**
 * The genetic operators of Montana and Davis (1989) on vectors of weights: each makes one child. A draw is two-sided exponential, of mean
 * absolute value `scales[i]` for weight i.
 */
import { rankByLoss } from '../../src/core/ranking.js';
import type { Rng } from '../../src/core/rng.js';
import type { Vector } from '../../src/core/space.js';
import { incomingPlaces, matchRows, type NeuronLayer, outgoingPlaces, reorder } from './neurons.js';

/** What the operators work with. */
export interface Genetics {
  readonly layers: readonly NeuronLayer[];
  /** Means of first weights, to which a draw that replaces a weight is added. */
  readonly means: Vector;
  readonly scales: Vector;
  /** Room for the places of a neuron's weights. */
  readonly places: Int32Array;
  readonly rng: Rng;
}

/** UNBIASED-MUTATE-WEIGHTS puts a draw in the place of a weight, BIASED-MUTATE-WEIGHTS adds one. */
export type Bias = 'unbiased' | 'biased';

function mutateAt({ means, scales, rng }: Genetics, child: Vector, i: number, bias: Bias): void {
  child[i] = (bias === 'biased' ? child[i] : means[i]) + scales[i] * rng.laplace();
}

/** Each weight with this probability. */
export function mutateWeights(genetics: Genetics, child: Vector, rate: number, bias: Bias): void {
  for (let i = 0; i < child.length; i++) if (genetics.rng.chance(rate)) mutateAt(genetics, child, i, bias);
}

/** MUTATE-NODES: adds a draw to every weight that comes into `count` different neurons, or into all if there are fewer. */
export function mutateNodes(genetics: Genetics, child: Vector, count: number): void {
  const { layers, places, rng } = genetics;
  // Each of the neurons that are left is chosen with the chance that as many of them are as are still wanted.
  let left = 0;
  for (const { neurons } of layers) left += neurons;
  let wanted = Math.min(count, left);
  for (const layer of layers) {
    for (let j = 0; j < layer.neurons && wanted > 0; j++, left--) {
      if (rng.below(left) >= wanted) continue;
      wanted--;
      const end = incomingPlaces(layer, j, places);
      for (let k = 0; k < end; k++) mutateAt(genetics, child, places[k], 'biased');
    }
  }
}

/** Neurons that are not outputs. */
export function hiddenNeurons(layers: readonly NeuronLayer[]): number {
  return layers.slice(0, -1).reduce((sum, { neurons }) => sum + neurons, 0);
}

/** Writes the parent once for each hidden neuron, without what leaves that neuron: it might as well answer 0. */
export function lobotomize({ layers, places }: Genetics, parent: Vector, values: Vector): void {
  let at = 0;
  for (let l = 0; l < layers.length - 1; l++) {
    for (let j = 0; j < layers[l].neurons; j++) {
      values.set(parent, at);
      const end = outgoingPlaces(layers, l, j, places);
      for (let k = 0; k < end; k++) values[at + places[k]] = 0;
      at += parent.length;
    }
  }
}

/**
 * MUTATE-WEAKEST-NODES: a neuron's strength is the loss without it less the loss with it. All weights into and out of the `count`
 * weakest are mutated: unbiased where the strength is negative, for such a neuron does harm, else biased. `without`: the losses of
 * the networks of `lobotomize`.
 */
export function mutateWeakest(genetics: Genetics, child: Vector, loss: number, without: Float64Array, count: number): void {
  const { layers, places } = genetics;
  const order = new Int32Array(without.length);
  rankByLoss(without, order);
  for (let n = 0; n < Math.min(count, order.length); n++) {
    let j = order[n];
    let l = 0;
    while (j >= layers[l].neurons) j -= layers[l++].neurons;
    const end = outgoingPlaces(layers, l, j, places, incomingPlaces(layers[l], j, places));
    for (let k = 0; k < end; k++) mutateAt(genetics, child, places[k], without[order[n]] < loss ? 'unbiased' : 'biased');
  }
}

/** CROSSOVER-WEIGHTS: each weight from either parent. */
export function crossWeights({ rng }: Genetics, first: Vector, second: Vector, child: Vector): void {
  for (let i = 0; i < child.length; i++) child[i] = (rng.chance(0.5) ? first : second)[i];
}

/** CROSSOVER-NODES: for each neuron, all weights that come into it from either parent. */
export function crossNodes({ layers, places, rng }: Genetics, first: Vector, second: Vector, child: Vector): void {
  for (const layer of layers) {
    for (let j = 0; j < layer.neurons; j++) {
      const parent = rng.chance(0.5) ? first : second;
      const end = incomingPlaces(layer, j, places);
      for (let k = 0; k < end; k++) child[places[k]] = parent[places[k]];
    }
  }
}

/**
 * CROSSOVER-FEATURES: the second parent's hidden neurons are put in the order of those of the first that answer most alike, which leaves
 * its function what it is; then the two are crossed as nodes. `own` and `other`: their answers, for each hidden layer. Changes `second`.
 */
export function crossFeatures(
  genetics: Genetics,
  first: Vector,
  second: Vector,
  own: readonly Float32Array[],
  other: readonly Float32Array[],
  child: Vector,
): void {
  for (let l = 0; l < own.length; l++) {
    const order = matchRows(own[l], other[l], genetics.layers[l].neurons);
    reorder(genetics.layers, l, order, second, child);
    second.set(child);
  }
  crossNodes(genetics, first, second, child);
}

/** HILLCLIMB: a step of this length down the gradient; none where it is 0. */
export function climb(parent: Vector, gradient: Vector, step: number, child: Vector): void {
  let sum = 0;
  for (const g of gradient) sum += g * g;
  const factor = sum > 0 ? step / Math.sqrt(sum) : 0;
  for (let i = 0; i < child.length; i++) child[i] = parent[i] - factor * gradient[i];
}
