/** The table of the experiment, and its verdict: each line's rule stands beside it. */
import type { Check, Findings } from '../../src/lab/experiment.js';
import { short, shortText } from '../shared/numbers-in-words.js';
import {
  activations,
  factorPerLayer,
  firstMovement,
  levelWeight,
  type Measured,
  movementRatio,
  rankCorrelation,
  signalRatio,
  spread,
  trainedLoss,
} from './results.js';
import { glorot, he, hochreiter } from './sources.js';

export function checksOf(measured: Measured): Check[] {
  const { focus, tanh, relu, chains } = measured;
  const seeds = tanh.standard.length;
  const near = (value: number, target: number, tolerance: number) => Math.abs(value - target) <= tolerance * target;
  const level = levelWeight(2, chains.get(2) ?? []);
  const ratio = factorPerLayer(tanh.standard.map(({ activation }) => activation));
  const [below, even] = [spread(tanh.standard.map(({ signal }) => signal)), spread(tanh.glorot.map(({ signal }) => signal))];
  const weights = spread(tanh.standard.map(({ weightGradient }) => weightGradient));
  const singular = (start: 'standard' | 'glorot') => tanh[start].reduce((sum, one) => sum + (one.singular ?? 0), 0) / seeds;
  const rectified = (start: 'lecture' | 'lecun') => factorPerLayer(relu[start].map((one) => one.rootMeanSquare));
  const trainedSeeds = new Set(measured.deep.logistic.get(focus)?.map(({ seed }) => seed)).size;
  const [kept, leaky] = [movementRatio(measured, 'relu', focus, 'lecture'), movementRatio(measured, 'leaky-relu', focus, 'lecture')];
  return [
    ...(['logistic', 'tanh'] as const).map((activation): Check => {
      const { last, falls } = stillness(measured, activation);
      const [en, zh] = [activation === 'logistic' ? 'Logistic' : activation, activation];
      return {
        what: {
          en: `${en}, ${focus} layers, after training: movement of the weights next to the input over that of the output's (at most 1 %, and falling with depth)`,
          zh: `${zh}，${focus} 层，训练后：靠近输入层的权重变化量与输出层之比（不超过 1 %，且随深度下降）`,
        },
        ours: {
          en: `${short(last)} (rank correlation with depth ${short(falls, 2)})`,
          zh: `${short(last)}（与深度的秩相关 ${short(falls, 2)}）`,
        },
        value: last,
        seeds: trainedSeeds,
        holds: stops({ last, falls }),
      };
    }),
    {
      what: { en: 'The same for relu and leaky relu (at least 10 %)', zh: 'relu 与 leaky relu 的同一比值（至少 10 %）' },
      ours: { en: `${short(kept)} and ${short(leaky)}`, zh: `${short(kept)} 和 ${short(leaky)}` },
      value: Math.min(kept, leaky),
      seeds: trainedSeeds,
      holds: kept >= 0.1 && leaky >= 0.1,
    },
    {
      what: {
        en: `tanh, ${focus} layers, before training: signal at layer 1 over layer ${focus}, with the standard start and with the lecture's`,
        zh: `tanh，${focus} 层，训练前：第 1 层与第 ${focus} 层的信号之比（标准初始化；课程初始化）`,
      },
      ours: {
        en: `${short(signalRatio(measured, 'tanh', focus, 'standard'))}; ${short(signalRatio(measured, 'tanh', focus, 'lecture'))}`,
        zh: `${short(signalRatio(measured, 'tanh', focus, 'standard'))}；${short(signalRatio(measured, 'tanh', focus, 'lecture'))}`,
      },
      seeds: trainedSeeds,
    },
    ...standardStart(measured, trainedSeeds),
    {
      what: {
        en: `Training loss at ${focus} layers: logistic; tanh; relu; leaky relu`,
        zh: `${focus} 层训练后的损失：logistic；tanh；relu；leaky relu`,
      },
      ours: {
        en: activations.map((activation) => short(trainedLoss(measured, activation), 2)).join('; '),
        zh: activations.map((activation) => short(trainedLoss(measured, activation), 2)).join('；'),
      },
      value: trainedLoss(measured, 'tanh'),
      seeds: trainedSeeds,
    },
    {
      what: { en: 'Logistic: error flow shrinks at every layer while |w| is below', zh: 'logistic：误差流逐层缩小的条件，|w| 小于' },
      published: { value: '4.0', source: hochreiter, mark: 'S' },
      ours: shortText(level, 4),
      value: level,
      seeds: 0,
      holds: near(level, 4, 0.001),
    },
    {
      what: {
        en: 'Five tanh layers, standard start: factor of the activations’ deviation from layer to layer',
        zh: '五层 tanh，标准初始化：激活值标准差的逐层比例',
      },
      published: { value: '1/√3 = 0.577', source: glorot, mark: 'S' },
      ours: shortText(ratio),
      value: ratio,
      seeds,
      holds: near(ratio, 1 / Math.sqrt(3), 0.05),
    },
    {
      what: {
        en: 'the same: back-propagated signal at layer 5 over layer 1',
        zh: '同上：第 5 层与第 1 层反向传播信号之比',
      },
      published: { value: '≈ 10', source: glorot, mark: 'S' },
      ours: shortText(below),
      value: below,
      seeds,
      holds: below >= 7 && below <= 13,
    },
    {
      what: {
        en: 'the same with the normalized start: largest over least signal of the five layers (at most 1.5)',
        zh: '同上，归一化初始化：五层中最大与最小信号之比（不超过 1.5）',
      },
      published: { value: '1.3', source: glorot, mark: 'S' },
      ours: shortText(even),
      value: even,
      seeds,
      holds: even <= 1.5,
    },
    {
      what: {
        en: 'Standard start: largest over least weight gradient of the five layers (level: at most 1.5)',
        zh: '标准初始化：五层中最大与最小权重梯度之比（持平：不超过 1.5）',
      },
      published: { value: '≈ 1', source: glorot, mark: 'S' },
      ours: shortText(weights),
      value: weights,
      seeds,
      holds: weights <= 1.5,
    },
    ...(['standard', 'glorot'] as const).map((start): Check => {
      const [value, target] = [singular(start), start === 'standard' ? 0.5 : 0.8];
      return {
        what:
          start === 'standard'
            ? { en: 'Mean singular value of the Jacobian between layers, standard start', zh: '层间雅可比矩阵的平均奇异值，标准初始化' }
            : { en: 'the same, normalized start', zh: '同上，归一化初始化' },
        published: { value: target.toFixed(1), source: glorot, mark: 'S' },
        ours: shortText(value),
        value,
        seeds,
        holds: near(value, target, 0.06),
      };
    }),
    ...(['lecture', 'lecun'] as const).map((start): Check => {
      const [value, target] = [rectified(start), start === 'lecture' ? 1 : Math.SQRT1_2];
      return {
        what:
          start === 'lecture'
            ? {
                en: 'relu, deviation √(2/n) as in the lecture: factor of the outputs’ size from layer to layer',
                zh: 'relu，标准差 √(2/n)（课程的初始化）：输出幅度的逐层比例',
              }
            : { en: 'relu, deviation √(1/n): the same', zh: 'relu，标准差 √(1/n)：同一比例' },
        published: { value: start === 'lecture' ? '1' : '1/√2 = 0.707', source: he, mark: 'S' },
        ours: shortText(value),
        value,
        seeds: relu[start].length,
        holds: near(value, target, 0.05),
      };
    }),
  ];
}

