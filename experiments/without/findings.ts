/** The table and the verdict: each line's rule stands beside it. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import type { StudyResults } from '../../src/study/results.js';
import { percent, short } from '../shared/numbers-in-words.js';
import { geometricMean } from '../shared/statistics.js';
import { type Competitor, competitors, parametersAt } from './competitors.js';
import { guessing, medianLoss } from './standings.js';

export interface Measured {
  readonly depths: readonly number[];
  readonly seeds: number;
  /** By width, the narrowest first. */
  readonly studies: readonly { readonly width: number; readonly logistic: StudyResults; readonly relu: StudyResults }[];
  /** At the greatest depth of the narrowest networks, by label: of each seed, each layer's movement. */
  readonly movement: ReadonlyMap<string, readonly (readonly number[])[]>;
}

/** The one with the least median loss among those for which `fits` holds. */
export function leader(
  results: StudyResults,
  width: number,
  problem: number,
  fits: (one: Competitor) => boolean,
): { readonly one: Competitor; readonly loss: number } {
  const found = competitors(width)
    .filter(fits)
    .map((one) => ({ one, loss: medianLoss(results, one.label, problem) }));
  return found.reduce((best, next) => (next.loss < best.loss ? next : best));
}

const plain = ({ name }: Competitor) => name === 'sgd';
const without = ({ gradient }: Competitor) => !gradient;

/** Movement of the layer next to the input over that of the outputs' layer. */
export function inputShare({ movement }: Measured, label: string): number {
  return geometricMean((movement.get(label) ?? []).map((layers) => layers[0] / layers[layers.length - 1]));
}

