/** Activations, their derivatives and ranges, and the lecture's exercise: why not f(x) = x? */
import type { Check, Experiment } from '../src/lab/experiment.js';
import { same } from '../src/lab/text.js';
import { type Curve, curveOf, slopeError } from './activations/curves.js';
import { figuresOf, type Measured, type Task, taskNames, tasks } from './activations/figures.js';
import { type Plane, type Trained, type TrainingSettings, train } from './activations/training.js';
import { mean } from './shared/intervals.js';
import { percent, short } from './shared/numbers-in-words.js';
import { type Samples, samplesOf } from './shared/samples.js';
import { hochreiter } from './vanishing/sources.js';

export interface ActivationSettings {
  readonly seeds: number;
  readonly xor: TrainingSettings;
  readonly 'two-spirals': TrainingSettings;
}

const names = ['logistic', 'tanh', 'relu', 'leaky-relu', 'identity', 'elu', 'softsign', 'gelu', 'swish'];
/** Near enough for central differences of softsign, whose curvature jumps at 0. */
const fine = Array.from({ length: 8193 }, (_, i) => (i - 4096) / 512);
/** -8 to 8 by 0.05; 0 among them. */
const inputs = Array.from({ length: 321 }, (_, i) => Number(((i - 160) / 20).toFixed(2)));
const planes: Readonly<Record<Task, Plane>> = {
  xor: { least: -0.5, most: 1.5, cells: 48 },
  'two-spirals': { least: -2.2, most: 2.2, cells: 72 },
};
const hidden = [16, 16, 16];

