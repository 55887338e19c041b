/** The first genetic algorithm that trained networks against back-propagation: its five comparisons, on a stand-in for its data. */
import type { Experiment, Findings } from '../src/lab/experiment.js';
import { montanaFindings } from './montana-davis/findings.js';
import { backPropagation, curveOf, marksTo, type Way, type WayName, ways } from './montana-davis/runs.js';
import { account, paper } from './montana-davis/sources.js';

export interface Settings {
  readonly seeds: number;
  readonly evaluations: number;
  /** Tried for back-propagation; the best is compared. */
  readonly learningRates: readonly number[];
}

/** Curves by seed, for each way. */
export type Curves = Readonly<Record<string, readonly (readonly number[])[]>>;

export const experiment: Experiment<Settings> = {
  name: 'montana-davis',
  title: { en: 'A genetic algorithm trains a network (Montana and Davis)', zh: '遗传算法训练网络（Montana 与 Davis）' },
  claim: {
    en: 'Montana and Davis: operators that know a network’s neurons make a genetic algorithm that trains it better than back-propagation does at equal cost; adding to weights is better than replacing them, and mutating the weights of whole neurons no worse.',
    zh: 'Montana 与 Davis：使用了解网络神经元的算子，遗传算法在同等代价下比反向传播训练得更好；在权重上加随机数优于替换权重，按整个神经元变异则不逊于此。',
  },
  method: {
    en: 'Their network, 4-7-10-1, logistic, 126 weights, a population of 50, parents by 0.92 to the power of their rank, 10,000 evaluations; the sum of squared errors of the best, mean over seeds. Their sonar data was never published: a made-up set of as many examples, 236, stands in. Operators have equal shares, the mutation of weakest nodes a tenth of the children because each costs 18 evaluations. Two evaluations count as one step of back-propagation, as with them; its learning rate is the best of those tried, which is more than they may have granted it.',
    zh: '采用他们的网络：4-7-10-1，logistic，126 个权重，种群 50，父代按名次以 0.92 的幂选取，10,000 次评估；取最优个体的误差平方和，对种子取平均。他们的声纳数据从未公开：用同样 236 个样本的人造数据代替。各算子份额相同；最弱节点变异只占子代的十分之一，因为每次要花 18 次评估。与原文一样，两次评估算作一步反向传播；其学习率取所试各值中最好的，这可能比原文给它的条件更宽。',
  },
  refutation: {
    en: 'By more than two standard errors: a lower final error with replaced weights than with added ones, or with added ones than with mutated nodes. Or a final error of back-propagation that is not higher than the genetic algorithm’s by more than two standard errors.',
    zh: '超出两倍标准误：替换权重的最终误差低于在权重上加随机数，或后者低于节点变异。或者反向传播的最终误差没有比遗传算法高出两倍标准误以上。',
  },
  sources: [paper, account],
  settings: {
    quick: { seeds: 3, evaluations: 2000, learningRates: [1, 10] },
    full: { seeds: 5, evaluations: 10_000, learningRates: [0.1, 1, 10, 30, 100] },
  },
  async run({ settings, step, progress }): Promise<Findings> {
    const { seeds, evaluations, learningRates } = settings;
    const marks = marksTo(evaluations);
    const all: [string, Way][] = [
      ...(Object.keys(ways) as WayName[]).map((name): [string, Way] => [name, ways[name]]),
      ...learningRates.map((rate): [string, Way] => [`back-propagation ${rate}`, backPropagation(rate)]),
    ];
    const curves: Record<string, number[][]> = {};
    for (const [k, [name, way]] of all.entries()) {
      const runs: number[][] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        progress((k + (seed - 1) / seeds) / all.length, { en: `${name}, seed ${seed}`, zh: `${name}，种子 ${seed}` });
        runs.push(await step(`${name} seed ${seed}`, () => curveOf(way, seed, marks)));
      }
      curves[name] = runs;
    }
    return montanaFindings(settings, marks, curves);
  },
};
