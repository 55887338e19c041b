/** The pictures of the searches over architectures. */
import type { Figure } from '../../src/lab/figure.js';
import type { Settings } from '../harvey-architecture.js';
import type { Replay } from './findings.js';
import { genesOf } from './searches.js';
import type { Scores } from './table.js';

export interface Facts {
  readonly everything: number;
  /** Accuracy on a part over that on fresh images, of networks chosen by that part and by the other. */
  readonly optimism: Readonly<Record<'test' | 'validation', { readonly own: number; readonly other: number }>>;
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
      title: { en: 'What there is to find: activation and optimizer', zh: '搜索空间：激活函数与优化器的平均准确率' },
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
      title: {
        en: 'The chosen network on the part that chose it, against fresh images',
        zh: '选出的网络：用于选择的数据与新图像上的准确率之差',
      },
      reading: {
        en: 'Accuracy on a part less that on images that no search has seen, mean over the searches. Parts differ in how hard they are; what a network that the part itself chose has beyond one that the other chose is owed to the choice.',
        zh: '某部分数据上的准确率减去任何搜索都未见过的图像上的准确率，取各次搜索的平均。各部分难度不同；由该部分自己选出的网络超出由另一部分选出的网络的差值，即为选择所致。',
      },
      categories: [
        { en: 'test part', zh: '测试集' },
        { en: 'validation part', zh: '验证集' },
      ],
      value: { title: { en: 'Percentage points', zh: '百分点' } },
      series: [
        {
          label: { en: 'chosen by it', zh: '由它选择' },
          values: [100 * facts.optimism.test.own, 100 * facts.optimism.validation.own],
        },
        {
          label: { en: 'chosen by the other', zh: '由另一部分选择' },
          values: [100 * facts.optimism.test.other, 100 * facts.optimism.validation.other],
        },
      ],
    },
  ];
}
