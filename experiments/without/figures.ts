/** The pictures of the experiment. */
import type { Figure, Lines } from '../../src/lab/figure.js';
import type { StudyResults } from '../../src/study/results.js';
import { geometricMean } from '../shared/statistics.js';
import { competitors, parametersAt } from './competitors.js';
import type { Measured } from './findings.js';
import { guessing, lossAfter, medianLoss } from './standings.js';

export function figuresOf(measured: Measured, samplePasses: number): Figure[] {
  const { studies } = measured;
  return [
    ...studies.slice(0, 1).map((study) => byDepth(measured, study)),
    movementLines(measured),
    overCost(measured, samplePasses),
    ...studies.slice(1).map((study) => byDepth(measured, study)),
    ...studies.map((study) => lossMap(measured, study)),
  ];
}

type Study = Measured['studies'][number];

function byDepth({ depths }: Measured, { width, logistic, relu }: Study): Lines {
  return {
    kind: 'lines',
    id: `depth-${width}`,
    title: {
      en: `Deep logistic networks with gradients and without, at equal cost (${width} units a layer)`,
      zh: `深层 logistic 网络：有梯度与无梯度，同等代价（每层 ${width} 个单元）`,
    },
    reading: {
      en: 'Lower is better; the grey line at the top is guessing. Where plain gradient descent has reached it, the network does not learn. The other grey line is the lecture’s other remedy, relu, trained by plain gradient descent. Medians over the seeds.',
      zh: '越低越好；上方灰线是随机猜测，普通梯度下降到达该线即学不动。另一条灰线是课程的另一种办法：relu 加普通梯度下降。各点为各种子的中位数。',
    },
    x: { title: { en: 'Hidden layers', zh: '隐藏层数' } },
    y: { title: { en: 'Training loss at the end', zh: '最终训练损失' }, min: 0 },
    series: [
      ...competitors(width).map(({ label, title }) => ({
        label: title,
        x: depths,
        y: depths.map((_, problem) => medianLoss(logistic, label, problem)),
      })),
      {
        label: { en: 'guessing: ln 3', zh: '随机猜测：ln 3' },
        x: [depths[0], depths[depths.length - 1]],
        y: [guessing, guessing],
        reference: true,
      },
      {
        label: { en: 'relu, SGD', zh: 'relu，SGD' },
        x: depths,
        y: depths.map((_, problem) => medianLoss(relu, 'relu', problem)),
        reference: true,
      },
    ],
  };
}

function movementLines({ movement, studies, depths }: Measured): Lines {
  const [{ width }] = studies;
  const depth = depths[depths.length - 1];
  return {
    kind: 'lines',
    id: 'movement',
    title: {
      en: `How far each layer has moved (${depth} hidden layers of ${width})`,
      zh: `各层移动了多远（${depth} 个隐藏层，每层 ${width} 个单元）`,
    },
    reading: {
      en: 'Change of a layer’s weights relative to where they began: for gradients the first point, for the others the best of the first generation. The last layer is the output. Plain gradient descent at rate 0.1 moves the input side least; Adam, which uses gradients too, and the populations move all layers about alike, whether or not it helps.',
      zh: '各层权重相对起点的变化：梯度方法以初始点为起点，其余以第一代最优者为起点；最右是输出层。学习率 0.1 的普通梯度下降在输入端移动最少；同样使用梯度的 Adam 和群体方法则各层移动相近，不论有没有用。',
    },
    x: { title: { en: 'Layer, counted from the input', zh: '层（从输入端数起）' } },
    y: { title: { en: 'Change of the layer’s weights, relative to their size', zh: '该层权重的变化量（相对于初始大小）' }, log: true },
    series: competitors(width).flatMap(({ label, title }) => {
      const runs = movement.get(label) ?? [];
      if (runs.length === 0) return [];
      return [{ label: title, x: runs[0].map((_, k) => k + 1), y: runs[0].map((_, k) => geometricMean(runs.map((run) => run[k]))) }];
    }),
  };
}

function overCost({ depths, studies: [{ width, logistic }] }: Measured, samplePasses: number): Lines {
  const problem = depths.length - 1;
  const x = Array.from({ length: 22 }, (_, i) => Math.round(samplePasses * 10 ** ((i - 21) / 7)));
  return {
    kind: 'lines',
    id: 'cost',
    title: {
      en: `The same over what was spent (${depths[problem]} hidden layers of ${width})`,
      zh: `损失随代价的变化（${depths[problem]} 个隐藏层，每层 ${width} 个单元）`,
    },
    reading: {
      en: 'Best loss so far over samples passed through the network (a gradient counts three). A line that stays at the top is a method that found no way down.',
      zh: '到目前为止的最低损失随样本前向次数的变化（一次梯度计三次）。一直停在上方的线，就是找不到下降方向的方法。',
    },
    x: { title: { en: 'Sample-passes', zh: '样本前向次数' }, log: true },
    y: { title: { en: 'Best training loss so far', zh: '目前最低训练损失' }, min: 0 },
    series: competitors(width).map(({ label, title }) => ({ label: title, x, y: x.map((at) => lossAfter(logistic, label, problem, at)) })),
  };
}

function lossMap({ depths }: Measured, { width, logistic }: { width: number; logistic: StudyResults }): Figure {
  const own = competitors(width);
  return {
    kind: 'heat map',
    id: `losses-${width}`,
    title: { en: `Final losses, ${width} units a layer`, zh: `最终损失，每层 ${width} 个单元` },
    reading: { en: 'Medians over the seeds. Yellow is guessing.', zh: '各种子的中位数。黄色即随机猜测。' },
    x: {
      title: { en: 'Hidden layers (parameters)', zh: '隐藏层数（参数个数）' },
      labels: depths.map((depth) => `${depth} (${parametersAt(depth, width)})`),
    },
    y: { title: { en: 'Method', zh: '方法' }, labels: own.map(({ title }) => title) },
    value: {
      title: { en: 'Training loss at the end', zh: '最终训练损失' },
      min: 0,
      max: Math.max(guessing, ...own.flatMap(({ label }) => depths.map((_, p) => medianLoss(logistic, label, p)))),
    },
    values: own.map(({ label }) => depths.map((_, problem) => medianLoss(logistic, label, problem))),
    numbers: true,
  };
}
