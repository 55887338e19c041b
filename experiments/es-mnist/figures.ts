/** The pictures of `es-mnist`: where each strategy ended, and how it got there. */
import type { Figure, Series } from '../../src/lab/figure.js';
import { same } from '../../src/lab/text.js';
import type { RunRecord } from '../../src/study/results.js';
import type { Contestant } from '../es-mnist.js';

/** Test accuracy of Adam in Ha's notebook. */
export const publishedAdam = 0.9885;

/** `runs` in the order of `chosen`, and that of Adam. */
export function esFigures(chosen: readonly Contestant[], runs: readonly RunRecord[], adam: RunRecord, form: 'quick' | 'full'): Figure[] {
  const accuracy = { title: { en: 'test accuracy', zh: '测试准确率' }, percent: true };
  return [
    form === 'full' ? errorBars(chosen, runs, adam) : accuracyBars(chosen, runs, adam),
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

/** Near the end of the scale of accuracies all bars are alike; errors tell them apart. */
function errorBars(chosen: readonly Contestant[], runs: readonly RunRecord[], adam: RunRecord): Figure {
  const wrong = ({ final }: RunRecord) => (final.testAccuracy === undefined ? null : 1 - final.testAccuracy);
  return {
    kind: 'bars',
    id: 'test-error',
    title: { en: 'Wrong answers on the test images', zh: '测试图片上的错误率' },
    reading: {
      en: 'Shorter is better. Bars: ours after 2,000 iterations; dashed: the published figure after as many. Adam, with gradients, stands below them.',
      zh: '越短越好。柱：本实验 2000 次迭代后的结果；虚线：同样迭代次数下发表的结果。最下面是使用梯度的 Adam。',
    },
    categories: [...chosen.map(({ label }) => same(label)), same('Adam')],
    value: { title: { en: 'test error', zh: '测试错误率' }, percent: true, min: 0 },
    series: [
      { label: { en: 'ours', zh: '本实验' }, values: [...runs, adam].map(wrong) },
      {
        label: { en: 'published (EvoJAX, Ha)', zh: '发表值（EvoJAX、Ha）' },
        values: [...chosen.map(({ published }) => 1 - published), 1 - publishedAdam],
        reference: true,
      },
    ],
  };
}

/** The published figures, of runs a thousand times as long, are not drawn beside these. */
function accuracyBars(chosen: readonly Contestant[], runs: readonly RunRecord[], adam: RunRecord): Figure {
  return {
    kind: 'bars',
    id: 'accuracy',
    title: { en: 'Test accuracy without gradients', zh: '不用梯度达到的测试准确率' },
    reading: {
      en: 'The dashed line is chance, 10 %. The quick form stops after a few iterations: all strategies have learned something. The published 95 to 97 % come after 2,000 iterations.',
      zh: '虚线是随机猜测的 10 %。快速版只迭代几十次：所有策略都已学到一些东西。发表的 95 % 至 97 % 是 2000 次迭代之后的水平。',
    },
    categories: [...chosen.map(({ label }) => same(label)), same('Adam')],
    value: { title: { en: 'test accuracy', zh: '测试准确率' }, percent: true, min: 0, max: 1 },
    series: [
      { label: { en: 'ours', zh: '本实验' }, values: [...runs, adam].map(({ final }) => final.testAccuracy ?? null) },
      { label: { en: 'chance', zh: '随机猜测' }, values: [...runs, adam].map(() => 0.1), reference: true },
    ],
  };
}

function course(label: string, { trace }: RunRecord): Series {
  return { label: same(label), x: trace.samplePasses, y: trace.testAccuracy ?? [] };
}
