/**
 * Figure 1 of Krizhevsky, Sutskever and Hinton (2012): a four-layer convolutional network with ReLUs reaches 25 % training error on
 * CIFAR-10 six times faster than the same network with tanh; learning rates chosen independently, no regularization.
 */
import type { Check, Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same, type Text } from '../src/lab/text.js';
import { activations, type Course, courseOf, type ReluVsTanhSettings } from './relu-vs-tanh/course.js';
import { reluFigures } from './relu-vs-tanh/figures.js';
import type { Start } from './relu-vs-tanh/image-training.js';
import { percent } from './shared/numbers-in-words.js';

const alexNet = {
  authors: 'A. Krizhevsky, I. Sutskever, G. E. Hinton',
  year: 2012,
  title: 'ImageNet Classification with Deep Convolutional Neural Networks',
  link: 'https://doi.org/10.1145/3065386',
};

/** ReLU and tanh from one kind of first weights. */
export interface Compared {
  readonly start: Start;
  readonly courses: readonly Course[];
  /** Epochs of tanh to the threshold, over those of ReLU; a lower bound where tanh never came there. */
  readonly ratio: number | undefined;
  readonly holds: boolean;
}

const startNames: Readonly<Record<Start, Text>> = {
  own: { en: 'today’s first weights', zh: '今天的初始值' },
  small: { en: 'small first weights as in 2012', zh: '2012 年那样的小初始值' },
};

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
    en: 'The paper does not specify its network; here it is three 5x5 convolutions of 32, 32 and 64 filters with overlapping pools and a dense layer (as layers-19pct of cuda-convnet, 89,578 parameters), pixels standardized, minibatches of 128, momentum 0.9, no regularization of any kind. Nor does it give the first weights: here they are today’s, by the rule made for each activation (He’s for ReLU, Glorot’s for tanh), and, in the full form, on their own also small ones as in 2012, with a standard deviation of 0.01 in every layer, which the paper states for its large network. The learning rate of each activation, for each kind of first weights, is the one of 0.003, 0.01, 0.03 and 0.1 with the lowest training error after a search on its own. Full form: all 50,000 images; training error on 10,000 of them after each epoch. Quick form: 2,000 images, a quarter of the filters, batches of 64, the rates 0.01 and 0.03, and 50 % in place of 25 %. One seed.',
    zh: '论文没有说明网络的细节；这里用三个 5x5 卷积层（32、32、64 个卷积核，重叠池化）加一个全连接层（与 cuda-convnet 的 layers-19pct 相同，89,578 个参数），像素标准化，小批量 128，动量 0.9，没有任何正则化。论文也没有给出初始值：这里用今天的规则（ReLU 用 He，tanh 用 Glorot）；完整版还另外用 2012 年那样的小初始值（每层标准差 0.01，即论文为其大网络给出的值）各做一次。每种激活函数（对每种初始值）各自在 0.003、0.01、0.03、0.1 中选学习率：先单独搜索，取训练误差最低者。完整版：全部 50,000 张图片，每轮之后在其中 10,000 张上测训练误差。快速版：2000 张图片，四分之一的卷积核，批量 64，学习率只取 0.01 和 0.03，目标改为 50 %。一个随机种子。',
  },
  refutation: {
    en: 'The full form: from either kind of first weights ReLU is less than four times as fast to 25 %. The quick form: it is not even a quarter faster.',
    zh: '完整版：从任一种初始值出发，ReLU 达到 25 % 的速度不到 tanh 的四倍。快速版：连快四分之一都不到。',
  },
  sources: [alexNet],
  settings: {
    quick: {
      dataset: 'cifar10',
      train: 2000,
      width: 8,
      batch: 64,
      momentum: 0.9,
      starts: ['own'],
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
      starts: ['own', 'small'],
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
  const compared: Compared[] = [];
  for (const [i, start] of settings.starts.entries()) {
    const courses: Course[] = [];
    for (const [k, activation] of activations.entries()) {
      const done = i * activations.length + k;
      const all = settings.starts.length * activations.length;
      courses.push(await courseOf(lab, { start, activation }, (share, doing) => lab.progress((done + share) / all, doing)));
    }
    compared.push(comparedOf(start, courses, settings, ratioNeeded[form]));
  }
  const all = compared.every(({ holds }) => holds);
  return {
    verdict: !all ? 'not reproduced' : form === 'full' ? 'reproduced' : 'stand-in',
    because: reason(settings, form, compared),
    checks: compared.flatMap((one) => checksOf(one, settings)),
    figures: reluFigures(compared, settings),
  };
}

function comparedOf(start: Start, courses: readonly Course[], { maxEpochs }: ReluVsTanhSettings, needed: number): Compared {
  const [relu, tanh] = courses;
  const ratio = relu.reached === undefined ? undefined : (tanh.reached ?? maxEpochs) / relu.reached;
  return { start, courses, ratio, holds: ratio !== undefined && ratio >= needed };
}

function timesOf({ ratio, courses: [, tanh] }: Compared): Text {
  if (ratio === undefined) return same('–');
  const bound = tanh.reached === undefined ? { en: 'more than ', zh: '超过 ' } : { en: '', zh: '' };
  return { en: `${bound.en}${ratio.toFixed(1)} times`, zh: `${bound.zh}${ratio.toFixed(1)} 倍` };
}

function checksOf(one: Compared, { threshold, maxEpochs }: ReluVsTanhSettings): Check[] {
  const { start, courses, ratio, holds } = one;
  const goal = percent(threshold, 0);
  const from = startNames[start];
  return [
    {
      what: {
        en: `Epochs of tanh / epochs of ReLU to ${goal} training error, ${from.en}`,
        zh: `达到 ${goal} 训练误差所需轮数：tanh / ReLU，${from.zh}`,
      },
      published: { value: '6', source: alexNet, mark: 'V' },
      ours: timesOf(one),
      ...(ratio !== undefined && { value: ratio }),
      seeds: 1,
      holds,
    },
    ...courses.map(({ reached, rate }, i) => ({
      what: {
        en: `${activations[i]}, ${from.en}, learning rate ${rate}: epochs to ${goal}`,
        zh: `${activations[i]}，${from.zh}，学习率 ${rate}：达到 ${goal} 的轮数`,
      },
      ours: reached === undefined ? { en: `not in ${maxEpochs}`, zh: `${maxEpochs} 轮内未达到` } : same(reached.toFixed(1)),
      ...(reached !== undefined && { value: reached }),
      seeds: 1,
    })),
  ];
}

function reason(settings: ReluVsTanhSettings, form: 'quick' | 'full', compared: readonly Compared[]): Text {
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
  const told = compared.map((one): Text => {
    const [relu, tanh] = one.courses;
    const times = timesOf(one);
    const from = startNames[one.start];
    return {
      en: `From ${from.en} ReLU reached ${goal} training error after ${at(relu)} epochs at learning rate ${relu.rate}, tanh after ${at(tanh)} at ${tanh.rate}: a ratio of ${times.en}${one.holds ? '' : ', which is less than the claim needs'}.`,
      zh: `${from.zh}：ReLU（学习率 ${relu.rate}）用 ${at(relu)} 轮达到 ${goal} 的训练误差，tanh（学习率 ${tanh.rate}）用 ${at(tanh)} 轮，两者之比：${times.zh}${one.holds ? '' : '，达不到论断的要求'}。`,
    };
  });
  return {
    en: `${told.map(({ en }) => en).join(' ')}${scale.en} One seed each.`,
    zh: `${told.map(({ zh }) => zh).join('')}${scale.zh}各用一个随机种子。`,
  };
}
