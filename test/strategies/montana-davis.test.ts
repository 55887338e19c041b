import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mlp } from '../../models/mlp.js';
import { parametersOf } from '../../models/parameters.js';
import { Optimizer } from '../../src/core/optimizer.js';
import { Rng } from '../../src/core/rng.js';
import { boxSpace, type Space } from '../../src/core/space.js';
import type { Batch, NetworkEngine } from '../../src/engine/network-engine.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { minimize } from '../../src/study/minimize.js';
import { montanaDavis, rankOf } from '../../strategies/montana-davis.js';
import * as operators from '../../strategies/shared/network-operators.js';
import {
  answersOf,
  incomingPlaces,
  matchRows,
  mostPlaces,
  neuronLayers,
  outgoingPlaces,
  reorder,
} from '../../strategies/shared/neurons.js';
import { goldenTrace } from './golden-trace.js';

/** The network of the paper: weights [inputs, units] then thresholds, layer by layer: 0 to 27, 28 to 34; 35 to 104, 105 to 114; 115 to 124, 125. */
const network = mlp([4, 7, 10, 1], { activation: 'logistic', output: 'logistic', loss: 'squared-error', initializer: { laplace: 1 } });
const { dimension, layout, start } = parametersOf(network);
const space: Space = { dimension, precision: 'float32', start, layout };
const layers = neuronLayers(space);

function genetics(label: string): operators.Genetics {
  const [means, scales] = [new Float32Array(dimension), new Float32Array(dimension).fill(1)];
  return { layers, means, scales, places: new Int32Array(mostPlaces(layers)), rng: Rng.seeded(label) };
}

const range = (n: number, from = 0, step = 1) => Array.from({ length: n }, (_, i) => from + i * step);
const places = (l: number, j: number) => {
  const room = new Int32Array(mostPlaces(layers));
  const into = incomingPlaces(layers[l], j, room);
  const out = outgoingPlaces(layers, l, j, room, into);
  return { incoming: [...room.subarray(0, into)], outgoing: [...room.subarray(into, out)] };
};
const changed = (before: Float32Array, after: Float32Array) => range(dimension).filter((i) => before[i] !== after[i]);

/** Weights as the paper draws them. */
function drawn(label: string): Float32Array {
  const rng = Rng.seeded(label);
  return Float32Array.from({ length: dimension }, () => rng.laplace());
}

test('the network has 126 weights, 108 of them links', () => {
  expect(dimension).toBe(126);
  expect(layers.map(({ neurons, fanIn }) => neurons * fanIn).reduce((a, b) => a + b)).toBe(108);
});

describe('a neuron knows its weights', () => {
  test('those that come into it, and its threshold', () => {
    expect(places(0, 2).incoming).toEqual([2, 9, 16, 23, 30]);
    expect(places(1, 3).incoming).toEqual([...range(7, 38, 10), 108]);
    expect(places(2, 0).incoming).toEqual([...range(10, 115), 125]);
  });

  test('those that leave it', () => {
    expect(places(0, 2).outgoing).toEqual(range(10, 55));
    expect(places(1, 3).outgoing).toEqual([118]);
    expect(places(2, 0).outgoing).toEqual([]);
  });

  test('all neurons together own every weight once', () => {
    const all = layers.flatMap(({ neurons }, l) => range(neurons).flatMap((j) => places(l, j).incoming));
    expect(all.sort((a, b) => a - b)).toEqual(range(126));
  });
});