export function findingsOf(measured: Measured): Omit<Findings, 'figures'> {
  const { depths, seeds, studies } = measured;
  const [{ width, logistic, relu }] = studies;
  const [last, deepest] = [depths.length - 1, depths[depths.length - 1]];
  const shallow = leader(logistic, width, 0, plain).loss;
  const stalled = leader(logistic, width, last, plain);
  const lossOf = (label: string) => medianLoss(logistic, label, last);
  const [ga, pso, adam, rectified] = [lossOf('ga'), lossOf('pso'), lossOf('adam'), medianLoss(relu, 'relu', last)];
  const best = leader(logistic, width, last, without);
  const overall = leader(logistic, width, last, () => true);
  const share = inputShare(measured, 'sgd 0.1');
  const checks: Check[] = [
    {
      what: {
        en: `Plain gradient descent stalls with depth: loss of the better of two rates at ${depths[0]} and at ${deepest} layers (at most half of guessing, ln 3, and at least 90 % of it)`,
        zh: `普通梯度下降随深度停滞：两种学习率中较好者在 ${depths[0]} 层与 ${deepest} 层的损失（前者不超过随机猜测 ln 3 的一半，后者不低于其 90 %）`,
      },
      ours: { en: `${short(shallow)} and ${short(stalled.loss)}`, zh: `${short(shallow)} 和 ${short(stalled.loss)}` },
      value: stalled.loss,
      seeds,
      holds: shallow <= 0.5 * guessing && stalled.loss >= 0.9 * guessing,
    },
    {
      what: {
        en: `The lecture’s remedy at ${deepest} layers: genetic algorithm and particle swarm (both below 90 % of that loss)`,
        zh: `课程的办法，${deepest} 层：遗传算法与粒子群的损失（都低于上述损失的 90 %）`,
      },
      ours: { en: `${short(ga)} and ${short(pso)}`, zh: `${short(ga)} 和 ${short(pso)}` },
      value: Math.max(ga, pso),
      seeds,
      holds: ga < 0.9 * stalled.loss && pso < 0.9 * stalled.loss,
    },
    {
      what: {
        en: `SGD at rate 0.1, ${deepest} layers: movement of the weights next to the input over the output’s (at most 1 %)`,
        zh: `SGD（学习率 0.1），${deepest} 层：靠近输入层的权重变化量与输出层之比（不超过 1 %）`,
      },
      ours: { en: short(share), zh: short(share) },
      value: share,
      seeds: measured.movement.get('sgd 0.1')?.length ?? 0,
      holds: share <= 0.01,
    },
    ...(['ga', 'pso'] as const).map((label): Check => {
      const value = inputShare(measured, label);
      return {
        what:
          label === 'ga'
            ? { en: 'the same for the genetic algorithm (at least 10 %)', zh: '遗传算法的同一比值（至少 10 %）' }
            : { en: 'the same for the particle swarm (at least 10 %)', zh: '粒子群的同一比值（至少 10 %）' },
        ours: { en: short(value), zh: short(value) },
        value,
        seeds: measured.movement.get(label)?.length ?? 0,
        holds: value >= 0.1,
      };
    }),
    {
      what: { en: `Adam on the same network at the same cost`, zh: '同一网络、同等代价下的 Adam' },
      ours: { en: short(adam), zh: short(adam) },
      value: adam,
      seeds,
    },
    {
      what: { en: 'Plain gradient descent with relu in place of logistic', zh: '把 logistic 换成 relu 后的普通梯度下降' },
      ours: { en: short(rectified), zh: short(rectified) },
      value: rectified,
      seeds,
    },
    ...studies.flatMap(({ width: wide, logistic: results }) =>
      depths.map((depth, problem): Check => {
        const [first, other] = [leader(results, wide, problem, () => true), leader(results, wide, problem, without)];
        const beside = first.one.gradient ? `; ${other.one.label}: ${short(other.loss)}` : '';
        const parameters = parametersAt(depth, wide);
        return {
          what: {
            en: `Who has the least median loss: ${depth} layer${depth === 1 ? '' : 's'} of ${wide}, ${parameters} parameters`,
            zh: `中位损失最小者：${depth} 层 × ${wide} 个单元，${parameters} 个参数`,
          },
          ours: {
            en: `${first.one.label}: ${short(first.loss)}${beside}`,
            zh: `${first.one.label}：${short(first.loss)}${beside.replace('; ', '；').replace(': ', '：')}`,
          },
          value: first.loss,
          seeds,
        };
      }),
    ),
  ];
  const reproduced = checks.every(({ holds }) => holds !== false);
  const wins = overall.one.gradient
    ? {
        en: `yet ${overall.one.title.en}, a gradient method, reaches ${short(overall.loss)}`,
        zh: `但仍使用梯度的 ${overall.one.title.zh} 达到 ${short(overall.loss)}`,
      }
    : { en: `Adam reaches ${short(adam)}`, zh: `Adam 为 ${short(adam)}` };
  return {
    verdict: reproduced ? 'reproduced' : 'not reproduced',
    because: {
      en: `At ${deepest} logistic layers of ${width}, plain gradient descent ends at a loss of ${short(stalled.loss)} (guessing is ${short(guessing)}); of the methods without gradients ${best.one.title.en} ends lowest, at ${short(best.loss)}, the genetic algorithm at ${short(ga)} and the particle swarm at ${short(pso)}; ${wins.en}. In training plain gradient descent at rate 0.1 moves the weights next to the input ${percent(share)} as far as the output’s, Adam ${percent(inputShare(measured, 'adam'))}. The other remedy costs less: with relu in place of logistic plain gradient descent ends at ${short(rectified)}.`,
      zh: `在 ${deepest} 层、每层 ${width} 个 logistic 单元的网络上，普通梯度下降的损失停在 ${short(stalled.loss)}（随机猜测为 ${short(guessing)}）；无梯度方法中最好的是 ${best.one.title.zh}，为 ${short(best.loss)}，遗传算法为 ${short(ga)}，粒子群为 ${short(pso)}；${wins.zh}。训练中，学习率 0.1 的普通梯度下降使靠近输入端的权重变化量为输出层的 ${percent(share)}，Adam 为 ${percent(inputShare(measured, 'adam'))}。另一种办法代价更低：把 logistic 换成 relu，普通梯度下降为 ${short(rectified)}。`,
    },
    checks,
  };
}
