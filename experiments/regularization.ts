/** The lecture's remedies against over-fitting, as it states them, for gradient descent and for strategies without gradients. */
import type { Check, Experiment, Findings, Lab } from '../src/lab/experiment.js';
import { same, type Text } from '../src/lab/text.js';
import { contestants, type DataSettings, inputNorms, type Outcome, type Remedy, remedies, trainCase } from './regularization/cases.js';
import { comparisonOf, remedyCheck, sure } from './regularization/comparison.js';
import { barsOf, remedyNames, selectionFigure, weightHistograms } from './regularization/figures.js';
import { mean } from './shared/intervals.js';
import { percent, short } from './shared/numbers-in-words.js';

export interface RegularizationSettings extends DataSettings {
  /** Names of `contestants`. */
  readonly strategies: readonly string[];
  readonly seeds: number;
  /** Of the steps that each strategy has in `contestants`. */
  readonly share: number;
  /** Training points for the selection of inputs. */
  readonly selectionTrain: number;
}

const srivastava = {
  authors: 'N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov',
  year: 2014,
  title: 'Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
  link: 'https://jmlr.org/papers/v15/srivastava14a.html',
};

const data = { inputs: 20, useful: 5, train: 120, test: 2000, wrong: 0.1, hidden: 100, share: 1, selectionTrain: 300 };

export const experiment: Experiment<RegularizationSettings> = {
  name: 'regularization',
  title: { en: 'Remedies against over-fitting', zh: '防止过拟合的方法' },
  claim: {
    en: 'The lecture: dropout, L2, L1 and max-norm reduce over-fitting; L1 drives many weights towards 0 and can select features.',
    zh: '课程的论断：Dropout、L2、L1 和最大范数能减轻过拟合；L1 使许多权重趋于 0，可用于特征选择。',
  },
  method: {
    en: 'Inputs of 20 normal numbers of which only the first 5 decide the class, 10 % wrong labels; a network 20-100-2 of tanh units trained on 120 points, tested on 2,000. Dropout of rate 1/3 in training, outputs times 2/3 in use; L2 and L1 as the lecture’s decoupled updates for SGD and as terms of the loss for the others, pulling alike; max-norm 3 on the incoming weights of every neuron. The gap is test loss minus training loss. For the selection of inputs a network 20-2 on 300 points.',
    zh: '输入为 20 个正态随机数，只有前 5 个决定类别，10 % 的标签是错的；20-100-2 的 tanh 网络，用 120 个点训练，2000 个点测试。Dropout：训练时丢弃率 1/3，使用时输出乘以 2/3；L2、L1：对 SGD 用课程中的解耦更新，对其他策略加入损失函数，强度相当；最大范数：每个神经元的输入权重向量长度不超过 3。差距指测试损失减训练损失。特征选择用 20-2 网络和 300 个点。',
  },
  refutation: {
    en: 'For SGD, a remedy whose gap is surely larger than without it (95 % interval of the paired differences over seeds), or with which surely more test answers are wrong; it counts as shown where the gap is surely smaller, and an interval around 0 decides nothing. Or with L1 a useless input that keeps a longer weight than a useful one.',
    zh: '对 SGD，用某种方法时差距确定大于不用它时（各种子配对差的 95 % 区间），或者测试错误率确定升高；差距确定更小才算显示，区间包含 0 则未能判定。或者用 L1 时，某个无用输入的权重比有用输入的还长。',
  },
  sources: [srivastava],
  settings: {
    quick: { ...data, strategies: ['sgd', 'openai-es', 'pso'], seeds: 3 },
    full: { ...data, strategies: contestants.map(({ name }) => name), seeds: 15 },
  },
  run,
};

