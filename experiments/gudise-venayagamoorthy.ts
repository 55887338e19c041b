/** In the style of Gudise and Venayagamoorthy (2003): a swarm against back-propagation, both charged by their operations. */
import type { Experiment, Findings } from '../src/lab/experiment.js';
import { gudiseFindings } from './gudise/findings.js';
import { descentName, descentUntil, isDescent, type Swarm, swarmName, swarmUntil, tunedOf } from './gudise/runs.js';
import { paper } from './gudise/sources.js';

export interface Settings {
  /** For the study; as many others for the comparison of what it chose. */
  readonly seeds: number;
  readonly goal: number;
  /** Multiplications and additions of a run. */
  readonly operations: number;
  readonly base: Swarm;
  readonly study: {
    readonly inertia: readonly number[];
    /** For c1 and c2, all pairs. */
    readonly pulls: readonly number[];
    readonly limit: readonly (number | null)[];
    readonly size: readonly number[];
    readonly range: readonly number[];
  };
  readonly learningRates: readonly number[];
}

/** Operations of each seed, by what was run; null: not within the budget. */
export type Outcomes = Readonly<Record<string, readonly (number | null)[]>>;

const base: Swarm = { inertia: 0.7298, cognitive: 1.4962, social: 1.4962, limit: null, size: 25, range: 1 };

export const experiment: Experiment<Settings> = {
  name: 'gudise-venayagamoorthy',
  title: {
    en: 'A particle swarm against back-propagation, operation by operation (in the style of Gudise and Venayagamoorthy)',
    zh: '粒子群与反向传播的运算量比较（仿 Gudise 与 Venayagamoorthy）',
  },
  claim: {
    en: 'Gudise and Venayagamoorthy: the weights of a feed-forward network that learns a nonlinear function converge faster with a particle swarm than with back-propagation, by what they compute.',
    zh: 'Gudise 与 Venayagamoorthy：前馈网络学习非线性函数时，按计算量衡量，粒子群使权重收敛得比反向传播更快。',
  },
  method: {
    en: 'Only their abstract is at hand, so function, network and goal are ours, in their style: y = 2x² + 1 on [−1, 1], a 1-4-1 network with logistic hidden units, 25 particles, until the mean squared error is 0.001. Both methods are charged their multiplications and additions, counted by hand. Back-propagation is gradient descent on all samples. The study changes the swarm’s parameters one after the other, the two pulls together, and the learning rate; the best swarm, the usual one and all rates are then compared on seeds that chose none of them. Mixtures of changes to the swarm are not tried.',
    zh: '我们只能看到摘要，因此函数、网络和目标由我们仿照其风格选定：[−1, 1] 上的 y = 2x² + 1，隐层为 logistic 的 1-4-1 网络，25 个粒子，均方误差达到 0.001 为止。两种方法的代价都按手工推算的乘法与加法次数计。反向传播为全样本梯度下降。参数研究逐一改变粒子群的参数（两个加速系数同时改变）以及学习率；再用未参与选择的种子比较最好的粒子群、常用的粒子群与各个学习率。没有尝试同时改变粒子群的几个参数。',
  },
  refutation: {
    en: 'At the median over fresh seeds, the best swarm of the study takes as many operations to the goal as back-propagation at its best learning rate, or more.',
    zh: '按新种子取中位数，参数研究中最好的粒子群达到目标所需的运算量不少于最佳学习率的反向传播。',
  },
  sources: [paper],
  settings: {
    quick: {
      seeds: 5,
      goal: 1e-3,
      operations: 2e7,
      base,
      study: {
        inertia: [0.4, 0.6, 0.8, 0.95],
        pulls: [0.5, 1.5, 2.5],
        limit: [0.05, 0.2, 1, null],
        size: [10, 25, 50],
        range: [0.3, 1, 5],
      },
      learningRates: [0.1, 0.3, 0.6],
    },
    full: {
      seeds: 15,
      goal: 1e-3,
      operations: 5e7,
      base,
      study: {
        inertia: [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
        pulls: [0.5, 1, 1.5, 2, 2.5],
        limit: [0.02, 0.05, 0.1, 0.2, 0.5, 1, null],
        size: [5, 10, 15, 25, 40, 80],
        range: [0.1, 0.3, 1, 3, 10],
      },
      learningRates: [0.03, 0.1, 0.3, 0.4, 0.5, 0.6, 0.8],
    },
  },
  async run({ settings, step, progress }): Promise<Findings> {
    const { seeds, goal, operations, study, learningRates } = settings;
    const swarms = new Map<string, Swarm>();
    const add = (change: Partial<Swarm>) => {
      const swarm = { ...settings.base, ...change };
      swarms.set(swarmName(swarm), swarm);
    };
    add({});
    for (const inertia of study.inertia) add({ inertia });
    for (const cognitive of study.pulls) for (const social of study.pulls) add({ cognitive, social });
    for (const limit of study.limit) add({ limit });
    for (const size of study.size) add({ size });
    for (const range of study.range) add({ range });
    const work = [
      ...[...swarms].map(([name, swarm]) => [name, (seed: number) => swarmUntil(swarm, seed, goal, operations)] as const),
      ...learningRates.map(
        (rate) => [descentName(rate), (seed: number) => descentUntil(rate, settings.base.range, seed, goal, operations)] as const,
      ),
    ];
    const outcomes: Record<string, (number | null)[]> = {};
    const runAll = (name: string, from: number, run: (seed: number) => Promise<number | null>) =>
      step(name, async () => {
        const found: (number | null)[] = [];
        for (let seed = from; seed < from + seeds; seed++) found.push(await run(seed));
        return found;
      });
    for (const [k, [name, run]] of work.entries()) {
      progress((0.95 * k) / work.length, { en: name, zh: name });
      outcomes[name] = await runAll(name, 1, run);
    }
    const tuned = tunedOf(outcomes);
    const fresh: Record<string, (number | null)[]> = {};
    for (const [name, run] of work) {
      if (name === tuned.swarm || name === swarmName(settings.base) || isDescent(name)) {
        fresh[name] = await runAll(`fresh seeds, ${name}`, seeds + 1, run);
      }
    }
    return gudiseFindings(settings, outcomes, tuned, fresh);
  },
};
