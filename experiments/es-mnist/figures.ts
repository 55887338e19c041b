/** The pictures of `es-mnist`: where each strategy ended, and how it got there. */
import type { Figure, Series } from '../../src/lab/figure.js';
import { same } from '../../src/lab/text.js';
import type { RunRecord } from '../../src/study/results.js';
import type { Contestant } from '../es-mnist.js';

/** `runs` in the order of `chosen`, and that of Adam. */
export function esFigures(chosen: readonly Contestant[], runs: readonly RunRecord[], adam: RunRecord, form: 'quick' | 'full'): Figure[] {
  const accuracy = { title: { en: 'test accuracy', zh: '测试准确率' }, percent: true };
  const ends = runs.map(({ final }) => final.testAccuracy ?? null);
  return [
    {
      kind: 'bars',
      id: 'accuracy',
      title: { en: 'Test accuracy without gradients', zh: '不用梯度达到的测试准确率' },
      reading:
        form === 'full'
          ? {
              en: 'Bars: ours; dashed: the published figure after the same 2,000 iterations. Adam, with gradients, is beside them.',
              zh: '柱：本实验的结果；虚线：发表的结果，迭代次数同为 2000。旁边是使用梯度的 Adam。',
            }
          : {
              en: 'The quick form stops after a few iterations: all strategies have learned something; the published figures, after 2,000 iterations, are where they are heading.',
              zh: '快速版只迭代几十次：所有策略都已学到一些东西；发表的数字是 2000 次迭代之后的水平。',
            },
      categories: [...chosen.map(({ label }) => same(label)), same('Adam')],
      value: { ...accuracy, min: 0, max: 1 },
      series: [
        { label: { en: 'ours', zh: '本实验' }, values: [...ends, adam.final.testAccuracy ?? null] },
        {
          label: { en: 'published (EvoJAX, Ha)', zh: '发表值（EvoJAX、Ha）' },
          values: [...chosen.map(({ published }) => published), 0.9885],
          reference: true,
        },
      ],
    },
    {
      kind: 'lines',
      id: 'progress',
      title: { en: 'Accuracy over the samples that were looked at', zh: '准确率随所看样本数的变化' },
      reading: {
        en: 'Each step to the right is ten times the work: samples sent forward through one network, a gradient counting three times. Adam needs far less of it.',
        zh: '横轴每一格表示十倍的计算量：一个样本前向通过一个网络计一次，一次梯度计三次。Adam 所需的计算量小得多。',
      },
      x: { title: { en: 'sample-passes', zh: '样本前向次数' }, log: true },
      y: { ...accuracy, min: 0, max: 1 },
      series: [...chosen.map(({ label }, i) => course(label, runs[i])), course('Adam', adam)],
    },
  ];
}

function course(label: string, { trace }: RunRecord): Series {
  return { label: same(label), x: trace.samplePasses, y: trace.testAccuracy ?? [] };
}
