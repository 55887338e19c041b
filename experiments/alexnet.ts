/** AlexNet itself (Krizhevsky, Sutskever and Hinton 2012): its layers and parameters, a forward pass and a training step, time and memory. */
import { alexNet } from '../models/alexnet.js';
import type { Layer } from '../models/network.js';
import { parametersOf } from '../models/parameters.js';
import { layerShapes } from '../models/shapes.js';
import { Rng } from '../src/core/rng.js';
import { openNetworkEngine } from '../src/engine/ort-network-engine.js';
import type { Check, Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same } from '../src/lab/text.js';
import { short } from './shared/numbers-in-words.js';

export interface AlexNetSettings {
  readonly batch: number;
  readonly steps: number;
}

const paper = {
  authors: 'A. Krizhevsky, I. Sutskever, G. E. Hinton',
  year: 2012,
  title: 'ImageNet Classification with Deep Convolutional Neural Networks',
  link: 'https://doi.org/10.1145/3065386',
};

/** Parameters of each layer, as they follow from the paper's description. */
const derived = {
  conv1: 34_944,
  conv2: 307_456,
  conv3: 885_120,
  conv4: 663_936,
  conv5: 442_624,
  fc6: 37_752_832,
  fc7: 16_781_312,
  fc8: 4_097_000,
};
const total = 60_965_224;
const classes = 1000;

export const experiment: Experiment<AlexNetSettings> = {
  name: 'alexnet',
  title: { en: 'AlexNet: the network itself', zh: 'AlexNet：网络本身' },
  claim: {
    en: 'The paper: 60 million parameters in five convolutional and three dense layers, ReLUs, and dropout in the dense part.',
    zh: '论文：六千万个参数，五个卷积层和三个全连接层，使用 ReLU，全连接部分使用 Dropout。',
  },
  method: {
    en: 'The network as the paper describes it, with the second, fourth and fifth convolutions in two groups, overlapping 3x3 pools of stride 2, and dropout of rate 1/2 behind the first two dense layers; local response normalization, which has no parameters, is left out. First values as in the paper: normal with deviation 0.01, biases 1 in the second, fourth and fifth convolutions and the hidden dense layers, else 0. Random pictures and classes: nothing is learned here but whether a step of gradient descent (rate 0.01, dropout on) lowers the loss on the batch that it was taken on. Time and memory are those of this machine.',
    zh: '按论文描述的网络：第二、四、五个卷积层分两组，3x3、步长 2 的重叠池化，前两个全连接层之后是丢弃率 1/2 的 Dropout；没有参数的局部响应归一化（LRN）从略。初始值如论文：标准差 0.01 的正态分布，第二、四、五个卷积层和隐藏的全连接层的偏置为 1，其余为 0。图片和类别是随机的：这里只看一步梯度下降（学习率 0.01，启用 Dropout）能否降低这一批上的损失。时间和内存取自本机。',
  },
  refutation: {
    en: 'A layer with another number of parameters than follows from the paper, a sum other than 60,965,224, a loss before training that is 0.1 or more off that of guessing, or training steps that do not lower the loss.',
    zh: '某一层的参数个数与论文推出的不同，总和不是 60,965,224，训练之前的损失与随机猜测相差 0.1 或更多，或者训练步没有降低损失。',
  },
  sources: [paper],
  settings: { quick: { batch: 4, steps: 2 }, full: { batch: 128, steps: 5 } },
  run,
};

interface Measured {
  readonly forwardSeconds: number;
  readonly stepSeconds: number;
  /** On the first batch: before the first step, and after each. */
  readonly losses: readonly number[];
  readonly peakMegabytes: number;
}

