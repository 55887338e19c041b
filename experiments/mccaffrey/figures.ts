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
  const stopped = runs.filter(({ error }) => error >= 0.05).length;
  const middle = runs.map((run) => run.epochs).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
  const slower = runs.filter((run) => run.epochs > own.epochs).length;
  return [
    {
      kind: 'lines',
      id: 'error',
      title: { en: 'Error of the best particle, epoch by epoch', zh: '最优粒子的误差随轮数的变化' },
      reading: {
        en: `The run from the program’s seed stops at epoch ${own.epochs}, where its error falls below 0.05. The band holds the middle half of seeds 1 to ${runs.length}: most are there far sooner. A run that has stopped keeps its last error.`,
        zh: `用原程序的种子，运行在第 ${own.epochs} 轮误差降到 0.05 以下时停止。色带为种子 1 至 ${runs.length} 的中间一半：多数要快得多。已停止的运行保持其最后的误差。`,
      },
      x: { title: { en: 'Epoch', zh: '轮数' }, min: 0 },
      y: { title: { en: 'Mean squared error', zh: '均方误差' }, log: true },
      series: [
        {
          label: { en: `median of ${runs.length} seeds`, zh: `${runs.length} 个种子的中位数` },
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
      title: { en: `Epochs that ${runs.length} seeds take`, zh: `${runs.length} 个种子所需的轮数` },
      reading: {
        en: `Half of them need no more than ${middle} epochs; a few need hundreds, and ${stopped} were stopped at 700 above the error of 0.05. Only ${slower} of them needed more than the program’s seed, ${own.epochs}.`,
        zh: `半数不超过 ${middle} 轮；少数需要数百轮，其中 ${stopped} 个到 700 轮仍高于误差 0.05 而被停止。比原程序的种子（${own.epochs} 轮）更慢的只有 ${slower} 个。`,
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
