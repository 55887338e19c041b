/** J. McCaffrey's demonstration of 2013: a swarm with death trains a small network on thirty rows of Iris. */
import type { Experiment, Findings } from '../src/lab/experiment.js';
import { mccaffreyChecks } from './mccaffrey/checks.js';
import { mccaffreyFigures } from './mccaffrey/figures.js';
import { type ProgramResult, runProgram } from './mccaffrey/run.js';
import { article } from './mccaffrey/source.js';

export interface Settings {
  /** Seeds 1 to this, beside the program's own, 16. */
  readonly seeds: number;
}

/** What is kept of a run: all but the weights. */
export type Outcome = Omit<ProgramResult, 'weights'>;

export const programSeed = 16;

const outcomeOf = ({ weights: _, ...rest }: ProgramResult): Outcome => rest;

export const experiment: Experiment<Settings> = {
  name: 'mccaffrey-iris',
  title: { en: 'A particle swarm with death learns Iris (McCaffrey)', zh: '带死亡机制的粒子群学习鸢尾花（McCaffrey）' },
  claim: {
    en: 'J. McCaffrey: twelve particles find the 51 weights of a 4-6-3 network that classifies Iris, without a gradient.',
    zh: 'J. McCaffrey：十二个粒子不用梯度即可找到 4-6-3 网络的 51 个权重，完成鸢尾花分类。',
  },
  method: {
    en: 'His program, rebuilt: 24 rows for training and 6 for testing, tanh and softmax, w = 0.729, c1 = c2 = 1.49445, death with probability 0.005, weights within ±10, until the mean squared error is below 0.05 or 700 epochs are over. First with .NET’s random numbers from his seed, 16; then from seeds 1 to 200. The settings were read in a copy of his program. The article shows what it gave on a screenshot alone, which was not at hand, so our figures stand beside those of an independent emulation of his program, digit by digit.',
    zh: '重建他的程序：24 行训练、6 行测试，tanh 与 softmax，w = 0.729，c1 = c2 = 1.49445，死亡概率 0.005，权重限于 ±10，直到均方误差低于 0.05 或满 700 轮。先用他的种子 16 模拟 .NET 的随机数；再用种子 1 至 200。设置读自其程序的一份副本。文章只以截图给出结果，而截图未能取得，因此逐位对照的是对其程序的一次独立模拟。',
  },
  refutation: {
    en: 'A run from his seed that does not stop below an error of 0.05 within 700 epochs, or fewer than nine in ten seeds that get there. Of the program rebuilt: any figure other than the independent emulation’s (the counts and the error of his seed, and those of seeds 1 to 200).',
    zh: '用原种子在 700 轮以内误差没有降到 0.05 以下，或者能达到的种子不足十分之九。对重建的程序而言：任何一个数值与独立模拟不同（原种子的次数和误差，以及种子 1 至 200 的数值）。',
  },
  sources: [article],
  settings: { quick: { seeds: 200 }, full: { seeds: 200 } },
  async run({ settings, step, progress }): Promise<Findings> {
    const own = await step('seed of the program', async () => outcomeOf(runProgram(programSeed)));
    const runs: Outcome[] = [];
    const batch = 25;
    for (let from = 1; from <= settings.seeds; from += batch) {
      const to = Math.min(settings.seeds, from + batch - 1);
      progress(from / settings.seeds, { en: `seeds ${from} to ${to}`, zh: `种子 ${from} 至 ${to}` });
      runs.push(
        ...(await step(`seeds ${from} to ${to}`, async () =>
          Array.from({ length: to - from + 1 }, (_, k) => outcomeOf(runProgram(from + k))),
        )),
      );
    }
    const checks = mccaffreyChecks(own, runs);
    const holds = checks.every((check) => check.holds !== false);
    const agree = checks.every(({ published, holds: held }) => published?.mark !== 'C' || held === true);
    const reached = runs.filter(({ error }) => error < 0.05).length;
    return {
      verdict: holds ? 'reproduced' : 'not reproduced',
      because: {
        en: `From the program’s own seed the swarm ${own.error < 0.05 ? 'gets below' : 'does not get below'} an error of 0.05: ${own.epochs} epochs, ${own.evaluations} evaluations, ${own.trainRight} of 24 and ${own.testRight} of 6 rows right. Of seeds 1 to ${runs.length} ${reached} get there. Our program and an independent emulation of his ${agree ? 'agree in every figure' : 'differ'}; whether the article’s screenshot shows the same is not known here, for it was not at hand. Six test rows say little about how well the network generalizes.`,
        zh: `用原程序的种子，粒子群的误差${own.error < 0.05 ? '降到' : '没有降到'} 0.05 以下：${own.epochs} 轮，${own.evaluations} 次评估，训练 24 行中 ${own.trainRight} 行正确，测试 6 行中 ${own.testRight} 行正确。种子 1 至 ${runs.length} 中有 ${reached} 个达到该误差。本程序与对原程序的独立模拟${agree ? '所有数值都一致' : '并不一致'}；文章只有截图，而截图未能取得，是否相同尚不可知。六行测试数据不足以说明泛化能力。`,
      },
      checks,
      figures: mccaffreyFigures(own, runs),
    };
  },
};
