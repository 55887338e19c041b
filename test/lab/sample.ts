/** An experiment with a figure of every kind, whose numbers are easy to foresee. */
import type { Experiment } from '../../src/lab/experiment.js';
import type { Figure } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';

const text = (en: string, zh: string): Text => ({ en, zh });
const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const layers = count(10);
/** 4^-k, as the logistic function lets it through at most. */
export const decay = layers.map((k) => 4 ** -k);

export const lines: Figure = {
  kind: 'lines',
  id: 'lines',
  title: text('The signal shrinks towards the input', '信号向输入端逐层衰减'),
  reading: text(
    'One line for each activation; lower on the left is a vanished gradient.',
    '每条线是一种激活函数；左侧越低，梯度消失越严重。',
  ),
  x: { title: text('Layer, from the input', '层（从输入端数起）') },
  y: { title: text('Root mean square of the back-propagated signal', '反向传播信号的均方根'), log: true },
  series: [
    {
      label: text('logistic', 'logistic 函数'),
      x: layers.map((k) => k + 1),
      y: [...decay].reverse(),
      low: [...decay].reverse().map((v) => v / 2),
      high: [...decay].reverse().map((v) => v * 2),
    },
    { label: same('relu'), x: layers.map((k) => k + 1), y: layers.map((k) => (k === 4 ? null : 0.8 + 0.02 * k)) },
    { label: text('bound 1/4 a layer', '每层 1/4 的上界'), x: [1, 10], y: [4 ** -9, 1], reference: true },
  ],
};

export const bars: Figure = {
  kind: 'bars',
  id: 'bars',
  title: text('Accuracy on the test part', '测试集准确率'),
  reading: text('Whiskers are the quartiles of seven seeds.', '须线为七个种子的四分位数。'),
  categories: [
    text('gradient descent', '梯度下降'),
    text('a particle swarm of forty particles', '四十个粒子的粒子群'),
    text('genetic algorithm', '遗传算法'),
  ],
  value: { title: text('Test accuracy', '测试准确率'), percent: true, min: 0, max: 1 },
  series: [
    { label: text('4 layers', '4 层'), values: [0.9, 0.5, 0.25], low: [0.85, 0.4, 0.2], high: [0.95, 0.6, 0.3] },
    { label: text('8 layers', '8 层'), values: [0.1, null, 0.75] },
    { label: text('guessing', '随机猜测'), values: [0.33, 0.33, 0.33], reference: true },
  ],
};

export const histograms: Figure = {
  kind: 'histograms',
  id: 'histograms',
  title: text('Outputs of the units, layer by layer', '逐层的神经元输出'),
  reading: text('Bars at the ends are saturated units.', '两端的柱表示饱和的神经元。'),
  x: { title: text('Output', '输出') },
  edges: count(11).map((i) => i / 10),
  rows: count(3).map((r) => ({ label: text(`layer ${r + 1}`, `第 ${r + 1} 层`), counts: count(10).map((i) => (i === 3 * r ? 40 : 8)) })),
};

export const heatMap: Figure = {
  kind: 'heat map',
  id: 'heat-map',
  title: text('Signal by depth and layer', '各深度各层的信号'),
  reading: text('Dark is a signal that has vanished.', '深色表示信号已经消失。'),
  x: { title: text('Layer', '层'), labels: ['1', '2', '3', '4'] },
  y: {
    title: text('Depth of the network', '网络深度'),
    labels: [text('2 layers', '2 层'), text('3 layers', '3 层'), text('4 layers', '4 层')],
  },
  value: { title: text('Signal', '信号'), log: true },
  values: [
    [0.01, 1, null, null],
    [0.001, 0.1, 0.5, null],
    [1e-5, 1e-3, 0.1, 1],
  ],
  numbers: true,
};

