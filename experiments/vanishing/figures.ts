/** The pictures of the experiment. */
import type { Figure, HeatMap, Lines } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import { type StartName, startNames } from '../shared/starts.js';
import { binEdges, geometricMean } from '../shared/statistics.js';
import { type ActivationOf, activations, type Measured, runsOf, signalRatio } from './results.js';
import { histogramBins } from './wide.js';

export const nameOf: Readonly<Record<ActivationOf, Text>> = {
  logistic: same('logistic'),
  tanh: same('tanh'),
  relu: same('relu'),
  'leaky-relu': same('leaky relu'),
};

const startOf: Readonly<Record<StartName, Text>> = {
  lecture: { en: 'lecture (variance 2/n)', zh: '课程（方差 2/n）' },
  glorot: { en: 'normalized (Glorot)', zh: '归一化（Glorot）' },
  lecun: { en: 'LeCun (variance 1/n)', zh: 'LeCun（方差 1/n）' },
  standard: { en: 'standard uniform', zh: '标准（均匀分布）' },
};

const layerTitle: Text = { en: 'Layer, counted from the input', zh: '层（从输入端数起）' };
const movementTitle: Text = { en: 'Change of a layer’s weights, relative to their size', zh: '该层权重的变化量（相对于初始大小）' };

/** `marks`: the updates at which trainings were looked at. `trained`: the rules of first values with which there was training. */
export function figuresOf(measured: Measured, marks: readonly number[], trained: readonly StartName[]): Figure[] {
  return [
    signalLines(measured),
    ...trained.flatMap((start) => activations.map((activation) => movementMap(measured, activation, start))),
    ...(['logistic', 'relu'] as const).map((activation) => overTraining(measured, activation, marks)),
    startsMap(measured, startNames),
    losses(measured),
    chains(measured),
    glorotLines(measured),
    ...(['standard', 'glorot'] as const).map((start) => saturation(measured, start)),
    rectifiers(measured),
  ];
}

function signalLines(measured: Measured): Lines {
  const { focus } = measured;
  const layers = Array.from({ length: focus }, (_, k) => k + 1);
  return {
    kind: 'lines',
    id: 'signal',
    title: { en: `How much of the error signal reaches each of ${focus} layers`, zh: `误差信号传到 ${focus} 层中的每一层时还剩多少` },
    reading: {
      en: 'Training sends an error signal from the output (right) back to the input (left). 1 is the last hidden layer. With logistic units hardly anything arrives at the left; with relu nearly all does (leaky relu lies on it), and with tanh, started as in the lecture, all of it. Bands are the range of the seeds.',
      zh: '训练时误差信号从输出端（右）传回输入端（左），最后一个隐藏层记为 1。logistic 网络左端几乎收不到信号，relu 几乎不损失（leaky relu 与它重合），采用课程初始化的 tanh 也不损失。色带为各种子的范围。',
    },
    x: { title: layerTitle },
    y: { title: { en: 'Back-propagated signal (last hidden layer = 1)', zh: '反向传播的信号（最后一个隐藏层 = 1）' }, log: true },
    series: activations.map((activation) => {
      const runs = runsOf(measured, activation, focus, 'lecture').map(({ signal }) => layers.map((k) => signal[k - 1] / signal[focus - 1]));
      return {
        label: nameOf[activation],
        x: layers,
        y: layers.map((_, k) => geometricMean(runs.map((run) => run[k]))),
        low: layers.map((_, k) => Math.min(...runs.map((run) => run[k]))),
        high: layers.map((_, k) => Math.max(...runs.map((run) => run[k]))),
      };
    }),
  };
}

function movementMap(measured: Measured, activation: ActivationOf, start: StartName): HeatMap {
  const { depths } = measured;
  const most = Math.max(...depths) + 1;
  return {
    kind: 'heat map',
    id: start === 'lecture' ? `movement-${activation}` : `movement-${activation}-${start}`,
    group: `movement-${start}`,
    title: {
      en: `${nameOf[activation].en}, ${startOf[start].en} start: which layers learn`,
      zh: `${nameOf[activation].zh}，${startOf[start].zh}初始化：哪些层在学习`,
    },
    reading: {
      en: 'One row for each network; its last cell is the output layer. Bright: the layer’s weights have changed much; dark: they stand still.',
      zh: '每行一个网络，最右一格是输出层。亮：该层权重变化大；暗：几乎不动。',
    },
    x: { title: layerTitle, labels: Array.from({ length: most }, (_, k) => String(k + 1)) },
    y: { title: { en: 'Hidden layers', zh: '隐藏层数' }, labels: depths.map(String) },
    value: { title: movementTitle, log: true },
    values: depths.map((depth) => {
      const runs = runsOf(measured, activation, depth, start).flatMap(({ trained }) =>
        trained === undefined ? [] : [trained.movement[trained.movement.length - 1]],
      );
      return Array.from({ length: most }, (_, k) => (k > depth ? null : geometricMean(runs.map((run) => run[k]))));
    }),
  };
}