describe('mutations', () => {
  test('of weights: each with the rate, replaced by a draw or by one that is added', () => {
    const before = new Float32Array(dimension).fill(1000);
    let hits = 0;
    const steps: number[] = [];
    for (const bias of ['unbiased', 'biased'] as const) {
      const g = genetics(bias);
      for (let k = 0; k < 200; k++) {
        const child = before.slice();
        operators.mutateWeights(g, child, 0.1, bias);
        for (const i of changed(before, child)) {
          hits++;
          steps.push(child[i] - (bias === 'biased' ? 1000 : 0));
        }
      }
    }
    const n = 400 * dimension;
    expect(Math.abs(hits - 0.1 * n)).toBeLessThan(5 * Math.sqrt(0.09 * n));
    // exp(-|x|): mean 0, variance 2; mean of |x| 1, variance 1
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / hits;
    expect(Math.abs(mean(steps))).toBeLessThan(5 * Math.sqrt(2 / hits));
    expect(Math.abs(mean(steps.map(Math.abs)) - 1)).toBeLessThan(5 / Math.sqrt(hits));
  });

  test('of nodes: the incoming weights of as many different neurons, any pair alike, nothing else', () => {
    const g = genetics('nodes');
    const before = drawn('parent');
    const neurons = layers.flatMap(({ neurons: count }, l) => range(count).map((j) => places(l, j).incoming));
    const counts = new Array<number>(18).fill(0);
    const draws = 3600;
    for (let k = 0; k < draws; k++) {
      const child = before.slice();
      operators.mutateNodes(g, child, 2);
      const hit = new Set(changed(before, child));
      const chosen = range(18).filter((n) => neurons[n].every((place) => hit.has(place)));
      expect(chosen.length).toBe(2);
      expect(hit.size).toBe(neurons[chosen[0]].length + neurons[chosen[1]].length);
      for (const n of chosen) counts[n]++;
    }
    // each of 18 with probability 1/9; 0.9999 quantile of chi-square with 17 degrees of freedom: 46.4 (of a sum with less spread)
    expect(counts.reduce((sum, count) => sum + (count - draws / 9) ** 2 / (draws / 9), 0)).toBeLessThan(46.4);
    const all = before.slice();
    operators.mutateNodes(g, all, 1000);
    expect(changed(before, all).length).toBe(126);
  });

  test('of the weakest nodes: all weights into and out of them; replaced where the network is better without, else added to', () => {
    const parent = new Float32Array(dimension).fill(1000);
    const without = new Float64Array(17).fill(9);
    without[2] = 4; // the third neuron of the first layer
    without[7 + 3] = 6; // the fourth of the second
    const mutated = (loss: number, count: number) => {
      const child = parent.slice();
      operators.mutateWeakest(genetics('weakest'), child, loss, without, count);
      return { hit: changed(parent, child), child };
    };
    const third = [2, 9, 16, 23, 30, ...range(10, 55)].sort((a, b) => a - b);
    const harmful = mutated(5, 1);
    expect(harmful.hit).toEqual(third);
    expect(third.every((i) => Math.abs(harmful.child[i]) < 30)).toBe(true);
    const useful = mutated(3, 1);
    expect(useful.hit).toEqual(third);
    expect(third.every((i) => Math.abs(useful.child[i] - 1000) < 30)).toBe(true);
    const both = mutated(5, 2);
    const fourth = [...range(7, 38, 10), 108, 118];
    expect(both.hit).toEqual([...new Set([...third, ...fourth])].sort((a, b) => a - b));
    // the weight from the one to the other, at 35 + 2 10 + 3, is mutated by both: at last a draw is added
    expect(fourth.filter((i) => i !== 58).every((i) => Math.abs(both.child[i] - 1000) < 30)).toBe(true);
  });
});

describe('crossovers', () => {
  const [zeros, ones] = [new Float32Array(dimension), new Float32Array(dimension).fill(1)];

  test('of weights: each from either parent', () => {
    const g = genetics('weights');
    let sum = 0;
    let equal = 0;
    for (let k = 0; k < 200; k++) {
      const child = new Float32Array(dimension).fill(7);
      operators.crossWeights(g, zeros, ones, child);
      expect(child.every((x) => x === 0 || x === 1)).toBe(true);
      for (let i = 0; i < dimension; i++) sum += child[i];
      for (let i = 1; i < dimension; i++) if (child[i] === child[i - 1]) equal++;
    }
    expect(Math.abs(sum - 100 * dimension)).toBeLessThan(5 * Math.sqrt(50 * dimension));
    expect(Math.abs(equal - 100 * (dimension - 1))).toBeLessThan(5 * Math.sqrt(50 * dimension));
  });

  test('of nodes: all that comes into a neuron from one parent, each neuron from either', () => {
    const g = genetics('crossed nodes');
    let fromSecond = 0;
    for (let k = 0; k < 200; k++) {
      const child = new Float32Array(dimension).fill(7);
      operators.crossNodes(g, zeros, ones, child);
      layers.forEach(({ neurons }, l) => {
        for (let j = 0; j < neurons; j++) {
          const values = new Set(places(l, j).incoming.map((i) => child[i]));
          expect(values.size).toBe(1);
          if (values.has(1)) fromSecond++;
        }
      });
    }
    expect(Math.abs(fromSecond - 1800)).toBeLessThan(5 * Math.sqrt(900));
  });

  test('rows are matched, nearest pairs first, each once', () => {
    // 5 is nearest to 4.9, which 4 would have taken, too
    expect([...matchRows(Float32Array.of(4, 5, 0), Float32Array.of(0.5, 4.9, 2), 3)]).toEqual([2, 1, 0]);
  });
});

