/** Networks of growing width on two moons with wrong labels: errors over the training, and what they answer over the plane. */
import { mlp } from '../../models/mlp.js';
import { Rng } from '../../src/core/rng.js';
import { openNetworkEngine } from '../../src/engine/ort-network-engine.js';
import { networkObjective } from '../../src/problems/network-objective.js';
import { adam } from '../../strategies/adam.js';
import { batchOf, ownDataset, partOf } from '../shared/own-data.js';
import { Training } from '../shared/training.js';
import { moons } from './noisy-data.js';

export interface MoonSettings {
  readonly train: number;
  readonly test: number;
  /** Share of wrong labels in the training part; the test part has none. */
  readonly wrong: number;
  /** Steps of Adam after which errors are measured, ascending. */
  readonly marks: readonly number[];
  readonly learningRate: number;
}

/** The part of the plane that is shown, and its cells. */
export const plane = { x: [-1.7, 2.7], y: [-1.3, 1.8], columns: 88, rows: 62 } as const;

export interface NetworkCourse {
  /** Errors at each mark. */
  readonly trainErrors: readonly number[];
  readonly testErrors: readonly number[];
  /** On points of its own, as many as the test's, by which a width may be chosen. */
  readonly validationErrors: readonly number[];
  /** At the last mark: the probability of class 1 in the cells of `plane`, row-major from the lower left, where asked for. */
  readonly field?: readonly number[];
}

export function moonData({ train, test, wrong }: MoonSettings, seed: number) {
  const rng = Rng.seeded(seed).fork('moons');
  const data = { train: moons(train, wrong, rng.fork('train')), test: moons(test, 0, rng.fork('test')) };
  const validation = moons(test, 0, rng.fork('validation'));
  const dataset = ownDataset({ name: 'moons with wrong labels', kind: 'classification', features: 2, outputs: 2, ...data });
  return { dataset, validation: partOf(validation) };
}

/** 2-w-w-2 tanh on all training points in every step. */
export async function trainWidth(
  settings: MoonSettings,
  width: number,
  seed: number,
  withField: boolean,
  signal: AbortSignal,
): Promise<NetworkCourse> {
  const { dataset, validation } = moonData(settings, seed);
  const engine = await openNetworkEngine(mlp([2, width, width, 2], { activation: 'tanh' }), { provider: 'cpu', threads: 1 });
  try {
    const objective = networkObjective(engine, dataset, { rng: Rng.seeded(seed) });
    const training = Training.start(objective, adam, { seed, options: { learningRate: settings.learningRate } });
    const parts = [dataset.train, dataset.test ?? dataset.train, validation].map((part) => batchOf(dataset, part));
    const errors: number[][] = [[], [], []];
    for (const mark of settings.marks) {
      await training.advanceTo(mark, signal);
      for (const [i, part] of parts.entries()) errors[i].push(1 - ((await engine.evaluate(training.point, part)).accuracy ?? 0));
    }
    const [trainErrors, testErrors, validationErrors] = errors;
    if (!withField) return { trainErrors, testErrors, validationErrors };
    const probabilities = await engine.predict(training.point, cells(), plane.columns * plane.rows);
    return {
      trainErrors,
      testErrors,
      validationErrors,
      field: Array.from({ length: plane.columns * plane.rows }, (_, i) => rounded(probabilities[2 * i + 1])),
    };
  } finally {
    await engine.close();
  }
}

/** The middles of the cells. */
function cells(): Float32Array {
  const { x, y, columns, rows } = plane;
  const inputs = new Float32Array(2 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = 2 * (row * columns + column);
      inputs[at] = x[0] + ((column + 0.5) / columns) * (x[1] - x[0]);
      inputs[at + 1] = y[0] + ((row + 0.5) / rows) * (y[1] - y[0]);
    }
  }
  return inputs;
}

function rounded(probability: number): number {
  return Math.round(1000 * probability) / 1000;
}
