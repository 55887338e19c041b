/** The lecture's main proposal: where gradients vanish, train without them. */
import type { Experiment } from '../src/lab/experiment.js';
import { competitors, rectifierStudy, type Size, studyOf } from './without/competitors.js';
import { figuresOf } from './without/figures.js';
import { findingsOf, type Measured } from './without/findings.js';
import { movementOf } from './without/standings.js';

export interface WithoutSettings extends Size {
  /** Units of the hidden layers, the narrowest first. */
  readonly widths: readonly number[];
  /** Runs whose layers' movement is looked at. */
  readonly movementSeeds: number;
}

/** Of the progress: the studies', and of a width's that of the logistic networks. */
const trainingShare = 0.85;
const logisticShare = 8 / 9;

export const experiment: Experiment<WithoutSettings> = {
  name: 'without-gradients',
  title: { en: 'Deep logistic networks, trained without gradients', zh: '不用梯度训练深层 logistic 网络' },
  claim: {
    en: 'The lecture: where gradients vanish, derivative-free training by genetic algorithms and particle swarms is a remedy, because it needs no signal that passes back through the layers.',
    zh: '课程的论断：梯度消失时，可以用遗传算法、粒子群等无需求导的方法训练网络，因为它们不依赖逐层传回的信号。',
  },
  method: {
    en: 'Logistic networks of growing depth on Iris, first values as in the lecture. Every method gets the same number of samples passed through the network, a gradient counting three; all data in every query. Plain gradient descent with two rates and Adam; a genetic algorithm, a particle swarm, CMA-ES (a scale for each coordinate alone in wide networks), OpenAI-ES and L-SHADE with their default options. Beside it plain gradient descent with relu, the lecture’s other remedy. The source gives no numbers: the rules of the table are this experiment’s.',
    zh: '在鸢尾花数据上训练深度递增的 logistic 网络，初始化与课程相同。所有方法的样本前向次数相同，一次梯度计三次；每次查询使用全部数据。梯度方法：两种学习率的普通梯度下降和 Adam；无梯度方法：遗传算法、粒子群、CMA-ES（宽网络只保留逐坐标尺度）、OpenAI-ES 和 L-SHADE，均用默认选项。另有课程的另一种办法作对照：relu 加普通梯度下降。课程没有给出数值，表中的判断标准由本实验规定。',
  },
  refutation: {
    en: 'Plain gradient descent that learns the deepest network, or a genetic algorithm or particle swarm that does not get below 90 % of its loss. And of what is said to be the cause: plain gradient descent at rate 0.1 that moves the weights next to the input by more than a hundredth of the output’s, or a genetic algorithm or particle swarm that moves them by less than a tenth.',
    zh: '普通梯度下降学会了最深的网络，或者遗传算法、粒子群的损失没有降到它的 90 % 以下。关于原因：学习率 0.1 的普通梯度下降使靠近输入端的权重变化量超过输出层的百分之一，或者遗传算法、粒子群的这一比值不到十分之一。',
  },
  sources: [
    {
      authors: 'D. J. Montana, L. Davis',
      year: 1989,
      title: 'Training Feedforward Neural Networks Using Genetic Algorithms (IJCAI-89)',
      link: 'https://www.ijcai.org/Proceedings/89-1/Papers/122.pdf',
    },
    {
      authors: 'V. G. Gudise, G. K. Venayagamoorthy',
      year: 2003,
      title: 'Comparison of particle swarm optimization and backpropagation as training algorithms for neural networks',
      link: 'https://doi.org/10.1109/SIS.2003.1202255',
    },
  ],
  settings: {
    quick: { depths: [1, 4, 8], widths: [5], seeds: 2, samplePasses: 200_000, movementSeeds: 1 },
    full: { depths: [1, 2, 4, 6, 8], widths: [5, 16], seeds: 5, samplePasses: 720_000, movementSeeds: 3 },
  },
  async run({ settings, step, study, progress }) {
    const { depths, widths, seeds, samplePasses, movementSeeds } = settings;
    const studies: Measured['studies'][number][] = [];
    for (const [index, width] of widths.entries()) {
      const [from, rectified, to] = [index, index + logisticShare, index + 1].map((part) => (trainingShare * part) / widths.length);
      progress(from, { en: `networks of ${width} units a layer`, zh: `每层 ${width} 个单元的网络` }, rectified);
      const logistic = await study(`width ${width}`, studyOf(settings, width));
      progress(rectified, { en: 'the same with relu', zh: '同样的网络，relu' }, to);
      studies.push({ width, logistic, relu: await study(`relu width ${width}`, rectifierStudy(settings, width)) });
    }
    const deepest = depths[depths.length - 1];
    const movement = new Map<string, number[][]>();
    const moving = competitors(widths[0]);
    for (const [k, one] of moving.entries()) {
      progress(trainingShare + ((1 - trainingShare) * k) / moving.length, {
        en: `movement of the layers: ${one.title.en}`,
        zh: `各层的移动：${one.title.zh}`,
      });
      const found: number[][] = [];
      for (let seed = 1; seed <= movementSeeds; seed++) {
        found.push(await step(`movement ${one.label} ${seed}`, () => movementOf(one, deepest, widths[0], seed, samplePasses)));
      }
      movement.set(one.label, found);
    }
    const measured: Measured = { depths, seeds, studies, movement };
    return { ...findingsOf(measured), figures: figuresOf(measured, samplePasses) };
  },
};