/** What the claim says of squashing units: the ratio at the depth in focus, and how it goes with depth up to there. */
function stillness(measured: Measured, activation: 'logistic' | 'tanh'): { readonly last: number; readonly falls: number } {
  const within = measured.depths.filter((depth) => depth <= measured.focus);
  const moved = within.map((depth) => movementRatio(measured, activation, depth, 'lecture'));
  return { last: moved[moved.length - 1], falls: rankCorrelation(within, moved) };
}

/** The input side hardly moves, and the less the deeper the network is. */
function stops({ last, falls }: ReturnType<typeof stillness>): boolean {
  return last <= 0.01 && falls <= -0.9;
}

/** tanh with the older start, where networks were trained with it: told, since the lecture's own start is the one that is judged. */
function standardStart(measured: Measured, seeds: number): Check[] {
  const { depths, focus } = measured;
  const ratio = movementRatio(measured, 'tanh', focus, 'standard');
  if (Number.isNaN(ratio)) return [];
  const firsts = [depths[0], focus].map((depth) => short(firstMovement(measured, 'tanh', depth, 'standard'), 2));
  return [
    {
      what: {
        en: `tanh with the standard start, after training: the same ratio at ${focus} layers; movement of the first layer at ${depths[0]} and at ${focus} layers`,
        zh: `tanh，标准初始化，训练后：${focus} 层时的同一比值；第一层在 ${depths[0]} 层与 ${focus} 层网络中的变化量`,
      },
      ours: { en: `${short(ratio, 2)}; ${firsts.join(' and ')}`, zh: `${short(ratio, 2)}；${firsts.join(' 和 ')}` },
      value: ratio,
      seeds,
    },
  ];
}