/** Class 1 to the right of x = 0.5. */
export const boundary: Figure = {
  kind: 'boundary',
  id: 'boundary',
  title: text('What the network has learnt', '网络学到的决策边界'),
  reading: text('Blue: class 0; orange: class 1.', '蓝色：类别 0；橙色：类别 1。'),
  x: { title: same('x'), min: 0, max: 1 },
  y: { title: same('y'), min: 0, max: 1 },
  columns: 20,
  rows: 20,
  field: count(400).map((i) => ((i % 20) + 0.5) / 20),
  points: [
    { x: 0.2, y: 0.3, label: 0 },
    { x: 0.8, y: 0.7, label: 1 },
    { x: 0.7, y: 0.2, label: 1, test: true },
  ],
};

export const images: Figure = {
  kind: 'images',
  id: 'images',
  title: text('Weights of the first layer', '第一层的权重'),
  reading: text('Red is positive, blue negative.', '红色为正，蓝色为负。'),
  width: 4,
  height: 4,
  channels: 1,
  images: count(6).map((k) => ({
    label: text(`unit ${k + 1}`, `神经元 ${k + 1}`),
    values: count(16).map((i) => (i === k ? 1 : i === 15 ? -1 : 0)),
  })),
};

export const path: Figure = {
  kind: 'path',
  id: 'path',
  title: text('A swarm over a bowl', '粒子群在碗形曲面上'),
  reading: text('Bright is a high loss. The points gather where it is least.', '亮处损失高，粒子聚集到损失最小处。'),
  x: { title: same('x'), min: -1, max: 1 },
  y: { title: same('y'), min: -1, max: 1 },
  columns: 21,
  rows: 21,
  surface: count(441).map((i) => (((i % 21) - 10) / 10) ** 2 + ((Math.floor(i / 21) - 10) / 10) ** 2),
  optimum: [0, 0],
  frames: count(8).map((k) => ({
    label: text(`generation ${k}`, `第 ${k} 代`),
    evaluations: 6 * (k + 1),
    loss: Number(((0.9 * 0.7 ** k) ** 2).toPrecision(3)),
    points: count(6).flatMap((i) => [0.9 * Math.cos(i) * 0.7 ** k, 0.9 * Math.sin(i) * 0.7 ** k]),
    best: [0.9 * 0.7 ** k, 0] as const,
  })),
};

export const figures: readonly Figure[] = [lines, bars, histograms, heatMap, boundary, images, path];

const source = {
  authors: 'S. Hochreiter',
  year: 1991,
  title: 'Untersuchungen zu dynamischen neuronalen Netzen',
  link: 'https://example.org/h91',
};

export interface SampleSettings {
  readonly parts: number;
}

export const sample: Experiment<SampleSettings> = {
  name: 'sample',
  title: text('A sample of every figure', '每种图的样例'),
  claim: text('Deep logistic networks do not learn at the input side.', '深层 logistic 网络在输入端学不动。'),
  method: text('Nothing is trained: the numbers are made up, to be foreseen.', '不作训练：数值是设定的，便于预知。'),
  refutation: text('A level line.', '一条水平线。'),
  sources: [source],
  settings: { quick: { parts: 3 }, full: { parts: 5 } },
  async run(lab) {
    const { parts } = lab.settings;
    let sum = 0;
    for (let k = 0; k < parts; k++) {
      lab.progress(k / parts, text(`part ${k + 1} of ${parts}`, `第 ${k + 1} / ${parts} 部分`));
      sum += await lab.step(`part ${k}`, async () => k + 1);
    }
    return {
      verdict: 'reproduced',
      because: text(`The sum is ${sum}.`, `总和为 ${sum}。`),
      checks: [
        {
          what: text('largest slope of the logistic function', 'logistic 函数的最大斜率'),
          published: { value: '0.25', source, mark: 'S' },
          ours: same('0.25'),
          value: 0.25,
          seeds: 0,
          holds: true,
        },
        { what: text('sum', '总和'), ours: same(String(sum)), value: sum, seeds: 1 },
      ],
      figures,
    };
  },
};
