/**
 * The order of Tables 2 and 9 of Srivastava et al. (2014): on permutation-invariant MNIST a dense network is said to err least with dropout
 * and max-norm together. At a smaller scale: fewer units, fewer updates, fewer training images.
 */
import type { Check, Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same, type Text } from '../src/lab/text.js';
import type { StudyResults } from '../src/study/results.js';
import { halfInterval, mean } from './shared/intervals.js';
import { percent, short } from './shared/numbers-in-words.js';

export interface DropoutMnistSettings {
  readonly units: number;
  readonly train: number;
  readonly batch: number;
  readonly updates: number;
  readonly learningRate: number;
  readonly seeds: number;
}

const srivastava = {
  authors: 'N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov',
  year: 2014,
  title: 'Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
  link: 'https://jmlr.org/papers/v15/srivastava14a.html',
};

interface Method {
  readonly name: string;
  readonly title: Text;
  readonly activation: 'relu' | 'logistic';
  /** In the words of a problem id. */
  readonly settings: string;
  /** Test error in %, of Table 9 (784-1024-1024-2048-10), or of Table 2 where it is not in that one. */
  readonly published?: number;
}

const text = (en: string, zh: string): Text => ({ en, zh });

const methods: readonly Method[] = [
  { name: 'none', title: text('none', '无'), activation: 'relu', settings: '' },
  { name: 'l2', title: same('L2'), activation: 'relu', settings: ',l2=0.00001', published: 1.62 },
  { name: 'max-norm', title: text('max-norm', '最大范数'), activation: 'relu', settings: ',maxnorm=2', published: 1.35 },
  {
    name: 'dropout-l2',
    title: text('dropout + L2', 'Dropout + L2'),
    activation: 'relu',
    settings: ',dropout=0.5,l2=0.00001',
    published: 1.25,
  },
  {
    name: 'dropout-max-norm',
    title: text('dropout + max-norm', 'Dropout + 最大范数'),
    activation: 'relu',
    settings: ',dropout=0.5,maxnorm=2',
    published: 1.05,
  },
  {
    name: 'dropout-logistic',
    title: text('dropout, logistic', 'Dropout，logistic'),
    activation: 'logistic',
    settings: ',dropout=0.5',
    published: 1.35,
  },
];

/** All pairs that the claim names, phrase by phrase: the first errs less than the second. */
const order: readonly (readonly [string, string])[] = [
  ['max-norm', 'l2'],
  // dropout less than either
  ['dropout-l2', 'l2'],
  ['dropout-l2', 'max-norm'],
  ['dropout-max-norm', 'l2'],
  ['dropout-max-norm', 'max-norm'],
  // dropout with max-norm least
  ['dropout-max-norm', 'dropout-l2'],
  // ReLUs less than logistic units, both with dropout
  ['dropout-l2', 'dropout-logistic'],
  ['dropout-max-norm', 'dropout-logistic'],
];

const common = { batch: 128, learningRate: 0.02 };

export const experiment: Experiment<DropoutMnistSettings> = {
  name: 'dropout-mnist',
  data: ['mnist'],
  title: { en: 'Dropout on MNIST', zh: 'MNIST 上的 Dropout' },
  claim: {
    en: 'Srivastava et al., Tables 2 and 9: max-norm errs less than L2, dropout less than either, dropout with max-norm least, and, with dropout, ReLUs less than logistic units.',
    zh: 'Srivastava 等人，表 2 和表 9：最大范数的错误少于 L2，加上 Dropout 更少，Dropout 加最大范数最少；同用 Dropout 时，ReLU 少于 logistic 单元。',
  },
  method: {
    en: 'A network of two hidden layers on MNIST pixels, SGD with momentum 0.95, minibatches of 128; dropout of rate 1/2 behind both hidden layers (the paper also drops a fifth of the inputs), max-norm 2, decoupled L2. Scaled down from 1,024 to 2,048 units a layer, three layers, all 60,000 images and a million updates: full form 512 units, 10,000 images, 8,000 updates, 5 seeds; quick form 128 units, 2,000 images, 600 updates, 2 seeds. The test error is that of the point with the lowest training loss among those measured.',
    zh: '在 MNIST 像素上训练两个隐藏层的网络，SGD，动量 0.95，小批量 128；两个隐藏层之后各有丢弃率 1/2 的 Dropout（论文还丢弃五分之一的输入），最大范数 2，解耦 L2。论文规模为三层、每层 1024 至 2048 个单元、全部 60,000 张图片、一百万次更新；这里缩小：完整版 512 个单元、10,000 张图片、8000 次更新、5 个种子；快速版 128 个单元、2000 张图片、600 次更新、2 个种子。测试错误率取自测量过的点中训练损失最低的一个。',
  },
  refutation: {
    en: 'A pair of the order whose 95 % interval of paired differences lies on the wrong side of 0; the order counts as shown where the interval of every pair that the claim names lies on the right side. An interval around 0 decides nothing: it shows no order and refutes none.',
    zh: '次序中某一对的配对差的 95 % 区间落在 0 的错误一侧；只有论断提到的每一对的区间都在正确一侧时，才算显示了这个次序。区间包含 0 则未能判定：既不显示也不否定次序。',
  },
  sources: [srivastava],
  settings: {
    quick: { ...common, units: 128, train: 2000, updates: 600, seeds: 2 },
    full: { ...common, units: 512, train: 10_000, updates: 8000, seeds: 5 },
  },
  run,
};