function overTraining(measured: Measured, activation: ActivationOf, marks: readonly number[]): Lines {
  const { depths } = measured;
  const depth = depths.reduce((best, one) => (Math.abs(one - 6) < Math.abs(best - 6) ? one : best));
  const runs = runsOf(measured, activation, depth, 'lecture').flatMap(({ trained }) => (trained === undefined ? [] : [trained.movement]));
  return {
    kind: 'lines',
    id: `training-${activation}`,
    group: 'training',
    title: {
      en: `${nameOf[activation].en}, ${depth} hidden layers, over training`,
      zh: `${nameOf[activation].zh}，${depth} 个隐藏层：训练过程`,
    },
    reading: {
      en: 'One line for each layer. Where the lowest lines are those next to the input, the input side has stopped learning.',
      zh: '每条线是一层。若最低的线是靠近输入端的层，说明输入端停止了学习。',
    },
    x: { title: { en: 'Updates', zh: '更新次数' }, log: true },
    y: { title: movementTitle, log: true },
    series: Array.from({ length: depth + 1 }, (_, k) => ({
      label: k === depth ? { en: 'output', zh: '输出层' } : { en: `layer ${k + 1}`, zh: `第 ${k + 1} 层` },
      x: marks,
      y: marks.map((_, m) => geometricMean(runs.map((run) => run[m][k]))),
    })),
  };
}

function startsMap(measured: Measured, starts: readonly StartName[]): HeatMap {
  const { focus } = measured;
  return {
    kind: 'heat map',
    id: 'starts',
    title: {
      en: `Activation and first values together decide the signal (${focus} hidden layers)`,
      zh: `信号由激活函数与初始化共同决定（${focus} 个隐藏层）`,
    },
    reading: {
      en: `Signal at the first hidden layer over that at the last one, before training. 1 is level; logistic vanishes with every start, and with the standard one everything does.`,
      zh: '训练前，第一个隐藏层与最后一个隐藏层的信号之比。1 表示不衰减；logistic 的信号在任何初始化下都消失，标准初始化下所有激活函数的信号都消失。',
    },
    x: { title: { en: 'First values of the weights', zh: '权重的初始化' }, labels: starts.map((start) => startOf[start]) },
    y: { title: { en: 'Activation', zh: '激活函数' }, labels: activations.map((activation) => nameOf[activation]) },
    value: { title: { en: 'Signal, first over last hidden layer', zh: '信号：第一个与最后一个隐藏层之比' }, log: true },
    values: activations.map((activation) => starts.map((start) => signalRatio(measured, activation, focus, start))),
    numbers: true,
  };
}

function losses(measured: Measured): Lines {
  const { depths } = measured;
  return {
    kind: 'lines',
    id: 'losses',
    title: { en: 'What it costs: the loss after training, by depth', zh: '后果：训练后的损失随深度的变化' },
    reading: {
      en: 'The dashed line is guessing one of ten classes. Deep logistic networks do not leave it; tanh, started as in the lecture, learns at every depth. Bands are the range of the seeds.',
      zh: '虚线是在十个类别中随机猜测。深层 logistic 网络离不开这条线；采用课程初始化的 tanh 在各种深度下都能学习。色带为各种子的范围。',
    },
    x: { title: { en: 'Hidden layers', zh: '隐藏层数' } },
    y: { title: { en: 'Training loss', zh: '训练损失' }, min: 0 },
    series: [
      ...activations.map((activation) => {
        const at = depths.map((depth) =>
          runsOf(measured, activation, depth, 'lecture').flatMap(({ trained }) => (trained === undefined ? [] : [trained.loss])),
        );
        return {
          label: nameOf[activation],
          x: depths,
          y: at.map((list) => list.reduce((sum, loss) => sum + loss, 0) / list.length),
          low: at.map((list) => Math.min(...list)),
          high: at.map((list) => Math.max(...list)),
        };
      }),
      {
        label: { en: 'guessing: ln 10', zh: '随机猜测：ln 10' },
        x: [depths[0], depths[depths.length - 1]],
        y: [Math.log(10), Math.log(10)],
        reference: true,
      },
    ],
  };
}

