/** The pictures of the searches over architectures. */
import type { Figure } from '../../src/lab/figure.js';
import { same } from '../../src/lab/text.js';
import type { Settings } from '../harvey-architecture.js';
import type { Replay } from './findings.js';
import { genesOf } from './searches.js';
import type { Scores } from './table.js';

export interface Facts {
  readonly everything: number;
  readonly optimismTest: number;
  readonly optimismValidation: number;
  readonly bias: number;
}

/** For each training, the best validation accuracy by then: mean and quartiles over the searches. */
function progress(searches: readonly (readonly number[])[], validation: readonly number[], length: number) {
  const curves = searches.map((trained) => {
    let best = 0;
    return Array.from({ length }, (_, k) => {
      if (k < trained.length) best = Math.max(best, validation[trained[k]]);
      return best;
    });
  });
  const at = (share: number) =>
    Array.from({ length }, (_, k) => curves.map((curve) => curve[k]).sort((a, b) => a - b)[Math.round(share * (curves.length - 1))]);
  return { y: at(0.5), low: at(0.25), high: at(0.75) };
}

export function architectureFigures(settings: Settings, table: readonly Scores[], runs: readonly Replay[], facts: Facts): Figure[] {
  const { grid } = settings;
  const validation = table.map((row) => row.validation);
  const length = Math.min(...runs.map(({ genetic }) => genetic.length));
  const x = Array.from({ length }, (_, k) => k + 1);
  const sizes = [grid.neurons.length, grid.layers.length, grid.activations.length, grid.optimizers.length];
  const cell = (optimizer: number, activation: number) => {
    const rows = validation.filter((_, number) => {
      const genes = genesOf(number, sizes);
      return genes[2] === activation && genes[3] === optimizer;
    });
    return rows.reduce((sum, value) => sum + value, 0) / rows.length;
  };
  return [
    {
      kind: 'lines',
      id: 'searches',
      title: { en: 'The best network found, training by training', zh: '已找到的最优网络随训练次数的变化' },
      reading: {
        en: `Lines are medians of ${runs.length} searches, bands their middle halves. The first ${settings.search.population} networks of either search are random; from there on the genetic algorithm breeds. The dashed line is the best of all ${table.length}.`,
        zh: `曲线为 ${runs.length} 次搜索的中位数，色带为中间一半。两种搜索的前 ${settings.search.population} 个网络都是随机的，此后遗传算法开始繁殖。虚线为全部 ${table.length} 种组合的最优。`,
      },
      x: { title: { en: 'Networks trained', zh: '已训练的网络数' }, min: 0 },
      y: {
        title: { en: 'Best accuracy on the validation part', zh: '验证集上的最高准确率' },
        percent: true,
        min: validation[facts.everything] - 0.06,
      },
      series: [
        {
          label: { en: 'genetic algorithm', zh: '遗传算法' },
          x,
          ...progress(
            runs.map(({ genetic }) => genetic),
            validation,
            length,
          ),
        },
        {
          label: { en: 'random search', zh: '随机搜索' },
          x,
          ...progress(
            runs.map(({ random }) => random),
            validation,
            length,
          ),
        },
        {
          label: { en: 'best of all', zh: '全部组合的最优' },
          x: [1, length],
          y: [validation[facts.everything], validation[facts.everything]],
          reference: true,
        },
      ],
    },
    {
      kind: 'heat map',
      id: 'choices',
      title: { en: 'What there is to find: activation and optimizer', zh: '可供寻找的：激活函数与优化器' },
      reading: {
        en: 'Mean accuracy on the validation part over all widths and depths. Plain gradient descent and logistic units are far behind after so few epochs; a search has mostly to avoid them.',
        zh: '各宽度与深度的验证集平均准确率。训练轮数很少时，普通梯度下降与 logistic 单元远远落后；搜索主要是要避开它们。',
      },
      x: { title: { en: 'Activation', zh: '激活函数' }, labels: grid.activations },
      y: { title: { en: 'Optimizer', zh: '优化器' }, labels: grid.optimizers },
      value: { title: { en: 'Mean accuracy', zh: '平均准确率' }, percent: true },
      values: grid.optimizers.map((_, optimizer) => grid.activations.map((_, activation) => cell(optimizer, activation))),
      numbers: true,
    },
    {
      kind: 'bars',
      id: 'optimism',
      title: { en: 'How much too good the chosen network looks', zh: '被选中的网络看上去好了多少' },
      reading: {
        en: 'Accuracy on the part that chose it, less that on images that no search has seen, mean over the searches. The dashed line is the same difference, test less fresh, for the typical network of the table, which nobody chose: what is beyond it is the choice.',
        zh: '用于选择的数据上的准确率，减去任何搜索都未见过的图像上的准确率，取各次搜索的平均。虚线为表中未经选择的典型网络的同一差值（测试集减新图像）：超出部分即为选择所致。',
      },
      categories: [
        { en: 'chosen by the test part (the program)', zh: '以测试集选择（原程序）' },
        { en: 'chosen by a validation part', zh: '以验证集选择' },
      ],
      value: { title: { en: 'Percentage points', zh: '百分点' } },
      series: [
        { label: same(''), values: [100 * facts.optimismTest, 100 * facts.optimismValidation] },
        {
          label: { en: 'typical network, test part', zh: '典型网络，测试集' },
          values: [100 * facts.bias, 100 * facts.bias],
          reference: true,
        },
      ],
    },
  ];
}