async function run(lab: Lab<DropoutMnistSettings>): Promise<Findings> {
  const { units, train, batch, updates, learningRate, seeds } = lab.settings;
  const errors = new Map<string, number[]>();
  const losses = new Map<string, number[]>();
  for (const [i, { name, title, activation, settings }] of methods.entries()) {
    lab.progress(i / methods.length, title, (i + 1) / methods.length);
    const results = await lab.study(name, {
      problems: [`mnist(784-${units}-${units}-10,${activation},batch=${batch},train=${train}${settings})`],
      strategies: [{ name: 'sgd', options: { learningRate, momentum: 0.95 } }],
      seeds,
      budget: { evaluations: updates },
    });
    errors.set(name, errorsOf(results));
    losses.set(
      name,
      results.runs.map(({ final }) => final.loss ?? Number.POSITIVE_INFINITY),
    );
  }
  const of = (name: string) => errors.get(name) ?? [];
  const checks = order.map(([better, worse]) => orderCheck(better, worse, of(better), of(worse)));
  const shown = checks.every(({ holds }) => holds);
  const means = methods.map(({ name }) => mean(of(name)));
  const halves = methods.map(({ name }) => halfInterval(of(name)));
  const told = (language: 'en' | 'zh') =>
    methods.map(({ title }, i) => `${title[language]} ${percent(means[i], 2)}`).join(language === 'en' ? ', ' : '，');
  const held = checks.filter(({ holds }) => holds).length;
  const reversed = order.filter(([better, worse]) => directionOf(of(better), of(worse)) === 'reversed');
  const undecided = checks.length - held - reversed.length;
  const pairs = (language: 'en' | 'zh', between: string) =>
    reversed.map(([better, worse]) => `${titleOf(better)[language]}${between}${titleOf(worse)[language]}`);
  const [logistic, rectified] = ['dropout-logistic', 'dropout-l2'].map((name) => short(mean(losses.get(name) ?? []), 2));
  return {
    verdict: shown ? 'stand-in' : 'not reproduced',
    because: {
      en: `Mean test errors over ${seeds} seeds: ${told('en')}. Of the ${checks.length} pairs that the claim names ${held} came out in its order beyond doubt and ${reversed.length} beyond doubt the other way round${reversed.length === 0 ? '' : ` (${pairs('en', ' against ').join('; ')})`}${undecided === 0 ? '' : `; ${undecided} ${undecided === 1 ? 'was' : 'were'} not decided by ${seeds} seeds`}. This is with ${units} units, ${train} images and ${updates} updates: a scale at which the published errors cannot be compared, only their order. The logistic network is not trained out in so few updates: its training loss ends at ${logistic}, that of the same network of ReLUs with dropout and L2 at ${rectified}; so its distance says how fast it learns as much as how well.`,
      zh: `${seeds} 个种子的平均测试错误率：${told('zh')}。论断提到的 ${checks.length} 对中，${held} 对确定符合论文的次序，${reversed.length} 对确定相反${reversed.length === 0 ? '' : `（${pairs('zh', ' 对 ').join('；')}）`}${undecided === 0 ? '' : `，${undecided} 对用 ${seeds} 个种子未能判定`}。规模为 ${units} 个单元、${train} 张图片、${updates} 次更新，只能比较次序，不能比较数值。这么少的更新次数下 logistic 网络还没有训练完：其训练损失停在 ${logistic}，同样带 Dropout、用 ReLU 和 L2 的网络为 ${rectified}；因此它的差距既反映学得好不好，也反映学得快不快。`,
    },
    checks: [...checks, ...methods.map((method, i) => methodCheck(method, means[i], halves[i], seeds))],
    figures: [
      {
        kind: 'bars',
        id: 'test-error',
        title: { en: 'Test error by remedy', zh: '各种方法的测试错误率' },
        reading: {
          en: 'Mean and 95 % interval over the seeds; beside it the published error of a far larger network trained far longer. Compare the order, not the height: where two bars stand the other way round than their dashes, the table says whether that is beyond doubt.',
          zh: '各种子的平均值和 95 % 区间；旁边是大得多、训练久得多的网络的发表值。比较次序，而不是高度；若两根柱的次序与发表值相反，表中说明这一差别是否确定。',
        },
        categories: methods.map(({ title }) => title),
        value: { title: { en: 'test error', zh: '测试错误率' }, percent: true, min: 0 },
        series: [
          {
            label: { en: 'ours', zh: '本实验' },
            values: means,
            low: means.map((m, i) => m - (halves[i] ?? 0)),
            high: means.map((m, i) => m + (halves[i] ?? 0)),
          },
          {
            label: { en: 'published', zh: '发表值' },
            values: methods.map(({ published }) => (published === undefined ? null : published / 100)),
            reference: true,
          },
        ],
      },
    ],
  };
}