/** Reproduced where every judged line holds. */
export function verdictOf(checks: readonly Check[], measured: Measured): Pick<Findings, 'verdict' | 'because'> {
  const failed = checks.filter(({ holds }) => holds === false).length;
  const { focus } = measured;
  const [ratio, tanh] = (['logistic', 'tanh'] as const).map((activation) => movementRatio(measured, activation, focus, 'lecture'));
  const grown = short(signalRatio(measured, 'tanh', focus, 'lecture'), 2);
  const lossOf = (activation: 'tanh' | 'relu') => short(trainedLoss(measured, activation), 2);
  const relu = movementRatio(measured, 'relu', focus, 'lecture');
  const signals = (['relu', 'tanh'] as const).map((activation) => signalRatio(measured, activation, focus, 'standard'));
  const [en, zh] =
    failed === 0
      ? ['', '']
      : [` ${failed} of the judged lines ${failed === 1 ? 'does' : 'do'} not hold.`, `表中有 ${failed} 项判断不成立。`];
  const half = stops(stillness(measured, 'tanh'))
    ? { en: '', zh: '' }
    : { en: ': this half of the claim does not come out', zh: '：论断的这一半没有得到证实' };
  return {
    verdict: failed === 0 ? 'reproduced' : 'not reproduced',
    because: {
      en: `In a logistic network of ${focus} hidden layers the weights next to the input move ${share(ratio)} as much as those of the output; with relu ${share(relu)}. The claim names tanh, too: there they move ${share(tanh)} as much with the lecture’s own first values, the signal at the first layer is ${grown} times that at the last, and after training its loss is ${lossOf('tanh')}, that of relu ${lossOf('relu')}${half.en}. The activation alone does not decide: with the standard uniform start the signal of relu falls to ${short(signals[0], 2)} and that of tanh to ${short(signals[1], 2)} over the same layers; with fitting starts neither vanishes.${en}`,
      zh: `在 ${focus} 个隐藏层的 logistic 网络中，靠近输入端的权重变化量只有输出层的 ${share(ratio)}；relu 为 ${share(relu)}。论断也提到 tanh：采用课程的初始化，其靠近输入端的权重变化量为输出层的 ${share(tanh)}，第一层的信号是最后一层的 ${grown} 倍，训练后的损失为 ${lossOf('tanh')}，relu 为 ${lossOf('relu')}${half.zh}。激活函数并不是唯一的原因：采用标准（均匀分布）初始化时，经过同样的层数，relu 的信号降到 ${short(signals[0], 2)}，tanh 降到 ${short(signals[1], 2)}；采用合适的初始化，两者都不消失。${zh}`,
    },
  };
}

function share(value: number): string {
  return `${short(value * 100, 2)} %`;
}