async function run(lab: Lab<RegularizationSettings>): Promise<Findings> {
  const { settings, signal } = lab;
  const { strategies, seeds, inputs, useful, selectionTrain } = settings;
  const chosen = contestants
    .filter(({ name }) => strategies.includes(name))
    .map((contestant) => ({ ...contestant, steps: Math.round(contestant.steps * settings.share) }));
  const total = chosen.length * (remedies.length + 2) * seeds;
  let done = 0;
  const each = async (work: (seed: number) => Promise<Outcome>, doing: string): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      lab.progress(done++ / total, same(`${doing}, ${seed}/${seeds}`));
      outcomes.push(await lab.step(`${doing} seed ${seed}`, () => work(seed)));
    }
    return outcomes;
  };
  const outcomes: Outcome[][][] = [];
  const norms: number[][][][] = [];
  const linear = { ...settings, hidden: 0, train: selectionTrain };
  for (const contestant of chosen) {
    const ofStrategy: Outcome[][] = [];
    for (const remedy of remedies) {
      const work = (seed: number) => trainCase(contestant, remedy, settings, seed, { withWeights: seed === 1, signal });
      ofStrategy.push(await each(work, `${contestant.name} ${remedy}`));
    }
    outcomes.push(ofStrategy);
    const selection = (remedy: Remedy) =>
      each((seed) => trainCase(contestant, remedy, linear, seed, { withWeights: true, signal }), `${contestant.name} selection ${remedy}`);
    const pairs = [await selection('none'), await selection('L1')];
    norms.push(pairs.map((of) => of.map(({ weights }) => inputNorms(weights ?? [], inputs))));
  }
  const gaps = outcomes.map((ofStrategy) => ofStrategy.map((of) => of.map(({ trainLoss, testLoss }) => testLoss - trainLoss)));
  const errors = outcomes.map((ofStrategy) => ofStrategy.map((of) => of.map(({ testError }) => testError)));
  const checks = chosen.flatMap(({ name }, i) => [
    ...remedies.slice(1).map((remedy, k) => remedyCheck(name, remedy, comparisonOf(gaps[i], k + 1), comparisonOf(errors[i], k + 1))),
    selectionCheck(name, norms[i][1], useful),
  ]);
  const judged = checks.filter((_, k) => k < remedies.length);
  const all = judged.every(({ holds }) => holds);
  const others = checks.slice(judged.length);
  const costly = chosen.flatMap(({ name }, i) =>
    remedies.flatMap((remedy, k) =>
      k > 0 && sure(comparisonOf(gaps[i], k)) < 0 && sure(comparisonOf(errors[i], k)) > 0
        ? [{ name, remedy, error: mean(errors[i][k]) }]
        : [],
    ),
  );
  return {
    verdict: all ? 'reproduced' : 'not reproduced',
    because: reason(gaps[0], errors[0], judged, others, costly),
    checks,
    figures: [
      barsOf(
        'gap',
        { en: 'The gap between test and training', zh: '测试损失与训练损失的差距' },
        {
          en: 'Test loss minus training loss, mean and 95 % interval over the seeds: lower is less over-fitting, unless the network has learned little: that is in the picture of wrong answers. Each colour is one way of training.',
          zh: '测试损失减训练损失，各种子的平均值和 95 % 区间：越低，过拟合越轻，除非网络没学到什么：请对照测试错误率的图。每种颜色是一种训练方法。',
        },
        { en: 'test loss − training loss', zh: '测试损失 − 训练损失' },
        chosen.map(({ name }) => name),
        gaps,
      ),
      barsOf(
        'test-error',
        { en: 'Wrong answers on test points', zh: '测试点上的错误率' },
        {
          en: 'Mean and 95 % interval over the seeds. 10 % of the test labels are wrong, too: nothing can stay below that.',
          zh: '各种子的平均值和 95 % 区间。测试标签也有 10 % 是错的，错误率不可能低于它。',
        },
        { en: 'wrong answers', zh: '错误率' },
        chosen.map(({ name }) => name),
        errors,
        true,
      ),
      ...chosen.map(({ name }, i) => selectionFigure(name, useful, columnMeans(norms[i][0]), columnMeans(norms[i][1]))),
      ...chosen.map(({ name }, i) =>
        weightHistograms(
          name,
          outcomes[i].map(([first]) => first),
        ),
      ),
    ],
  };
}

/** With L1, in every seed, every useful input keeps a longer weight than every useless one, which the mean over seeds says how short are. */
function selectionCheck(strategy: string, norms: readonly (readonly number[])[], useful: number): Check {
  const kept = norms.map((of) => Math.min(...of.slice(0, useful)));
  const rest = norms.map((of) => Math.max(...of.slice(useful)));
  const right = kept.filter((length, i) => length > rest[i]).length / norms.length;
  return {
    what: {
      en: `${strategy}, L1: useful inputs keep longer weights than all useless ones`,
      zh: `${strategy}，L1：有用输入的权重都比无用输入的长`,
    },
    ours: {
      en: `in ${percent(right, 0)} of the seeds; shortest useful ${short(mean(kept))}, longest useless ${short(mean(rest))}`,
      zh: `${percent(right, 0)} 的种子成立；有用的最短 ${short(mean(kept))}，无用的最长 ${short(mean(rest))}`,
    },
    value: right,
    seeds: norms.length,
    holds: right === 1,
  };
}

function columnMeans(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, column) => mean(rows.map((row) => row[column])));
}

function reason(
  gaps: readonly (readonly number[])[],
  errors: readonly (readonly number[])[],
  judged: readonly Check[],
  others: readonly Check[],
  costly: readonly { readonly name: string; readonly remedy: Remedy; readonly error: number }[],
): Text {
  const told = {
    en: remedies.map((remedy, i) => `${remedy} ${short(mean(gaps[i]))} (${percent(mean(errors[i]))})`).join(', '),
    zh: remedies.map((remedy, i) => `${remedyNames[remedy].zh} ${short(mean(gaps[i]))}（${percent(mean(errors[i]))}）`).join('，'),
  };
  const failed = judged.filter(({ holds }) => !holds).length;
  const dropoutFailed = judged[0].holds === false;
  const small = dropoutFailed
    ? {
        en: ' Dropout is one of them: Srivastava et al. (figure 10), too, saw it not help on very small training sets.',
        zh: '其中有 Dropout：Srivastava 等人（图 10）也看到，训练集很小时它没有帮助。',
      }
    : { en: '', zh: '' };
  const held = others.filter(({ holds }) => holds).length;
  const cost =
    costly.length === 0
      ? { en: '', zh: '' }
      : {
          en: ` A smaller gap is no gain where surely more test answers are wrong: ${costly.map(({ name, remedy, error }) => `${name} with ${remedy} (${percent(error)})`).join(', ')}.`,
          zh: `若测试错误率确定升高，差距缩小并无益处：${costly.map(({ name, remedy, error }) => `${name} 用${remedyNames[remedy].zh}（${percent(error)}）`).join('，')}。`,
        };
  return {
    en: `For SGD the gap between test and training loss, and in brackets the wrong answers on test points: ${told.en}. ${failed === 0 ? 'All four remedies narrow it without surely more wrong answers, and L1 finds the useful inputs.' : `${failed} of ${judged.length} statements did not hold.`}${small.en} Without gradients ${held} of the ${others.length} same statements held.${cost.en}`,
    zh: `SGD 的测试损失与训练损失之差（括号内为测试错误率）：${told.zh}。${failed === 0 ? '四种方法都缩小了差距而错误率没有确定升高，L1 也找出了有用的输入。' : `${judged.length} 条中有 ${failed} 条不成立。`}${small.zh}不用梯度的策略，同样的 ${others.length} 条中有 ${held} 条成立。${cost.zh}`,
  };
}