export const experiment: Experiment<ActivationSettings> = {
  name: 'activations',
  title: { en: 'Activations, their derivatives, and why not f(x) = x', zh: '激活函数、导数，以及为什么不能用 f(x) = x' },
  claim: {
    en: 'The lecture: the gradient of logistic and tanh is close to 0 beyond −6 and +6; that of relu is 1 above 0, else 0; that of leaky relu 1 at or above 0, else a. Its exercise: why not f(x) = x? Because a deep network of such units is one linear layer.',
    zh: '课程的论断：输入超出 −6 到 +6 时，logistic 与 tanh 的梯度接近 0；relu 的梯度在大于 0 时为 1，否则为 0；leaky relu 的梯度在不小于 0 时为 1，否则为 a。课后问题：为什么不能用 f(x) = x？因为那样的深层网络等同于一个线性层。',
  },
  method: {
    en: 'Values and slopes are the engine’s own: a network of one unit, and what comes back through it. Then networks 2-16-16-16-2 with each activation learn exclusive or and Lang and Witbrock’s two spirals (standardized) by Adam. The trained networks of f(x) = x are multiplied out, layer by layer, to a single layer, and both are asked over the whole plane.',
    zh: '函数值与斜率都来自引擎本身：只有一个单元的网络，以及反向传过它的量。然后用 Adam 训练 2-16-16-16-2 的网络（每种激活函数各一），学习异或和 Lang 与 Witbrock 的双螺旋（已标准化）。把训练好的 f(x) = x 网络逐层相乘，化为一个线性层，并在整个平面上比较二者的输出。',
  },
  refutation: {
    en: 'A slope at ±6 above a hundredth of the largest; a network of identity units whose answers differ from those of its single layer, or that learns more than 3 of the 4 corners; tanh, relu and leaky relu none of which learns them all with every seed; or 70 % or more of the two spirals for the identity.',
    zh: '在 ±6 处斜率超过最大值的百分之一；恒等函数的深层网络与其化成的单层网络输出不同，或在异或的 4 个角上学对 3 个以上；tanh、relu、leaky relu 中没有一个能在每个种子下都学会全部 4 个角；或者恒等函数在双螺旋上达到 70 % 或更高。',
  },
  sources: [
    hochreiter,
    {
      authors: 'K. J. Lang, M. J. Witbrock',
      year: 1988,
      title: 'Learning to tell two spirals apart (Proceedings of the 1988 Connectionist Models Summer School)',
    },
  ],
  settings: {
    quick: { seeds: 2, xor: { hidden, updates: 300, learningRate: 0.02 }, 'two-spirals': { hidden, updates: 800, learningRate: 0.02 } },
    full: { seeds: 5, xor: { hidden, updates: 500, learningRate: 0.02 }, 'two-spirals': { hidden, updates: 2000, learningRate: 0.02 } },
  },
  async run({ settings, step, progress }) {
    const curves = new Map<string, Curve>();
    let worst = 0;
    for (const name of names) {
      curves.set(name, await step(`curve ${name}`, () => curveOf(name, inputs)));
      worst = Math.max(worst, await step(`slopes ${name}`, async () => slopeError(await curveOf(name, fine))));
    }
    const samples: Record<Task, Samples> = {
      xor: await samplesOf('xor', undefined, 1),
      'two-spirals': await samplesOf('two-spirals', undefined, 1, true),
    };
    const trained: Record<Task, Map<string, Trained[]>> = { xor: new Map(), 'two-spirals': new Map() };
    let done = 0;
    for (const task of tasks) {
      for (const name of names) {
        progress(0.05 + (0.95 * done++) / (tasks.length * names.length), {
          en: `${name} on ${taskNames[task].en}`,
          zh: `${name}，${taskNames[task].zh}`,
        });
        const found: Trained[] = [];
        for (let seed = 1; seed <= settings.seeds; seed++) {
          found.push(await step(`${task} ${name} ${seed}`, () => train(name, samples[task], planes[task], seed, settings[task])));
        }
        trained[task].set(name, found);
      }
    }
    const measured: Measured = { curves, trained, samples, planes };
    const checks = checksOf(measured, settings.seeds, worst);
    const reproduced = checks.every(({ holds }) => holds !== false);
    const spirals = (name: string) => mean((trained['two-spirals'].get(name) ?? []).map(({ accuracy }) => accuracy));
    return {
      verdict: reproduced ? 'reproduced' : 'not reproduced',
      because: {
        en: `The slopes are as the lecture says. Four layers of f(x) = x answer as one linear layer does over the whole plane, and on the two spirals get ${percent(spirals('identity'))} right at the mean of the seeds, where tanh gets ${percent(spirals('tanh'))}. That a curved activation helps here says nothing yet of deep networks.`,
        zh: `斜率与课程所说一致。四层 f(x) = x 在整个平面上的输出与一个线性层相同；在双螺旋上平均只有 ${percent(spirals('identity'))} 正确，而 tanh 达到 ${percent(spirals('tanh'))}。非线性激活函数在这里有用，但这还不能说明深层网络的情况。`,
      },
      checks,
      figures: figuresOf(measured),
    };
  },
};