function chains({ chains: flows }: Measured): Lines {
  return {
    kind: 'lines',
    id: 'hochreiter',
    title: { en: 'Hochreiter’s bound: logistic units at their steepest', zh: 'Hochreiter 上界：logistic 单元处于最陡处' },
    reading: {
      en: 'A chain of single units whose weights are all w, each where its slope is greatest, 1/4. The error flow changes by w/4 a layer: below 4 it shrinks however fortunate the network.',
      zh: '每层一个单元、权重都为 w 的链，每个单元都处在斜率最大（1/4）处。误差流每层乘以 w/4：w 小于 4 时，无论多幸运都会缩小。',
    },
    x: { title: layerTitle },
    y: { title: { en: 'Error flow (last layer = 1)', zh: '误差流（最后一层 = 1）' }, log: true },
    series: [...flows].map(([w, flow]) => ({
      label: same(`w = ${w}`),
      x: flow.map((_, k) => k + 1),
      y: flow,
      ...(w === 4 && { reference: true }),
    })),
  };
}

function glorotLines({ tanh }: Measured): Lines {
  const layers = tanh.standard[0].signal.map((_, k) => k + 1);
  const mean = (start: 'standard' | 'glorot', what: 'signal' | 'weightGradient') => {
    const values = layers.map((_, k) => geometricMean(tanh[start].map((run) => run[what][k])));
    return values.map((value) => value / values[values.length - 1]);
  };
  const line = (start: 'standard' | 'glorot', what: 'signal' | 'weightGradient') => ({
    label:
      what === 'signal'
        ? { en: `signal, ${startOf[start].en}`, zh: `信号，${startOf[start].zh}` }
        : { en: `weight gradient, ${startOf[start].en}`, zh: `权重梯度，${startOf[start].zh}` },
    x: layers,
    y: mean(start, what),
  });
  return {
    kind: 'lines',
    id: 'glorot',
    title: {
      en: 'Five tanh layers before training (Glorot and Bengio’s figures 7 and 8)',
      zh: '训练前的五层 tanh（Glorot 与 Bengio 的图 7、图 8）',
    },
    reading: {
      en: 'With the standard start the signal shrinks towards the input, yet the weight gradient stays level: what vanishes backwards is made up by what grows forwards.',
      zh: '标准初始化下信号向输入端缩小，而权重梯度却持平：反向的缩小恰好被前向激活值的增大抵消。',
    },
    x: { title: layerTitle },
    y: { title: { en: 'Relative to layer 5', zh: '相对于第 5 层' }, log: true },
    series: [line('standard', 'signal'), line('glorot', 'signal'), line('standard', 'weightGradient'), line('glorot', 'weightGradient')],
  };
}

function saturation({ tanh }: Measured, start: 'standard' | 'glorot'): Figure {
  const [first] = tanh[start];
  return {
    kind: 'histograms',
    id: `outputs-${start}`,
    group: 'outputs',
    title: { en: `Outputs of tanh units: ${startOf[start].en}`, zh: `tanh 单元的输出：${startOf[start].zh}` },
    reading: {
      en: 'A spike at 0 that narrows from layer to layer: the signal dies out on its way forwards.',
      zh: '若峰值逐层收窄到 0，说明信号在前向传播中逐渐消失。',
    },
    x: { title: { en: 'Output', zh: '输出' } },
    edges: binEdges(-1, 1, histogramBins),
    rows: first.histograms.map((counts, k) => ({ label: { en: `layer ${k + 1}`, zh: `第 ${k + 1} 层` }, counts })),
  };
}

function rectifiers({ relu }: Measured): Lines {
  const series = (['lecture', 'lecun'] as const).map((start) => {
    const runs = relu[start].map((run) => run.rootMeanSquare);
    return {
      label: startOf[start],
      x: runs[0].map((_, k) => k + 1),
      y: runs[0].map((_, k) => geometricMean(runs.map((run) => run[k] / run[0]))),
    };
  });
  const { x } = series[0];
  return {
    kind: 'lines',
    id: 'he',
    title: { en: 'relu before training: why variance 2/n', zh: '训练前的 relu：为什么用方差 2/n' },
    reading: {
      en: 'Half of a rectifier’s input is cut off. With variance 2/n the outputs keep their size; with 1/n they lose a factor √2 a layer, the dashed line.',
      zh: '修正线性单元截去一半输入。方差取 2/n 时输出幅度保持不变；取 1/n 时每层缩小 √2 倍（虚线）。',
    },
    x: { title: layerTitle },
    y: { title: { en: 'Size of the outputs (layer 1 = 1)', zh: '输出幅度（第 1 层 = 1）' }, log: true },
    series: [...series, { label: same('2^(−k/2)'), x, y: x.map((k) => Math.SQRT1_2 ** (k - 1)), reference: true }],
  };
}