async function run(lab: Lab<AlexNetSettings>): Promise<Findings> {
  const { settings } = lab;
  const network = alexNet();
  const shapes = layerShapes(network);
  const { dimension, layout } = parametersOf(network);
  const names = Object.keys(derived) as (keyof typeof derived)[];
  const counts = layout.flatMap(({ role, length }, i) => (role === 'weights' ? [length + layout[i + 1].length] : []));
  lab.progress(0, { en: 'a forward pass and training steps', zh: '前向传播与训练步' });
  const measured = await lab.step('measured', () => measure(settings, lab.signal));
  const [before, after] = [measured.losses[0], measured.losses.at(-1) ?? Number.NaN];
  const neurons = network.layers.flatMap(({ kind }, i) =>
    kind === 'conv' || kind === 'dense' ? [shapes[i].reduce((a, b) => a * b, 1)] : [],
  );
  const counted: Check[] = names.map((name, i) => ({
    what: { en: `Parameters of ${name}`, zh: `${name} 的参数个数` },
    published: { value: grouped(derived[name]), source: paper, mark: 'C' },
    ours: same(grouped(counts[i])),
    value: counts[i],
    seeds: 0,
    holds: counts[i] === derived[name],
  }));
  const checks: Check[] = [
    {
      what: { en: 'Parameters in all', zh: '参数总数' },
      published: {
        value: { en: '60 million; 60,965,224 by its arithmetic', zh: '6000 万；按论文所给尺寸计算为 60,965,224' },
        source: paper,
        mark: 'C',
      },
      ours: same(grouped(dimension)),
      value: dimension,
      seeds: 0,
      holds: dimension === total,
    },
    ...counted,
    {
      what: {
        en: 'Loss before any training: near that of guessing, ln 1000 = 6.908 (by less than 0.1)',
        zh: '训练之前的损失：接近随机猜测，即 ln 1000 = 6.908（相差小于 0.1）',
      },
      ours: same(short(before, 4)),
      value: before,
      seeds: 1,
      holds: Math.abs(before - Math.log(classes)) < 0.1,
    },
    {
      what: { en: 'Loss on the batch, before and after the training steps', zh: '这一批上的损失：训练步之前与之后' },
      ours: same(`${short(before, 4)} → ${short(after, 4)}`),
      value: after,
      seeds: 1,
      holds: after < before,
    },
    told(
      { en: `Forward pass of ${settings.batch} pictures`, zh: `${settings.batch} 张图片的前向传播` },
      `${short(measured.forwardSeconds)} s`,
      measured.forwardSeconds,
    ),
    told(
      { en: `Training step on ${settings.batch} pictures`, zh: `${settings.batch} 张图片的一个训练步` },
      `${short(measured.stepSeconds)} s`,
      measured.stepSeconds,
    ),
    told({ en: 'Peak memory of the process', zh: '进程的内存峰值' }, `${Math.round(measured.peakMegabytes)} MB`, measured.peakMegabytes),
  ];
  const all = checks.every(({ holds }) => holds !== false);
  return {
    verdict: all ? 'reproduced' : 'not reproduced',
    because: {
      en: `${grouped(dimension)} parameters, layer by layer those that follow from the paper; ${short((100 * (counts[5] + counts[6] + counts[7])) / dimension)} % of them in the dense layers. A training step on ${settings.batch} pictures took ${short(measured.stepSeconds)} s here, and ${settings.steps} of them took the loss on that batch from ${short(before, 4)} to ${short(after, 4)}. Its accuracy on ImageNet is not shown here: that takes 1.2 million pictures.`,
      zh: `共 ${grouped(dimension)} 个参数，每一层都与论文推出的相同，其中 ${short((100 * (counts[5] + counts[6] + counts[7])) / dimension)} % 在全连接层。在本机上，${settings.batch} 张图片的一个训练步用 ${short(measured.stepSeconds)} 秒，${settings.steps} 步使这一批上的损失从 ${short(before, 4)} 变为 ${short(after, 4)}。这里没有展示它在 ImageNet 上的准确率：那需要 120 万张图片。`,
    },
    checks,
    figures: [
      bars(
        'parameters',
        { en: 'Where the parameters are', zh: '参数在哪里' },
        {
          en: 'Nearly all parameters are in the dense layers, and there the paper has its dropout.',
          zh: '几乎所有参数都在全连接层，论文的 Dropout 也用在那里。',
        },
        { en: 'parameters', zh: '参数个数' },
        names,
        counts,
      ),
      bars(
        'neurons',
        { en: 'Where the neurons are', zh: '神经元在哪里' },
        {
          en: 'Outputs of each layer: the early convolutions have most. The paper writes 253,440 for the first; its own sizes give 55 x 55 x 96 = 290,400.',
          zh: '每一层的输出个数：前面的卷积层最多。论文写第一层为 253,440，而按其尺寸 55 x 55 x 96 = 290,400。',
        },
        { en: 'neurons', zh: '神经元个数' },
        names,
        neurons,
      ),
    ],
  };
}

