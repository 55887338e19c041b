/** What the replayed searches over architectures show: checks, and the verdict by them. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Settings } from '../harvey-architecture.js';
import { percent } from '../shared/numbers-in-words.js';
import { median } from '../shared/statistics.js';
import { architectureFigures } from './figures.js';
import { bestOf } from './searches.js';
import { program } from './source.js';
import type { Scores } from './table.js';

/** One replay: what each search trained, in order. */
export interface Replay {
  readonly genetic: readonly number[];
  readonly random: readonly number[];
  /** The genetic algorithm again, its fitness the accuracy on the test part, as in the program. */
  readonly byTest: readonly number[];
}

const half = 0.005;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const points = (share: number) => (100 * share).toFixed(2).replace('-', '−');
const signed = (share: number) => `${share > 0 ? '+' : ''}${points(share)}`;

export function architectureFindings(
  settings: Settings,
  table: readonly Scores[],
  runs: readonly Replay[],
  nameOf: (number: number) => string,
): Findings {
  const score = (key: keyof Scores) => table.map((row) => row[key]);
  const [validation, test] = [score('validation'), score('test')];
  const everything = bestOf(table.keys(), validation);
  const chosen = runs.map(({ genetic, random, byTest }) => ({
    genetic: bestOf(genetic, validation),
    random: bestOf(random, validation),
    byTest: bestOf(byTest, test),
  }));
  const trainings = runs.map(({ genetic }) => genetic.length);
  const most = Math.max(...trainings);
  const share = mean(trainings) / table.length;
  const below = (search: 'genetic' | 'random') => median(chosen.map((one) => validation[everything] - validation[one[search]]));
  const [gap, drawn] = [below('genetic'), below('random')];
  const count = (test: (one: (typeof chosen)[number]) => boolean) => chosen.filter(test).length / chosen.length;
  const better = count(({ genetic, random }) => validation[genetic] > validation[random]);
  const equal = count(({ genetic, random }) => validation[genetic] === validation[random]);
  const distinct = mean(runs.map(({ genetic }) => new Set(genetic).size));
  /** How much better, in the mean, the chosen networks do on a part than on fresh images. */
  const excess = (part: 'validation' | 'test', choice: 'genetic' | 'byTest') =>
    mean(chosen.map((one) => table[one[choice]][part] - table[one[choice]].fresh));
  const optimism = {
    test: { own: excess('test', 'byTest'), other: excess('test', 'genetic') },
    validation: { own: excess('validation', 'genetic'), other: excess('validation', 'byTest') },
  };
  const byChoice = { test: optimism.test.own - optimism.test.other, validation: optimism.validation.own - optimism.validation.other };
  const loss = mean(chosen.map(({ genetic, byTest }) => table[genetic].fresh - table[byTest].fresh));
  const seeds = runs.length;
  const near = gap <= half;
  /** Then the claim says nothing for the algorithm: the table is easy. */
  const easy = drawn <= half;
  const pairs = [better, equal, 1 - better - equal].map((share) => percent(share));
  const sparing = share <= 0.25;
  const full = settings.grid.neurons.length * settings.grid.layers.length === 24 && table.length === 672;

  const row = (what: Text, ours: string, value: number, rest: Partial<Check> = {}): Check => ({
    what,
    ours: same(ours),
    value,
    seeds,
    ...rest,
  });
  const checks: Check[] = [
    row({ en: 'Combinations', zh: '组合数' }, String(table.length), table.length, {
      seeds: 0,
      ...(full && { published: { value: '672', source: program, mark: 'C' as const }, holds: true }),
    }),
    row(
      { en: 'Networks that one genetic search trains: mean and most', zh: '一次遗传搜索训练的网络数：平均与最多' },
      `${mean(trainings).toFixed(1)}; ${most}`,
      most,
      {
        ...(full && { published: { value: '≤ 128', source: program, mark: 'C' as const }, holds: most <= 128 }),
      },
    ),
    row({ en: 'of these different ones, mean', zh: '其中互不相同的，平均' }, distinct.toFixed(1), distinct),
    row(
      { en: 'Share of trainings saved against trying all (at least 75 %)', zh: '与全部尝试相比节省的训练比例（不少于 75 %）' },
      percent(1 - share, 1),
      1 - share,
      { holds: sparing },
    ),
    row(
      { en: 'Best of all: accuracy on the validation part, and what it is', zh: '全部组合中的最优：验证集准确率及其结构' },
      `${percent(validation[everything], 2)}, ${nameOf(everything)}`,
      validation[everything],
      { seeds: 1 },
    ),
    row(
      {
        en: 'Genetic search: its best below that, median, in percentage points (at most 0.5)',
        zh: '遗传搜索的最优低于它多少个百分点，中位数（不超过 0.5）',
      },
      points(gap),
      gap,
      { holds: near },
    ),
    row(
      {
        en: 'The same of random search with as many trainings',
        zh: '训练次数相同的随机搜索的同一数值',
      },
      points(drawn),
      drawn,
    ),
    row(
      { en: 'Against random search with as many trainings: better, equal, worse', zh: '与训练次数相同的随机搜索相比：更好、相同、更差' },
      pairs.join(', '),
      better,
    ),
    row(
      {
        en: 'Accuracy of its best on the test part, mean (the original on all of MNIST: other networks, not judged)',
        zh: '其最优网络的测试集准确率，平均（原作用全部 MNIST、网络不同，不作判定）',
      },
      percent(mean(chosen.map(({ genetic }) => test[genetic])), 2),
      mean(chosen.map(({ genetic }) => test[genetic])),
      { published: { value: '> 98 %', source: program, mark: 'V' } },
    ),
    row(
      {
        en: 'Accuracy on the test part over that on fresh images, in points: chosen by the test part, as in the program; chosen by validation; the difference is the choice',
        zh: '测试集准确率高出新图像的百分点：按原程序以测试集选择；以验证集选择；其差即为选择所致',
      },
      `${points(optimism.test.own)}; ${points(optimism.test.other)}; ${points(byChoice.test)}`,
      byChoice.test,
    ),
    row(
      {
        en: 'The same on the validation part: chosen by it; chosen by the test part; the difference',
        zh: '验证集上的同一数值：以验证集选择；以测试集选择；其差',
      },
      `${points(optimism.validation.own)}; ${points(optimism.validation.other)}; ${points(byChoice.validation)}`,
      byChoice.validation,
    ),
    row(
      {
        en: 'On fresh images: choice by validation over choice by test, in points',
        zh: '新图像上：以验证集选择比以测试集选择高出的百分点',
      },
      points(loss),
      loss,
    ),
  ];
  // the standard error of an accuracy of 93 % over 10,000 images is 0.26 points
  const small = Math.max(Math.abs(byChoice.test), Math.abs(loss)) < 0.0026;
  const verdict = near && sparing ? 'stand-in' : 'not reproduced';
  return {
    verdict,
    because: {
      en: `${verdict === 'stand-in' ? 'With smaller networks and fewer images than the original’s, the claim holds' : 'The claim does not hold here'}: half of ${seeds} genetic searches end within ${points(gap)} points of the best of all ${table.length}, for ${percent(share, 0)} of the trainings. Half of as many random searches, with as many trainings, end within ${points(drawn)}${easy ? ', near enough by the same rule: the verdict speaks for an easy table as much as for the genetic algorithm' : ''}. The genetic algorithm ends higher in ${pairs[0]} of the pairs and lower in ${pairs[2]}. Choosing by the test set of ${settings.parts.test} images, as the program does, instead of by a validation part of ${settings.parts.validation}, changes the accuracy reported there by ${signed(byChoice.test)} points against fresh images, and that on fresh images by ${signed(-loss)}${small ? ': less than the chance of one training.' : '.'}`,
      zh: `${verdict === 'stand-in' ? '在比原作更小的网络和更少的图像上，论断成立' : '此处论断不成立'}：${seeds} 次遗传搜索中有一半与全部 ${table.length} 种组合的最优相差不超过 ${points(gap)} 个百分点，只用了 ${percent(share, 0)} 的训练次数。训练次数相同的随机搜索有一半相差不超过 ${points(drawn)} 个百分点${easy ? '，按同一标准也算接近：这一结论既说明遗传算法有效，也说明这张表容易搜索' : ''}。两两比较，遗传算法有 ${pairs[0]} 更好，${pairs[2]} 更差。像原程序那样以 ${settings.parts.test} 幅图像的测试集（而非 ${settings.parts.validation} 幅的验证集）选择，使其上报告的准确率相对新图像变化 ${signed(byChoice.test)} 个百分点，新图像上的准确率变化 ${signed(-loss)} 个百分点${small ? '：小于单次训练的偶然性。' : '。'}`,
    },
    checks,
    figures: architectureFigures(settings, table, runs, { everything, optimism }),
  };
}