describe('on the real network', () => {
  let engine: NetworkEngine;
  const rng = Rng.seeded('samples');
  const count = 40;
  const batch: Batch = {
    count,
    inputs: Float32Array.from({ length: 4 * count }, () => 2 * rng.normal()),
    targets: Float32Array.from({ length: count }, () => rng.below(2)),
  };
  beforeAll(async () => {
    engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
  });
  afterAll(() => engine.close());
  const predicted = (theta: Float32Array) => engine.predict(theta, batch.inputs, count);
  const largest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((x, i) => Math.abs(x - b[i])));

  /** Neurons of both hidden layers in another order. */
  function shuffled(theta: Float32Array): Float32Array {
    let [from, to] = [theta, new Float32Array(dimension)];
    for (const l of [0, 1]) {
      const order = Int32Array.from(range(layers[l].neurons));
      Rng.seeded(`order ${l}`).shuffle(order);
      reorder(layers, l, order, from, to);
      [from, to] = [to, new Float32Array(dimension)];
    }
    return from;
  }

  test('another order of the neurons is the same function', async () => {
    const theta = drawn('parent');
    const other = shuffled(theta);
    expect(changed(theta, other).length).toBeGreaterThan(100);
    expect(largest(await predicted(theta), await predicted(other))).toBeLessThan(1e-6);
  });

  test('two copies of one network in different orders cross to the same function by features, and not by nodes', async () => {
    const theta = drawn('parent');
    const second = shuffled(theta);
    const answers = async (point: Float32Array) => {
      const responses = await engine.responses(point, batch);
      return [0, 1].map((l) => answersOf(layers[l], responses));
    };
    const [own, other] = [await answers(theta), await answers(second)];
    const byNodes = new Float32Array(dimension);
    operators.crossNodes(genetics('cross'), theta, second, byNodes);
    const child = new Float32Array(dimension);
    operators.crossFeatures(genetics('cross'), theta, second, own, other, child);
    const wanted = await predicted(theta);
    expect(largest(await predicted(child), wanted)).toBeLessThan(1e-6);
    expect(largest(await predicted(byNodes), wanted)).toBeGreaterThan(0.01);
    expect([...child]).toEqual([...theta]); // put back in the first parent's order, weight by weight
  });

  test('a lobotomised neuron might as well answer 0', async () => {
    const theta = drawn('parent');
    const values = new Float32Array(17 * dimension);
    operators.lobotomize(genetics('any'), theta, values);
    const logistic = (x: number) => 1 / (1 + Math.exp(-x));
    for (const [silent, row] of [
      [[0, 2], 2],
      [[1, 3], 10],
    ] as const) {
      // the network by hand, with that neuron's answer put to 0
      const expected = range(count).map((sample) => {
        let signal = [...batch.inputs.subarray(4 * sample, 4 * sample + 4)];
        layers.forEach(({ neurons, fanIn, offset, biases }, l) => {
          signal = range(neurons).map((j) => {
            if (l === silent[0] && j === silent[1]) return 0;
            return logistic(range(fanIn).reduce((sum, i) => sum + signal[i] * theta[offset + i * neurons + j], theta[biases + j]));
          });
        });
        return signal[0];
      });
      const got = await predicted(values.slice(row * dimension, (row + 1) * dimension));
      expect(largest(got, Float32Array.from(expected))).toBeLessThan(1e-6);
    }
  });
});

