/** Networks of many depths: what passes through their layers at the start, and how far each layer's weights move in training. */
import { mlp } from '../../models/mlp.js';
import { Rng } from '../../src/core/rng.js';
import { sampleStart } from '../../src/core/space.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { descend } from '../shared/descent.js';
import { type Samples, someOf } from '../shared/samples.js';
import { type StartName, startingSpace } from '../shared/starts.js';
import { deviation, rootMeanSquare } from '../shared/statistics.js';

export interface DeepSettings {
  /** Units of each hidden layer. */
  readonly width: number;
  readonly seeds: number;
  /** Samples that training goes over, and that are looked at. */
  readonly samples: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly updates: number;
  /** The rules of first points with which networks are trained too. */
  readonly trained: readonly StartName[];
}

/** One network of one seed; lists go from the layer next to the input to that of the outputs. */
export interface Deep {
  readonly start: StartName;
  readonly seed: number;
  /** Root mean square over samples and units of dLoss/ds, the loss being one sample's. */
  readonly signal: readonly number[];
  /** Root mean square of dLoss/dw, the loss being the mean. */
  readonly weightGradient: readonly number[];
  /** Standard deviation of the units' outputs. */
  readonly activation: readonly number[];
  readonly trained?: { readonly movement: readonly (readonly number[])[]; readonly loss: number; readonly accuracy: number };
}

/** After which updates a training is looked at: about evenly in the logarithm. */
export function marksOf(updates: number): number[] {
  const marks = [1, 2, 5].flatMap((factor) => [1, 10, 100, 1000, 10_000].map((power) => factor * power)).filter((mark) => mark < updates);
  return [...marks.sort((a, b) => a - b), updates];
}

/** All starts and seeds of one activation at one depth (the number of hidden layers). */
export async function measureDeep(
  activation: string,
  depth: number,
  starts: readonly StartName[],
  samples: Samples,
  settings: DeepSettings,
): Promise<Deep[]> {
  const { width, seeds, batch, learningRate, updates, trained } = settings;
  const network = mlp([samples.features, ...new Array<number>(depth).fill(width), 10], { activation });
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 1 });
  const shown = someOf(
    samples,
    Uint32Array.from({ length: Math.min(200, samples.count) }, (_, i) => i),
  );
  const found: Deep[] = [];
  try {
    for (const start of starts) {
      const space = startingSpace(network, start);
      for (let seed = 1; seed <= seeds; seed++) {
        const theta = new Float32Array(space.dimension);
        sampleStart(space, Rng.seeded(seed).fork(`start ${depth}`), theta);
        const probes = await engine.probes(theta, shown);
        const training = { updates, batch, learningRate, seed, marks: marksOf(updates) };
        const descent = trained.includes(start) ? await descend(engine, space, samples, training) : undefined;
        found.push({
          start,
          seed,
          signal: probes.map(({ signal }) => rootMeanSquare(signal) * shown.count),
          weightGradient: probes.map(({ weightGradient }) => rootMeanSquare(weightGradient)),
          activation: probes.map(({ values }) => deviation(values)),
          ...(descent && { trained: { movement: descent.movement, loss: descent.loss, accuracy: descent.accuracy } }),
        });
      }
    }
  } finally {
    await engine.close();
  }
  return found;
}
