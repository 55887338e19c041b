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
    en: 'His program, rebuilt: 24 rows for training and 6 for testing, tanh and softmax, w = 0.729, c1 = c2 = 1.49445, death with probability 0.005, weights within ±10, until the mean squared error is below 0.05 or 700 epochs are over. First with .NET’s random numbers from his seed, 16, so that the run is his to the last digit; then from seeds 1 to 200.',
    zh: '重建他的程序：24 行训练、6 行测试，tanh 与 softmax，w = 0.729，c1 = c2 = 1.49445，死亡概率 0.005，权重限于 ±10，直到均方误差低于 0.05 或满 700 轮。先用他的种子 16 模拟 .NET 的随机数，使运行与原程序逐位一致；再用种子 1 至 200。',
  },
  refutation: {
    en: 'Another number of epochs or evaluations, another error or other counts of rows classified right than his program gives; or fewer than nine in ten seeds that reach an error of 0.05.',
    zh: '轮数、评估次数、误差或正确分类行数与原程序不同；或者达到误差 0.05 的种子不足十分之九。',
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
    const reached = runs.filter(({ error }) => error < 0.05).length;
    return {
      verdict: holds ? 'reproduced' : 'not reproduced',
      because: {
        en: `${holds ? 'From its own seed the program’s run came out' : 'The program’s run did not come out'}: ${own.epochs} epochs, ${own.evaluations} evaluations, ${own.trainRight} of 24 and ${own.testRight} of 6 rows right. Of ${runs.length} other seeds ${reached} reach the error. The article shows its figures on a picture alone; those beside ours come from an independent emulation of its program. Six test rows say little about how well it generalizes.`,
        zh: `${holds ? '用原种子得到了与原程序相同的运行' : '未能得到原程序的运行'}：${own.epochs} 轮，${own.evaluations} 次评估，训练 24 行中 ${own.trainRight} 行正确，测试 6 行中 ${own.testRight} 行正确。另外 ${runs.length} 个种子中有 ${reached} 个达到该误差。文章只以截图给出结果；对照的数值来自对其程序的独立模拟。六行测试数据不足以说明泛化能力。`,
      },
      checks,
      figures: mccaffreyFigures(own, runs),
    };
  },
};