describe('the course of the algorithm', () => {
  test('parents by rank: each 0.92 times as likely as the one before', () => {
    const rng = Rng.seeded('ranks');
    const counts = new Array<number>(50).fill(0);
    const draws = 100_000;
    for (let k = 0; k < draws; k++) counts[rankOf(50, 0.92, rng)]++;
    const total = (1 - 0.92 ** 50) / 0.08;
    const chiSquare = counts.reduce((sum, seen, k) => sum + (seen - (draws * 0.92 ** k) / total) ** 2 / ((draws * 0.92 ** k) / total), 0);
    expect(chiSquare).toBeLessThan(94.9); // 49 degrees of freedom: a chance of 1e-4
    expect(new Set(range(200).map(() => rankOf(3, 1, rng)))).toEqual(new Set([0, 1, 2]));
    expect(new Set(range(200).map(() => rankOf(3, 1e-9, rng)))).toEqual(new Set([0]));
  });

  test('the worst of the population and the child dies', () => {
    const state = montanaDavis.start(boxSpace(2, -1, 1), montanaDavis.options.parse({ populationSize: 3 }), Rng.seeded(1));
    const told = (...losses: number[]) => {
      montanaDavis.ask(state);
      montanaDavis.tell(state, { kind: 'losses', losses: Float64Array.from(losses) });
      return [...state.order].map((place) => state.losses[place]);
    };
    expect(told(3, 1, 2)).toEqual([1, 2, 3]);
    expect(told(4)).toEqual([1, 2, 3]);
    expect(told(1.5)).toEqual([1, 1.5, 2]);
    expect(told(0)).toEqual([0, 1, 1.5]);
    expect([...state.population.values.subarray(2 * state.order[0], 2 * state.order[0] + 2)]).toEqual([...state.child.values]);
    expect(told(Infinity)).toEqual([0, 1, 1.5]);
  });

  test('hillclimb steps down the normalised gradient; the step grows by 1.4 where that was lower, and shrinks to 0.4 where not', () => {
    const optimizer = new Optimizer(montanaDavis, boxSpace(2, -1, 1), {
      options: { populationSize: 2, mutateNodes: 0, crossoverNodes: 0, hillclimb: 1, stepSize: 0.1 },
    });
    optimizer.ask();
    optimizer.tell([1, 1]);
    // the deviation of a uniform start in [-1, 1] is 1 / sqrt(3)
    let step = 0.1 / Math.sqrt(3);
    for (const [loss, factor] of [
      [0.9, 1.4],
      [5, 0.4],
      [1, 0.4],
    ]) {
      const parent = optimizer.ask();
      if (parent.kind !== 'gradient') throw new Error(parent.kind);
      const [x, y] = parent.point;
      optimizer.tell({ kind: 'gradient', loss: 1, gradient: [3, -4] });
      const child = optimizer.ask();
      if (child.kind !== 'losses') throw new Error(child.kind);
      expect(child.population.values[0]).toBeCloseTo(Math.max(-1, x - 0.6 * step), 12);
      expect(child.population.values[1]).toBeCloseTo(Math.min(1, y + 0.8 * step), 12);
      optimizer.tell([loss]);
      step *= factor;
    }
  });

  const run = (options: object, evaluations: number) =>
    minimize('lofar-stand-in', 'montana-davis', {
      options: { mutateNodes: 0, crossoverNodes: 0, ...options },
      budget: { evaluations },
      provider: 'cpu',
      seed: 1,
    });

  test('every question is charged', async () => {
    // the population, then for each child the 17 hidden neurons and itself
    const weakest = await run({ mutateWeakestNodes: 1 }, 50 + 5 * 18);
    expect(weakest.cost).toMatchObject({ evaluations: 140, gradients: 0, samplePasses: 236 * 140 });
    // a pass through either parent for each child
    const features = await run({ crossoverFeatures: 1 }, 50 + 6);
    expect(features.cost).toMatchObject({ evaluations: 56, gradients: 0, samplePasses: 236 * (56 + 2 * 6) });
    const climbing = await run({ hillclimb: 1 }, 50 + 2 * 8);
    expect(climbing.cost).toMatchObject({ evaluations: 58, gradients: 8, samplePasses: 236 * (58 + 3 * 8) });
  });

  test('on the stand-in it learns: with its defaults, far below what always answering 1/2 gives', async () => {
    const { best } = await run({ mutateNodes: 1, crossoverNodes: 1 }, 2000);
    expect(236 * best.loss).toBeLessThan(236 / 4 / 3);
  });

  test('what it cannot do is said in words', () => {
    const begin = (options: object) => () => new Optimizer(montanaDavis, boxSpace(3, -1, 1), { options });
    expect(begin({ mutateWeakestNodes: 1 })).toThrow(/hidden neurons of a network, and here are none/);
    expect(begin({ crossoverFeatures: 1 })).toThrow(/set it to 0/);
    expect(begin({ mutateNodes: 0, crossoverNodes: 0 })).toThrow(/needs an operator/);
  });
});

test('golden traces', async () => {
  expect(await goldenTrace(montanaDavis)).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 85.28656065908564, 9.844094034039339,
  ]);
  expect(await goldenTrace(montanaDavis, { unbiasedMutateWeights: 1, biasedMutateWeights: 1, crossoverWeights: 1, hillclimb: 1 })).toEqual([
    2717.0815032074224, 1220.0591708306335, 220.8442306627973, 220.8442306627973, 5.1214562159586325, 0.6573071413804028,
  ]);
});
