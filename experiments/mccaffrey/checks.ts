/**
 * What his program sets itself, and its figures beside ours. The article shows figures on a screenshot alone, which was not at hand: those
 * beside ours are an independent emulation's of his program, and are told as such.
 */
import type { Check } from '../../src/lab/experiment.js';
import { same, type Text } from '../../src/lab/text.js';
import type { Outcome } from '../mccaffrey-iris.js';
import { expected } from './run.js';
import { article } from './source.js';

/** Share of seeds that must reach the error. */
const most = 0.9;

/** The emulation's: of seeds 1 to 200; epochs of those that reach the error, at the place floor(share * count) of the sorted list. */
const emulated = { reached: 198, tenth: 6, median: 26, ninetieth: 201, trainAccuracy: 0.99, testAccuracy: 0.958 };

export function mccaffreyChecks(own: Outcome, runs: readonly Outcome[]): Check[] {
  const computed = (value: string) => ({
    value: { en: `emulated independently: ${value}`, zh: `独立模拟：${value}` },
    source: article,
    mark: 'C' as const,
  });
  /** `digits` after the point must agree; counts exactly. */
  const check = (what: Text, theirs: number, ours: number, seeds: number, digits: number, printed = digits, suffix = ''): Check => ({
    what,
    published: computed(`${theirs.toFixed(printed)}${suffix}`),
    ours: same(`${ours.toFixed(printed)}${suffix}`),
    value: ours,
    seeds,
    holds: Math.abs(ours - theirs) < 0.5 * 10 ** -digits + 1e-12,
  });
  const epochs = runs
    .filter(({ error }) => error < 0.05)
    .map((run) => run.epochs)
    .sort((a, b) => a - b);
  const quantile = (share: number) => epochs[Math.floor(share * epochs.length)];
  const mean = (of: (run: Outcome) => number) => runs.reduce((sum, run) => sum + of(run), 0) / runs.length;
  const reached = runs.filter(({ error }) => error < 0.05).length;
  const all = runs.length;
  const rows: Check[] = [
    {
      what: {
        en: 'From the program’s seed: error below 0.05 within 700 epochs, where the program stops',
        zh: '用原程序的种子：700 轮以内误差降到程序的停止值 0.05 以下',
      },
      published: { value: { en: 'below 0.05 within 700', zh: '700 轮以内低于 0.05' }, source: article, mark: 'S' },
      ours: { en: `${own.error.toFixed(4)} after ${own.epochs} epochs`, zh: `${own.epochs} 轮后为 ${own.error.toFixed(4)}` },
      value: own.error,
      seeds: 1,
      holds: own.error < 0.05 && own.epochs <= 700,
    },
    {
      what: { en: 'Seeds that reach an error of 0.05 (at least nine in ten)', zh: '达到误差 0.05 的种子（至少十分之九）' },
      ours: { en: `${reached} of ${all}`, zh: `${all} 个中的 ${reached} 个` },
      value: reached / all,
      seeds: all,
      holds: reached / all >= most,
    },
    check({ en: 'Best error of the first swarm', zh: '初始粒子群的最优误差' }, expected.startError, own.startError, 1, 12, 12),
    check({ en: 'Epochs until the error is below 0.05', zh: '误差降到 0.05 以下所需轮数' }, expected.epochs, own.epochs, 1, 0),
    check({ en: 'Evaluations until then', zh: '到此为止的评估次数' }, expected.evaluations, own.evaluations, 1, 0),
    check({ en: 'Error then', zh: '此时的误差' }, expected.error, own.error, 1, 12, 12),
    check({ en: 'Training rows classified right, of 24', zh: '训练集 24 行中分类正确的行数' }, expected.trainRight, own.trainRight, 1, 0),
    check({ en: 'Test rows classified right, of 6', zh: '测试集 6 行中分类正确的行数' }, expected.testRight, own.testRight, 1, 0),
  ];
  if (all !== 200) return rows;
  return [
    ...rows,
    check(
      { en: 'Seeds 1 to 200 that reach an error of 0.05', zh: '种子 1 至 200 中达到误差 0.05 的个数' },
      emulated.reached,
      reached,
      all,
      0,
    ),
    check(
      { en: 'Epochs of those seeds: the fastest tenth needs at most', zh: '这些种子的轮数：最快的十分之一不超过' },
      emulated.tenth,
      quantile(0.1),
      all,
      0,
    ),
    check({ en: 'Epochs of those seeds: half need at most', zh: '这些种子的轮数：半数不超过' }, emulated.median, quantile(0.5), all, 0),
    check(
      { en: 'Epochs of those seeds: nine tenths need at most', zh: '这些种子的轮数：十分之九不超过' },
      emulated.ninetieth,
      quantile(0.9),
      all,
      0,
    ),
    check(
      { en: 'Mean accuracy on the training rows', zh: '训练行的平均准确率' },
      emulated.trainAccuracy,
      mean((run) => run.trainRight / 24),
      all,
      3,
    ),
    check(
      { en: 'Mean accuracy on the test rows', zh: '测试行的平均准确率' },
      emulated.testAccuracy,
      mean((run) => run.testRight / 6),
      all,
      3,
    ),
  ];
}