function told(what: Check['what'], ours: string, value: number): Check {
  return { what, ours: same(ours), value, seeds: 1 };
}

function bars(
  id: string,
  title: Check['what'],
  reading: Check['what'],
  axis: Check['what'],
  names: readonly string[],
  values: readonly number[],
) {
  return {
    kind: 'bars' as const,
    id,
    title,
    reading,
    categories: names.map(same),
    value: { title: axis, min: 0 },
    series: [{ label: axis, values }],
  };
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}

/** The paper's first values: normal, deviation 0.01; biases 1 in conv2, conv4, conv5, fc6 and fc7, else 0. */
export function firstValues(layers: readonly Layer[], layout: ReturnType<typeof parametersOf>['layout'], rng: Rng): Float32Array {
  const last = layout[layout.length - 1];
  const theta = new Float32Array(last.offset + last.length);
  const weighted = layers.flatMap(({ kind }, index) => (kind === 'conv' || kind === 'dense' ? [index] : []));
  const ones = new Set([1, 3, 4, 5, 6].map((i) => weighted[i]));
  for (const { role, layer, offset, length } of layout) {
    if (role === 'biases') theta.fill(ones.has(layer) ? 1 : 0, offset, offset + length);
    else for (let i = offset; i < offset + length; i++) theta[i] = 0.01 * rng.normal();
  }
  return theta;
}

async function measure({ batch, steps }: AlexNetSettings, signal: AbortSignal): Promise<Measured> {
  const network = alexNet();
  const { layout } = parametersOf(network);
  const rng = Rng.seeded(1);
  const theta = firstValues(network.layers, layout, rng.fork('theta'));
  const pictures = rng.fork('pictures');
  const inputs = Float32Array.from({ length: batch * 3 * 224 * 224 }, () => pictures.normal());
  const targets = Int32Array.from({ length: batch }, () => pictures.below(classes));
  const engine = await openNetworkEngine(network, { provider: 'cpu', threads: 2, memoryBytes: 16 * 2 ** 30 });
  try {
    await engine.evaluate(theta, { count: batch, inputs, targets }); // builds the session
    let begun = performance.now();
    const losses = [(await engine.evaluate(theta, { count: batch, inputs, targets })).loss];
    const forwardSeconds = (performance.now() - begun) / 1000;
    const gradient = new Float32Array(theta.length);
    let stepSeconds = Number.POSITIVE_INFINITY;
    for (let step = 0; step < steps; step++) {
      signal.throwIfAborted();
      begun = performance.now();
      await engine.gradient(theta, { count: batch, inputs, targets, dropoutSeed: `step ${step}` }, gradient);
      for (let i = 0; i < theta.length; i++) theta[i] -= 0.01 * gradient[i];
      stepSeconds = Math.min(stepSeconds, (performance.now() - begun) / 1000);
      losses.push((await engine.evaluate(theta, { count: batch, inputs, targets })).loss);
    }
    return { forwardSeconds, stepSeconds, losses, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
  } finally {
    await engine.close();
  }
}
