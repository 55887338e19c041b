/** The error over epochs, and how long how many seeds took. */
import type { Figure } from '../../src/lab/figure.js';
import type { Outcome } from '../mccaffrey-iris.js';
import { histogram } from '../shared/statistics.js';

const last = 700;
const bins = 28;

export function mccaffreyFigures(own: Outcome, runs: readonly Outcome[]): Figure[] {
  const epochs = Array.from({ length: last + 1 }, (_, epoch) => epoch);
  const shown = epochs.filter((epoch) => epoch <= 150);
  const at = ({ curve }: Outcome, epoch: number) => curve[Math.min(epoch, curve.length - 1)];
  const quantile = (share: number) =>
    shown.map((epoch) => {
      const sorted = runs.map((run) => at(run, epoch)).sort((a, b) => a - b);
      return sorted[Math.round(share * (sorted.length - 1))];
    });
  return [
    {
      kind: 'lines',
      id: 'error',
      title: { en: 'Error of the best particle, epoch by epoch', zh: '最优粒子的误差随轮数的变化' },
      reading: {
        en: 'The program’s own run stops at epoch 131, where its error falls below 0.05. The band holds the middle half of 200 other seeds: most are there far sooner. A run that has stopped keeps its last error.',
        zh: '原程序的运行在第 131 轮误差降到 0.05 以下时停止。色带为另外 200 个种子的中间一半：多数要快得多。已停止的运行保持其最后的误差。',
      },
      x: { title: { en: 'Epoch', zh: '轮数' }, min: 0 },
      y: { title: { en: 'Mean squared error', zh: '均方误差' }, log: true },
      series: [
        {
          label: { en: 'median of 200 seeds', zh: '200 个种子的中位数' },
          x: shown,
          y: quantile(0.5),
          low: quantile(0.25),
          high: quantile(0.75),
        },
        { label: { en: 'the program’s seed, 16', zh: '原程序的种子 16' }, x: own.curve.map((_, epoch) => epoch), y: own.curve },
        { label: { en: 'exit at 0.05', zh: '0.05 时停止' }, x: [0, 150], y: [0.05, 0.05], reference: true },
      ],
    },
    {
      kind: 'histograms',
      id: 'epochs',
      title: { en: 'Epochs that 200 seeds take', zh: '200 个种子所需的轮数' },
      reading: {
        en: 'Half of them need no more than 26 epochs; a few need hundreds, and those in the last bin may have been stopped at 700. The seed of the article, with 131, is one of the slower ones.',
        zh: '半数不超过 26 轮；少数需要数百轮，最后一格中的可能在 700 轮时被停止。文章的种子需 131 轮，属于较慢的。',
      },
      x: { title: { en: 'Epochs', zh: '轮数' } },
      edges: Array.from({ length: bins + 1 }, (_, i) => (last * i) / bins),
      rows: [
        {
          label: { en: 'seeds', zh: '种子数' },
          counts: histogram(
            runs.map((run) => run.epochs),
            0,
            last,
            bins,
          ),
        },
      ],
    },
  ];
}
