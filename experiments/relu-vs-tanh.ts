/**
 * Figure 1 of Krizhevsky, Sutskever and Hinton (2012): a four-layer convolutional network with ReLUs reaches 25 % training error on
 * CIFAR-10 six times faster than the same network with tanh; learning rates chosen independently, no regularization.
 */
import type { Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same, type Text } from '../src/lab/text.js';
import { crossing } from './relu-vs-tanh/crossing.js';
import { reluFigures } from './relu-vs-tanh/figures.js';
import { type EpochResult, fourLayers, type ImageTraining, loadImages, openImageTraining } from './relu-vs-tanh/image-training.js';
import { percent } from './shared/numbers-in-words.js';

const alexNet = {
  authors: 'A. Krizhevsky, I. Sutskever, G. E. Hinton',
  year: 2012,
  title: 'ImageNet Classification with Deep Convolutional Neural Networks',
  link: 'https://doi.org/10.1145/3065386',
};

export interface ReluVsTanhSettings {
  readonly dataset: string;
  /** Images trained on. */
  readonly train: number;
  readonly width: number;
  readonly batch: number;
  readonly momentum: number;
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

/** What one activation gave. */
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

/** Least ratio that counts as the published six, and as faster at all where the scale is another. */
const ratioNeeded = { full: 4, quick: 1.25 } as const;

export const experiment: Experiment<ReluVsTanhSettings> = {
  name: 'relu-vs-tanh',
  data: ['cifar10'],
  title: { en: 'ReLU against tanh', zh: 'ReLU 与 tanh 的比较' },
  claim: {
    en: 'AlexNet, Figure 1: a four-layer convolutional network with ReLUs reaches 25 % training error on CIFAR-10 six times faster than the same network with tanh units.',
    zh: 'AlexNet 论文图 1：在 CIFAR-10 上，使用 ReLU 的四层卷积网络达到 25 % 训练误差的速度是同样的 tanh 网络的六倍。',
  },
  method: {
    en: 'The paper does not specify its network; here it is three 5x5 convolutions of 32, 32 and 64 filters with overlapping pools and a dense layer (as layers-19pct of cuda-convnet, 89,578 parameters), pixels standardized, minibatches of 128, momentum 0.9, first values by the rule made for each activation (He’s for ReLU, Glorot’s for tanh), no regularization of any kind. The learning rate of each activation is the one of 0.003, 0.01, 0.03 and 0.1 with the lowest training error after a search on its own. Full form: all 50,000 images; training error on 10,000 of them after each epoch. Quick form: 2,000 images, a quarter of the filters, batches of 64, the rates 0.01 and 0.03, and 50 % in place of 25 %. One seed.',
    zh: '论文没有说明网络的细节；这里用三个 5x5 卷积层（32、32、64 个卷积核，重叠池化）加一个全连接层（与 cuda-convnet 的 layers-19pct 相同，89,578 个参数），像素标准化，小批量 128，动量 0.9，初始值用各激活函数自己的规则（ReLU 用 He，tanh 用 Glorot），没有任何正则化。每种激活函数各自在 0.003、0.01、0.03、0.1 中选学习率：先单独搜索，取训练误差最低者。完整版：全部 50,000 张图片，每轮之后在其中 10,000 张上测训练误差。快速版：2000 张图片，四分之一的卷积核，批量 64，学习率只取 0.01 和 0.03，目标改为 50 %。一个随机种子。',
  },
  refutation: {
    en: 'The full form: ReLU is less than four times as fast to 25 %. The quick form: it is not even a quarter faster.',
    zh: '完整版：ReLU 达到 25 % 的速度不到 tanh 的四倍。快速版：连快四分之一都不到。',
  },
  sources: [alexNet],
  settings: {
    quick: {
      dataset: 'cifar10',
      train: 2000,
      width: 8,
      batch: 64,
      momentum: 0.9,
      rates: [0.01, 0.03],
      searchEpochs: 4,
      searchTrain: 2000,
      threshold: 0.5,
      maxEpochs: 20,
      measured: 1000,
    },
    full: {
      dataset: 'cifar10',
      train: 50_000,
      width: 32,
      batch: 128,
      momentum: 0.9,
      rates: [0.003, 0.01, 0.03, 0.1],
      searchEpochs: 3,
      searchTrain: 5000,
      threshold: 0.25,
      maxEpochs: 60,
      measured: 10_000,
    },
  },
  run,
};

async function run(lab: Lab<ReluVsTanhSettings>): Promise<Findings> {
  const { settings, form } = lab;
  const courses: Course[] = [];
  for (const [i, activation] of activations.entries()) courses.push(await courseOf(lab, activation, i));
  const [relu, tanh] = courses;
  const ratio = relu.reached === undefined ? undefined : (tanh.reached ?? settings.maxEpochs) / relu.reached;
  const bound = tanh.reached === undefined ? { en: 'more than ', zh: '超过 ' } : { en: '', zh: '' };
  const holds = ratio !== undefined && ratio >= ratioNeeded[form];
  const goal = percent(settings.threshold, 0);
  const times = ratio === undefined ? same('–') : { en: `${bound.en}${ratio.toFixed(1)} times`, zh: `${bound.zh}${ratio.toFixed(1)} 倍` };
  return {
    verdict: !holds ? 'not reproduced' : form === 'full' ? 'reproduced' : 'stand-in',
    because: reason(settings, form, courses, times, holds),
    checks: [
      {
        what: { en: `Epochs of tanh / epochs of ReLU to ${goal} training error`, zh: `达到 ${goal} 训练误差所需轮数：tanh / ReLU` },
        published: { value: '6', source: alexNet, mark: 'V' },
        ours: times,
        ...(ratio !== undefined && { value: ratio }),
        seeds: 1,
        holds,
      },
      ...courses.map(({ reached, rate }, i) => ({
        what: {
          en: `${activations[i]}, learning rate ${rate}: epochs to ${goal}`,
          zh: `${activations[i]}，学习率 ${rate}：达到 ${goal} 的轮数`,
        },
        ours:
          reached === undefined ? { en: `not in ${settings.maxEpochs}`, zh: `${settings.maxEpochs} 轮内未达到` } : same(reached.toFixed(1)),
        ...(reached !== undefined && { value: reached }),
        seeds: 1,
      })),
    ],
    figures: reluFigures(courses, settings),
  };
}

async function courseOf(lab: Lab<ReluVsTanhSettings>, activation: Activation, index: number): Promise<Course> {
  const { settings, signal } = lab;
  const { rates, searchEpochs, searchTrain, train, threshold, maxEpochs } = settings;
  const told = (share: number, doing: Text) => lab.progress((index + share) / activations.length, doing);
  const search: number[] = [];
  for (const [i, rate] of rates.entries()) {
    told((0.2 * i) / rates.length, { en: `${activation}: learning rate ${rate}`, zh: `${activation}：学习率 ${rate}` });
    search.push(
      await lab.step(`search ${activation} ${rate}`, () =>
        withTraining(
          settings,
          activation,
          rate,
          searchTrain,
          async (training) => (await training.epochs(searchEpochs, undefined, signal)).trainError,
        ),
      ),
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
      told(0.2 + (0.8 * epoch) / maxEpochs, { en: `${activation}: epoch ${epoch}`, zh: `${activation}：第 ${epoch} 轮` });
      last = await lab.step(`${activation} epoch ${epoch}`, async () => {
        open ??= await opened(settings, activation, rate, train);
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

async function opened(settings: ReluVsTanhSettings, activation: Activation, learningRate: number, train: number): Promise<ImageTraining> {
  const { dataset: name, width, batch, momentum, measured } = settings;
  const dataset = await loadImages(name, train);
  const network = fourLayers(dataset.raw.inputShape, dataset.raw.outputs, width, activation);
  return openImageTraining({ network, dataset, batch, learningRate, momentum, seed: 1, measured });
}

async function withTraining<T>(
  settings: ReluVsTanhSettings,
  activation: Activation,
  rate: number,
  train: number,
  work: (training: ImageTraining) => Promise<T>,
): Promise<T> {
  const training = await opened(settings, activation, rate, train);
  try {
    return await work(training);
  } finally {
    await training.close();
  }
}

function reason(settings: ReluVsTanhSettings, form: 'quick' | 'full', [relu, tanh]: readonly Course[], times: Text, holds: boolean): Text {
  const { train, threshold, maxEpochs } = settings;
  const goal = percent(threshold, 0);
  const at = ({ reached }: Course) => reached?.toFixed(1) ?? `> ${maxEpochs}`;
  const scale =
    form === 'full'
      ? { en: '', zh: '' }
      : {
          en: ` This is a smaller network on ${train} images, so only the direction can be compared with the published six.`,
          zh: `这里用的是 ${train} 张图片和较小的网络，与论文的六倍只能比较方向。`,
        };
  return {
    en: `ReLU reached ${goal} training error after ${at(relu)} epochs at learning rate ${relu.rate}, tanh after ${at(tanh)} at ${tanh.rate}: a ratio of ${times.en}${holds ? '' : ', which is less than the claim needs'}.${scale.en} One seed each.`,
    zh: `ReLU（学习率 ${relu.rate}）用 ${at(relu)} 轮达到 ${goal} 的训练误差，tanh（学习率 ${tanh.rate}）用 ${at(tanh)} 轮，两者之比：${times.zh}${holds ? '' : '，达不到论断的要求'}。${scale.zh}各用一个随机种子。`,
  };
}