function errorsOf({ runs }: StudyResults): number[] {
  return runs.map(({ final }) => 1 - (final.testAccuracy ?? 0));
}

const titleOf = (method: string) => methods.find(({ name }) => name === method)?.title ?? same(method);

/** On which side of 0 the 95 % interval of the paired differences lies: below it a is less. One seed decides nothing. */
export function directionOf(a: readonly number[], b: readonly number[]): 'as claimed' | 'reversed' | 'undecided' {
  const differences = a.map((error, i) => error - b[i]);
  const half = halfInterval(differences) ?? Number.POSITIVE_INFINITY;
  const centre = mean(differences);
  if (centre + half < 0) return 'as claimed';
  return centre - half > 0 ? 'reversed' : 'undecided';
}

/** Whether `better` errs less. */
export function orderCheck(better: string, worse: string, a: readonly number[], b: readonly number[]): Check {
  const differences = a.map((error, i) => error - b[i]);
  const half = halfInterval(differences);
  const centre = mean(differences);
  const direction = directionOf(a, b);
  const size = `${centre > 0 ? '+' : '−'}${points(Math.abs(centre))}${half === undefined ? '' : ` ± ${points(half)}`}`;
  const seeds = a.length;
  const [en, zh] = {
    'as claimed': ['', ''],
    reversed: [': the other way round', '：次序相反'],
    undecided: [`: not decided by ${seeds} seed${seeds === 1 ? '' : 's'}`, `：${seeds} 个种子未能判定`],
  }[direction];
  return {
    what: { en: `${titleOf(better).en} errs less than ${titleOf(worse).en}`, zh: `${titleOf(better).zh} 的错误少于 ${titleOf(worse).zh}` },
    ours: { en: `${size} points${en}`, zh: `${size} 个百分点${zh}` },
    value: centre,
    seeds,
    holds: direction === 'as claimed',
  };
}

const points = (share: number) => (100 * share).toFixed(2);

/** One seed has no interval. */
function within(half: number | undefined): string {
  return half === undefined ? '' : ` ± ${percent(half, 2)}`;
}

function methodCheck({ title, published }: Method, error: number, half: number | undefined, seeds: number): Check {
  return {
    what: { en: `Test error, ${title.en}`, zh: `测试错误率，${title.zh}` },
    ...(published !== undefined && { published: { value: `${published.toFixed(2)} %`, source: srivastava, mark: 'S' as const } }),
    ours: same(`${percent(error, 2)}${within(half)}`),
    value: error,
    seeds,
  };
}