/** `worst`: the largest difference between a slope and central differences. */
function checksOf({ curves, trained }: Measured, seeds: number, worst: number): Check[] {
  const at = (name: string, x: number) => curves.get(name)?.slope[inputs.indexOf(x)] ?? Number.NaN;
  const steepest = (name: string) => Math.max(...(curves.get(name)?.slope ?? []));
  const range = (name: string) =>
    [Math.min(...(curves.get(name)?.y ?? [])), Math.max(...(curves.get(name)?.y ?? []))].map((value) => short(value)).join(' … ');
  const ranges = ['logistic', 'tanh', 'relu'].map(range);
  const accuracies = (task: Task, name: string) => (trained[task].get(name) ?? []).map(({ accuracy }) => accuracy);
  const collapse = Math.max(...tasks.flatMap((task) => (trained[task].get('identity') ?? []).map((one) => one.collapse ?? Number.NaN)));
  const best = Math.max(...accuracies('xor', 'identity'));
  const curved = ['tanh', 'relu', 'leaky-relu'];
  const learnt = Math.max(...curved.map((name) => Math.min(...accuracies('xor', name))));
  const kinks = [at('relu', -3), at('relu', 0), at('relu', 3), at('leaky-relu', -3), at('leaky-relu', 0), at('leaky-relu', 3)];
  return [
    {
      what: { en: 'Largest slope of the logistic function', zh: 'logistic 函数的最大斜率' },
      published: { value: '0.25', source: hochreiter, mark: 'S' },
      ours: same(short(steepest('logistic'))),
      value: steepest('logistic'),
      seeds: 0,
      holds: Math.abs(steepest('logistic') - 0.25) < 1e-6,
    },
    ...['logistic', 'tanh'].map((name): Check => {
      const value = Math.max(at(name, 6), at(name, -6)) / steepest(name);
      return {
        what: {
          en: `Slope of ${name} at ±6, as a share of its largest (at most 1 %)`,
          zh: `${name} 在 ±6 处的斜率与最大斜率之比（不超过 1 %）`,
        },
        ours: same(percent(value, 3)),
        value,
        seeds: 0,
        holds: value <= 0.01,
      };
    }),
    {
      what: {
        en: 'Slopes at −3, 0 and 3: relu 0, 0, 1; leaky relu (a = 0.01) 0.01, 1, 1',
        zh: '−3、0、3 处的斜率：relu 为 0、0、1；leaky relu（a = 0.01）为 0.01、1、1',
      },
      ours: same(kinks.map((value) => short(value)).join(', ')),
      seeds: 0,
      holds: [0, 0, 1, 0.01, 1, 1].every((value, i) => Math.abs(kinks[i] - value) < 1e-6),
    },
    {
      what: { en: 'Outputs for inputs from −8 to 8: logistic; tanh; relu', zh: '输入从 −8 到 8 时的输出范围：logistic；tanh；relu' },
      ours: { en: ranges.join('; '), zh: ranges.join('；') },
      seeds: 0,
    },
    {
      what: {
        en: 'Slopes against central differences of the values, all activations: largest difference (at most 0.005)',
        zh: '所有激活函数的斜率与函数值中心差分之差的最大值（不超过 0.005）',
      },
      ours: same(short(worst)),
      value: worst,
      seeds: 0,
      holds: worst <= 0.005,
    },
    {
      what: {
        en: 'f(x) = x: largest difference in probability between the deep network and its single layer (at most 0.0001)',
        zh: 'f(x) = x：深层网络与其化成的单层网络的概率之差的最大值（不超过 0.0001）',
      },
      ours: same(short(collapse)),
      value: collapse,
      seeds,
      holds: collapse <= 1e-4,
    },
    {
      what: {
        en: 'f(x) = x on exclusive or: best accuracy of all seeds (at most 3 of 4)',
        zh: 'f(x) = x 在异或上：所有种子中的最高准确率（不超过 3/4）',
      },
      ours: same(percent(best)),
      value: best,
      seeds,
      holds: best <= 0.75,
    },
    {
      what: {
        en: 'tanh, relu or leaky relu on exclusive or: the best of the three, its worst seed (100 %)',
        zh: 'tanh、relu、leaky relu 在异或上：三者中最好者的最差种子（100 %）',
      },
      ours: same(percent(learnt)),
      value: learnt,
      seeds,
      holds: learnt === 1,
    },
    ...['identity', 'tanh', 'relu', 'logistic'].map((name): Check => {
      const list = accuracies('two-spirals', name);
      return {
        what: {
          en: `${name} on the two spirals: mean training accuracy${name === 'identity' ? ' (below 70 %)' : ''}`,
          zh: `${name} 在双螺旋上的平均训练准确率${name === 'identity' ? '（低于 70 %）' : ''}`,
        },
        ours: same(percent(mean(list))),
        value: mean(list),
        seeds,
        ...(name === 'identity' && { holds: mean(list) < 0.7 }),
      };
    }),
  ];
}
