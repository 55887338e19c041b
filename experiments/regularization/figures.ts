/** The pictures of `regularization`. */
import type { Bars, Figure, Histograms } from '../../src/lab/figure.js';
import { same, type Text } from '../../src/lab/text.js';
import { halfInterval, mean } from '../shared/intervals.js';
import { binEdges, histogram } from '../shared/statistics.js';
import { type Outcome, type Remedy, remedies } from './cases.js';

export const remedyNames: Record<Remedy, Text> = {
  none: { en: 'none', zh: '无' },
  dropout: { en: 'dropout', zh: 'Dropout' },
  L2: same('L2'),
  L1: same('L1'),
  'max-norm': { en: 'max-norm', zh: '最大范数' },
};

/** `values[strategy][remedy][seed]`. */
export function barsOf(
  id: string,
  title: Text,
  reading: Text,
  axis: Text,
  strategies: readonly string[],
  values: readonly (readonly (readonly number[])[])[],
  percent = false,
): Bars {
  return {
    kind: 'bars',
    id,
    title,
    reading,
    categories: remedies.map((remedy) => remedyNames[remedy]),
    value: { title: axis, ...(percent && { percent }), min: 0 },
    series: strategies.map((name, i) => {
      const means = values[i].map(mean);
      const halves = values[i].map((of) => halfInterval(of) ?? 0);
      return { label: same(name), values: means, low: means.map((m, k) => m - halves[k]), high: means.map((m, k) => m + halves[k]) };
    }),
  };
}

/** Weights of the first seed under each remedy, by one strategy. */
export function weightHistograms(strategy: string, outcomes: readonly Outcome[]): Histograms {
  const range = 2;
  return {
    kind: 'histograms',
    id: `weights-${strategy}`,
    group: 'weights',
    title: { en: `Weights after training by ${strategy}`, zh: `${strategy} 训练后的权重` },
    reading: {
      en: 'All weights of the network of the first seed under each remedy; what lies beyond the edges is in the outermost bars. L2 draws them together, L1 to a peak at 0.',
      zh: '第一个种子的网络在每种方法下的全部权重；超出范围的归入最外侧的柱。L2 使权重整体变小，L1 使许多权重集中在 0。',
    },
    x: { title: { en: 'weight', zh: '权重' } },
    edges: binEdges(-range, range, 40),
    rows: remedies.map((remedy, i) => ({
      label: remedyNames[remedy],
      counts: histogram(outcomes[i].weights ?? [], -range, range, 40),
    })),
  };
}

/** Means over seeds of each input's norm, without and with L1, by one strategy. */
export function selectionFigure(strategy: string, useful: number, without: readonly number[], withL1: readonly number[]): Figure {
  return {
    kind: 'bars',
    id: `selection-${strategy}`,
    group: 'selection',
    title: { en: `L1 selects inputs: ${strategy}`, zh: `L1 用于特征选择：${strategy}` },
    reading: {
      en: `Length of the weights that leave each input, mean over the seeds. Only the first ${useful} inputs decide the class; with L1 the others go to 0.`,
      zh: `每个输入引出的权重向量的长度（各种子平均）。只有前 ${useful} 个输入决定类别；用了 L1，其余输入的权重趋于 0。`,
    },
    categories: without.map((_, i) => same(String(i + 1))),
    names: { en: 'input', zh: '输入' },
    value: { title: { en: 'length of its weights', zh: '权重向量的长度' }, min: 0 },
    series: [
      { label: remedyNames.none, values: without },
      { label: same('L1'), values: withL1 },
    ],
  };
}
