/** The lecture's first point: with gradients and squashing units, the layers next to the input of a deep network hardly learn. */
import type { Experiment } from '../src/lab/experiment.js';
import { samplesOf } from './shared/samples.js';
import { startNames } from './shared/starts.js';
import { errorFlow } from './vanishing/chain.js';
import { checksOf, verdictOf } from './vanishing/checks.js';
import { type Deep, type DeepSettings, marksOf, measureDeep } from './vanishing/deep.js';
import { figuresOf } from './vanishing/figures.js';
import { type ActivationOf, activations, type Measured } from './vanishing/results.js';
import { glorot, he, hochreiter } from './vanishing/sources.js';
import { measureWide, type Wide } from './vanishing/wide.js';

export interface VanishingSettings extends DeepSettings {
  readonly depths: readonly number[];
  readonly focus: number;
  /** Units of a layer, and networks, of the checks before training. */
  readonly wide: { readonly width: number; readonly seeds: number; readonly samples: number };
}

const chainWeights = [1, 2, 3, 4, 6, 8];

export const experiment: Experiment<VanishingSettings> = {
  name: 'vanishing-gradients',
  data: ['mnist'],
  title: { en: 'Vanishing gradients: which layers of a deep network learn', zh: '梯度消失：深层网络的哪些层在学习' },
  claim: {
    en: 'The lecture: trained by gradients, networks of units whose output range is much smaller than their input range (logistic, tanh) stop changing, or change very slowly, near the input, and the more so the deeper they are; relu and leaky relu do not.',
    zh: '课程的论断：用梯度训练时，若激活函数的输出范围远小于输入范围（logistic、tanh），靠近输入端的权重几乎不变或变化极慢，网络越深越严重；relu 与 leaky relu 则不会。',
  },
  method: {
    en: 'Networks 784-30-...-30-10 of each depth, activation and rule of first values on MNIST digits. Before training: the error signal dLoss/ds at every layer, by back-propagation through the real engine. Then plain gradient descent, one learning rate for all, and how far each layer’s weights move relative to their size. Beside it, where theory gives numbers, wide networks before any training: five tanh layers (Glorot and Bengio; here on MNIST, theirs on Shapeset images), rectifiers (He et al.), and a chain of logistic units (Hochreiter). Published numbers of these works are from secondary sources.',
    zh: '在 MNIST 手写数字上，对每种深度、激活函数与初始化方法构造 784-30-…-30-10 的网络。训练前：用真实引擎反向传播，测量每一层的误差信号 dLoss/ds。然后用普通梯度下降训练（学习率都相同），测量每层权重相对自身大小移动了多少。另外，在理论给出数值的地方，测量未经训练的宽网络：五层 tanh（Glorot 与 Bengio；此处用 MNIST，原文用 Shapeset 图像）、修正线性单元（He 等）、logistic 单元链（Hochreiter）。这些文献的数值引自二手来源。',
  },
  refutation: {
    en: 'A deep logistic or tanh network, started as in the lecture, whose input-side weights move more than a hundredth as much as those of its output, or not less and less with depth; relu networks whose input side moves less than a tenth; initial statistics away from theory.',
    zh: '采用课程初始化的深层 logistic 或 tanh 网络，靠近输入端的权重变化超过输出层的百分之一，或不随深度减小；relu 网络输入端的变化不到输出层的十分之一；初始统计量与理论不符。',
  },
  sources: [hochreiter, glorot, he],
  settings: {
    quick: {
      depths: [1, 2, 4, 6, 8, 10],
      focus: 10,
      width: 30,
      seeds: 2,
      samples: 500,
      batch: 50,
      learningRate: 0.1,
      updates: 200,
      trained: ['lecture'],
      wide: { width: 300, seeds: 2, samples: 200 },
    },
    full: {
      depths: [1, 2, 3, 4, 5, 6, 7, 8, 10, 15],
      focus: 10,
      width: 30,
      seeds: 3,
      samples: 1000,
      batch: 50,
      learningRate: 0.1,
      updates: 400,
      trained: ['lecture', 'standard'],
      wide: { width: 1000, seeds: 3, samples: 300 },
    },
  },
  async run({ settings, step, progress }) {
    const { depths, focus, samples: count, wide } = settings;
    const samples = await samplesOf('mnist', count, 1);
    const deep = Object.fromEntries(activations.map((activation) => [activation, new Map<number, readonly Deep[]>()])) as unknown as Record<
      ActivationOf,
      Map<number, readonly Deep[]>
    >;
    const whole = depths.reduce((sum, depth) => sum + depth + 2, 0) * activations.length;
    let done = 0;
    for (const activation of activations) {
      for (const depth of depths) {
        progress((0.9 * done) / whole, {
          en: `${activation}, ${depth} hidden layer${depth === 1 ? '' : 's'}`,
          zh: `${activation}，${depth} 个隐藏层`,
        });
        deep[activation].set(
          depth,
          await step(`${activation} depth ${depth}`, () => measureDeep(activation, depth, startNames, samples, settings)),
        );
        done += depth + 2;
      }
    }
    progress(0.9, { en: 'wide networks before training', zh: '训练前的宽网络' });
    const shown = await samplesOf('mnist', wide.samples, 2);
    const wideOf = async (activation: 'tanh' | 'relu', depth: number, start: 'standard' | 'glorot' | 'lecture' | 'lecun') => {
      const found: Wide[] = [];
      for (let seed = 1; seed <= wide.seeds; seed++) {
        found.push(await step(`wide ${activation} ${start} ${seed}`, () => measureWide(activation, depth, wide.width, start, seed, shown)));
      }
      return found;
    };
    const measured: Measured = {
      depths,
      focus,
      deep,
      tanh: { standard: await wideOf('tanh', 5, 'standard'), glorot: await wideOf('tanh', 5, 'glorot') },
      relu: { lecture: await wideOf('relu', 10, 'lecture'), lecun: await wideOf('relu', 10, 'lecun') },
      chains: new Map(
        await step('chains', () => Promise.all(chainWeights.map(async (w): Promise<[number, number[]]> => [w, await errorFlow(w, 10)]))),
      ),
    };
    const checks = checksOf(measured);
    return { ...verdictOf(checks, measured), checks, figures: figuresOf(measured, marksOf(settings.updates), settings.trained) };
  },
};
