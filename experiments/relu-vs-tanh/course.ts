/** One activation of `relu-vs-tanh`: its learning rate searched, then trained to the threshold. */
import type { Lab } from '../../src/lab/experiment.js';
import type { Text } from '../../src/lab/text.js';
import { crossing } from './crossing.js';
import { type EpochResult, fourLayers, type ImageTraining, loadImages, openImageTraining, type Start } from './image-training.js';

export interface ReluVsTanhSettings {
  readonly dataset: string;
  /** Images trained on. */
  readonly train: number;
  readonly width: number;
  readonly batch: number;
  readonly momentum: number;
  /** First weights that the comparison is made from, each on its own. */
  readonly starts: readonly Start[];
  /** Learning rates tried for each activation. */
  readonly rates: readonly number[];
  readonly searchEpochs: number;
  /** Images of the search. */
  readonly searchTrain: number;
  /** Training error to reach. */
  readonly threshold: number;
  readonly maxEpochs: number;
  /** Images that errors are measured on. */
  readonly measured: number;
}

export const activations = ['relu', 'tanh'] as const;
export type Activation = (typeof activations)[number];

/** What one activation gave from one kind of first weights. */
export interface Course {
  /** Training error of each rate after the search, 1 where it diverged. */
  readonly search: readonly number[];
  readonly rate: number;
  /** After 1, 2, ... epochs. */
  readonly trainErrors: readonly number[];
  readonly testErrors: readonly number[];
  /** Epochs to the threshold. */
  readonly reached: number | undefined;
}

interface Pair {
  readonly start: Start;
  readonly activation: Activation;
}

/** `told`: the share of this course that is done, 0 to 1, and what is under way. */
export async function courseOf(lab: Lab<ReluVsTanhSettings>, pair: Pair, told: (share: number, doing: Text) => void): Promise<Course> {
  const { settings, signal } = lab;
  const { rates, searchEpochs, searchTrain, train, threshold, maxEpochs } = settings;
  const { start, activation } = pair;
  const named = start === 'own' ? activation : `${activation}, ${start} start`;
  const namedZh = start === 'own' ? activation : `${activation}（小初始值）`;
  const search: number[] = [];
  for (const [i, rate] of rates.entries()) {
    told((0.2 * i) / rates.length, { en: `${named}: learning rate ${rate}`, zh: `${namedZh}：学习率 ${rate}` });
    search.push(
      await lab.step(`search ${named} ${rate}`, async () => {
        const training = await opened(settings, pair, rate, searchTrain);
        try {
          return (await training.epochs(searchEpochs, undefined, signal)).trainError;
        } finally {
          await training.close();
        }
      }),
    );
  }
  const rate = rates[search.indexOf(Math.min(...search))];
  const trainErrors: number[] = [];
  const testErrors: number[] = [];
  const chance = 0.9; // ten classes
  let last: EpochResult | undefined;
  let open: ImageTraining | undefined;
  try {
    while (trainErrors.length < maxEpochs && (last === undefined || last.trainError > threshold)) {
      const epoch = trainErrors.length + 1;
      told(0.2 + (0.8 * epoch) / maxEpochs, { en: `${named}: epoch ${epoch}`, zh: `${namedZh}：第 ${epoch} 轮` });
      last = await lab.step(`${named} epoch ${epoch}`, async () => {
        open ??= await opened(settings, pair, rate, train);
        return open.epochs(1, last?.state, signal);
      });
      trainErrors.push(last.trainError);
      testErrors.push(last.testError);
    }
  } finally {
    await open?.close();
  }
  return { search, rate, trainErrors, testErrors, reached: crossing(trainErrors, threshold, chance) };
}

async function opened(settings: ReluVsTanhSettings, pair: Pair, learningRate: number, train: number): Promise<ImageTraining> {
  const { dataset: name, width, batch, momentum, measured } = settings;
  const dataset = await loadImages(name, train);
  const network = fourLayers(dataset.raw.inputShape, dataset.raw.outputs, width, pair.activation, pair.start);
  return openImageTraining({ network, dataset, batch, learningRate, momentum, seed: 1, measured });
}
